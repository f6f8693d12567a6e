// One stratum of rules against the world, whose derived facts it adds to.
#pragma once

#include "evaluate/binding.hpp"

namespace theriac::detail {

// The results of its rules, in their order; what they derive stands at the end of World::derived, in the same order.
std::vector<RuleResult> settle(World& world, const std::vector<ResolvedRule>& rules, const Strata::Stratum& stratum);
// What later rules see of a result.
std::vector<DerivedFact> facts_of(const std::vector<ResolvedRule>& rules, const RuleResult& result);
// In the order of `Evaluation`.
void put_in_order(Evaluation& evaluation);

}  // namespace theriac::detail
