// Numbers and units of a medication line, for what is worked out of them. Exact; nothing where it does not fit.
#pragma once

#include "facts/medication.hpp"

#include <optional>
#include <string>

namespace theriac::detail::dosing {

// Both ends known.
struct Range {
  Rational low, high;
};

std::optional<Range> numbers(const std::string& low, const std::string& high);
std::optional<Range> times(const Range& a, const Range& b);
std::optional<Range> plus(const Range& a, const Range& b);

// "mg/5mL" → "mg" above, 5 mL below; "mcg/h" → an hour.
struct PerUnit {
  std::string above;
  Rational count{1};
  std::string below;  // "" where there is no stroke
};

PerUnit split(const std::string& unit);

bool is_counted(const std::string& unit);
// A volume in mL, also in spoons.
std::optional<Rational> millilitres(const std::string& unit);
// Days that one such period lasts; a month and a year are no number of days, hence two ends.
std::optional<Range> days(const std::string& per, const std::string& unit);

// Hours from one administration to the next, as a mean: several a day share it evenly. Of what is spread over a day (a rate) no more than the day is
// known; as needed it is at least so long. Nothing where it is not said.
std::optional<Interval> hours_between_doses(const grammar::MedicationLine& line, bool not_all);

}  // namespace theriac::detail::dosing
