// Trees of terminology files → TerminologyData. First every declaration of every file gets its id, then all is read and references are looked up, so
// that a reference may point forward and into another file. One use, one thread.
#pragma once

#include "load/names.hpp"
#include "load/schema.hpp"

#include "theriac/terminology.hpp"

#include <deque>
#include <map>

namespace theriac::detail {

class TerminologyReader {
 public:
  void add(const grammar::SourcePtr& source);
  // Data in which what had a mistake is missing; the mistakes are in `diagnostics`.
  TerminologyData finish();
  grammar::Diagnostics diagnostics;

 private:
  struct File {
    Schema schema;
    yaml::Read read;
  };
  struct Item {
    const yaml::Node* node = nullptr;
    Schema* schema = nullptr;
    std::uint32_t id = 0;
  };

  void collect(File& file, const yaml::Node& root);
  void declare(const std::string& section, const yaml::Node& node, Schema& schema);
  void declare_concept(ConceptKind kind, Item item);
  // False where it has no name.
  template <class Thing>
  bool declare_named(std::string_view section, std::vector<Thing>& things, FileNames& names, Item item);
  void declare_word(std::vector<std::string>& words, FileNames& names, Item item, std::string_view what);
  void declare_look_alikes(Item item);
  // The gene, and each of its phenotypes as a state: "CYP2D6 poor metaboliser".
  void declare_gene(Item item);
  void declare_alternatives(Item item);
  std::uint32_t family(const std::string& name);

  void fill_drug(const Item& item);
  void fill_class(const Item& item);
  void fill_combination(const Item& item);
  void fill_condition(const Item& item, bool state);
  void fill_observation(const Item& item);
  void fill_units(const Item& item, Observation& observation);
  void fill_formula(const Item& item, Observation& observation);
  void fill_conversions(const Item& item, Observation& observation);
  void fill_effect(const Item& item);
  void fill_equivalent(const Item& item);
  void fill_scale(const Item& item);
  std::optional<Summed::Row> equivalent_row(const Item& item, const yaml::Node& node, const std::optional<Rational>& reference);
  void fill_alternatives(const Item& item);
  void fill_gene(const Item& item);
  void fill_alleles(const Item& item, Gene& gene);
  void fill_phenotype(const Item& item, const yaml::Node& node, Gene& gene);
  void fill_route(const Item& item);
  void fill_form(const Item& item);

  void fill_is(const Item& item, Concept& entity);
  void fill_reviewed(const Item& item, Concept& entity);
  void fill_routes(const Item& item, Concept& entity);
  void fill_formulations(const Item& item, Concept& entity);
  std::string rxcui(const Item& item);
  std::vector<std::string> codes(const Item& item, std::string_view key, bool (*fits)(std::string_view), std::string_view what);
  std::optional<RouteId> route(const Item& item, const yaml::Node& map, std::string_view key);
  Exposes exposure(Schema& schema, const yaml::Node* node);
  // The id that a name stands for; else reported with the nearest name.
  std::optional<std::uint32_t> refer(Schema& schema, const yaml::Node& node, const FileNames& names, std::string_view what);
  std::optional<ConceptId> refer_concept(Schema& schema, const yaml::Node& node, ConceptKind kind);
  template <class Id>
  std::vector<Id> refer_all(const Item& item, std::string_view key, const FileNames& names, std::string_view what);

  TerminologyData data_;
  std::deque<File> files_;
  bool complete_ = true;  // all files could be read: a name that is not found is nowhere
  FileNames concepts_, conditions_, effects_, problems_, routes_, families_, others_;
  std::map<std::string, std::vector<Item>, std::less<>> items_;  // by section
};

}  // namespace theriac::detail
