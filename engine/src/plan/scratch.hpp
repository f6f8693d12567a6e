// What one patient is judged with, used again and again; and what its parts share.
#pragma once

#include "plan/program.hpp"

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace theriac {

using detail::without_first;

// Of a guard, by the truths of all facts.
Truth truth_at(const Plan::Program& program, const std::uint8_t* stated, std::uint32_t node);

constexpr std::size_t lanes_ahead = detail::Lanes::ranked;  // room behind what is ranked

// Room that begins with a page of memory: a wide store that crosses into another page is slow, and so few do.
template <class T>
class Pages {
 public:
  void resize(std::size_t size) { data_.reset(static_cast<T*>(::operator new(size * sizeof(T), page))); }
  T* data() const { return data_.get(); }
  T& operator[](std::size_t at) const { return data_.get()[at]; }

 private:
  static constexpr std::align_val_t page{4096};
  struct Free {
    void operator()(T* data) const { ::operator delete(data, page); }
  };
  std::unique_ptr<T, Free> data_;
};

struct PlanRun::Scratch {
  std::vector<std::uint16_t> keys;  // slots of drugs that are set, each once
  std::size_t key_count = 0;
  Pages<std::uint32_t> survivors;  // rules that are worth a look, each once
  std::size_t survived = 0;
  std::vector<std::uint32_t> singles;                // of them those of which each drug is a finding
  std::vector<std::uint32_t> order, parted, places;  // of hits
  std::vector<PlanHit> ordered;
};

}  // namespace theriac
