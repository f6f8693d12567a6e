// The first pass: which names are there.
#include "load/terminology_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;
using yaml::Node;

constexpr std::array<std::string_view, 17> sections = {"version", "drugs",       "combinations", "classes", "conditions", "observations",
                                                       "effects", "problems",    "flags",        "states",  "routes",     "forms",
                                                       "genes",   "look_alikes", "equivalents",  "scales",  "alternatives"};

struct SectionKeys {
  std::string_view section;
  std::string_view one;  // "a drug"
  std::array<std::string_view, 13> keys;
};
constexpr std::array<SectionKeys, 13> section_keys = {{
    {"drugs", "a drug", {"name", "synonyms", "brands", "rxcui", "is", "usual_route", "routes", "formulations", "stop", "habit", "reviewed"}},
    {"combinations", "a combination", {"name", "synonyms", "brands", "rxcui", "ingredients", "usual_route"}},
    {"classes", "a class", {"name", "synonyms", "is", "family"}},
    {"conditions", "a condition", {"name", "synonyms", "icd10cm", "is"}},
    {"states", "a state", {"name", "synonyms", "icd10cm", "is", "read"}},
    {"observations",
     "an observation",
     {"name", "synonyms", "loinc", "unit", "units", "molar_mass", "charge", "converts", "formula", "plausible", "absolute", "validity", "during"}},
    {"genes", "a gene", {"name", "synonyms", "source", "alleles", "phenotypes"}},
    {"effects", "an effect", {"name", "synonyms", "problem", "is"}},
    {"equivalents", "an equivalent", {"name", "synonyms", "unit", "source", "reference", "drugs", "none"}},
    {"scales", "a scale", {"name", "synonyms", "source", "points", "unlisted"}},
    {"alternatives", "alternatives", {"name", "source", "drugs"}},
    {"routes", "a route", {"name", "words", "exposure"}},
    {"forms", "a form", {"name", "words", "route"}},
}};

const SectionKeys& keys_of(std::string_view section) {
  std::size_t i = 0;
  while (i + 1 < section_keys.size() && section_keys[i].section != section) ++i;
  return section_keys[i];
}

Keys used(const SectionKeys& of) {
  std::size_t count = 0;
  while (count < of.keys.size() && !of.keys[count].empty()) ++count;
  return Keys(of.keys).first(count);
}

// After this mistake of form, names may be missing that do stand in the file: all but a key repeated inside one declaration.
bool loses_names(const grammar::Diagnostic& diagnostic) {
  const auto& place = diagnostic.primary.place;
  return diagnostic.code != Code::TH6005 || std::find(sections.begin(), sections.end(), place.source->slice(place.span)) != sections.end();
}

template <class Thing>
std::vector<std::string>& further_names(Thing& thing) {
  if constexpr (requires { thing.words; })
    return thing.words;
  else
    return thing.synonyms;
}

}  // namespace

void TerminologyReader::add(const grammar::SourcePtr& source) {
  auto& file = files_.emplace_back(File{Schema(source, diagnostics), yaml::read(source, yaml::terminology_codes)});
  diagnostics.insert(diagnostics.end(), file.read.diagnostics.begin(), file.read.diagnostics.end());
  for (const auto& diagnostic : file.read.diagnostics) complete_ = complete_ && !loses_names(diagnostic);
  for (const auto& root : file.read.roots) collect(file, root);
}

void TerminologyReader::collect(File& file, const Node& root) {
  if (data_.families.empty()) family("class");
  if (root.is_null()) return;
  if (!file.schema.map(root, "a terminology file", sections)) return;
  for (const auto& entry : root.entries) {
    if (std::find(sections.begin(), sections.end(), entry.key) == sections.end()) {
      complete_ = false;  // what stands under a misspelt section is not missing
      continue;
    }
    if (entry.key == "version") {
      data_.version = file.schema.text(root, "version");
      continue;
    }
    for (const auto& node : file.schema.list(entry.value, entry.key, entry.key)) declare(entry.key, node, file.schema);
  }
}

