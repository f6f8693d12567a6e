#include "evaluate/guard.hpp"

#include "evaluate/apart.hpp"
#include "evaluate/condition.hpp"
#include "evaluate/dose.hpp"
#include "evaluate/measured.hpp"
#include "evaluate/sum.hpp"
#include "evaluate/worked_out.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

Found judge_leaf(const HasCondition& leaf, const GuardContext& context) { return condition_holds(leaf, context); }

// ---- drugs

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

// An intolerance is no allergy, nor the other way round; which of the two a list says may not be known.
Judged is_of_kind(const AllergyFact& fact, bool intolerance) {
  const auto truth = intolerance ? fact.intolerance : fact.allergy;
  if (truth == Truth::yes || truth == Truth::no) return Judged::known(truth == Truth::yes);
  return Judged::missing(truth, "allergy", "allergy or intolerance to " + fact.shown, "not said which");
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
    AllOf both;
    both.add(this_one.take());
    both.add(is_of_kind(allergy, leaf.intolerance));
    auto judged = both.take();
    if (judged.truth == Truth::yes && (result.value.empty() || allergy.shown < result.value)) {
      result.fact = leaf.intolerance ? "intolerance" : "allergy";
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

Found judge_leaf(const Measures& leaf, const GuardContext& context) { return measures(context.world, leaf); }

Found judge_leaf(const Trend& leaf, const GuardContext& context) { return trend(context.world, leaf); }

Found judge_leaf(const TableValue& leaf, const GuardContext& context) {
  Found result;
  result.judged = table_holds(context.world, leaf);
  if (context.seen != nullptr) tell_rows_of(context.world, leaf.table, result.because);
  result.fact = leaf.table.name;
  return result;
}

Found judge_leaf(const NoRecent& leaf, const GuardContext& context) { return no_recent(context.world, leaf); }

Found judge_leaf(const IsSex& leaf, const GuardContext& context) { return is_sex(context.world, leaf); }

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

Found judge_leaf(const HoursApart& leaf, const GuardContext& context) {
  return found(context.binding == nullptr ? Judged::known(true) : taken_apart(context.world, leaf, *context.binding));
}

void write_down(const ResolvedGuard& guard, Found&& leaf, const GuardContext& context) {
  const auto truth = context.negated ? !leaf.judged.truth : leaf.judged.truth;
  if (truth < Truth::listed && !context.even_if_not) return;
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

// What a score says, in the same words whichever way it is compared: the points of what holds, with the facts, and of what is not known.
class ScoreTold {
 public:
  explicit ScoreTold(const World& world) : world_(world) {}
  void add(const ResolvedGuard& part, const Rational& points, Truth truth, std::vector<Proof>&& facts) {
    if (truth == Truth::no) return;
    const bool counts = truth >= Truth::listed;
    if (counts) sure_ = theriac::add(sure_, points).value_or(sure_);
    if (truth >= Truth::possible) most_ = theriac::add(most_, points).value_or(most_);
    Proof told;
    told.fact = part.text;
    told.value = in_points(points.to_string()) + (counts ? "" : truth == Truth::possible ? " if so: not known" : " if so: not mentioned");
    if (facts.size() == 1) {  // the fact itself, with its points
      auto& fact = facts.front();
      if (!fact.value.empty() && fact.value != fact.fact) told.value = fact.value + how_old(part) + ", " + told.value;
      told.fact = std::move(fact.fact);
      told.at = std::move(fact.at);
      told.because = std::move(fact.because);
    } else {
      told.because = std::move(facts);
    }
    parts_.push_back(std::move(told));
  }
  Proof take(const ResolvedGuard& score) {
    Proof told;
    told.fact = score.population;
    told.value = in_points(sure_ == most_ ? sure_.to_string() : sure_.to_string() + " to " + most_.to_string());
    told.via.push_back(score.text);
    told.because = std::move(parts_);
    return told;
  }

 private:
  std::string how_old(const ResolvedGuard& part) const {
    const auto* leaf = part.kind == ResolvedGuard::Kind::leaf ? std::get_if<Measures>(&part.leaf) : nullptr;
    return leaf == nullptr ? std::string() : detail::how_old(world_, *leaf);
  }
  static std::string in_points(const std::string& number) { return number + (number == "1" ? " point" : " points"); }
  const World& world_;
  Rational sure_{0}, most_{0};
  std::vector<Proof> parts_;
};

Judged judge_score(const ResolvedGuard& guard, const GuardContext& context) {
  std::vector<Judged> parts;
  ScoreTold told(context.world);
  for (std::size_t i = 0; i < guard.children.size(); ++i) {
    std::vector<Proof> facts;
    auto inner = context;
    inner.negated = false;
    inner.seen = context.seen == nullptr ? nullptr : &facts;
    parts.push_back(judge(guard.children[i], inner));
    if (context.seen != nullptr) told.add(guard.children[i], guard.points[i], parts.back().truth, std::move(facts));
  }
  auto judged = reaching(guard.points, parts, guard.limit, guard.beyond);
  const auto truth = context.negated ? !judged.truth : judged.truth;
  if (context.seen != nullptr && truth >= Truth::possible) context.seen->push_back(told.take(guard));
  return judged;
}

Judged judge_count(const ResolvedGuard& guard, const GuardContext& context) {
  if (!guard.points.empty()) return judge_score(guard, context);
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

}  // namespace theriac::detail
