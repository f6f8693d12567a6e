// What each item of a rule can be bound to, found once a rule and patient, counts once a binding of the others.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

// Does the item bind drugs? The others (a condition, a measurement) belong to the guard.
bool binds(const ResolvedItem& item);
// Does it count ingredients? Such an item counts what no other item has matched, so it is bound last.
bool counts_ingredients(const ResolvedItem& item);
std::vector<Choice> choices_of(const World& world, const ResolvedItem& item, const std::vector<ConceptId>* among = nullptr);
// Of a counting item: what the other items have matched is left out (sorted ingredients) and stands beside it (exposures).
std::vector<Choice> counts_of(const World& world, const ResolvedItem& item, const std::vector<ConceptId>& without,
                              const std::vector<std::uint32_t>& beside);

}  // namespace theriac::detail
