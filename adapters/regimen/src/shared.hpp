// Elements of records by their bytes, for all threads: each looks here what it has not met yet, before it works it out, and then keeps the place.
// What is here stays until the end, so nobody waits for a reader; where it is full, threads keep their own.
#pragma once

#include "elements.hpp"
#include "theriac/regimen/quick.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace theriac::regimen {

class QuickWords::Store {
 public:
  const PlanElementView* find(std::uint8_t part, std::string_view bytes) const {
    const auto lock = held();
    const auto& views = views_.at(part);
    const auto at = views.find(bytes);
    return at == views.end() ? nullptr : at->second;
  }

  // Nothing where it is not kept: there is no room, or it holds for a day alone. Where another thread was sooner, what that one put here.
  const PlanElementView* put(std::uint8_t part, std::string_view bytes, PlanElement& element) {
    if (element.dated || bytes.size() > longest) return nullptr;
    const auto lock = held();
    auto& views = views_.at(part);
    if (const auto at = views.find(bytes); at != views.end()) return at->second;
    if (count_ == most) return nullptr;
    ++count_;
    return views.emplace(bytes, &elements_.keep(std::move(element))).first->second;
  }

 private:
  static constexpr std::size_t most = 100'000, longest = 512, parts = 8;

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Views = std::unordered_map<std::string, const PlanElementView*, Hash, std::equal_to<>>;

  // It is held for less time than it takes to be put to sleep and woken.
  std::unique_lock<std::mutex> held() const {
    for (int i = 0; i < tries; ++i) {
      if (mutex_.try_lock()) return std::unique_lock(mutex_, std::adopt_lock);
    }
    return std::unique_lock(mutex_);
  }
  static constexpr int tries = 1000;

  mutable std::mutex mutex_;
  Elements elements_;
  std::array<Views, parts> views_;
  std::size_t count_ = 0;
};

}  // namespace theriac::regimen
