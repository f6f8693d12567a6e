// What elements of records set, kept once for all that set the same: most doses of a drug. Views of it stand until `clear`.
#pragma once

#include "scan.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace theriac::regimen {

class Elements {
 public:
  const PlanElementView& keep(PlanElement&& element) {
    const bool is_drug = element.drug != PlanElement::no_drug;
    auto& kept = is_drug ? of_drugs_[element.drug] : others_;
    for (const auto& each : kept) {
      const auto& same = each->element;
      if (is_drug && same.plain == element.plain && same.slots == element.slots && same.facts.empty() && element.facts.empty()) return *each->view;
    }
    kept.push_back(std::make_unique<Kept>(Kept{std::move(element), nullptr}));
    kept.back()->view = view_of(kept.back()->element);
    return *kept.back()->view;
  }

  void clear() {
    of_drugs_.clear();
    others_.clear();
    blocks_.clear();
    left_ = 0;
  }

 private:
  struct Kept {
    PlanElement element;
    const PlanElementView* view = nullptr;
  };

  // A view with its slots behind it begins with a line of the cache: most fill no more than that.
  static constexpr std::size_t lines_each = 1024;
  const PlanElementView* view_of(const PlanElement& element) {
    const auto lines = CacheLine::to_hold(sizeof(PlanElementView) + element.slots.size() * sizeof(std::uint16_t));
    if (lines > left_) {
      left_ = std::max(lines, lines_each);
      blocks_.push_back(std::make_unique<CacheLine[]>(left_));
      next_ = blocks_.back()[0].bytes;
    }
    auto* const view = next_;
    auto* const slots = reinterpret_cast<std::uint16_t*>(view + sizeof(PlanElementView));
    std::copy(element.slots.begin(), element.slots.end(), slots);
    left_ -= lines;
    next_ += lines * CacheLine::size;
    return new (view) PlanElementView(element.plain, element.drug, {slots, element.slots.size()}, element.facts);
  }

  using All = std::vector<std::unique_ptr<Kept>>;

  std::unordered_map<std::uint32_t, All> of_drugs_;
  All others_;
  std::vector<std::unique_ptr<CacheLine[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;  // lines of the last block
};

}  // namespace theriac::regimen
