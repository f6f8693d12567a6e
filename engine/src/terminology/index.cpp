#include "terminology/index.hpp"

#include <fmt/core.h>

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

// Names that may not be shared: drugs and classes among one another, each other kind by itself.
int name_space(NameKind kind) { return is_drug(kind) || kind == NameKind::drug_class ? 0 : static_cast<int>(kind); }
bool is_same_thing(const Name& a, const Name& b) { return a.id == b.id && (a.kind == NameKind::combination) == (b.kind == NameKind::combination); }

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

// Fills in the names and notices those that two things claim.
class NameIndexer {
 public:
  NameIndexer(const TerminologyData& data, TerminologyIndex& index, grammar::Diagnostics& diagnostics)
      : data_(data), index_(index), diagnostics_(diagnostics) {}

  std::size_t run() {
    for (std::uint32_t i = 0; i < data_.concepts.size(); ++i) add_concept(i);
    for (std::uint32_t i = 0; i < data_.combinations.size(); ++i) {
      const auto& combination = data_.combinations[i];
      add({NameKind::combination, i}, combination.name);
      add_all({NameKind::combination, i}, combination.synonyms);
      add_all({NameKind::combination, i}, combination.brands);
    }
    add_kind(NameKind::condition, data_.conditions);
    add_kind(NameKind::observation, data_.observations);
    add_kind(NameKind::effect, data_.effects);
    add_kind(NameKind::summed, data_.sums);
    for (std::uint32_t i = 0; i < data_.flags.size(); ++i) add({NameKind::flag, i}, data_.flags[i]);
    add_worded(NameKind::route, data_.routes);
    add_worded(NameKind::form, data_.forms);
    return longest_;
  }

 private:
  void add_concept(std::uint32_t i) {
    const auto& drug = data_.concepts[i];
    const auto kind = drug.kind == ConceptKind::drug_class ? NameKind::drug_class : NameKind::ingredient;
    add({kind, i}, drug.name);
    add_all({kind, i}, drug.synonyms);
    add_all({NameKind::brand, i}, drug.brands);
  }
  template <class Things>
  void add_kind(NameKind kind, const Things& things) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
      add({kind, i}, things[i].name);
      add_all({kind, i}, things[i].synonyms);
    }
  }
  template <class Things>
  void add_worded(NameKind kind, const Things& things) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
      add({kind, i}, things[i].name);
      add_all({kind, i}, things[i].words);
    }
  }
  void add_all(Name name, const std::vector<std::string>& spellings) {
    for (const auto& spelling : spellings) add(name, spelling);
  }

  void add(Name name, const std::string& spelling) {
    auto key = normalise(spelling);
    longest_ = std::max(longest_, static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1);
    const auto here = static_cast<std::uint32_t>(index_.names.size());
    const auto [found, fresh] = index_.first.try_emplace(std::move(key), here);
    auto last = TerminologyIndex::none;
    for (auto at = fresh ? TerminologyIndex::none : found->second; at != TerminologyIndex::none; at = index_.names[at].next) {
      const auto& other = index_.names[at].name;
      last = at;
      if (name_space(other.kind) != name_space(name.kind)) continue;
      if (!is_same_thing(other, name)) report(other, name, spelling);
      return;
    }
    if (last != TerminologyIndex::none) index_.names[last].next = here;
    index_.names.push_back({name, &spelling, &found->first, TerminologyIndex::none});
  }

  void report(const Name& first, const Name& second, const std::string& spelling) {
    const auto one = declared_name(data_, first);
    const auto two = declared_name(data_, second);
    const auto message =
        one == two ? fmt::format("`{}` is declared twice: as {} and as {}", spelling, describe(first.kind), describe(second.kind))
                   : fmt::format("`{}` names both `{}` ({}) and `{}` ({})", spelling, one, describe(first.kind), two, describe(second.kind));
    const auto* place = place_of(data_, second);
    const auto* other = place_of(data_, first);
    auto diagnostic = grammar::diagnose(grammar::Code::TH2005, place ? *place : grammar::Place{}, message);
    if (other && other->source) diagnostic.secondary.push_back({*other, "first here"});
    diagnostics_.push_back(std::move(diagnostic));
  }

  const TerminologyData& data_;
  TerminologyIndex& index_;
  grammar::Diagnostics& diagnostics_;
  std::size_t longest_ = 1;
};

}  // namespace

TerminologyIndex TerminologyIndex::build(const TerminologyData& data, grammar::Diagnostics& diagnostics) {
  TerminologyIndex index;
  index.concept_graph = graph_of(data.concepts);
  index.concepts = closure_of(index.concept_graph, data.concepts, diagnostics);
  index.conditions = closure_of(graph_of(data.conditions), data.conditions, diagnostics);
  index.effects = closure_of(graph_of(data.effects), data.effects, diagnostics);
  index.longest_name_words = NameIndexer(data, index, diagnostics).run();
  if (grammar::has_errors(diagnostics)) return index;
  index.ingredients = members(data.concepts, index.concepts);
  for (std::size_t i = 0; i < data.concepts.size(); ++i) {
    if (data.concepts[i].habit) index.habits.push_back(make_id<ConceptId>(i));
  }
  for (std::uint32_t group = 0; group < data.look_alikes.size(); ++group) {
    for (const auto& name : data.look_alikes[group]) index.look_alikes[normalise(name)].push_back(group);
  }
  return index;
}

}  // namespace theriac::detail
