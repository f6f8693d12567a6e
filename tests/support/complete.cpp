#include "support/complete.hpp"

#include <algorithm>

namespace theriac::testing {

using namespace detail;

namespace {

class Filler {
 public:
  Filler(Case& filled, Random& random, std::size_t percent) : case_(filled), facts_(filled.facts), random_(random), percent_(percent) {}

  void run() {
    for (Exposure& e : facts_.exposures) fill(e);
    if (filled()) fill_conditions();
    fill_observations();
    fill_person();
    if (filled()) fill_memberships();
  }

 private:
  bool filled() { return random_.chance(percent_); }
  static Minutes days(std::size_t n) { return static_cast<Minutes>(n) * minutes_per_day; }

  // A day in the interval, its ends most of all.
  void fill(When& when) {
    if (when.earliest == when.latest || !filled()) return;
    const Minutes low = std::max(when.earliest, day_zero - days(1000)), high = std::min(when.latest, day_zero + days(1000));
    const Minutes inner = low + (high - low) / minutes_per_day / 2 * minutes_per_day;
    const Minutes near = std::clamp(day_zero - days(random_.pick<std::size_t>({6, 7, 8, 13, 14, 15, 28, 30, 31})), low, high);
    const Minutes at = random_.pick({low, high, inner, near});
    when = {at, at};
  }

  void fill_presence(Exposure& e) {
    if (e.presence == Presence::not_mentioned && filled()) e.presence = random_.chance(50) ? Presence::present : Presence::never;
    if (e.presence != Presence::unknown || !filled()) return;
    const bool open_end = e.end.latest == always_after;
    switch (random_.below(3)) {
      case 0:
        e.presence = Presence::never;
        return;
      case 1:
        e.presence = Presence::present;
        if (open_end || e.end.latest <= day_zero) {
          e.end = {always_after, always_after};
          e.end_given = false;
        }
        return;
      default:
        e.presence = Presence::past;
        if (open_end) e.end = {std::min(e.end.earliest, day_zero), day_zero};
        if (open_end && e.end.earliest == day_zero) e.end.earliest = always_before;
        if (e.end.earliest > day_zero) e.presence = Presence::present;  // its end is planned, so it is taken until then
        e.end.latest = e.presence == Presence::past ? std::min(e.end.latest, day_zero) : e.end.latest;
    }
  }

  void fill(Exposure& e) {
    fill_presence(e);
    const bool ended = e.presence == Presence::past || e.end_given || e.end.latest < always_after;
    if (ended && e.presence != Presence::unknown && e.end.latest < always_after) {
      fill(e.end);
      e.end_given = e.end_given || e.end.earliest == e.end.latest;
    }
    if (!e.start_given && filled()) {
      e.start_given = true;
      e.start = {always_before, std::min(day_zero, e.end.earliest == always_before ? day_zero : e.end.earliest)};
    }
    fill(e.start);
    if (e.ended == MedicationEntry::Ended::unknown && !e.stop_is_ours && filled()) e.ended = random_.pick({MedicationEntry::Ended::abruptly, MedicationEntry::Ended::tapered});
    if (!e.route && filled()) e.route = make_id<RouteId>(random_.below(case_.terms->data().routes.size()));
    fill_dose(e);
    fill_times(e);
    fill_change(e);
  }

  void fill_change(Exposure& e) {
    auto& [truth, when] = e.change;
    if ((truth == Truth::open || truth == Truth::possible) && filled()) truth = random_.chance(50) ? Truth::yes : Truth::no;
    if (truth == Truth::yes && !when && filled()) when = When{always_before, always_after};
    if (when) fill(*when);
  }

  void fill_times(Exposure& e) {
    if (e.times.empty() && filled()) e.times.resize(random_.between(1, 2));
    for (TimeOfDay& time : e.times) {
      if (time.earliest == time.latest || !filled()) continue;
      time.earliest += static_cast<std::int32_t>(random_.below(static_cast<std::size_t>(time.latest - time.earliest + 1)));
      time.latest = time.earliest;
    }
  }

