// From a unit that a value or a threshold is written in to the observation's own: one way for both, so that a rule and a result never convert
// differently. Mass and amount join by the molar mass, an equivalent reads as a mole, each only where the observation names the other unit. Exact;
// thread-safe.
#pragma once

#include "theriac/terminology.hpp"

#include <optional>

namespace theriac::detail {

// How much of the observation's unit is one of `from`; nothing where they do not convert.
std::optional<Rational> factor_to(const Observation& kind, const Unit& from);

}  // namespace theriac::detail
