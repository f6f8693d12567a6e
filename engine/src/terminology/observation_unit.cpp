#include "terminology/observation_unit.hpp"

#include "terminology/unit_table.hpp"

#include <algorithm>
#include <vector>

namespace theriac::detail {
namespace {

// The same unit with one axis moved to another, and what that costs.
struct Joined {
  Dimension dimension;
  Rational factor{1};
};

std::optional<Joined> with_axis(const Unit& unit, Axis from, Axis to, const Rational& per_one) {
  const auto source = static_cast<std::size_t>(from), target = static_cast<std::size_t>(to);
  if (unit.dimension.exponents[source] != 1) return std::nullopt;
  Joined joined{unit.dimension, per_one};
  joined.dimension.exponents[source] = 0;
  joined.dimension.exponents[target] = static_cast<std::int8_t>(joined.dimension.exponents[target] + 1);
  return joined;
}

// Amount to equivalents and back, mass to amount and back, and both.
std::vector<Joined> ways(const Observation& kind, const Unit& from) {
  std::vector<Joined> result;
  const auto add_way = [&](const Unit& unit, const Rational& so_far, Axis source, Axis target, const std::optional<Rational>& per_one) {
    const auto total = per_one ? multiply(so_far, *per_one) : std::nullopt;
    const auto joined = total ? with_axis(unit, source, target, *total) : std::nullopt;
    if (joined) result.push_back(*joined);
  };
  const auto charge = Rational{kind.charge};
  const auto per_charge = divide(Rational{1}, charge);
  const auto charged = [&](const Unit& unit, const Rational& so_far) {
    add_way(unit, so_far, Axis::equivalents, Axis::amount, per_charge);
    add_way(unit, so_far, Axis::amount, Axis::equivalents, charge);
  };
  const auto weighed = [&](const Unit& unit, const Rational& so_far) {
    if (!kind.molar_mass) return;
    const auto grams = multiply(kind.molar_mass->value, kind.molar_mass->unit.factor);
    add_way(unit, so_far, Axis::amount, Axis::mass, grams);
    add_way(unit, so_far, Axis::mass, Axis::amount, grams ? divide(Rational{1}, *grams) : std::nullopt);
  };
  charged(from, 1);
  weighed(from, 1);
  for (const auto& first : std::vector(result)) {
    const Unit between{"", first.dimension, 1};
    charged(between, first.factor);
    weighed(between, first.factor);
  }
  return result;
}

std::optional<Conversion> plain(const std::optional<Rational>& times) { return times ? std::optional(Conversion{*times, 0}) : std::nullopt; }

std::optional<Conversion> as_stated(const Observation& kind, const Unit& from) {
  for (const auto& stated : kind.conversions) {
    if (stated.from.dimension != from.dimension) continue;
    const auto ratio = divide(from.factor, stated.from.factor);
    const auto times = ratio ? multiply(*ratio, stated.times) : std::nullopt;
    return times ? std::optional(Conversion{*times, stated.plus}) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rational> Conversion::operator()(const Rational& value) const {
  const auto product = multiply(value, times);
  return product ? add(*product, plus) : std::nullopt;
}

std::optional<Conversion> conversion_to(const Observation& kind, const Unit& from) {
  if (from.dimension == kind.unit.dimension) return plain(divide(from.factor, kind.unit.factor));
  if (auto stated = as_stated(kind, from)) return stated;
  const bool declared =
      std::any_of(kind.other_units.begin(), kind.other_units.end(), [&](const Unit& unit) { return unit.dimension == from.dimension; });
  if (!declared) return std::nullopt;
  for (const auto& way : ways(kind, from)) {
    if (way.dimension != kind.unit.dimension) continue;
    const auto base = multiply(from.factor, way.factor);
    return plain(base ? divide(*base, kind.unit.factor) : std::nullopt);
  }
  return std::nullopt;
}

std::optional<Interval> converted(Interval value, const Conversion& conversion) {
  for (auto* end : {&value.low, &value.high}) {
    if (!*end) continue;
    const auto restated = conversion(**end);
    if (!restated) return std::nullopt;
    *end = *restated;
  }
  return value;
}

}  // namespace theriac::detail
