#include "evaluate/guard.hpp"

#include "evaluate/condition.hpp"
#include "evaluate/sum.hpp"
#include "evaluate/worked_out.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

Found found(Judged judged) { return {std::move(judged), {}, {}, {}, {}, {}}; }

std::int32_t days_of(const std::optional<Span_>& within) { return within ? days_in(*within) : -1; }

// ---- measurements and the person
// -------------------------------------------------------------------------------------------------------------------------

Interval completed_years(const Age& age) { return {Rational{age.months_low / 12}, Rational{age.months_high / 12}, false, false}; }

Found judge_age(const Measures& leaf, const World& world) {
  const auto missing = Judged::missing(Truth::possible, "patient", "age", world.facts.age ? "not exact" : "not given");
  if (!world.facts.age) return found(missing);
  const auto& age = *world.facts.age;
  const bool in_years = leaf.of == Measures::Of::age_years;
  const Interval value = in_years ? completed_years(age) : Interval{Rational{age.months_low}, Rational{age.months_high}, false, false};
  const auto answer = compare(value, leaf.order, leaf.limit);
  return {answer == Decided::unknown ? missing : Judged::known(answer == Decided::yes), "age", age.text, age.at.to_string()};
}

Found judge_leaf(const HasCondition& leaf, const GuardContext& context) { return condition_holds(leaf, context); }

