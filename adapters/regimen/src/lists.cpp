// Lists of facts: conditions, allergies, observations, genotypes, habits, and what is said about the lists themselves.
#include "reader.hpp"

#include <algorithm>
#include <array>

namespace theriac::regimen {
namespace {

using yaml::Node;

struct Code_ {
  std::optional<Said> system, value;
};

constexpr std::array<Key<Code_>, 2> code_keys = {{
    {"system", [](Reader& r, const Node& n, Code_& code) { code.system = r.optional_text(n, "system"); }},
    {"value", [](Reader& r, const Node& n, Code_& code) { code.value = r.optional_text(n, "value"); }},
}};

// ---- conditions
// ------------------------------------------------------------------------------------------------------------------------------------------

void read_condition_status(Reader& reader, const Node& node, ConditionEntry& entry) {
  if (!reader.text(node, "status")) return;
  constexpr std::array<std::pair<std::string_view, ConditionEntry::Is>, 9> words = {{
      {"active", ConditionEntry::Is::present},
      {"present", ConditionEntry::Is::present},
      {"recurrence", ConditionEntry::Is::present},
      {"resolved", ConditionEntry::Is::resolved},
      {"inactive", ConditionEntry::Is::resolved},
      {"remission", ConditionEntry::Is::resolved},
      {"absent", ConditionEntry::Is::absent},
      {"refuted", ConditionEntry::Is::absent},
      {"unknown", ConditionEntry::Is::unknown},
  }};
  for (const auto& [word, is] : words) {
    if (word == node.text) {
      entry.is = is;
      return;
    }
  }
  entry.is = ConditionEntry::Is::unknown;
  reader.misunderstood("condition", node, "not a status of a condition; write active, resolved, absent or unknown");
}

void read_condition_code(Reader& reader, const Node& node, ConditionEntry& entry) {
  if (!reader.map(node, "code")) return;
  Code_ code;
  read_map<Code_>(reader, node, "code", code_keys, code);
  if (!code.value) return;
  if (code.system && code.system->text.find("ICD-10") != std::string::npos)
    entry.icd10cm = code.value;
  else
    reader.patient.assumed.push_back("the code " + code.value->text + " of a condition was not used: only ICD-10-CM is read");
}

constexpr std::array<Key<ConditionEntry>, 5> condition_keys = {{
    {"name",
     [](Reader& r, const Node& n, ConditionEntry& entry) {
       if (r.text(n, "name")) entry.text = r.said(n);
     }},
    {"status", read_condition_status},
    {"code", read_condition_code},
    {"onset", [](Reader& r, const Node& n, ConditionEntry& entry) { entry.onset = r.date(n, "onset"); }},
    {"note", [](Reader& r, const Node& n, ConditionEntry&) { r.text(n, "note"); }},
}};

void read_conditions(Reader& reader, const Node& node, ConditionEntry::Is is, std::string_view key) {
  if (!reader.list(node, key)) return;
  for (const auto& item : node.items) {
    ConditionEntry entry;
    entry.is = is;
    if (item.is_map()) {
      read_map<ConditionEntry>(reader, item, "a condition", condition_keys, entry);
      if (entry.text.text.empty() && entry.icd10cm) entry.text = *entry.icd10cm;
      if (entry.text.text.empty()) reader.error(grammar::Code::TH8005, item.span, "a condition without `name`");
    } else if (reader.text(item, key)) {
      entry.text = reader.said(item);
    }
    if (!entry.text.text.empty()) reader.patient.conditions.push_back(std::move(entry));
  }
}

// ---- allergies
// -------------------------------------------------------------------------------------------------------------------------------------------

bool says_none(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  constexpr std::array<std::string_view, 6> words = {"none known", "no known allergies", "no known drug allergies", "nka", "nkda", "none"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<Key<AllergyEntry>, 5> allergy_keys = {{
    {"substance",
     [](Reader& r, const Node& n, AllergyEntry& entry) {
       if (r.text(n, "substance")) entry.substance = r.said(n);
     }},
    {"reaction",
     [](Reader& r, const Node& n, AllergyEntry& entry) {
       if (r.text(n, "reaction")) entry.reaction = n.text;
     }},
    {"severity",
     [](Reader& r, const Node& n, AllergyEntry& entry) {
       if (r.text(n, "severity")) entry.severity = n.text;
     }},
    {"type",
     [](Reader& r, const Node& n, AllergyEntry& entry) {
       if (r.text(n, "type")) entry.type = n.text;
     }},
    {"note", [](Reader& r, const Node& n, AllergyEntry&) { r.text(n, "note"); }},
}};

void read_allergy(Reader& reader, const Node& item) {
  if (item.is_scalar() && says_none(item.text)) {
    reader.patient.no_known_allergies = true;
    return;
  }
  AllergyEntry entry;
  if (item.is_map()) {
    read_map<AllergyEntry>(reader, item, "an allergy", allergy_keys, entry);
    if (entry.substance.text.empty()) reader.error(grammar::Code::TH8005, item.span, "an allergy without `substance`");
  } else if (reader.text(item, "allergies")) {
    entry.substance = reader.said(item);
  }
  if (!entry.substance.text.empty()) reader.patient.allergies.push_back(std::move(entry));
}

void read_allergies(Reader& reader, const Node& node) {
  if (node.is_scalar()) return read_allergy(reader, node);
  if (!reader.list(node, "allergies")) return;
  for (const auto& item : node.items) read_allergy(reader, item);
}

// ---- observations
// ----------------------------------------------------------------------------------------------------------------------------------------

constexpr std::array<Key<ObservationEntry>, 8> observation_keys = {{
    {"name",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "name")) entry.name = r.said(n);
     }},
    {"value",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "value")) entry.value = r.said(n);
     }},
    {"unit",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "unit")) entry.unit = r.said(n);
     }},
    {"date", [](Reader& r, const Node& n, ObservationEntry& entry) { entry.date = r.date(n, "date"); }},
    {"status",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "status")) entry.status = n.text;
     }},
    {"timing",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "timing")) entry.timing = n.text;
     }},
    {"position",
     [](Reader& r, const Node& n, ObservationEntry& entry) {
       if (r.text(n, "position")) entry.position = n.text;
     }},
    {"note", [](Reader& r, const Node& n, ObservationEntry&) { r.text(n, "note"); }},
}};

