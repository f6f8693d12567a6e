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

}  // namespace

std::optional<Rational> factor_to(const Observation& kind, const Unit& from) {
  if (from.dimension == kind.unit.dimension) return divide(from.factor, kind.unit.factor);
  const bool declared =
      std::any_of(kind.other_units.begin(), kind.other_units.end(), [&](const Unit& unit) { return unit.dimension == from.dimension; });
  if (!declared) return std::nullopt;
  std::vector<Joined> ways;
  const auto add_way = [&](std::optional<Joined> joined) {
    if (joined) ways.push_back(*joined);
  };
  add_way(with_axis(from, Axis::equivalents, Axis::amount, Rational{1}));
  add_way(with_axis(from, Axis::amount, Axis::equivalents, Rational{1}));
  if (kind.molar_mass) {
    const auto grams_per_mole = multiply(kind.molar_mass->value, kind.molar_mass->unit.factor);
    const auto moles_per_gram = grams_per_mole ? divide(Rational{1}, *grams_per_mole) : std::nullopt;
    if (grams_per_mole) add_way(with_axis(from, Axis::amount, Axis::mass, *grams_per_mole));
    if (moles_per_gram) add_way(with_axis(from, Axis::mass, Axis::amount, *moles_per_gram));
  }
  for (const auto& way : ways) {
    if (way.dimension != kind.unit.dimension) continue;
    const auto base = multiply(from.factor, way.factor);
    return base ? divide(*base, kind.unit.factor) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace theriac::detail
