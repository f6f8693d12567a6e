// Dose tests: the sum that a phrase means, as an interval, against its limit. Never zero for unknown.
#pragma once

#include "evaluate/world.hpp"

#include <string>
#include <vector>

namespace theriac::detail {

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure);

// How far each row of a test's table holds.
std::vector<Judged> rows_hold(const World& world, const LimitTable& table);
// The tests of a matched alternative, for a proof: rows of tables, and amounts that do not stand on the line as they are.
void tell_doses_of(const World& world, const DrugAlternative& alternative, const std::vector<std::uint32_t>& exposures, std::vector<Proof>& into);
// Those that may hold, for a proof: what each says and where it stands.
void tell_rows_of(const World& world, const LimitTable& table, std::vector<Proof>& into);

// What the row of a table that holds gives, against a limit.
Judged table_holds(const World& world, const TableValue& asked);

// The amount that a test looks at, in the test's unit.
struct Amount {
  std::optional<Interval> value;  // none: nothing at all is known of it
  Needs missing;                  // what would make it exact
  Needs unmentioned;              // what nobody mentioned and what it stands on
};
Amount amount_of(const World& world, const DoseTest& test, const Exposure& exposure);
// All that was taken of it so far (cumulative.cpp).
Amount cumulative_of(const World& world, const DoseTest& test, const Exposure& exposure);

// A dose's amount in the unit of the test, times `per` its unit of time where it is daily. Nothing where they measure different things.
std::optional<Rational> in_unit_of(const DoseTest& test, const Rational& amount, const Unit& unit);

}  // namespace theriac::detail
