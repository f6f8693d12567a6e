// The axis of one number, cut where a screening may say something else: at the limits that rules compare it with (each of them a stretch of its own),
// and between those where what is worked out from it, or what is found, becomes another. Such a place is looked for by halving, to three figures: it
// is found wherever the two ends of a stretch differ.
#pragma once

#include "theriac/quantity.hpp"

#include <functional>
#include <string>
#include <vector>

namespace theriac::detail {

inline constexpr int places = 9;  // behind the point, of values that are looked at

struct Axis {
  std::vector<Rational> limits;  // sorted, each once
  Rational low, high;            // no value lies outside
  bool whole = false;            // years: nothing between two whole numbers
};

// Values between which nothing changes. Both ends were looked at.
struct Stretch {
  Rational first, last;
  std::string from, to;  // "≥ 30", "< 45"; "" where it goes on for ever
};

// Equal numbers: the same at both values.
using LooksLike = std::function<std::size_t(const Rational&)>;
// In order.
std::vector<Stretch> stretches_of(const Axis& axis, const LooksLike& looks_like);

}  // namespace theriac::detail
