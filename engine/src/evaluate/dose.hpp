// Dose tests: the sum that a phrase means, as an interval, against its limit. Never zero for unknown.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure);

// The amount that the test looks at, in the test's unit; nothing where nothing at all is known of it.
std::optional<Interval> dose_of(const World& world, const DoseTest& test, const Exposure& exposure);

}  // namespace theriac::detail
