#include "plan/slots.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// Judged by the entry alone, whatever else is taken, and on whatever day.
bool is_of_one_entry(const DrugAlternative& alternative) {
  const auto by_dose_alone = [](const DrugTest& test) {
    const auto* dose = std::get_if<DoseTest>(&test);
    return dose != nullptr && !dose->table && !dose->per && dose->of != DoseTest::Of::cumulative;
  };
  return std::all_of(alternative.tests.begin(), alternative.tests.end(), by_dose_alone) &&
         std::all_of(alternative.except.begin(), alternative.except.end(), is_of_one_entry);
}

bool is_bare(const DrugAlternative& alternative) {
  return alternative.concept_id && alternative.except.empty() && alternative.routes.empty() && alternative.forms.empty() && !alternative.as_needed &&
         alternative.tests.empty();
}

// The concepts of the alternatives, sorted; nothing where one is of any drug.
std::optional<std::vector<ConceptId>> concepts_of(const std::vector<DrugAlternative>& any_of) {
  std::vector<ConceptId> result;
  for (const auto& alternative : any_of) {
    if (!alternative.concept_id) return std::nullopt;
    result.push_back(*alternative.concept_id);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::string key_of(const Measures& leaf) {
  auto key = "m" + std::to_string(static_cast<int>(leaf.of)) + "/" + std::to_string(static_cast<std::uint32_t>(leaf.observation)) + "/" +
             std::to_string(static_cast<int>(leaf.order)) + "/" + leaf.limit.to_string();
  if (leaf.within) key += "/" + std::to_string(leaf.within->count) + leaf.within->unit;
  return key;
}

// A fact that one element of a record tells, and no other: nothing worked out, and no state that silence or another field speaks of. Its key, else
// "".
std::string plain_key(const ResolvedGuard& guard, const Terminology& terms) {
  if (const auto* leaf = std::get_if<HasCondition>(&guard.leaf)) {
    const auto& condition = terms.at(leaf->condition);
    if (leaf->within || leaf->length || !leaf->derived.empty() || condition.state || condition.genetic) return {};
    return "c" + std::to_string(static_cast<std::uint32_t>(leaf->condition));
  }
  if (const auto* leaf = std::get_if<Measures>(&guard.leaf)) {
    if (leaf->of != Measures::Of::observation) return key_of(*leaf);
    const auto& kind = terms.at(leaf->observation);
    return kind.formula.empty() && !kind.during ? key_of(*leaf) : std::string();
  }
  if (const auto* leaf = std::get_if<IsSex>(&guard.leaf)) return leaf->female ? "female" : "male";
  return {};
}

}  // namespace

std::optional<std::uint32_t> Slots::phrase(const std::vector<DrugAlternative>& any_of) {
  if (!std::all_of(any_of.begin(), any_of.end(), is_of_one_entry)) return std::nullopt;
  const auto next = static_cast<std::uint32_t>(program_.phrases.size());
  if (std::all_of(any_of.begin(), any_of.end(), is_bare)) {
    const auto [at, fresh] = by_concepts_.emplace(*concepts_of(any_of), next);
    if (!fresh) return at->second;
  }
  program_.phrases.push_back(any_of);
  return next;
}

std::uint32_t Slots::wide(const std::vector<DrugAlternative>& any_of) {
  const auto concepts = concepts_of(any_of).value_or(std::vector<ConceptId>{});
  const auto [at, fresh] = wide_by_concepts_.emplace(concepts, static_cast<std::uint32_t>(program_.wide.size()));
  if (fresh) program_.wide.push_back(concepts);
  return at->second;
}

std::optional<std::uint32_t> Slots::fact(const ResolvedGuard& leaf) {
  const auto key = plain_key(leaf, terms_);
  if (key.empty()) return std::nullopt;
  const auto [at, fresh] = by_fact_.emplace(key, static_cast<std::uint32_t>(program_.facts.size()));
  if (fresh) program_.facts.push_back(leaf);
  return at->second;
}

std::uint32_t Slots::add_node(Plan::Program::Node node, const std::vector<std::uint32_t>& children) {
  node.first = static_cast<std::uint32_t>(program_.children.size());
  node.count = static_cast<std::uint32_t>(children.size());
  program_.children.insert(program_.children.end(), children.begin(), children.end());
  program_.nodes.push_back(node);
  return static_cast<std::uint32_t>(program_.nodes.size() - 1);
}

std::optional<std::uint32_t> Slots::guard(const ResolvedGuard& guard) {
  if (!guard.points.empty()) return std::nullopt;  // a score
  Plan::Program::Node node;
  node.kind = guard.kind;
  node.at_least = guard.at_least;
  if (guard.kind == ResolvedGuard::Kind::leaf) {
    const auto slot = fact(guard);
    if (!slot) return std::nullopt;
    node.fact = *slot;
    return add_node(node, {});
  }
  std::vector<std::uint32_t> children;
  for (const auto& child : guard.children) {
    const auto at = this->guard(child);
    if (!at) return std::nullopt;
    children.push_back(*at);
  }
  if (guard.kind == ResolvedGuard::Kind::all_of && children.size() == 1) return children.front();
  return add_node(node, children);
}

std::uint32_t Slots::all_of(const std::vector<std::uint32_t>& nodes) {
  if (nodes.size() == 1) return nodes.front();
  Plan::Program::Node node;
  node.kind = ResolvedGuard::Kind::all_of;
  return add_node(node, nodes);
}

}  // namespace theriac::detail
