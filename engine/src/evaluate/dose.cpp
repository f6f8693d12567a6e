#include "evaluate/dose.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr std::size_t time_axis = 2;

// A dose's amount in the unit of the test ("mg/day" where it is daily). Nothing where they measure different things.
std::optional<Rational> in_unit_of(const DoseTest& test, const Rational& amount, const Unit& unit) {
  auto dimension = unit.dimension;
  if (test.of != DoseTest::Of::single) --dimension.exponents[time_axis];
  if (dimension != test.unit.dimension) return std::nullopt;
  const auto base = multiply(amount, unit.factor);
  return base ? divide(*base, test.unit.factor) : std::nullopt;
}

struct Sum {
  Rational low{0};
  std::optional<Rational> high{Rational{0}};  // none: no upper bound is known
};

void add_unknown(Sum& sum) { sum.high.reset(); }

// Adds [low or 0, high], in full [high, high]; what does not convert or fit is unknown above what is there.
enum class From : std::uint8_t { low, zero, high };
void add_part(Sum& sum, const DoseTest& test, const Exposure& exposure, From from) {
  if (!exposure.dose.known()) return add_unknown(sum);
  auto day = exposure.dose.per_day;
  const bool from_zero = from == From::zero;
  if (from == From::high && day.high) day.low = day.high;
  if (!from_zero && day.low) {
    const auto low = in_unit_of(test, *day.low, exposure.dose.unit);
    const auto total = low ? add(sum.low, *low) : std::nullopt;
    if (!total) return add_unknown(sum);
    sum.low = *total;
  }
  if (!sum.high) return;
  const auto high = day.high ? in_unit_of(test, *day.high, exposure.dose.unit) : std::nullopt;
  sum.high = high ? add(*sum.high, *high) : std::nullopt;
}

bool is_taken(const Exposure& each) {
  return each.exposes != Exposes::local && (each.presence == Presence::present || each.presence == Presence::unknown);
}

Interval daily_sum(const World& world, const DoseTest& test, const Exposure& exposure) {
  std::vector<const Exposure*> parts;
  if (!is_taken(exposure)) parts.push_back(&exposure);  // past or local: what was or is taken of it
  for (const auto& each : world.facts.exposures) {
    if (is_taken(exposure) && is_taken(each) && each.what == exposure.what) parts.push_back(&each);
  }
  const bool some_regular = std::any_of(parts.begin(), parts.end(), [&](const Exposure* each) {
    return !each->as_needed && (each->presence == Presence::present || each == &exposure);
  });
  Sum sum;
  for (const auto* each : parts) {
    const bool in_full = test.of == DoseTest::Of::maximum_daily;
    if (each->as_needed && !in_full && some_regular) continue;
    const bool from_zero = each->presence == Presence::unknown || (each->as_needed && !in_full);
    add_part(sum, test, *each, from_zero ? From::zero : each->as_needed ? From::high : From::low);
  }
  if (exposure.presence == Presence::unknown) sum.low = Rational{0};  // if it was stopped, the others do not count
  return {sum.low, sum.high, false, false};
}

}  // namespace

std::optional<Interval> dose_of(const World& world, const DoseTest& test, const Exposure& exposure) {
  if (test.of != DoseTest::Of::single) return daily_sum(world, test, exposure);
  if (!exposure.dose.single) return std::nullopt;
  Interval result;
  if (exposure.dose.single->low) result.low = in_unit_of(test, *exposure.dose.single->low, exposure.dose.unit);
  if (exposure.dose.single->high) result.high = in_unit_of(test, *exposure.dose.single->high, exposure.dose.unit);
  if (!result.low && !result.high) return std::nullopt;
  return result;
}

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure) {
  const auto amount = dose_of(world, test, exposure);
  const auto answer = amount ? compare(*amount, test.order, test.limit) : Decided::unknown;
  if (answer != Decided::unknown) return Judged::known(answer == Decided::yes);
  const auto& why = exposure.dose.why_unknown;
  return Judged::missing(Truth::possible, "dose", "dose of " + world.name(exposure.what), why.empty() ? "undecided" : why);
}

}  // namespace theriac::detail
