// All that was taken of a drug so far: its entries' daily doses over the days of each. An interval: the first and the last day may be partial, and
// what is taken every few days may have been taken at either end.
#include "evaluate/dose.hpp"
#include "evaluate/drug.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

bool counts(const Exposure& each, const Exposure& own) {
  if (&each == &own) return true;
  return own.exposes != Exposes::local && each.what == own.what && each.exposes != Exposes::local && each.presence != Presence::never;
}

// Until when so far; of an uncertain one nobody knows.
When until_now(const Exposure& exposure, Minutes now) {
  if (exposure.presence == Presence::past) return exposure.end;
  const When until{std::min(now, exposure.end.earliest), std::min(now, exposure.end.latest)};
  return is_unsure(exposure.presence) ? When{always_before, until.latest} : until;
}

// Within this entry's own time: what it took over from is an entry of its own.
bool may_have_changed(const Exposure& exposure) {
  const auto& [truth, when] = exposure.change;
  const bool before_it = when && exposure.start_given && when->latest <= exposure.start.earliest;
  return (truth == Truth::yes || truth == Truth::possible) && !before_it;
}
bool dose_is_known(const Exposure& exposure) { return exposure.dose.known() && !may_have_changed(exposure); }

std::optional<Rational> days_between(Minutes from, Minutes to) { return Rational::make(to - from, minutes_per_day); }

// Of how many days doses may be in it beyond those that have passed: one, or as many as lie between two doses.
std::optional<Rational> beyond(const Exposure& exposure) {
  const auto& every = exposure.dose.every;
  if (!every) return std::nullopt;
  const auto hours = exposure.as_needed ? std::optional(every->low.value_or(Rational{0})) : every->high;
  const auto days = hours ? divide(*hours, Rational{24}) : std::nullopt;
  return days ? std::optional(std::max(*days, Rational{1})) : std::nullopt;
}

Rational fewest_days(const Exposure& exposure, const When& until) {
  if (!exposure.start_given || until.earliest <= always_before || exposure.start.latest >= until.earliest) return Rational{0};
  const auto days = days_between(exposure.start.latest, until.earliest);
  const auto less_one = days ? subtract(*days, Rational{1}) : std::nullopt;
  return less_one ? std::max(*less_one, Rational{0}) : Rational{0};
}

std::optional<Rational> most_days(const Exposure& exposure, const When& until) {
  if (exposure.start_given && exposure.start.earliest > until.latest) return Rational{0};
  const auto more = beyond(exposure);
  if (!exposure.start_given || exposure.start.earliest <= always_before || !more) return std::nullopt;
  const auto days = days_between(exposure.start.earliest, until.latest);
  return days ? add(*days, *more) : std::nullopt;
}

// What one entry brings; no upper end where its dose or its start is not known.
Interval taken(const DoseTest& test, const Exposure& exposure, Minutes now) {
  const auto until = until_now(exposure, now);
  const auto amount = [&](const std::optional<Rational>& day, const std::optional<Rational>& days) -> std::optional<Rational> {
    const auto total = day && days ? multiply(*day, *days) : std::nullopt;
    return total ? in_unit_of(test, *total, exposure.dose.unit) : std::nullopt;
  };
  const auto days = most_days(exposure, until);
  if (days == Rational{0}) return Interval::exactly(Rational{0});
  if (!dose_is_known(exposure)) return {Rational{0}, std::nullopt, false, false};
  Interval result{Rational{0}, amount(exposure.dose.per_day.high, days), false, false};
  const bool from_zero = exposure.as_needed || is_unsure(exposure.presence);
  if (!from_zero) result.low = amount(exposure.dose.per_day.low, fewest_days(exposure, until)).value_or(Rational{0});
  return result;
}

void add_missing(const World& world, const DoseTest& test, const Exposure& exposure, Needs& needs) {
  const auto& name = world.name(exposure.what);
  const auto ask = [&](const char* kind, std::string input, const std::string& why) {
    add(needs, Judged::missing(Truth::possible, kind, std::move(input), why).needs);
  };
  const auto& dose = exposure.dose;
  const bool exact_dose = dose_is_known(exposure) && dose.per_day.low && dose.per_day.low == dose.per_day.high;
  const bool of_that_kind = in_unit_of(test, Rational{1}, dose.unit).has_value();
  const auto why = [&]() -> std::string {
    if (!dose.known()) return dose.why_unknown;
    if (!of_that_kind) return "in a unit of another kind";
    return may_have_changed(exposure) ? "it was changed" : "not exact";
  };
  if (!exact_dose || !of_that_kind) ask("dose", "dose of " + name, why());
  if (!exposure.start_given || !exact(exposure.start)) ask("date", "start date of " + name, "not given");
  if (exposure.presence == Presence::past && !exact(exposure.end)) ask("date", "stop date of " + name, "not given");
  add(needs, presence_of(world, exposure).needs);
}

}  // namespace

Amount cumulative_of(const World& world, const DoseTest& test, const Exposure& exposure) {
  Interval sum{Rational{0}, Rational{0}, false, false};
  Amount amount;
  const auto& name = world.name(exposure.what);
  for (const auto& each : world.facts.exposures) {
    if (!counts(each, exposure)) continue;
    const auto part = taken(test, each, world.facts.as_of);
    const auto low = add(*sum.low, *part.low);
    sum.low = low ? *low : *sum.low;
    sum.high = sum.high && part.high ? add(*sum.high, *part.high) : std::nullopt;
    add_missing(world, test, each, amount.missing);
    const bool unmentioned = each.change.truth == Truth::open;
    if (unmentioned) add(amount.unmentioned, Judged::missing(Truth::open, "dose", "dose change of " + name, "not mentioned").needs);
  }
  if (is_unsure(exposure.presence)) sum.low = Rational{0};
  if (amount.missing.empty()) amount.missing = Judged::missing(Truth::possible, "dose", "cumulative dose of " + name, "undecided").needs;
  amount.value = sum;
  return amount;
}

}  // namespace theriac::detail
