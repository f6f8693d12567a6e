// Dose tests: what a phrase's quantity comes to, and limits by tables.
#include "reference/world.hpp"

namespace theriac::reference {

using namespace detail;

namespace {

bool same_kind(const Exposure& e, const DoseTest& asked, bool daily) {
  Dimension of = e.dose.unit.dimension;
  if (daily) of.exponents[2] = static_cast<std::int8_t>(of.exponents[2] - 1);  // per day
  return of == asked.unit.dimension;
}
std::optional<Fraction> scaled(const std::optional<Fraction>& value, const Exposure& e) {
  return value ? std::optional(product(*value, Fraction(e.dose.unit.factor))) : std::nullopt;
}
std::optional<Fraction> plus(const std::optional<Fraction>& a, const std::optional<Fraction>& b) { return a && b ? std::optional(sum(*a, *b)) : std::nullopt; }
bool exact(const Range& value) { return value.low && value.high && !less(*value.low, *value.high); }
bool unsure(const Exposure& e) { return e.presence == Presence::unknown || e.presence == Presence::not_mentioned; }
bool is_local(const Exposure& e) { return e.exposes == Exposes::local; }

// Base units.
Range daily_of(const DoseTest& asked, const Exposure& own, const std::vector<Exposure>& all) {
  const auto is_taken = [](const Exposure& e) { return !is_local(e) && (e.presence == Presence::present || unsure(e)); };
  std::vector<const Exposure*> taken;
  if (!is_taken(own)) taken.push_back(&own);
  for (const Exposure& e : all)
    if (is_taken(own) && is_taken(e) && e.what == own.what) taken.push_back(&e);
  const bool total = asked.of == DoseTest::Of::total_daily;
  const bool some_regular = std::any_of(taken.begin(), taken.end(), [&](const Exposure* e) { return !e->as_needed && (e->presence == Presence::present || e == &own); });
  Range result{.low = Fraction(), .high = Fraction()};
  for (const Exposure* e : taken) {
    if (total && some_regular && e->as_needed) continue;
    Range one = e->dose.known() && same_kind(*e, asked, true) ? range(e->dose.per_day) : Range{};
    if (e->as_needed && !total && one.high) one.low = one.high;
    if (!one.low || (e->as_needed && total) || unsure(*e)) one.low = Fraction();
    result.low = plus(result.low, scaled(one.low, *e));
    result.high = plus(result.high, scaled(one.high, *e));
  }
  if (unsure(own)) result.low = Fraction();
  return result;
}

Fraction days(Minutes n) { return {n, 1440}; }
Fraction more(const Fraction& a, const Fraction& b) { return less(a, b) ? b : a; }

bool changed_meanwhile(const Exposure& e) {
  if (e.change.truth != Truth::yes && e.change.truth != Truth::possible) return false;
  return !e.change.when || !e.start_given || e.change.when->latest > e.start.earliest;
}

Range taken_so_far(const DoseTest& asked, const Exposure& e, Minutes now) {
  When until = e.end;
  if (e.presence != Presence::past) until = {std::min(now, e.end.earliest), std::min(now, e.end.latest)};
  if (unsure(e)) until.earliest = always_before;
  Range result{.low = Fraction(), .high = {}};
  if (e.start_given && until.latest < e.start.earliest) return {.low = Fraction(), .high = Fraction()};
  const bool known_dose = e.dose.known() && !changed_meanwhile(e);
  if (!known_dose || !e.start_given || !same_kind(e, asked, false)) return result;
  const Range dose = range(e.dose.per_day);
  if (e.start.earliest > always_before && e.dose.every && dose.high) {
    const auto gap = e.as_needed ? std::optional(e.dose.every->low.value_or(Rational(0))) : e.dose.every->high;
    if (gap) result.high = product(*scaled(dose.high, e), sum(days(until.latest - e.start.earliest), more(Fraction(1, 1), product(Fraction(*gap), {1, 24}))));
  }
  const bool ends = until.earliest > always_before && e.start.latest < until.earliest;
  if (ends && !e.as_needed && !unsure(e) && dose.low)
    result.low = product(*scaled(dose.low, e), more(Fraction(), sum(days(until.earliest - e.start.latest), {-1, 1})));
  return result;
}

}  // namespace

// Where nothing is known: a range without ends.
World::Amount World::cumulative(const DoseTest& asked, std::size_t exposure) const {
  const Exposure& own = facts.exposures[exposure];
  Amount amount{.value = {.low = Fraction(), .high = Fraction()}, .missing = {}, .unmentioned = {}};
  for (std::size_t i = 0; i < facts.exposures.size(); ++i) {
    const Exposure& e = facts.exposures[i];
    const bool counts = i == exposure || (!is_local(own) && !is_local(e) && e.what == own.what && e.presence != Presence::never);
    if (!counts) continue;
    const Range one = taken_so_far(asked, e, facts.as_of);
    amount.value.low = plus(amount.value.low, one.low);
    amount.value.high = plus(amount.value.high, one.high);
    if (!e.dose.known() || !same_kind(e, asked, false) || changed_meanwhile(e) || !exact(range(e.dose.per_day))) amount.missing.insert({"dose", "dose of " + name(exposure), true});
    unite(amount.missing, start_date(i));
    if (e.presence == Presence::past) unite(amount.missing, stop_date(i));
    unite(amount.missing, presence(i).needs);
    if (e.change.truth == Truth::open) amount.unmentioned.insert({"dose", "dose change of " + name(exposure), false});
  }
  if (unsure(own)) amount.value.low = Fraction();
  if (amount.missing.empty()) amount.missing.insert({"dose", "cumulative dose of " + name(exposure), true});
  return amount;
}

World::Amount World::amount(const DoseTest& asked, std::size_t exposure) const {
  using Of = DoseTest::Of;
  const Exposure& own = facts.exposures[exposure];
  if (asked.of == Of::cumulative) return cumulative(asked, exposure);
  Amount amount;
  if (asked.of == Of::interval && own.dose.every) {
    amount.value = range(*own.dose.every);
    for (auto* end : {&amount.value.low, &amount.value.high})
      if (*end) *end = product(**end, {1, 24});  // days
  }
  if (asked.of == Of::single && own.dose.single && same_kind(own, asked, false)) {
    amount.value = range(*own.dose.single);
    amount.value.low = scaled(amount.value.low, own);
    amount.value.high = scaled(amount.value.high, own);
  }
  if (asked.of == Of::total_daily || asked.of == Of::maximum_daily) amount.value = daily_of(asked, own, facts.exposures);
  if (!asked.per || !exact(amount.value)) amount.missing = {{"dose", (asked.of == Of::interval ? "dosing interval of " : "dose of ") + name(exposure), true}};
  return amount;
}

Answer World::dose(const DoseTest& asked, std::size_t exposure) const {
  if (asked.table) {
    return by_table(*asked.table, [&](const Rational& limit) {
      DoseTest plain = asked;
      plain.table.reset();
      plain.limit = limit;
      return dose(plain, exposure);
    });
  }
  Amount found = amount(asked, exposure);
  if (asked.per) {
    const Range size = newest(*asked.per, std::nullopt).value_or(Range{});
    if (!exact(size)) found.missing.insert({"observation", terms.at(*asked.per).name, true});
    const auto over = [](const std::optional<Fraction>& part, const std::optional<Fraction>& by) {
      return part && by && less(Fraction(), *by) ? std::optional(product(*part, {by->under, by->over})) : std::nullopt;
    };
    found.value = {.low = over(found.value.low, size.high), .high = over(found.value.high, size.low)};
  }
  const Fraction limit = product(Fraction(asked.limit), Fraction(asked.unit.factor));
  const Truth t = holds(found.value, asked.order, limit);
  if (t == Truth::possible) return {t, found.missing};
  if (found.unmentioned.empty()) return known(t == Truth::yes);
  return {t == Truth::yes ? Truth::listed : Truth::open, found.unmentioned};
}

// Each row that may hold, and what is compared with its value. Where all that may hold agree, which of them it is does not matter.
Answer World::by_table(const LimitTable& table, const std::function<Answer(const Rational&)>& compared) const {
  std::vector<Answer> rows, yes, no;
  for (const LimitTable::Row& row : table.rows) {
    std::vector<Answer> cells;
    for (const Measures& cell : row.cells) cells.push_back(measured(cell));
    if (row.otherwise) cells.push_back(negate(any(rows)));
    rows.push_back(all(cells));
    const Answer says = compared(row.limit);
    yes.push_back(all({rows.back(), says}));
    no.push_back(all({rows.back(), negate(says)}));
  }
  if (!table.complete) {
    const Answer gap = all({negate(any(rows)), {Truth::possible, {}}});
    yes.push_back(gap);
    no.push_back(gap);
  }
  const Answer so = any(yes), not_so = any(no);
  if (so.truth == Truth::no) return known(false);
  if (not_so.truth == Truth::no || so.truth == Truth::yes) return known(true);
  Needs needs = so.needs;
  unite(needs, not_so.needs);
  return {so.truth, needs};
}

}  // namespace theriac::reference