void read_observation(Reader& reader, const Node& item) {
  if (!reader.map(item, "an observation")) return;
  ObservationEntry entry;
  read_map<ObservationEntry>(reader, item, "an observation", observation_keys, entry);
  if (entry.name.text.empty()) return reader.error(grammar::Code::TH8005, item.span, "an observation without `name`");
  if (entry.value.text.empty()) return reader.misunderstood("observation", entry.name, "no value given");
  if (entry.unit.text.empty()) split_amount(Said(entry.value), entry.value, entry.unit);
  // A date that cannot be read must not make the value look current.
  const auto* date = item.find("date");
  if (date != nullptr && !date->is_null() && !entry.date) return;
  if (entry.date && entry.date->earliest > reader.patient.as_of + minutes_per_day - 1) {
    return reader.misunderstood("observation", Said{entry.name.text + " " + entry.value.text, entry.name.at}, "dated after as_of");
  }
  if (entry.status == "entered-in-error" || entry.status == "cancelled") {
    reader.patient.assumed.push_back(entry.name.text + " " + entry.value.text + ": " + entry.status + ", not used");
    return;
  }
  reader.patient.observations.push_back(std::move(entry));
}

void read_observations(Reader& reader, const Node& node, std::string_view key) {
  if (!reader.list(node, key)) return;
  for (const auto& item : node.items) read_observation(reader, item);
}

// ---- the rest
// --------------------------------------------------------------------------------------------------------------------------------------------

// A map of names of the author's own to text: genotypes, habits.
template <class Keep>
void read_pairs(Reader& reader, const Node& node, std::string_view key, Keep keep) {
  if (!reader.map(node, key)) return;
  for (const auto& entry : node.entries) {
    if (entry.value.is_null()) continue;
    if (reader.text(entry.value, entry.key)) keep(Said{entry.key, reader.place(entry.key_span)}, reader.said(entry.value));
  }
}