  void fill_dose(Exposure& e) {
    if (!e.dose.single && filled()) e.dose.single = Interval::exactly(Rational(random_.pick<std::int64_t>({5, 10, 20, 30, 40})));
    auto& every = e.dose.every;
    if (!every && filled()) every = Interval{Rational(random_.pick<std::int64_t>({6, 12, 24})), e.as_needed ? std::nullopt : std::optional(Rational(168)), false, false};
    if (every && !e.as_needed && every->low != every->high && filled()) every = Interval::exactly(random_.chance(50) ? *every->low : *every->high);
    Interval& day = e.dose.per_day;
    if (!e.dose.known() && filled()) {
      e.dose.why_unknown.clear();
      const Rational amount(random_.pick<std::int64_t>({5, 10, 20, 30, 40}));
      day = e.as_needed ? Interval{Rational(0), amount, false, false} : Interval::exactly(amount);
    } else if (e.dose.known() && !e.as_needed && day.low != day.high && filled()) {
      day = Interval::exactly(random_.chance(50) ? *day.low : *day.high);
    }
  }

  bool stated(ConditionId what, Truth truth, bool of_kinds) const {
    return std::any_of(facts_.conditions.begin(), facts_.conditions.end(), [&](const ConditionFact& fact) {
      return fact.truth == truth && (of_kinds ? case_.terms->is_kind_of(fact.what, what) : case_.terms->is_kind_of(what, fact.what));
    });
  }

  // To be found out, then not mentioned; consistent with what is stated of kinds and of wholes. Then the list is complete.
  void fill_conditions() {
    for (ConditionFact& fact : facts_.conditions) {
      if (fact.truth == Truth::possible) {
        const bool can_be = !stated(fact.what, Truth::no, false), must_be = stated(fact.what, Truth::yes, true);
        fact.truth = must_be || (can_be && random_.chance(50)) ? Truth::yes : Truth::no;
      }
      if (!fact.onset) fact.onset = When{always_before, day_zero};
      fill(*fact.onset);
    }
    for (std::size_t i = 0; i < case_.terms->data().conditions.size(); ++i) {
      const auto what = make_id<ConditionId>(i);
      const bool mentioned = std::any_of(facts_.conditions.begin(), facts_.conditions.end(), [&](const ConditionFact& fact) { return fact.what == what; });
      if ((facts_.conditions_complete && !case_.terms->at(what).genetic) || mentioned || stated(what, Truth::no, false)) continue;
      ConditionFact fact;
      fact.what = what;
      fact.truth = random_.chance(50) ? Truth::yes : Truth::no;
      fact.onset = When{always_before, day_zero};
      fill(*fact.onset);
      std::vector<When> wholes;  // the date of the whole is the date of what it turns out to be
      for (const ConditionFact& whole : facts_.conditions)
        if (whole.truth == Truth::yes && case_.terms->is_kind_of(what, whole.what)) wholes.push_back(*whole.onset);
      if (!wholes.empty()) fact.onset = wholes.front();
      if (std::any_of(wholes.begin(), wholes.end(), [&](const When& each) { return !(each == wholes.front()); })) fact.truth = Truth::no;
      if (fact.truth == Truth::no && stated(what, Truth::yes, true)) continue;  // a kind of it is there, so it is
      facts_.conditions.push_back(fact);
    }
    facts_.conditions_complete = true;
  }

  void fill_observations() {
    for (std::size_t i = 0; i < case_.terms->data().observations.size(); ++i) {
      const auto what = make_id<ObservationId>(i);
      bool some = false;
      for (ObservationFact& fact : facts_.observations) {
        if (fact.what != what) continue;
        some = true;
        if (fact.when) fill(*fact.when);
        if (fact.value.low != fact.value.high && filled()) {
          fact.value = inside(fact.value);
          fact.listed.reset();
        }
      }
      if (some || !filled()) continue;
      ObservationFact fact;
      fact.what = what;
      fact.value = Interval::exactly(Rational(random_.pick<std::int64_t>({29, 30, 31})));
      if (random_.chance(50)) fact.when = When{day_zero - days(random_.pick<std::size_t>({0, 13, 14, 29, 30})), 0};
      if (fact.when) fact.when->latest = fact.when->earliest;
      facts_.observations.push_back(fact);
    }
  }

