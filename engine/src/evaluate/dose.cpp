#include "evaluate/dose.hpp"

#include "evaluate/measured.hpp"
#include "evaluate/worked_out.hpp"

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

bool is_taken(const Exposure& each) { return each.exposes != Exposes::local && may_be_taken(each.presence); }

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
    const bool from_zero = is_unsure(each->presence) || (each->as_needed && !in_full);
    add_part(sum, test, *each, from_zero ? From::zero : each->as_needed ? From::high : From::low);
  }
  if (is_unsure(exposure.presence)) sum.low = Rational{0};  // if it was stopped, the others do not count
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

namespace {

Judged against(const World& world, const DoseTest& test, const Rational& limit, const Exposure& exposure) {
  const auto amount = dose_of(world, test, exposure);
  const auto answer = amount ? compare(*amount, test.order, limit) : Decided::unknown;
  if (answer != Decided::unknown) return Judged::known(answer == Decided::yes);
  const auto& why = exposure.dose.why_unknown;
  return Judged::missing(Truth::possible, "dose", "dose of " + world.name(exposure.what), why.empty() ? "undecided" : why);
}

Judged both_hold(Judged a, const Judged& b) {
  AllOf all;
  all.add(a);
  all.add(b);
  return all.take();
}

// Whichever row may hold: where all of them say the same it is so, whatever the values that choose among them.
Judged by_table(const World& world, const DoseTest& test, const Exposure& exposure) {
  const auto rows = rows_hold(world, *test.table);
  AnyOf holds, fails, some_row;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto compared = against(world, test, test.table->rows[i].limit, exposure);
    holds.add(both_hold(rows[i], compared));
    fails.add(both_hold(rows[i], negation(compared)));
    some_row.add(rows[i]);
  }
  if (!test.table->complete) {
    const auto gap = both_hold(negation(some_row.take()), {Truth::possible, {}});
    holds.add(gap);
    fails.add(gap);
  }
  auto yes = holds.take();
  const auto no = fails.take();
  if (yes.truth == Truth::no) return Judged::known(false);
  if (no.truth == Truth::no || yes.truth == Truth::yes) return Judged::known(true);
  add(yes.needs, no.needs);
  return yes;
}

}  // namespace

std::vector<Judged> rows_hold(const World& world, const LimitTable& table) {
  std::vector<Judged> result;
  AnyOf above;
  for (const auto& row : table.rows) {
    AllOf all;
    for (const auto& cell : row.cells) all.add(measures(world, cell).judged);
    if (row.otherwise) {
      auto so_far = above;
      all.add(negation(so_far.take()));
    }
    result.push_back(all.take());
    above.add(result.back());
  }
  return result;
}

namespace {

// The values that the rows go by, each once.
std::vector<Proof> values_of(const World& world, const LimitTable& table) {
  std::vector<Proof> values;
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) {
      auto found = measures(world, cell);
      if (std::any_of(values.begin(), values.end(), [&](const Proof& each) { return each.fact == found.fact; })) continue;
      Proof value;
      value.fact = std::move(found.fact);
      value.value = found.value.empty() ? "not known" : found.value + how_old(world, cell);
      value.at = std::move(found.at);
      value.because = std::move(found.because);
      values.push_back(std::move(value));
    }
  }
  return values;
}

}  // namespace

void tell_rows_of(const World& world, const LimitTable& table, std::vector<Proof>& into) {
  const auto values = values_of(world, table);
  const auto holds = rows_hold(world, table);
  for (std::size_t i = 0; i < holds.size(); ++i) {
    if (holds[i].truth == Truth::no) continue;
    Proof row;
    row.fact = table.name;
    row.value = table.rows[i].text;
    row.at = table.rows[i].at.to_string();
    row.because = values;
    into.push_back(std::move(row));
  }
}

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure) {
  return test.table ? by_table(world, test, exposure) : against(world, test, test.limit, exposure);
}

}  // namespace theriac::detail