constexpr std::array<Key<Complete>, 3> complete_keys = {{
    {"medications", [](Reader& r, const Node& n, Complete& c) { c.medications = r.yes_no(n, "medications").value_or(false); }},
    {"conditions", [](Reader& r, const Node& n, Complete& c) { c.conditions = r.yes_no(n, "conditions").value_or(false); }},
    {"allergies", [](Reader& r, const Node& n, Complete& c) { c.allergies = r.yes_no(n, "allergies").value_or(false); }},
}};

struct Decision {};
constexpr std::array<Key<Decision>, 5> decision_keys = {{
    {"finding", [](Reader& r, const Node& n, Decision&) { r.text(n, "finding"); }},
    {"decision", [](Reader& r, const Node& n, Decision&) { r.text(n, "decision"); }},
    {"by", [](Reader& r, const Node& n, Decision&) { r.text(n, "by"); }},
    {"because", [](Reader& r, const Node& n, Decision&) { r.text(n, "because"); }},
    {"until", [](Reader& r, const Node& n, Decision&) { r.date(n, "until"); }},
}};

void read_decisions(Reader& reader, const Node& node) {
  if (!reader.list(node, "decisions")) return;
  for (const auto& item : node.items) {
    Decision decision;
    if (reader.map(item, "a decision")) read_map<Decision>(reader, item, "a decision", decision_keys, decision);
  }
  if (!node.items.empty()) reader.patient.assumed.emplace_back("decisions are not applied: every finding is shown");
}

void read_goals(Reader& reader, const Node& node) {
  if (!reader.list(node, "goals")) return;
  for (const auto& item : node.items) {
    if (reader.text(item, "goals")) reader.patient.goals.push_back(reader.said(item));
  }
}

struct FactList {
  std::string_view key;
  void (*read)(Reader& reader, const Node& node);
};

constexpr std::array<FactList, 12> fact_lists = {{
    {"goals", read_goals},
    {"conditions", [](Reader& r, const Node& n) { read_conditions(r, n, ConditionEntry::Is::present, "conditions"); }},
    {"absent", [](Reader& r, const Node& n) { read_conditions(r, n, ConditionEntry::Is::absent, "absent"); }},
    {"unknown", [](Reader& r, const Node& n) { read_conditions(r, n, ConditionEntry::Is::unknown, "unknown"); }},
    {"allergies", read_allergies},
    {"observations", [](Reader& r, const Node& n) { read_observations(r, n, "observations"); }},
    {"labs", [](Reader& r, const Node& n) { read_observations(r, n, "labs"); }},
    {"vitals", [](Reader& r, const Node& n) { read_observations(r, n, "vitals"); }},
    {"genotypes",
     [](Reader& r, const Node& n) {
       read_pairs(r, n, "genotypes", [&](Said gene, Said result) { r.patient.genotypes.push_back({std::move(gene), std::move(result)}); });
     }},
    {"habits",
     [](Reader& r, const Node& n) {
       read_pairs(r, n, "habits", [&](Said name, Said value) { r.patient.habits.push_back({std::move(name), std::move(value)}); });
     }},
    {"complete",
     [](Reader& r, const Node& n) {
       if (r.map(n, "complete")) read_map<Complete>(r, n, "complete", complete_keys, r.patient.complete);
     }},
    {"decisions", read_decisions},
}};

constexpr auto fact_list_names = [] {
  std::array<std::string_view, fact_lists.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = fact_lists[i].key;
  return names;
}();

}  // namespace

bool read_fact_list(Reader& reader, const yaml::Entry& entry) {
  const auto at = std::find_if(fact_lists.begin(), fact_lists.end(), [&](const FactList& list) { return list.key == entry.key; });
  if (at == fact_lists.end()) return false;
  if (!entry.value.is_null()) at->read(reader, entry.value);
  return true;
}

std::span<const std::string_view> fact_list_keys() { return fact_list_names; }

}  // namespace theriac::regimen
