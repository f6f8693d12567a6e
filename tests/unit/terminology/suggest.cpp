#include "theriac/terminology.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

std::shared_ptr<const Terminology> vocabulary() {
  TerminologyData data;
  data.families = {"class"};
  const auto add = [&](const char* name, ConceptKind kind, std::vector<std::string> brands = {}) {
    Concept entry;
    entry.name = name;
    entry.kind = kind;
    entry.brands = std::move(brands);
    data.concepts.push_back(entry);
  };
  for (const auto* drug : {"clonazepam", "clonidine", "clozapine", "diazepam", "prednisone", "prednisolone", "warfarin", "sertraline"})
    add(drug, ConceptKind::ingredient);
  add("metformin", ConceptKind::ingredient, {"Glucophage"});
  for (const auto* name : {"CNS depressant", "selective MAOI", "anticholinergic", "NSAID"}) add(name, ConceptKind::drug_class);
  for (const auto* name : {"hypokalaemia", "hyperkalaemia", "hypertension", "hypotension"})
    data.conditions.push_back({name, false, {}, {}, {}, {}, {}});
  data.look_alikes = {{"clonazepam", "clonidine"}, {"Glucophage", "glipizide"}};
  return Terminology::build(data).terminology;
}

const std::vector<NameKind> drugs = {NameKind::ingredient, NameKind::brand, NameKind::combination};
const std::vector<NameKind> classes = {NameKind::drug_class};
const std::vector<NameKind> conditions = {NameKind::condition};

std::vector<std::string> names(std::string_view typed, const std::vector<NameKind>& kinds) {
  std::vector<std::string> found;
  for (const auto& suggestion : vocabulary()->suggest(typed, kinds)) found.push_back(suggestion.name + (suggestion.look_alike ? "!" : ""));
  return found;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("near names are offered, best first, of the kinds that were asked for") {
  CHECK(names("CNS depresant", classes) == Names{"CNS depressant"});
  CHECK(names("cns-depresants", classes) == Names{"CNS depressant"});
  CHECK(names("CNS depresant", drugs).empty());
  CHECK(names("sertralin", drugs) == Names{"sertraline"});
  CHECK(names("herbal sleep tea", drugs).empty());
  CHECK(names("x", drugs).empty());
  CHECK(names("", drugs).empty());
}

TEST_CASE("a drug with a name like another's is called out") {
  CHECK(names("clonazepan", drugs) == Names{"clonazepam!"});
  CHECK(names("prednisolon", drugs) == Names{"prednisolone!", "prednisone!"});
  CHECK(names("warfrin", drugs) == Names{"warfarin"});
  CHECK(names("glucofage", drugs) == Names{"Glucophage!"});
}

TEST_CASE("no suggestion turns a name into its opposite") {
  CHECK(names("non-selective MAOI", classes).empty());
  CHECK(names("hyperkalemia", conditions) == Names{"hyperkalaemia"});
  CHECK(names("hypokalemia", conditions) == Names{"hypokalaemia"});
  CHECK(names("cholinergic", classes).empty());
  CHECK(names("hypetension", conditions) == Names{"hypertension", "hypotension"});  // both are shown
  CHECK(names("antcholinergic", classes) == Names{"anticholinergic"});
  CHECK(names("hypertensoin", conditions) == Names{"hypertension"});
}
