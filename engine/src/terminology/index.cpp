#include "terminology/index.hpp"

#include <algorithm>

namespace theriac::detail {

bool is_drug(NameKind kind) { return kind == NameKind::ingredient || kind == NameKind::brand || kind == NameKind::combination; }

std::string_view describe(NameKind kind) {
  switch (kind) {
    case NameKind::ingredient:
      return "drug";
    case NameKind::drug_class:
      return "class";
    case NameKind::brand:
      return "brand";
    case NameKind::combination:
      return "combination";
    case NameKind::condition:
      return "condition";
    case NameKind::observation:
      return "observation";
    case NameKind::effect:
      return "effect";
    case NameKind::flag:
      return "flag";
    case NameKind::route:
      return "route";
    case NameKind::form:
      return "form";
    case NameKind::summed:
      return "sum over drugs";
  }
  return "name";
}

const grammar::Place* place_of(const TerminologyData& data, const Name& name) {
  switch (name.kind) {
    case NameKind::ingredient:
    case NameKind::drug_class:
    case NameKind::brand:
      return &data.concepts[name.id].at;
    case NameKind::combination:
      return &data.combinations[name.id].at;
    case NameKind::condition:
      return &data.conditions[name.id].at;
    case NameKind::observation:
      return &data.observations[name.id].at;
    case NameKind::effect:
      return &data.effects[name.id].at;
    case NameKind::summed:
      return &data.sums[name.id].at;
    default:
      return nullptr;
  }
}

const std::string& declared_name(const TerminologyData& data, const Name& name) {
  switch (name.kind) {
    case NameKind::combination:
      return data.combinations[name.id].name;
    case NameKind::condition:
      return data.conditions[name.id].name;
    case NameKind::observation:
      return data.observations[name.id].name;
    case NameKind::effect:
      return data.effects[name.id].name;
    case NameKind::flag:
      return data.flags[name.id];
    case NameKind::route:
      return data.routes[name.id].name;
    case NameKind::form:
      return data.forms[name.id].name;
    case NameKind::summed:
      return data.sums[name.id].name;
    default:
      return data.concepts[name.id].name;
  }
}

namespace {

template <class Things>
Digraph graph_of(const Things& things) {
  std::vector<Digraph::Edge> edges;
  for (std::uint32_t i = 0; i < things.size(); ++i) {
    for (const auto& parent : things[i].is) {
      if constexpr (requires { parent.parent; })
        edges.emplace_back(i, static_cast<std::uint32_t>(parent.parent));
      else
        edges.emplace_back(i, static_cast<std::uint32_t>(parent));
    }
  }
  return Digraph::from_edges(things.size(), edges);
}

grammar::Place edge_place(const Concept& child, std::uint32_t parent) {
  const auto edge = std::find_if(child.is.begin(), child.is.end(), [&](const IsA& is) { return static_cast<std::uint32_t>(is.parent) == parent; });
  return edge != child.is.end() && edge->at.source ? edge->at : child.at;
}
template <class Thing>
grammar::Place edge_place(const Thing& child, std::uint32_t) {
  return child.at;
}

template <class Things>
Closure closure_of(const Digraph& graph, const Things& things, grammar::Diagnostics& diagnostics) {
  const Stated stated{[&](auto node) { return things[node].name; }, [&](auto from, auto to) { return edge_place(things[from], to); }};
  return close(graph, stated, diagnostics).value_or(Closure());
}

std::vector<std::vector<ConceptId>> members(const std::vector<Concept>& concepts, const Closure& closure) {
  std::vector<std::vector<ConceptId>> ingredients(concepts.size());
  for (std::size_t i = 0; i < concepts.size(); ++i) {
    if (concepts[i].kind != ConceptKind::ingredient) continue;
    closure.each_reached(i, [&](std::size_t of) { ingredients[of].push_back(make_id<ConceptId>(i)); });
  }
  return ingredients;
}

}  // namespace

TerminologyIndex TerminologyIndex::build(const TerminologyData& data, grammar::Diagnostics& diagnostics, std::optional<NameTable> names) {
  TerminologyIndex index;
  index.concept_graph = graph_of(data.concepts);
  index.concepts = closure_of(index.concept_graph, data.concepts, diagnostics);
  index.conditions = closure_of(graph_of(data.conditions), data.conditions, diagnostics);
  index.effects = closure_of(graph_of(data.effects), data.effects, diagnostics);
  index.names = names ? std::move(*names) : NameTable::build(data, diagnostics);
  if (grammar::has_errors(diagnostics)) return index;
  index.ingredients = members(data.concepts, index.concepts);
  for (std::size_t i = 0; i < data.concepts.size(); ++i) {
    if (data.concepts[i].habit) index.habits.push_back(make_id<ConceptId>(i));
  }
  return index;
}

}  // namespace theriac::detail
