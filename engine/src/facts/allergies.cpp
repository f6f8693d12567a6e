// Allergies and intolerances. An intolerance is no allergy: nausea after codeine is no reason to forbid morphine. What somebody called neither stays
// an allergy, since it stands in their list.
#include "facts/names.hpp"
#include "facts/understand.hpp"

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

// Reactions that the immune system makes; one of them is enough.
constexpr std::array allergic{"anaphyla",  "angioedema", "angio oedema", "hive",    "urticaria",  "rash",           "exanthem",
                              "itch",      "prurit",     "swelling",     "swollen", "wheez",      "bronchosp",      "asthma",
                              "stevens",   "sjs",        "necrolysis",   "dress",   "eosinophil", "serum sickness", "shock",
                              "hypersens", "allerg",     "throat",       "breath",  "dyspn",      "agranulocyt"};
// Reactions that need no immune system. Words that could be either (cough, dizziness, a fall in pressure) are not among them.
constexpr std::array ordinary{"nausea",        "vomiting",    "emesis",      "diarrhoea",      "diarrhea",     "constipation", "stomach upset",
                              "upset stomach", "gi upset",    "dyspepsia",   "heartburn",      "reflux",       "bloating",     "headache",
                              "myalgia",       "muscle pain", "muscle ache", "dry mouth",      "drowsiness",   "sedation",     "sleepiness",
                              "insomnia",      "weight gain", "flatulence",  "abdominal pain", "stomach pain", "cramps"};

std::vector<std::string> parts_of(const std::string& reaction) {
  std::vector<std::string> parts(1);
  for (const char c : normalise(reaction)) {
    if (c == ',' || c == ';' || c == '/' || c == '+') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  std::vector<std::string> each;
  for (auto& part : parts) {
    for (auto at = part.find(" and "); at != std::string::npos; at = part.find(" and ")) {
      each.emplace_back(trimmed(part.substr(0, at)));
      part = part.substr(at + 5);
    }
    each.emplace_back(trimmed(part));
  }
  std::erase(each, "");
  return each;
}

bool is_allergic(const std::string& reaction) {
  const auto words = normalise(reaction);
  return std::any_of(allergic.begin(), allergic.end(), [&](std::string_view sign) { return words.find(sign) != std::string::npos; });
}

bool is_ordinary(const AllergyEntry& entry) {
  const auto parts = parts_of(entry.reaction);
  const auto severity = normalise(entry.severity);
  const bool grave = severity.find("severe") != std::string::npos || severity.find("life") != std::string::npos;
  return !grave && !parts.empty() && std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
    return std::find(ordinary.begin(), ordinary.end(), std::string_view(part)) != ordinary.end();
  });
}

// As somebody called it; else an allergy, of which a reaction may say what it is not.
void set_kind(const AllergyEntry& entry, AllergyFact& fact, Facts& facts) {
  if (!entry.type.empty()) {
    const auto type = normalise(entry.type);
    if (type == "intolerance") {
      fact.allergy = Truth::no;
      fact.intolerance = Truth::yes;
      return;
    }
    if (type == "allergy") {
      fact.intolerance = Truth::no;
      return;
    }
    facts.not_understood.push_back({"allergy", entry.type, "write allergy or intolerance", entry.substance.at.to_string()});
  }
  if (is_allergic(entry.reaction)) {
    fact.intolerance = Truth::no;
  } else if (is_ordinary(entry)) {
    fact.intolerance = Truth::yes;
    fact.allergy = Truth::possible;
  }
}

}  // namespace

void add_allergy(const AllergyEntry& entry, const Terminology& terminology, Facts& facts) {
  const auto& text = entry.substance.text;
  const auto words = words_of(text);
  const auto found = name_inside(text, words, drug_kinds(), terminology);
  if (!found) {
    facts.not_understood.push_back({"allergy", text, not_known(text, drug_kinds(), terminology), entry.substance.at.to_string()});
    return;
  }
  AllergyFact fact;
  if (found->name.kind == NameKind::combination)
    fact.to = terminology.data().combinations[found->name.id].ingredients;
  else
    fact.to = {make_id<ConceptId>(found->name.id)};
  fact.shown = text;
  fact.reaction = entry.reaction;
  set_kind(entry, fact, facts);
  fact.at = entry.substance.at;
  facts.allergies.push_back(std::move(fact));
}

void understand_allergies(const Patient& patient, const Terminology& terminology, Facts& facts) {
  facts.allergies_known = patient.no_known_allergies || patient.complete.allergies;
  for (const auto& entry : patient.allergies) add_allergy(entry, terminology, facts);
}

}  // namespace theriac::detail
