// From a unit that a value or a threshold is written in to the observation's own: one way for both, so that a rule and a result never convert
// differently. Mass and amount join by the molar mass, amount and equivalents by the charge, each only where the observation names the other unit;
// what no factor converts (HbA1c in % and in mmol/mol) is stated with the observation. Exact; thread-safe.
#pragma once

#include "theriac/terminology.hpp"

#include <optional>

namespace theriac::detail {

// times × value + plus.
struct Conversion {
  Rational times{1};
  Rational plus{0};
  std::optional<Rational> operator()(const Rational& value) const;
  // Of a difference between two values, where `plus` cancels.
  std::optional<Rational> difference(const Rational& value) const { return multiply(value, times); }
};

// From a unit to the observation's own; nothing where it is not declared to be reported so.
std::optional<Conversion> conversion_to(const Observation& kind, const Unit& from);
// Both ends of an interval; nothing where it does not fit.
std::optional<Interval> converted(Interval value, const Conversion& conversion);

}  // namespace theriac::detail
