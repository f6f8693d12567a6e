// The bindings of a rule that come nearest to making it true, its items filled with what the list has that is most like what they ask for.
#pragma once

#include "evaluate/world.hpp"
#include "theriac/why_not.hpp"

namespace theriac::detail {

// Best first: fewest items without any drug, then fewest premises that are not so or blocked, then fewest unknown, then by names.
std::vector<NearMiss> nearest(const World& world, const ResolvedRule& rule, std::size_t most);

}  // namespace theriac::detail
