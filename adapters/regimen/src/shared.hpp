// Elements of records by their bytes, for all threads: each looks here what it has not met yet, before it works it out, and then keeps the place.
// What is here stays until the end, so nobody waits for a reader; where it is full, threads keep their own.
#pragma once

#include "elements.hpp"
#include "memo.hpp"
#include "theriac/regimen/quick.hpp"

#include <mutex>

namespace theriac::regimen {

class QuickWords::Store {
 public:
  const PlanElementView* find(const Word& word) const {
    const auto lock = held();
    return memo_.known(word);
  }

  // Nothing where it is not kept: there is no room, or it holds for a day alone. Where another thread was sooner, what that one put here.
  const PlanElementView* put(const Word& word, PlanElement& element) {
    if (element.dated || word.size > Memo::longest) return nullptr;
    const auto lock = held();
    if (const auto* known = memo_.known(word)) return known;
    return memo_.is_full() ? nullptr : memo_.add(word, elements_.keep(std::move(element)));
  }

 private:
  // It is held for less time than it takes to be put to sleep and woken.
  std::unique_lock<std::mutex> held() const {
    for (int i = 0; i < tries; ++i) {
      if (mutex_.try_lock()) return std::unique_lock(mutex_, std::adopt_lock);
    }
    return std::unique_lock(mutex_);
  }
  static constexpr int tries = 1000;

  mutable std::mutex mutex_;
  Memo memo_{scan(widest())};
  Elements elements_;
};

}  // namespace theriac::regimen
