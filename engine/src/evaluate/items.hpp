// What each item of a rule can be bound to, found once a rule and patient, counts once a binding of the others.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

// Does the item bind drugs? The others (a condition, a measurement) belong to the guard.
bool binds(const ResolvedItem& item);
// Does it count ingredients? Such an item counts what no other item has matched, so it is bound last.
bool counts_ingredients(const ResolvedItem& item);
// `without`: sorted, what a count leaves out.
std::vector<Choice> choices_of(const World& world, const ResolvedItem& item, const std::vector<ConceptId>& without = {});

}  // namespace theriac::detail