Found judge_leaf(const Measures& leaf, const GuardContext& context) {
  const auto& world = context.world;
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

Found judge_leaf(const NoRecent& leaf, const GuardContext& context) {
  const auto reading = newest(context.world, leaf.observation, leaf.within);
  const auto& name = context.world.terms.at(leaf.observation).name;
  const auto judged = reading.some == Decided::unknown ? Judged::missing(Truth::possible, "observation", name, reading.why_not, days_of(leaf.within))
                                                       : Judged::known(reading.some == Decided::no);
  return {judged, "no recent " + name, reading.value ? reading.shown : reading.why_not, reading.at};
}

Found judge_leaf(const IsSex& leaf, const GuardContext& context) {
  const auto& sex = context.world.facts.sex;
  if (sex != "female" && sex != "male") return found(Judged::missing(Truth::possible, "patient", "sex", "not given"));
  return {Judged::known((sex == "female") == leaf.female), "sex", sex, ""};
}

// ---- drugs
// -----------------------------------------------------------------------------------------------------------------------------------------------

Judged stands_now(const World& world, const Exposure& exposure, const Window& window) {
  const auto meets = share_an_instant({window}, world.facts.as_of);
  if (meets == Decided::unknown) return {Truth::possible, imprecise_dates(world, exposure, window)};
  return Judged::known(meets == Decided::yes);
}

Judged patient_takes(const std::vector<DrugAlternative>& any_of, const Exposure& exposure, const GuardContext& context) {
  const auto routes = context.exception || context.below_negation ? Routes::any : Routes::systemic_or_gut;
  AnyOf any;
  for (const auto& alternative : any_of) {
    const auto matched = match(context.world, alternative, exposure, routes, context.binding);
    if (matched.judged.truth == Truth::no) continue;
    AllOf all;
    all.add(matched.judged);
    all.add(stands_now(context.world, exposure, matched.window));
    any.add(all.take());
  }
  return any.take();
}

Found judge_matched(const TakesDrug& leaf, const GuardContext& context) {
  const auto* binding = context.binding;
  if (leaf.any_of.empty() || binding == nullptr || leaf.item >= binding->choices.size() || binding->choices[leaf.item] == nullptr) {
    return found(Judged::known(leaf.any_of.empty()));
  }
  AnyOf any;
  for (const auto i : binding->choices[leaf.item]->exposures) {
    for (const auto& alternative : leaf.any_of) {
      const auto& exposure = context.world.exposure(i);
      const auto matched = match(context.world, alternative, exposure, Routes::any, binding);
      AllOf all;
      all.add(matched.judged);
      if (matched.window.end != exposure.end) all.add(stands_now(context.world, exposure, matched.window));  // a stop is judged by its date
      any.add(all.take());
    }
  }
  return found(any.take());
}

Found judge_leaf(const TakesDrug& leaf, const GuardContext& context) {
  if (leaf.which == TakesDrug::Which::item) return judge_matched(leaf, context);
  const auto& world = context.world;
  AnyOf any;
  Found result;
  for (const auto& exposure : world.facts.exposures) {
    if (leaf.which == TakesDrug::Which::other && context.binding != nullptr && context.binding->has(exposure.what)) continue;
    const auto takes = patient_takes(leaf.any_of, exposure, context);
    if (takes.truth == Truth::no) continue;
    if (result.fact.empty() || exposure.shown < result.fact) {  // which one is named must not hang on the order of entries
      result.fact = exposure.shown;
      result.at = exposure.at.to_string();
    }
    any.add(takes);
  }
  if (world.drugs_unlisted()) any.add({Truth::open, world.unlisted_drugs()});
  result.judged = any.take();
  return result;
}

Found judge_leaf(const CountDrugs& leaf, const GuardContext& context) {
  const auto routes = context.exception || context.below_negation ? Routes::any : Routes::systemic_or_gut;
  return found(count_ingredients(context.world, leaf.any_of, leaf.at_least, {.routes = routes}).judged);
}

Found judge_leaf(const SummedDrugs& leaf, const GuardContext& context) {
  const auto routes = context.exception || context.below_negation ? Routes::any : Routes::systemic_or_gut;
  const auto sum = add_up(context.world, leaf, Adds::guard, {.routes = routes});
  return {sum.counted.judged, context.world.terms.at(leaf.sum).name, sum.shown, "", {}, {}};
}

// ---- the rest
// --------------------------------------------------------------------------------------------------------------------------------------------

// Is the allergy to what the phrase names, or to a class that holds it?
Judged allergic_to(const World& world, ConceptId allergen, const HasAllergy& leaf) {
  AnyOf any;
  for (const auto& alternative : leaf.any_of) {
    if (!alternative.concept_id) continue;
    const auto to = *alternative.concept_id;
    any.add(membership(world, allergen, to));
    any.add(membership(world, to, allergen));
  }
  return any.take();
}

std::vector<ConceptId> matched_drugs(const HasAllergy& leaf, const GuardContext& context) {
  const auto* binding = context.binding;
  if (!leaf.to_item || binding == nullptr || *leaf.to_item >= binding->choices.size() || binding->choices[*leaf.to_item] == nullptr) return {};
  return binding->choices[*leaf.to_item]->ingredients;
}

Found judge_leaf(const HasAllergy& leaf, const GuardContext& context) {
  const auto& world = context.world;
  const auto drugs = matched_drugs(leaf, context);
  AnyOf any;
  Found result;
  for (const auto& allergy : world.facts.allergies) {
    AnyOf this_one;
    for (const auto allergen : allergy.to) {
      this_one.add(allergic_to(world, allergen, leaf));
      for (const auto drug : drugs) this_one.add(membership(world, drug, allergen));
    }
    auto judged = this_one.take();
    if (judged.truth == Truth::yes && (result.value.empty() || allergy.shown < result.value)) {
      result.fact = "allergy";
      result.value = allergy.shown;
      result.at = allergy.at.to_string();
    }
    any.add(judged);
  }
  if (!world.facts.allergies_known) {
    for (const auto& alternative : leaf.any_of) {
      if (alternative.concept_id) any.add(Judged::missing(Truth::open, "allergy", world.name(*alternative.concept_id), "not mentioned"));
    }
    for (const auto drug : drugs) any.add(Judged::missing(Truth::open, "allergy", world.name(drug), "not mentioned"));
  }
  result.judged = any.take();
  return result;
}

Found judge_leaf(const HasEffect& leaf, const GuardContext& context) {
  AnyOf any;
  Found result;
  for (const auto& fact : context.world.derived) {
    if (!context.world.terms.is_kind_of(fact.effect, leaf.effect)) continue;
    if (result.fact.empty() && fact.judged.truth >= Truth::listed) result.fact = context.world.terms.at(fact.effect).name;
    any.add(fact.judged);
  }
  result.judged = any.take();
  return result;
}

Found judge_leaf(const HoursApart&, const GuardContext&) { return found(Judged::missing(Truth::possible, "time", "times of day", "not given")); }

void write_down(const ResolvedGuard& guard, Found&& leaf, const GuardContext& context) {
  const auto truth = context.negated ? !leaf.judged.truth : leaf.judged.truth;
  if (truth < Truth::listed) return;
  Proof proof;
  proof.fact = context.negated ? "no " + guard.text : leaf.fact.empty() ? guard.text : leaf.fact;
  if (!context.negated) {
    proof.value = std::move(leaf.value);
    proof.at = std::move(leaf.at);
    proof.because = std::move(leaf.because);
  }
  if (proof.fact != guard.text && !context.negated) proof.via.push_back(guard.text);
  context.seen->push_back(std::move(proof));
}

Judged judge_leaf(const ResolvedGuard& guard, const GuardContext& context) {
  auto leaf = std::visit([&](const auto& what) { return judge_leaf(what, context); }, guard.leaf);
  auto judged = leaf.judged;
  if (context.seen != nullptr) write_down(guard, std::move(leaf), context);
  return judged;
}

template <class Collector>
Judged collect(const ResolvedGuard& guard, const GuardContext& context) {
  Collector parts;
  for (const auto& child : guard.children) parts.add(judge(child, context));
  return parts.take();
}

Judged judge_count(const ResolvedGuard& guard, const GuardContext& context) {
  std::vector<Judged> parts;
  parts.reserve(guard.children.size());
  for (const auto& child : guard.children) parts.push_back(judge(child, context));
  return at_least(guard.at_least, parts);
}

Judged judge_negation(const ResolvedGuard& guard, const GuardContext& context) {
  auto inner = context;
  inner.negated = !context.negated;
  inner.below_negation = true;
  return negation(collect<AllOf>(guard, inner));
}

}  // namespace

