#include "compile/stratify.hpp"

#include "graph/digraph.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

struct Reads {
  std::set<EffectId> positive;
  std::set<EffectId> negative;  // also what raises, lowers and flags look at: it must be settled first
};

void read_drugs(const std::vector<DrugAlternative>& drugs, bool negative, Reads& reads) {
  for (const auto& drug : drugs) {
    for (const auto& test : drug.tests) {
      if (const auto* is = std::get_if<IsDerived>(&test)) (negative ? reads.negative : reads.positive).insert(is->state);
    }
    read_drugs(drug.except, true, reads);
  }
}

void read_leaf(const ResolvedGuard& guard, bool negative, Reads& reads) {
  auto& into = negative ? reads.negative : reads.positive;
  if (const auto* effect = std::get_if<HasEffect>(&guard.leaf)) into.insert(effect->effect);
  if (const auto* condition = std::get_if<HasCondition>(&guard.leaf)) into.insert(condition->derived.begin(), condition->derived.end());
  if (const auto* takes = std::get_if<TakesDrug>(&guard.leaf)) read_drugs(takes->any_of, negative, reads);
  if (const auto* count = std::get_if<CountDrugs>(&guard.leaf)) read_drugs(count->any_of, negative, reads);
  if (const auto* sum = std::get_if<SummedDrugs>(&guard.leaf)) read_drugs(sum->any_of, true, reads);  // it may be compared from above
}

void read_guard(const ResolvedGuard& guard, bool negative, Reads& reads) {
  if (guard.kind == ResolvedGuard::Kind::leaf) return read_leaf(guard, negative, reads);
  negative = negative || guard.kind == ResolvedGuard::Kind::negation;
  for (const auto& child : guard.children) read_guard(child, negative, reads);
}

Reads reads_of(const ResolvedRule& rule) {
  Reads reads;
  for (const auto& item : rule.items) {
    if (const auto* effects = std::get_if<EffectItem>(&item.what)) reads.positive.insert(effects->any_of.begin(), effects->any_of.end());
    if (const auto* drug = std::get_if<DrugItem>(&item.what)) read_drugs(drug->any_of, false, reads);
    if (const auto* count = std::get_if<CountItem>(&item.what)) read_drugs(count->any_of, false, reads);
    if (const auto* sum = std::get_if<SumItem>(&item.what)) read_drugs(sum->sum.any_of, true, reads);
    if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) read_drugs(stop->any_of, true, reads);  // a switch to another is a denial
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) read_guard(guard->guard, false, reads);
  }
  read_guard(rule.guard, false, reads);
  for (const auto& guard : rule.unless) read_guard(guard, true, reads);
  for (const auto& exception : rule.exceptions) read_guard(exception.when, true, reads);
  for (const auto& shift : rule.shifts) read_guard(shift.guard, true, reads);
  for (const auto& flag : rule.flags) read_guard(flag.guard, true, reads);
  return reads;
}

std::set<EffectId> derives(const ResolvedRule& rule) {
  std::set<EffectId> effects;
  for (const auto& head : rule.heads) effects.insert(head.effect);
  for (const auto& exception : rule.exceptions) {
    for (const auto& head : exception.heads) effects.insert(head.effect);
  }
  return effects;
}

struct Edges {
  std::vector<Digraph::Edge> all;  // from the rule that derives to the rule that reads
  std::set<Digraph::Edge> negative;
};

Edges edges_of(const Terminology& terms, const std::vector<ResolvedRule>& rules) {
  std::map<EffectId, std::vector<std::uint32_t>> derived_by;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    for (const auto effect : derives(rules[i])) derived_by[effect].push_back(i);
  }
  Edges edges;
  const auto connect = [&](const std::set<EffectId>& effects, std::uint32_t reader, bool negative) {
    for (const auto read : effects) {
      for (const auto& [effect, sources] : derived_by) {
        if (!terms.is_kind_of(effect, read)) continue;
        for (const auto source : sources) {
          edges.all.emplace_back(source, reader);
          if (negative) edges.negative.emplace(source, reader);
        }
      }
    }
  };
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const auto reads = reads_of(rules[i]);
    connect(reads.positive, i, false);
    connect(reads.negative, i, true);
  }
  return edges;
}

// The shortest way round that uses a negative edge of the component.
std::vector<std::uint32_t> cycle_through(const Digraph& graph, const Edges& edges, const std::vector<std::uint32_t>& component) {
  const std::set<std::uint32_t> members(component.begin(), component.end());
  for (const auto& [from, to] : edges.negative) {
    if (!members.contains(from) || !members.contains(to)) continue;
    auto cycle = shortest_path(graph, to, from);
    cycle.push_back(to);
    return cycle;
  }
  return {};
}

grammar::Diagnostic describe(const std::vector<ResolvedRule>& rules, const Edges& edges, const std::vector<std::uint32_t>& cycle) {
  const auto& first = rules[cycle.front()];
  std::string way;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (i > 0) way += edges.negative.contains({cycle[i - 1], cycle[i]}) ? ", which silences " : ", which feeds ";
    way += "`" + rules[cycle[i]].label + "`";
  }
  auto diagnostic = grammar::diagnose(grammar::Code::TH5001, first.at, "rules depend on their own absence", "this rule is in the cycle");
  for (std::size_t i = 1; i + 1 < cycle.size(); ++i) diagnostic.secondary.push_back({rules[cycle[i]].at, "so is this one"});
  diagnostic.notes.push_back("the cycle: " + way);
  diagnostic.help.emplace_back("let the exception look at the drugs or conditions themselves rather than at an effect that follows from this rule");
  return diagnostic;
}

}  // namespace

Stratified stratify(const Terminology& terms, const std::vector<ResolvedRule>& rules) {
  const auto edges = edges_of(terms, rules);
  const auto graph = Digraph::from_edges(rules.size(), edges.all);
  Stratified result;
  for (auto& component : strong_components(graph)) {
    const bool cyclic = is_cyclic(graph, component);
    if (cyclic) {
      const auto cycle = cycle_through(graph, edges, component);
      if (!cycle.empty()) {
        result.diagnostics.push_back(describe(rules, edges, cycle));
        result.refused.insert(result.refused.end(), component.begin(), component.end());
        continue;
      }
    }
    result.strata.strata.push_back({std::move(component), cyclic});
  }
  std::sort(result.refused.begin(), result.refused.end());
  return result;
}

}  // namespace theriac::detail
