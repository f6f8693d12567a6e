// All bindings of one rule to one patient's facts, and what a binding is but for its guards: drugs that differ, not all of one entry, taken together,
// one of them present. Who judges a rule and who explains it walk over the same bindings in the same order.
#pragma once

#include "evaluate/world.hpp"

#include <functional>

namespace theriac::detail {

// In a fixed order. The binding lives as long as the call. What is certainly of one entry is no binding and is left out. `among`, sorted: only
// bindings of which no drug item matched another ingredient; counts are not held to it.
void each_binding(const World& world, const ResolvedRule& rule, const std::function<void(const Binding&)>& visit,
                  const std::vector<ConceptId>* among = nullptr);

// Ingredients that drug items have, sorted: what counts and `other` leave out.
std::vector<ConceptId> matched(const Binding& binding);
// Exposures of the items that do not count, with what derivations bring; and of all items. Sorted.
std::vector<std::uint32_t> exposures_matched(const ResolvedRule& rule, const Binding& binding);
std::vector<std::uint32_t> exposures_of(const Binding& binding);

// The choice with its tests that compare it with other items' drugs.
Judged chosen(const World& world, const Choice& choice, const Binding& binding);
Judged meet_in_time(const World& world, const Binding& binding);
// With two or more drugs, at least one is taken or proposed.
Judged somebody_present(const World& world, const Binding& binding, const std::vector<std::uint32_t>& exposures);

}  // namespace theriac::detail
