#include "evaluate/measured.hpp"

#include "evaluate/worked_out.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

std::int32_t days_of(const std::optional<Span_>& within) { return within ? days_in(*within) : -1; }

// Of several that are too old the youngest says how old.
void note_stale(Reading& reading, const ObservationFact& fact, Minutes now, Minutes& youngest) {
  const auto at = dated(fact, now).latest;
  if (at < youngest) return;
  youngest = at;
  reading.why_not = dated(fact, now).earliest > now ? "of a later date" : std::to_string((now - at) / minutes_per_day) + " days old";
}

// Completed days; of an age in months between the fewest and the most that so many months are.
Interval completed_days(const Age& age) {
  if (age.days_low >= 0) return {Rational{age.days_low}, Rational{age.days_high}, false, false};
  const std::int32_t low = age.months_low, past = age.months_high + 1;
  return {Rational{365 * (low / 12) + 28 * (low % 12)}, Rational{366 * (past / 12) + 31 * (past % 12) - 1}, false, false};
}

Interval completed(Measures::Of unit, const Age& age) {
  const auto parts = [](const Interval& of, std::int64_t each) {
    return Interval{Rational{of.low->numerator() / each}, Rational{of.high->numerator() / each}, false, false};
  };
  const Interval months{Rational{age.months_low}, Rational{age.months_high}, false, false};
  if (unit == Measures::Of::age_years) return parts(months, 12);
  if (unit == Measures::Of::age_months) return months;
  return parts(completed_days(age), unit == Measures::Of::age_weeks ? 7 : 1);
}

Found judge_age(const Measures& leaf, const World& world) {
  const auto missing = Judged::missing(Truth::possible, "patient", "age", world.facts.age ? "not exact" : "not given");
  if (!world.facts.age) return found(missing);
  const auto& age = *world.facts.age;
  const auto answer = compare(completed(leaf.of, age), leaf.order, leaf.limit);
  return {answer == Decided::unknown ? missing : Judged::known(answer == Decided::yes), "age", age.text, age.at.to_string()};
}

}  // namespace

Decided fresh(const ObservationFact& fact, const Observation& kind, const std::optional<Span_>& within, Minutes now) {
  const When when = dated(fact, now);
  return fresh(when, within ? std::optional<When>(plus(when, *within)) : valid_until(when, kind), now);
}

// Values whose date may be the newest all count. Where one of them may be too old, none is usable for sure.
Reading newest(const World& world, ObservationId observation, const std::optional<Span_>& within) {
  const auto& kind = world.terms.at(observation);
  const Minutes now = world.facts.as_of;
  Reading result;
  Minutes newest_at = always_before, stale_at = always_before;
  for (const auto& fact : world.facts.observations) {
    if (fact.what != observation) continue;
    const auto usable = fresh(fact, kind, within, now);
    if (usable != Decided::no) newest_at = std::max(newest_at, dated(fact, now).earliest);
    if (usable == Decided::no) note_stale(result, fact, now, stale_at);
    if (usable == Decided::yes) result.some = Decided::yes;
    if (usable == Decided::unknown && result.some == Decided::no) result.some = Decided::unknown;
  }
  bool sure = true;
  for (const auto& fact : world.facts.observations) {
    const auto usable = fact.what == observation ? fresh(fact, kind, within, now) : Decided::no;
    if (usable == Decided::no || dated(fact, now).latest < newest_at) continue;
    sure = sure && usable == Decided::yes;
    const auto& bare = fact.listed ? *fact.listed : fact.value;
    result.listed = result.listed ? hull(*result.listed, bare) : bare;
    result.value = result.value ? hull(*result.value, fact.value) : fact.value;
    if (result.shown.empty() || fact.shown < result.shown) {  // of several, the same whatever their order
      result.shown = fact.shown;
      result.at = fact.at.to_string();
      result.fact = &fact;
    }
  }
  if (sure) return result;
  result.value.reset();
  result.listed.reset();
  result.why_not = "its date is not exact";
  return result;
}

Found measures(const World& world, const Measures& leaf) {
  if (leaf.of != Measures::Of::observation) return judge_age(leaf, world);
  const auto& name = world.terms.at(leaf.observation).name;
  const auto reading = newest(world, leaf.observation, leaf.within);
  const auto answer = reading.value ? compare(*reading.value, leaf.order, leaf.limit) : Decided::unknown;
  if (answer != Decided::unknown)
    return {Judged::known(answer == Decided::yes), name, reading.shown, reading.at, {}, worked_out_from(world, reading)};
  const auto bare = reading.listed ? compare(*reading.listed, leaf.order, leaf.limit) : Decided::unknown;
  const auto truth = bare == Decided::yes ? Truth::listed : bare == Decided::no ? Truth::open : Truth::possible;
  const auto why = reading.value ? "only known as " + reading.shown : reading.why_not;
  return {
      Judged::missing(truth, "observation", name, why, days_of(leaf.within)), name, reading.shown, reading.at, {}, worked_out_from(world, reading)};
}

Found no_recent(const World& world, const NoRecent& leaf) {
  const auto reading = newest(world, leaf.observation, leaf.within);
  const auto& name = world.terms.at(leaf.observation).name;
  const auto judged = reading.some == Decided::unknown ? Judged::missing(Truth::possible, "observation", name, reading.why_not, days_of(leaf.within))
                                                       : Judged::known(reading.some == Decided::no);
  return {judged, "no recent " + name, reading.value ? reading.shown : reading.why_not, reading.at};
}

Found is_sex(const World& world, const IsSex& leaf) {
  const auto& sex = world.facts.sex;
  if (sex != "female" && sex != "male") return found(Judged::missing(Truth::possible, "patient", "sex", "not given"));
  return {Judged::known((sex == "female") == leaf.female), "sex", sex, ""};
}

}  // namespace theriac::detail
