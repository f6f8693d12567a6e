// Elements of records by their bytes. Kept small, since what is looked up for every patient should lie near the processor: a place in the table is
// eight bytes, and an entry with the bytes of a medication mostly one line of the cache.
#pragma once

#include "theriac/plan.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace theriac::regimen {

class Memo {
 public:
  Memo() : table_(first_size) {}

  // Bytes of one part of a record, on the way to what they set. To look several up, `start` all, then `approach` all, then `find` each: memory is
  // slow to answer, and so it answers all at once.
  struct Sought {
    std::string_view bytes;
    std::uint32_t hash = 0;
    std::uint8_t part = 0;
  };
  Sought start(std::uint8_t part, std::string_view bytes) const {
    const Sought sought{bytes, hash_of(part, bytes), part};
    __builtin_prefetch(&table_[sought.hash & (table_.size() - 1)]);
    return sought;
  }
  void approach(const Sought& sought) const { __builtin_prefetch(entry(table_[sought.hash & (table_.size() - 1)].entry)); }
  // The element of these bytes; `make` is asked for its view where they are new: one that stands until `clear`.
  template <class Make>
  const PlanElementView& find(const Sought& sought, const Make& make) {
    for (auto at = sought.hash & (table_.size() - 1);; at = (at + 1) & (table_.size() - 1)) {
      const auto& slot = table_[at];
      if (slot.entry == 0) return add(at, sought, make());
      if (slot.hash != sought.hash) continue;
      const auto* found = entry(slot.entry);
      if (found->part == sought.part && is_same(*found, sought.bytes)) return *found->view;
    }
  }

  bool is_full() const { return count_ >= most || blocks_.size() >= most_blocks; }
  void clear() {
    count_ = 0;
    table_.assign(first_size, {});
    blocks_.clear();
    left_ = 0;
  }

 private:
  static constexpr std::size_t first_size = 4096, most = 200'000, line = 64, block_size = 1U << 18U, most_blocks = 256;

  // Behind it its bytes.
  struct Entry {
    const PlanElementView* view = nullptr;
    std::uint32_t size = 0;
    std::uint8_t part = 0;
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  };
  // Where an entry lies: its block, and its place in it in steps of eight bytes; 0 is none.
  struct Slot {
    std::uint32_t hash = 0, entry = 0;
  };
  struct Line {
    alignas(line) std::byte bytes[line];
  };
  static constexpr unsigned place_bits = 15;  // block_size / 8 places
  const Entry* entry(std::uint32_t at) const {
    if (at == 0) return nullptr;
    const auto* block = reinterpret_cast<const std::byte*>(blocks_[(at >> place_bits) - 1].get());
    return reinterpret_cast<const Entry*>(block + (at & ((1U << place_bits) - 1)) * 8);
  }

  static std::uint64_t word(const char* from) {
    std::uint64_t result = 0;
    std::memcpy(&result, from, sizeof result);
    return result;
  }
  static std::uint64_t few(std::string_view bytes) {
    std::uint64_t result = 0;
    std::memcpy(&result, bytes.data(), bytes.size());
    return result;
  }

  // The last words may overlap those before: no length needs a loop of its own up to 64 bytes.
  template <class Use>
  static void each_word(std::string_view bytes, const Use& use) {
    const auto size = bytes.size();
    if (size > 64) {
      for (std::size_t i = 0; i + 8 < size; i += 8) use(i);
      return use(size - 8);
    }
    if (size > 32) {
      for (const std::size_t i : {0, 8, 16, 24}) use(i);
      for (const std::size_t i : {32, 24, 16, 8}) use(size - i);
      return;
    }
    if (size > 16) {
      for (const std::size_t i : {0, 8}) use(i);
      for (const std::size_t i : {16, 8}) use(size - i);
      return;
    }
    use(0);
    use(size - 8);
  }

  static std::uint32_t hash_of(std::uint8_t part, std::string_view bytes) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    auto hash = (bytes.size() << 8U | part) * odd;
    const auto mix = [&](std::uint64_t each) { hash = (hash ^ each) * odd ^ hash >> 29U; };
    if (bytes.size() < 8)
      mix(few(bytes));
    else
      each_word(bytes, [&](std::size_t i) { mix(word(bytes.data() + i)); });
    return static_cast<std::uint32_t>(hash >> 32U ^ hash);
  }

  static bool is_same(const Entry& entry, std::string_view bytes) {
    if (entry.size != bytes.size()) return false;
    if (bytes.size() < 8) return few({entry.bytes(), entry.size}) == few(bytes);
    std::uint64_t differs = 0;
    each_word(bytes, [&](std::size_t i) { differs |= word(entry.bytes() + i) ^ word(bytes.data() + i); });
    return differs == 0;
  }

  const PlanElementView& add(std::size_t at, const Sought& sought, const PlanElementView& view) {
    ++count_;
    if (sought.bytes.size() > longest) return view;  // not kept by its bytes, but its view is: until the next `clear`
    const auto place = room(sizeof(Entry) + sought.bytes.size());
    auto* entry = new (next_) Entry{&view, static_cast<std::uint32_t>(sought.bytes.size()), sought.part};
    std::copy(sought.bytes.begin(), sought.bytes.end(), reinterpret_cast<char*>(entry + 1));
    next_ += taken_;
    table_[at] = {sought.hash, place};
    if (count_ * 2 > table_.size()) grow();
    return view;
  }

  static constexpr std::size_t longest = 4096;

  // Room at `next_`; an entry that fits into one line of the cache lies in one.
  std::uint32_t room(std::size_t size) {
    taken_ = (size + 7) & ~std::size_t{7};
    const auto used = block_size - left_;
    const auto over = used % line;
    if (left_ >= line && over != 0 && taken_ <= line && over + taken_ > line) {
      next_ += line - over;
      left_ -= line - over;
    }
    if (taken_ > left_) {
      blocks_.push_back(std::make_unique<Line[]>(block_size / line));
      next_ = blocks_.back()[0].bytes;
      left_ = block_size;
    }
    const auto place = static_cast<std::uint32_t>((block_size - left_) / 8);
    left_ -= taken_;
    return static_cast<std::uint32_t>(blocks_.size()) << place_bits | place;
  }

  void grow() {
    std::vector<Slot> larger(table_.size() * 2);
    for (const auto& slot : table_) {
      if (slot.entry == 0) continue;
      auto at = slot.hash & (larger.size() - 1);
      while (larger[at].entry != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = slot;
    }
    table_ = std::move(larger);
  }

  std::vector<Slot> table_;
  std::size_t count_ = 0;
  std::vector<std::unique_ptr<Line[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0, taken_ = 0;
};

}  // namespace theriac::regimen
