#include "assemble/proof.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

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

// No more exact than it was stated: "2019", "2019-03", "2019-03-01".
std::string shown_date(const When& when) {
  auto text = format_date(when.earliest);
  if (when.earliest == when.latest) return text;
  if (parse_date(text.substr(0, 7)) == when) return text.substr(0, 7);
  return parse_date(text.substr(0, 4)) == when ? text.substr(0, 4) : text + " to " + format_date(when.latest);
}

std::string taken(const AssembleContext& context, const Exposure& exposure) {
  if (exposure.entry < 0) return "a habit";
  if (exposure.presence == Presence::past) return exposure.end_given ? "stopped " + shown_date(exposure.end) : "stopped, no date";
  if (exposure.presence == Presence::unknown) return "not confirmed";
  if (exposure.proposed) return "proposed";
  if (!exposure.start_given) return "taken";
  return (exposure.start.earliest > context.facts.as_of ? "from " : "taken since ") + shown_date(exposure.start);
}

Proof drug_leaf(const AssembleContext& context, const Exposure& exposure, const ResolvedItem& item) {
  Proof leaf;
  const auto path = way(context, exposure, item);
  for (const auto id : path) leaf.via.push_back(context.name(id));
  leaf.fact = exposure.shown.empty() ? context.name(exposure.what) : exposure.shown;
  if (path.size() > 1) leaf.fact += " is " + article(leaf.via.back()) + leaf.via.back();
  leaf.value = taken(context, exposure);
  leaf.at = exposure.at.to_string();
  return leaf;
}

Proof prove(const AssembleContext& context, std::uint32_t rule, const Support& support, int depth);

const Support* support_of(const AssembleContext& context, const DerivedFact& fact) {
  for (const auto& derivation : context.evaluation.derivations) {
    if (derivation.rule != fact.rule || derivation.of != fact.of || head_of(context.rules[derivation.rule], derivation).effect != fact.effect)
      continue;
    for (const auto& support : derivation.supports) {
      if (support.ingredients == fact.ingredients) return &support;
    }
  }
  return nullptr;
}

Proof derived_leaf(const AssembleContext& context, const DerivedFact& fact, int depth) {
  Proof leaf;
  if (const auto* support = support_of(context, fact); support != nullptr && depth < deepest) leaf = prove(context, fact.rule, *support, depth + 1);
  leaf.fact = context.terms().at(fact.effect).name + (fact.of ? " of " + context.name(*fact.of) : "");
  leaf.rule = context.rules[fact.rule].label;
  return leaf;
}

Proof prove(const AssembleContext& context, std::uint32_t index, const Support& support, int depth) {
  const auto& rule = context.rules[index];
  Proof root;
  root.rule = rule.label;
  root.fact = rule.title.empty() ? rule.reading : rule.title;
  root.at = rule.at.to_string();
  std::vector<bool> told(context.facts.exposures.size(), false);
  for (std::size_t i = 0; i < rule.items.size() && i < support.items.size(); ++i) {
    if (std::holds_alternative<EffectItem>(rule.items[i].what)) continue;
    for (const auto exposure : support.items[i]) {
      if (told[exposure]) continue;
      told[exposure] = true;
      root.because.push_back(drug_leaf(context, context.facts.exposures[exposure], rule.items[i]));
    }
  }
  for (const auto fact : support.derived) {
    if (fact >= 0) root.because.push_back(derived_leaf(context, context.evaluation.facts[static_cast<std::size_t>(fact)], depth));
  }
  root.because.insert(root.because.end(), support.premises.begin(), support.premises.end());
  return root;
}

}  // namespace

Proof prove(const AssembleContext& context, std::uint32_t rule, const Support& support) { return prove(context, rule, support, 0); }

std::string AssembleContext::shown(ConceptId id) const {
  std::string best = name(id);
  bool found = false;
  for (const auto& exposure : facts.exposures) {
    if (exposure.what != id || exposure.shown.empty()) continue;
    const bool better = !found || exposure.shown.size() > best.size() || (exposure.shown.size() == best.size() && exposure.shown < best);
    if (better) best = exposure.shown;
    found = true;
  }
  return best;
}

std::vector<std::string> AssembleContext::names(const std::vector<ConceptId>& ids) const {
  std::vector<std::string> result;
  for (const auto id : ids) result.push_back(name(id));
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace theriac::detail
