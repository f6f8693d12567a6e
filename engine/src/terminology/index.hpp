// What a Terminology works out once, when it is built: who lies in what, and every name's meanings. Constant after; thread-safe.
#pragma once

#include "graph/digraph.hpp"
#include "terminology/closure.hpp"

#include "theriac/terminology.hpp"

#include <unordered_map>

namespace theriac {
namespace detail {

struct TerminologyIndex {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Spelt {
    Name name;
    const std::string* shown = nullptr;  // as it was declared
    const std::string* key = nullptr;    // normalised
    std::uint32_t next = none;           // a further meaning of the same key
  };

  Digraph concept_graph;  // child → parent
  Closure concepts;
  Closure conditions;
  Closure effects;
  std::vector<std::vector<ConceptId>> ingredients;  // of each class; of an ingredient itself
  std::vector<ConceptId> habits;
  std::size_t longest_name_words = 1;
  std::vector<Spelt> names;  // in the order of declaration
  std::unordered_map<std::string, std::uint32_t> first;
  std::unordered_map<std::string, std::vector<std::uint32_t>> look_alikes;  // normalised name → groups it stands in

  // `data` must stay where it is. Nothing of use where there are errors.
  static TerminologyIndex build(const TerminologyData& data, grammar::Diagnostics& diagnostics);
};

// A drug is an ingredient, brand or combination.
bool is_drug(NameKind kind);
std::string_view describe(NameKind kind);
const grammar::Place* place_of(const TerminologyData& data, const Name& name);
const std::string& declared_name(const TerminologyData& data, const Name& name);

}  // namespace detail

struct Terminology::Index : detail::TerminologyIndex {};

}  // namespace theriac
