#include "calculate/formulas.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr int decimals = 4;

enum class End : std::uint8_t { low, high };

struct Corner {
  bool holds = true;
  std::optional<Rational> value;  // none: without end
};

// At the values that make the result smallest or greatest.
Corner at_corner(const Formula& formula, const std::vector<Interval>& inputs, bool female, End end) {
  std::vector<Number> values;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const bool low = formula.inputs[i].rises == (end == End::low);
    const auto& value = low ? inputs[i].low : inputs[i].high;
    if (!value) return {};
    values.emplace_back(*value);
  }
  const auto result = formula.apply({values, female});
  if (!result) return {false, {}};
  return {true, result->rounded(decimals)};
}

std::optional<Interval> for_sex(const Formula& formula, const std::vector<Interval>& inputs, bool female) {
  const auto low = at_corner(formula, inputs, female, End::low), high = at_corner(formula, inputs, female, End::high);
  if (!low.holds || !high.holds) return std::nullopt;
  return Interval{low.value, high.value, false, false};
}

Interval hull(const Interval& a, const Interval& b) {
  Interval result;
  if (a.low && b.low) result.low = std::min(*a.low, *b.low);
  if (a.high && b.high) result.high = std::max(*a.high, *b.high);
  return result;
}

}  // namespace

const Formula* find_formula(std::string_view name) {
  const auto& all = formulas();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Formula& formula) { return formula.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<Interval> calculate(const Formula& formula, const std::vector<Interval>& inputs, SexIs sex) {
  if (!formula.uses_sex || sex != SexIs::either) return for_sex(formula, inputs, sex == SexIs::female);
  const auto female = for_sex(formula, inputs, true), male = for_sex(formula, inputs, false);
  if (!female || !male) return std::nullopt;
  return hull(*female, *male);
}

}  // namespace theriac::detail
