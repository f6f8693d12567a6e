// Dose tests: the sum that a phrase means, as an interval, against its limit. Never zero for unknown.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure);

// How far each row of a test's table holds.
std::vector<Judged> rows_hold(const World& world, const LimitTable& table);
// Those that may hold, for a proof: what each says and where it stands.
void tell_rows_of(const World& world, const LimitTable& table, std::vector<Proof>& into);

// The amount that the test looks at, in the test's unit; nothing where nothing at all is known of it.
std::optional<Interval> dose_of(const World& world, const DoseTest& test, const Exposure& exposure);

}  // namespace theriac::detail
