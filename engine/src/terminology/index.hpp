// What a Terminology works out once, when it is built: who lies in what, and every name's meanings. Constant after; thread-safe.
#pragma once

#include "graph/digraph.hpp"
#include "terminology/closure.hpp"
#include "terminology/name_table.hpp"

#include "theriac/terminology.hpp"

#include <optional>

namespace theriac {
namespace detail {

struct TerminologyIndex {
  Digraph concept_graph;  // child → parent
  Closure concepts;
  Closure conditions;
  Closure effects;
  std::vector<std::vector<ConceptId>> ingredients;  // of each class; of an ingredient itself
  std::vector<ConceptId> habits;
  NameTable names;

  // Nothing of use where there are errors. `names`: those of the same data, where they are at hand; they are trusted.
  static TerminologyIndex build(const TerminologyData& data, grammar::Diagnostics& diagnostics, std::optional<NameTable> names = {});
};

// A drug is an ingredient, brand or combination.
bool is_drug(NameKind kind);
std::string_view describe(NameKind kind);
const grammar::Place* place_of(const TerminologyData& data, const Name& name);
const std::string& declared_name(const TerminologyData& data, const Name& name);

}  // namespace detail

// For packs: a vocabulary whose names were worked out before, and those names. They are trusted to be of this data.
Terminology::Built build_with_names(TerminologyData data, detail::NameTable names);
const detail::NameTable& names_of(const Terminology& terminology);

struct Terminology::Index : detail::TerminologyIndex {
  static Built make(TerminologyData data, std::optional<detail::NameTable> names);
  static const detail::NameTable& names_in(const Terminology& terminology) { return terminology.index_->names; }
  friend Built build_with_names(TerminologyData data, detail::NameTable names) { return Index::make(std::move(data), std::move(names)); }
  friend const detail::NameTable& names_of(const Terminology& terminology) { return Index::names_in(terminology); }
};

}  // namespace theriac