void TerminologyReader::declare(const std::string& section, const Node& node, Schema& schema) {
  const Item item{&node, &schema, 0};
  if (section == "problems") return declare_word(data_.problems, problems_, item, "a problem");
  if (section == "flags") return declare_word(data_.flags, others_, item, "a flag");
  if (section == "look_alikes") return declare_look_alikes(item);
  const auto& keys = keys_of(section);
  if (!schema.map(node, keys.one, used(keys))) return;
  if (section == "drugs") return declare_concept(ConceptKind::ingredient, item);
  if (section == "classes") return declare_concept(ConceptKind::drug_class, item);
  if (section == "combinations") declare_named(section, data_.combinations, others_, item);
  if (section == "conditions" || section == "states") declare_named(section, data_.conditions, conditions_, item);
  if (section == "observations") declare_named(section, data_.observations, others_, item);
  if (section == "alternatives") declare_alternatives(item);
  if (section == "genes") declare_gene(item);
  if (section == "effects") declare_named(section, data_.effects, effects_, item);
  if (section == "equivalents" || section == "scales") declare_named(section, data_.sums, others_, item);
  if (section == "routes") declare_named(section, data_.routes, routes_, item);
  if (section == "forms") declare_named(section, data_.forms, others_, item);
}

template <class Thing>
bool TerminologyReader::declare_named(std::string_view section, std::vector<Thing>& things, FileNames& names, Item item) {
  Thing thing;
  thing.name = item.schema->required(*item.node, "name", keys_of(section).one);
  if (thing.name.empty()) return false;
  if constexpr (requires { thing.at; }) thing.at = item.schema->place(*item.node->find("name"));
  auto& further = further_names(thing);
  further = item.schema->texts(
      *item.node, requires { thing.words; } ? "words" : "synonyms");
  item.id = static_cast<std::uint32_t>(things.size());
  if (&names != &others_) {
    names.add(thing.name, item.id);
    for (const auto& spelling : further) names.add(spelling, item.id);
  }
  things.push_back(std::move(thing));
  items_[std::string(section)].push_back(item);
  return true;
}

void TerminologyReader::declare_concept(ConceptKind kind, Item item) {
  const bool is_class = kind == ConceptKind::drug_class;
  if (!declare_named(is_class ? "classes" : "drugs", data_.concepts, concepts_, item)) return;
  data_.concepts.back().kind = kind;
  if (!is_class) return;
  const auto of = item.schema->text(*item.node, "family");
  data_.concepts.back().family = make_id<FamilyId>(family(of.empty() ? "class" : of));
}

std::uint32_t TerminologyReader::family(const std::string& name) {
  if (const auto known = families_.find(name)) return *known;
  const auto id = static_cast<std::uint32_t>(data_.families.size());
  data_.families.push_back(name);
  families_.add(name, id);
  return id;
}

void TerminologyReader::declare_word(std::vector<std::string>& words, FileNames& names, Item item, std::string_view what) {
  if (!item.node->is_scalar() || item.node->text.empty()) {
    item.schema->report(Code::TH6003, *item.node,
                        fmt::format("{} is text, not {}", what, item.node->is_scalar() ? "empty" : yaml::describe(*item.node)));
    return;
  }
  if (&names != &others_ && names.find(item.node->text)) {
    item.schema->report(Code::TH2005, *item.node, fmt::format("`{}` is declared twice", item.node->text));
    return;
  }
  names.add(item.node->text, static_cast<std::uint32_t>(words.size()));
  words.push_back(item.node->text);
}

void TerminologyReader::declare_look_alikes(Item item) {
  std::vector<std::string> group;
  for (const auto& name : item.schema->list(*item.node, "look_alikes", "lists of names")) {
    if (name.is_scalar() && !name.text.empty())
      group.push_back(name.text);
    else
      item.schema->report(Code::TH6003, name, fmt::format("a name is text, not {}", yaml::describe(name)));
  }
  if (item.node->is_sequence() && item.node->items.size() < 2) item.schema->report(Code::TH6003, *item.node, "look-alikes are at least two names");
  data_.look_alikes.push_back(std::move(group));
}

}  // namespace theriac::detail
