// What each item of a rule can be bound to, found once a rule and patient.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

// Does the item bind drugs? The others (a condition, a measurement) belong to the guard.
bool binds(const ResolvedItem& item);
std::vector<Choice> choices_of(const World& world, const ResolvedItem& item);

}  // namespace theriac::detail