  Interval inside(const Interval& value) {
    const auto low = value.low.value_or(Rational(value.high->numerator() - 2)), high = value.high.value_or(Rational(value.low->numerator() + 2));
    std::vector<Rational> points{Rational((low.numerator() + high.numerator()) / 2)};
    if (!value.low_open) points.push_back(low);
    if (!value.high_open) points.push_back(high);
    return Interval::exactly(random_.pick(points));
  }

  void fill_person() {
    if (!facts_.age && filled()) facts_.age = Age{64 * 12, 66 * 12, "filled", {}};
    if (facts_.age && filled()) {
      const auto between = [&](std::int32_t low, std::int32_t high) { return static_cast<std::int32_t>(random_.between(static_cast<std::size_t>(low), static_cast<std::size_t>(high))); };
      Age at = *facts_.age;
      at.months_low = at.months_high = between(at.months_low, at.months_high);
      if (at.days_low >= 0) at.days_low = at.days_high = between(at.days_low, at.days_high);
      facts_.age = at;
    }
    if (facts_.sex != "female" && facts_.sex != "male" && filled()) facts_.sex = random_.chance(50) ? "female" : "male";
    for (AllergyFact& each : facts_.allergies)
      for (Truth* kind : {&each.allergy, &each.intolerance})
        if (*kind == Truth::possible && filled()) *kind = random_.chance(50) ? Truth::yes : Truth::no;
    if (!facts_.allergies_known && filled()) {
      facts_.allergies_known = true;
      while (random_.chance(40)) add_allergy();
    }
    if (filled()) facts_.medications_complete = true;
  }

  void add_allergy() {
    const auto to = make_id<ConceptId>(random_.below(case_.terms->data().concepts.size()));
    if (case_.terms->at(to).kind == ConceptKind::ingredient) facts_.allergies.push_back({{to}, "filled", "", {}});
  }

  // Somebody looks an ingredient up: it is in a class, and so in those above, none of which anybody had ruled out; or it is not.
  void fill_memberships() {
    TerminologyData data = case_.terms->data();
    const auto open = [&](std::size_t drug, std::size_t in) {
      return case_.terms->membership(make_id<ConceptId>(drug), make_id<ConceptId>(in)) == Truth::open;
    };
    for (std::size_t drug = 0; drug < data.concepts.size(); ++drug) {
      if (data.concepts[drug].kind != ConceptKind::ingredient) continue;
      for (std::size_t in = 0; in < data.concepts.size(); ++in) {
        if (data.concepts[in].kind != ConceptKind::drug_class || !open(drug, in) || !random_.chance(30)) continue;
        bool can_be = true;
        for (std::size_t above = 0; above < data.concepts.size(); ++above)
          if (case_.terms->membership(make_id<ConceptId>(in), make_id<ConceptId>(above)) == Truth::yes)
            can_be = can_be && case_.terms->membership(make_id<ConceptId>(drug), make_id<ConceptId>(above)) != Truth::no;
        if (can_be) data.concepts[drug].is.push_back({make_id<ConceptId>(in), {}});
      }
      data.concepts[drug].reviewed.clear();
      for (std::size_t f = 0; f < data.families.size(); ++f) data.concepts[drug].reviewed.emplace_back(make_id<FamilyId>(f), "filled");
    }
    case_.terms = Terminology::build(std::move(data)).terminology;
  }

  Case& case_;
  Facts& facts_;
  Random& random_;
  std::size_t percent_;
};

}  // namespace

Case complete(const Case& partial, Random& random, std::size_t percent) {
  Case result = partial;
  Filler(result, random, percent).run();
  return result;
}

}  // namespace theriac::testing
