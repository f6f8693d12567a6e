#include "assemble/proof.hpp"

#include "trace/premises.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>
#include <tuple>

namespace theriac::detail {
namespace {

constexpr int deepest = 12;  // a proof deeper than this is cut: derived facts may rest on one another

// "an SSRI", "a TCA", "an opioid": initials go by the name of their first letter.
std::string article(const std::string& word) {
  const auto is = [&](std::size_t i, auto test) { return i < word.size() && test(static_cast<unsigned char>(word[i])) != 0; };
  const bool initials = is(0, isupper) && (is(1, isupper) || is(1, isdigit));
  const std::string_view vowel_sounds = initials ? "AEFHILMNORSX" : "aeiouAEIOU";
  return !word.empty() && vowel_sounds.find(word.front()) != std::string_view::npos ? "an " : "a ";
}

const std::vector<DrugAlternative>* alternatives(const ResolvedItem& item) {
  if (const auto* drug = std::get_if<DrugItem>(&item.what)) return &drug->any_of;
  if (const auto* count = std::get_if<CountItem>(&item.what)) return &count->any_of;
  if (const auto* sum = std::get_if<SumItem>(&item.what)) return &sum->sum.any_of;
  if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) return &stop->any_of;
  return nullptr;
}

// The way from the drug to the class that the item names; the shortest of the alternatives.
std::vector<ConceptId> way(const AssembleContext& context, const Exposure& exposure, const ResolvedItem& item) {
  std::vector<ConceptId> best;
  const auto* any_of = alternatives(item);
  if (any_of == nullptr) return best;
  for (const auto& alternative : *any_of) {
    if (!alternative.concept_id) continue;
    auto path = context.terms().path(exposure.what, *alternative.concept_id);
    if (!path.empty() && (best.empty() || path.size() < best.size())) best = std::move(path);
  }
  return best;
}

std::string taken(const AssembleContext& context, const Exposure& exposure) {
  if (exposure.presence == Presence::not_mentioned) return "not mentioned";
  if (exposure.entry < 0) return "a habit";
  if (exposure.presence == Presence::past) return exposure.end_given ? "stopped " + format_date(exposure.end) : "stopped, no date";
  if (exposure.presence == Presence::unknown) return "not confirmed";
  if (exposure.proposed) return "proposed";
  if (!exposure.start_given) return "taken";
  return (exposure.start.earliest > context.facts.as_of ? "from " : "taken since ") + format_date(exposure.start);
}

Proof drug_leaf(const AssembleContext& context, const Exposure& exposure, const ResolvedItem& item) {
  Proof leaf;
  const auto path = way(context, exposure, item);
  for (const auto id : path) leaf.via.push_back(context.name(id));
  if (leaf.via.empty()) leaf.via.push_back(context.name(exposure.what));
  leaf.fact = exposure.shown.empty() ? context.name(exposure.what) : exposure.shown;
  if (path.size() > 1) leaf.fact += " is " + article(leaf.via.back()) + leaf.via.back();
  leaf.value = taken(context, exposure);
  leaf.at = exposure.at.to_string();
  return leaf;
}

// What is proved: a support of one rule, and the exception whose head says it.
struct Proved {
  std::uint32_t rule = 0;
  std::int32_t exception = -1;
  const Support* support = nullptr;
};
Proof prove(const AssembleContext& context, const World& world, const Proved& what, int depth, const std::vector<const Support*>& others);

Proved proved_by(const AssembleContext& context, const DerivedFact& fact) {
  for (const auto& derivation : context.evaluation.derivations) {
    if (derivation.rule != fact.rule || derivation.of != fact.of || head_of(context.rules[derivation.rule], derivation).effect != fact.effect)
      continue;
    for (const auto& support : derivation.supports) {
      if (support.ingredients == fact.ingredients) return {fact.rule, derivation.exception, &support};
    }
  }
  return {};
}

Proof derived_leaf(const AssembleContext& context, const World& world, const DerivedFact& fact, int depth) {
  Proof leaf;
  if (const auto what = proved_by(context, fact); what.support != nullptr && depth < deepest) leaf = prove(context, world, what, depth + 1, {});
  const auto& effect = context.terms().at(fact.effect);
  leaf.fact = effect.state ? (fact.of ? context.name(*fact.of) : "the patient") + " " + effect.name
                           : effect.name + (fact.of ? " of " + context.name(*fact.of) : "");
  leaf.rule = context.rules[fact.rule].label;
  return leaf;
}

// The drugs that a support gives to the rule's items and that were not told yet.
void tell_drugs(const AssembleContext& context, const ResolvedRule& rule, const Support& support, std::vector<bool>& told, Proof& root) {
  for (std::size_t i = 0; i < rule.items.size() && i < support.items.size(); ++i) {
    if (std::holds_alternative<EffectItem>(rule.items[i].what)) continue;
    for (const auto exposure : support.items[i]) {
      if (told[exposure]) continue;
      told[exposure] = true;
      root.because.push_back(drug_leaf(context, context.facts.exposures[exposure], rule.items[i]));
    }
  }
}

// What the other supports rest on, where it brings a drug that was not proved yet.
void tell_further(const AssembleContext& context, const World& world, std::set<ConceptId> proved, const std::vector<const Support*>& others,
                  Proof& root) {
  for (const auto* other : others) {
    for (const auto at : other->derived) {
      if (at < 0) continue;
      const auto& fact = context.evaluation.facts[static_cast<std::size_t>(at)];
      const auto before = proved.size();
      proved.insert(fact.ingredients.begin(), fact.ingredients.end());
      if (proved.size() > before) root.because.push_back(derived_leaf(context, world, fact, 0));
    }
  }
}

Proof prove(const AssembleContext& context, const World& world, const Proved& what, int depth, const std::vector<const Support*>& others) {
  const auto& rule = context.rules[what.rule];
  const auto& support = *what.support;
  Proof root;
  root.rule = rule.label;
  root.fact = rule.title.empty() ? rule.reading : rule.title;
  root.at = rule.at.to_string();
  root.premises = premises_of(world, {rule, support.ingredients, support.verdict, what.exception});
  std::vector<bool> told(context.facts.exposures.size(), false);
  tell_drugs(context, rule, support, told, root);
  for (const auto* other : others) tell_drugs(context, rule, *other, told, root);
  for (const auto fact : support.derived) {
    if (fact >= 0) root.because.push_back(derived_leaf(context, world, context.evaluation.facts[static_cast<std::size_t>(fact)], depth));
  }
  std::set<ConceptId> proved(support.ingredients.begin(), support.ingredients.end());
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i]) proved.insert(context.facts.exposures[i].what);
  }
  tell_further(context, world, std::move(proved), others, root);
  root.because.insert(root.because.end(), support.premises.begin(), support.premises.end());
  return root;
}

}  // namespace

Proof prove(const AssembleContext& context, const World& world, std::uint32_t rule, std::int32_t exception,
            const std::vector<const Support*>& supports) {
  return prove(context, world, {rule, exception, supports.front()}, 0, supports);
}

// A drug taken by mouth is not shown as its gel; else the longest word of the list, which has the brand in it.
std::string AssembleContext::shown(ConceptId id) const {
  const Exposure* best = nullptr;
  const auto key = [](const Exposure& exposure) { return std::tuple(exposure.exposes != Exposes::local, exposure.shown.size()); };
  for (const auto& exposure : facts.exposures) {
    if (exposure.what != id || exposure.shown.empty()) continue;
    const bool better = best == nullptr || key(exposure) > key(*best) || (key(exposure) == key(*best) && exposure.shown < best->shown);
    if (better) best = &exposure;
  }
  return best == nullptr ? name(id) : best->shown;
}

std::vector<std::string> AssembleContext::names(const std::vector<ConceptId>& ids) const {
  std::vector<std::string> result;
  for (const auto id : ids) result.push_back(name(id));
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace theriac::detail
