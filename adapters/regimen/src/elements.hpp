// What elements of records set, kept once for all that set the same: most doses of a drug. Views of it stand until `clear`.
#pragma once

#include "theriac/plan.hpp"

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
      if (is_drug && same.plain == element.plain && same.slots == element.slots && same.facts.empty() && element.facts.empty()) return each->view;
    }
    kept.push_back(std::make_unique<Kept>(Kept{std::move(element), {}}));
    auto& made = *kept.back();
    made.view = {made.element.plain, made.element.drug, in_line(made.element.slots), made.element.facts};
    return made.view;
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
    PlanElementView view;
  };
  // Slots that begin with a line of the cache: most drugs' fill but one.
  struct Line {
    static constexpr std::size_t slots = 32;
    alignas(64) std::uint16_t slot[slots];
  };
  static constexpr std::size_t lines_each = 1024;
  std::span<const std::uint16_t> in_line(const std::vector<std::uint16_t>& slots) {
    const auto lines = (slots.size() + Line::slots - 1) / Line::slots;
    if (lines == 0 || lines > lines_each) return slots;
    if (lines > left_) {
      blocks_.push_back(std::make_unique<Line[]>(lines_each));
      left_ = lines_each;
    }
    auto* to = blocks_.back()[lines_each - left_].slot;
    left_ -= lines;
    std::copy(slots.begin(), slots.end(), to);
    return {to, slots.size()};
  }

  using All = std::vector<std::unique_ptr<Kept>>;

  std::unordered_map<std::uint32_t, All> of_drugs_;
  All others_;
  std::vector<std::unique_ptr<Line[]>> blocks_;
  std::size_t left_ = 0;  // lines of the last
};

}  // namespace theriac::regimen
