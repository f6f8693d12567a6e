// Random patients.
#include "support/generate_parts.hpp"

namespace theriac::testing {

using namespace detail;

namespace {

Minutes days(std::size_t n) { return static_cast<Minutes>(n) * minutes_per_day; }

When around(Maker& maker, Minutes instant) {
  if (!maker.random.chance(maker.profile.unknown / 2)) return {instant, instant};
  return {instant - days(maker.random.pick<std::size_t>({0, 1, 9, 200})), instant + days(maker.random.pick<std::size_t>({1, 2, 9}))};
}

std::size_t ago(Maker& maker) { return maker.random.pick<std::size_t>({0, 1, 3, 6, 7, 8, 12, 13, 14, 15, 16, 27, 28, 29, 30, 31, 60, 400}); }
std::size_t ahead(Maker& maker) { return maker.random.pick<std::size_t>({0, 1, 5, 7, 8, 13, 14, 15, 30}); }

void start_at(Exposure& e, const When& when) {
  e.start = when;
  e.start_given = true;
}
void end_at(Exposure& e, const When& when) {
  e.end = when;
  e.end_given = true;
}

void make_past(Maker& maker, Exposure& e) {
  e.presence = Presence::past;
  const std::size_t stopped = ago(maker);
  if (!maker.random.chance(maker.profile.unknown / 3)) {
    end_at(e, around(maker, day_zero - days(stopped)));
    e.end.latest = std::min(e.end.latest, day_zero);
  }
  else e.end = {always_before, day_zero};
  if (maker.random.chance(60)) start_at(e, around(maker, day_zero - days(stopped + maker.random.pick<std::size_t>({1, 14, 27, 28, 29, 300}))));
}

// Status and dates, which go together.
void make_time(Maker& maker, Exposure& e) {
  Random& random = maker.random;
  e.ended = random.pick({MedicationEntry::Ended::unknown, MedicationEntry::Ended::abruptly, MedicationEntry::Ended::tapered});
  const std::size_t what = random.chance(maker.profile.times) ? random.below(100) : 0;
  if (what < 10 || (what < 25 && random.chance(50))) {
    if (what > 0 || random.chance(maker.profile.times)) start_at(e, around(maker, day_zero - days(ago(maker))));
  } else if (what < 40) {
    e.proposed = true;
    start_at(e, around(maker, day_zero + days(ahead(maker))));
  } else if (what < 75) {
    make_past(maker, e);
  } else if (what < 90) {
    if (random.chance(80)) end_at(e, around(maker, day_zero + days(ahead(maker))));
    else e.end = {day_zero + 1, day_zero + days(365)};  // to stop, nobody said when
    e.stop_is_ours = random.chance(80);
    if (random.chance(50)) start_at(e, around(maker, day_zero - days(ago(maker))));
  }
  if (random.chance(maker.profile.unknown / 3)) {
    e.presence = Presence::unknown;
    e.end = {e.end_given ? e.end.earliest : always_after, always_after};  // it may go on all the same
  }
  if (random.chance(3)) e.presence = Presence::never;
}

void make_dose(Maker& maker, Exposure& e) {
  Random& random = maker.random;
  e.dose.unit = milligrams();
  e.as_needed = random.chance(20);
  if (random.chance(80)) e.dose.every = Interval::exactly(Rational(random.pick<std::int64_t>({6, 8, 12, 24, 24, 168})));
  if (e.dose.every && random.chance(15)) e.dose.every->low = Rational(6);
  if (e.dose.every && e.as_needed) e.dose.every->high.reset();
  if (random.chance(maker.profile.unknown / 2)) {
    e.dose.why_unknown = "not given";
    if (random.chance(20)) e.dose.single = Interval::exactly(Rational(10));
    return;
  }
  const Rational amount(random.pick<std::int64_t>({5, 10, 20, 30}));
  e.dose.per_day = Interval::exactly(amount);
  if (random.chance(20)) e.dose.per_day.high = Rational(amount.numerator() + 10);
  if (e.as_needed) e.dose.per_day.low = Rational(0);
  if (random.chance(85)) e.dose.single = Interval::exactly(amount);
  if (random.chance(4)) e.dose.unit.dimension.exponents[0] = 0;  // tablets
}

// On the boundary of what rules ask: 8, 11:59, 12, 20 o'clock, and the words for parts of the day.
void make_times(Maker& maker, Exposure& e) {
  Random& random = maker.random;
  if (random.chance(10)) return;
  for (std::size_t n = random.pick<std::size_t>({1, 1, 2}); n > 0; --n) {
    const auto at = random.pick<std::int32_t>({0, 480, 481, 719, 720, 960, 1200, 1439});
    e.times.push_back({at, at});
    if (random.chance(15)) e.times.back() = {};
    if (random.chance(25)) e.times.back() = random.pick<TimeOfDay>({{300, 720}, {1140, 1500}, {660, 900}});
  }
}

void make_change(Maker& maker, Exposure& e) {
  Random& random = maker.random;
  if (!random.chance(maker.profile.times)) return;
  e.change.truth = random.pick({Truth::open, Truth::yes, Truth::yes, Truth::no, Truth::possible});
  const bool told = e.change.truth == Truth::possible || (e.change.truth == Truth::yes && random.chance(80));
  if (told) e.change.when = around(maker, day_zero - days(ago(maker)));
}

void make_entry(Maker& maker, Facts& facts, std::int32_t entry) {
  Random& random = maker.random;
  const auto ingredients = maker.concepts(false), classes = maker.concepts(true);
  Exposure e;
  e.entry = entry;
  e.what = maker.knobs.class_entries && random.chance(6) ? random.pick(classes) : random.pick(ingredients);
  const std::size_t route = random.below(10);
  if (route < 8) e.route = make_id<RouteId>(route < 6 ? 0 : route - 5);
  e.exposes = route == 6 ? Exposes::local : route == 7 ? Exposes::gut : Exposes::systemic;
  if (random.chance(4)) e.exposes = random.pick({Exposes::local, Exposes::systemic});  // it departs from its route
  make_time(maker, e);
  make_dose(maker, e);
  make_times(maker, e);
  make_change(maker, e);
  e.shown = maker.terms.at(e.what).name;
  facts.exposures.push_back(e);
  if (e.presence == Presence::past && e.end_given && random.chance(30)) {  // and again, at the edge of what counts as one run
    Exposure next = e;
    next.entry = entry + 100;
    next.end = {always_after, always_after};
    next.end_given = false;
    next.presence = Presence::present;
    const Minutes from = e.end.earliest;
    make_time(maker, next);
    start_at(next, {from + days(random.pick<std::size_t>({0, 6, 7, 8})) - days(random.chance(20) ? 9 : 0), 0});
    next.start.latest = next.start.earliest;
    if (next.end.latest >= next.start.earliest) facts.exposures.push_back(next);
  }
  if (!random.chance(15)) return;
  const ConceptId other = random.pick(ingredients);
  if (other == e.what) return;
  e.what = other;
  e.shown = maker.terms.at(other).name;
  facts.exposures.push_back(e);
}

void make_habit(Maker& maker, Facts& facts) {
  const bool said = maker.random.chance(15);
  if (!said && !maker.random.chance(15)) return;
  Exposure e;
  if (!said) e.presence = Presence::not_mentioned;
  e.what = make_id<ConceptId>(maker.terms.data().concepts.size() - 1);
  e.dose.why_unknown = "a habit";
  e.dose.unit = milligrams();
  e.shown = maker.terms.at(e.what).name;
  facts.exposures.push_back(e);
}

void make_findings_of_the_body(Maker& maker, Facts& facts) {
  Random& random = maker.random;
  for (std::size_t i = 0; i < maker.terms.data().conditions.size(); ++i) {
    if (!random.chance(40)) continue;
    ConditionFact fact;
    fact.what = make_id<ConditionId>(i);
    fact.truth = random.pick({Truth::yes, Truth::yes, Truth::no, Truth::possible});
    fact.shown = maker.terms.at(fact.what).name;
    if (random.chance(50)) fact.onset = around(maker, day_zero - days(ago(maker)));
    facts.conditions.push_back(fact);
  }
  for (std::size_t i = 0; i < maker.terms.data().observations.size(); ++i)
    for (std::size_t n = random.below(3); n > 0; --n) {
      if (random.chance(maker.profile.unknown)) continue;
      ObservationFact fact;
      fact.what = make_id<ObservationId>(i);
      fact.value = Interval::exactly(Rational(random.pick<std::int64_t>({29, 30, 31})));
      if (random.chance(15)) fact.value = {Rational(30), std::nullopt, random.chance(50), false};
      if (random.chance(10)) fact.value = {std::nullopt, Rational(30), false, random.chance(50)};
      if (random.chance(8)) {
        fact.value = {Rational(29), Rational(31), false, false};
        fact.listed = Interval::exactly(Rational(random.pick<std::int64_t>({29, 30, 31})));
        if (random.chance(30)) fact.listed->high = fact.value.high;
      }
      if (random.chance(60)) fact.when = around(maker, day_zero - days(ago(maker)));
      if (fact.when) fact.when->latest = std::min(fact.when->latest, day_zero);  // measured, so not to come
      facts.observations.push_back(fact);
    }
}

}  // namespace

Facts make_facts(Maker& maker) {
  Random& random = maker.random;
  Facts facts;
  facts.as_of = day_zero;
  const std::size_t entries = random.between(1, maker.knobs.entries);
  for (std::size_t i = 0; i < entries; ++i) make_entry(maker, facts, static_cast<std::int32_t>(i));
  make_habit(maker, facts);
  make_findings_of_the_body(maker, facts);
  if (random.chance(25))
    facts.allergies.push_back({{random.pick(maker.concepts(maker.knobs.class_entries && random.chance(50)))}, "rash", "rash", {}});
  for (auto& allergy : facts.allergies) {
    allergy.allergy = random.pick({Truth::yes, Truth::yes, Truth::no, Truth::possible});
    allergy.intolerance = allergy.allergy == Truth::no ? Truth::yes : random.pick({Truth::yes, Truth::no, Truth::possible});
  }
  facts.allergies_known = random.chance(50);
  facts.conditions_complete = random.chance(40);
  facts.medications_complete = !random.chance(maker.profile.unknown / 4);
  facts.sex = random.pick<const char*>({"female", "male", "other", "unknown"});
  if (!random.chance(maker.profile.unknown)) {
    const std::int32_t years = random.pick<std::int32_t>({64, 65, 66});
    facts.age = Age{years * 12, years * 12 + random.pick<std::int32_t>({0, 0, 11, 12}), "about that", {}};
    if (random.chance(30)) {
      const std::int32_t days = random.pick<std::int32_t>({23736, 23740, 23741, 23742});  // 65 years, and around 3391 weeks
      facts.age = Age{65 * 12 - 1, 65 * 12, "to the day", {}, days, days + random.pick<std::int32_t>({0, 0, 1, 6})};
    }
  }
  if (random.chance(maker.profile.unknown / 2)) facts.unrecognised.push_back("herbal tea");
  if (random.chance(maker.profile.unknown / 8)) facts.unrecognised.push_back("blue pills");
  return facts;
}

}  // namespace theriac::testing