Judged judge(const ResolvedGuard& guard, const GuardContext& context) {
  switch (guard.kind) {
    case ResolvedGuard::Kind::all_of:
      return collect<AllOf>(guard, context);
    case ResolvedGuard::Kind::any_of:
      return collect<AnyOf>(guard, context);
    case ResolvedGuard::Kind::negation:
      return judge_negation(guard, context);
    case ResolvedGuard::Kind::count:
      return judge_count(guard, context);
    default:
      return judge_leaf(guard, context);
  }
}

namespace {

When dated(const ObservationFact& fact, Minutes now) { return fact.when.value_or(When{now, now}); }

// Is it young enough, whatever its date may mean?
Decided fresh(const ObservationFact& fact, const Observation& kind, const std::optional<Span_>& within, Minutes now) {
  const When when = dated(fact, now);
  if (when.earliest > now) return Decided::no;
  if (!within && kind.validity_days == 0) return Decided::yes;
  return before({now, now}, plus(when, within.value_or(Span_{kind.validity_days, "day"})));
}

// Either may be right: what both together leave possible.
Interval hull(const Interval& a, const Interval& b) {
  Interval result;
  if (a.low && b.low) {
    const auto& lower = *b.low < *a.low ? b : a;
    result.low = lower.low;
    result.low_open = *a.low == *b.low ? a.low_open && b.low_open : lower.low_open;
  }
  if (a.high && b.high) {
    const auto& higher = *b.high > *a.high ? b : a;
    result.high = higher.high;
    result.high_open = *a.high == *b.high ? a.high_open && b.high_open : higher.high_open;
  }
  return result;
}

}  // namespace

// Values whose date may be the newest all count. Where one of them may be too old, none is usable for sure.
Reading newest(const World& world, ObservationId observation, const std::optional<Span_>& within) {
  const auto& kind = world.terms.at(observation);
  const Minutes now = world.facts.as_of;
  Reading result;
  Minutes newest_at = always_before;
  for (const auto& fact : world.facts.observations) {
    if (fact.what != observation) continue;
    const auto usable = fresh(fact, kind, within, now);
    if (usable != Decided::no) newest_at = std::max(newest_at, dated(fact, now).earliest);
    const bool to_come = dated(fact, now).earliest > now;
    if (usable == Decided::no)
      result.why_not = to_come ? "of a later date" : std::to_string((now - dated(fact, now).latest) / minutes_per_day) + " days old";
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

}  // namespace theriac::detail
