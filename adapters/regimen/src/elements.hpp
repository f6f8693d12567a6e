// What elements of records set, kept once for all that set the same: most doses of a drug. Views of it stand until `clear`.
#pragma once

#include "theriac/plan.hpp"

#include <memory>
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
    made.view = {made.element.plain, made.element.drug, made.element.slots, made.element.facts};
    return made.view;
  }

  void clear() {
    of_drugs_.clear();
    others_.clear();
  }

 private:
  struct Kept {
    PlanElement element;
    PlanElementView view;
  };
  using All = std::vector<std::unique_ptr<Kept>>;

  std::unordered_map<std::uint32_t, All> of_drugs_;
  All others_;
};

}  // namespace theriac::regimen
