#include "evaluate/dose.hpp"

#include "evaluate/measured.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

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

namespace {

Interval single_of(const DoseTest& test, const Exposure& exposure) {
  Interval result;
  if (!exposure.dose.single) return result;
  if (exposure.dose.single->low) result.low = in_unit_of(test, *exposure.dose.single->low, exposure.dose.unit);
  if (exposure.dose.single->high) result.high = in_unit_of(test, *exposure.dose.single->high, exposure.dose.unit);
  return result;
}

std::optional<Interval> time_between(const DoseTest& test, const Exposure& exposure) {
  auto every = exposure.dose.every;
  if (!every) return every;
  for (auto* end : {&every->low, &every->high}) {
    const auto days = *end ? divide(**end, Rational{24}) : std::nullopt;
    *end = days ? divide(*days, test.unit.factor) : std::nullopt;
  }
  return every;
}

// What there is of it for each kilogram or square metre.
Interval for_each(const Interval& amount, const Interval& size) {
  const auto over = [](const std::optional<Rational>& part, const std::optional<Rational>& by) {
    return part && by && *by > Rational{0} ? divide(*part, *by) : std::nullopt;
  };
  return {over(amount.low, size.high), over(amount.high, size.low), false, false};
}

bool is_exact(const std::optional<Interval>& value) { return value && value->low && value->low == value->high; }

Needs dose_missing(const World& world, const DoseTest& test, const Exposure& exposure) {
  const auto of = test.of == DoseTest::Of::interval ? "dosing interval of " : "dose of ";
  const auto& why = exposure.dose.why_unknown;
  return Judged::missing(Truth::possible, "dose", of + world.name(exposure.what), why.empty() ? "undecided" : why).needs;
}

Amount amount_alone(const World& world, const DoseTest& test, const Exposure& exposure) {
  if (test.of == DoseTest::Of::cumulative) return cumulative_of(world, test, exposure);
  Amount amount;
  if (test.of == DoseTest::Of::interval) {
    amount.value = time_between(test, exposure);
  } else {
    amount.value = test.of == DoseTest::Of::single ? single_of(test, exposure) : daily_sum(world, test, exposure);
  }
  if (!test.per || !is_exact(amount.value)) amount.missing = dose_missing(world, test, exposure);
  return amount;
}

}  // namespace

std::optional<Rational> in_unit_of(const DoseTest& test, const Rational& amount, const Unit& unit) {
  constexpr std::size_t time_axis = 2;
  auto dimension = unit.dimension;
  const bool daily = test.of == DoseTest::Of::total_daily || test.of == DoseTest::Of::maximum_daily;
  if (daily) --dimension.exponents[time_axis];
  if (dimension != test.unit.dimension) return std::nullopt;
  const auto base = multiply(amount, unit.factor);
  return base ? divide(*base, test.unit.factor) : std::nullopt;
}

Amount amount_of(const World& world, const DoseTest& test, const Exposure& exposure) {
  auto amount = amount_alone(world, test, exposure);
  if (!test.per) return amount;
  const auto size = newest(world, *test.per, std::nullopt);
  if (!is_exact(size.value)) {
    const auto why = size.value ? "only known as " + size.shown : size.why_not;
    add(amount.missing, Judged::missing(Truth::possible, "observation", world.terms.at(*test.per).name, why).needs);
  }
  if (amount.value) amount.value = for_each(*amount.value, size.value.value_or(Interval{}));
  return amount;
}

namespace {

Judged against(const World& world, const DoseTest& test, const Rational& limit, const Exposure& exposure) {
  auto amount = amount_of(world, test, exposure);
  const auto answer = amount.value ? compare(*amount.value, test.order, limit) : Decided::unknown;
  if (answer == Decided::unknown) return {Truth::possible, std::move(amount.missing)};
  if (amount.unmentioned.empty()) return Judged::known(answer == Decided::yes);
  return {answer == Decided::yes ? Truth::listed : Truth::open, std::move(amount.unmentioned)};
}

Judged both_hold(Judged a, const Judged& b) {
  AllOf all;
  all.add(a);
  all.add(b);
  return all.take();
}

// Whichever row may hold: where all of them say the same it is so, whatever the values that choose among them.
template <class Compared>
Judged by_table(const World& world, const LimitTable& table, const Compared& compared) {
  const auto rows = rows_hold(world, table);
  AnyOf holds, fails, some_row;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto says = compared(table.rows[i].limit);
    holds.add(both_hold(rows[i], says));
    fails.add(both_hold(rows[i], negation(says)));
    some_row.add(rows[i]);
  }
  if (!table.complete) {
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

Judged dose_holds(const World& world, const DoseTest& test, const Exposure& exposure) {
  const auto limited = [&](const Rational& limit) { return against(world, test, limit, exposure); };
  return test.table ? by_table(world, *test.table, limited) : limited(test.limit);
}

Judged table_holds(const World& world, const TableValue& asked) {
  return by_table(world, asked.table, [&](const Rational& value) {
    if (asked.of) {
      auto measure = *asked.of;
      measure.order = asked.order;
      measure.limit = value;
      return measures(world, measure).judged;
    }
    return Judged::known(compare(Interval::exactly(value), asked.order, asked.limit) == Decided::yes);
  });
}

}  // namespace theriac::detail
