// Condition and AllergyIntolerance.
#include "reader.hpp"
#include "theriac/drugs_named.hpp"

#include <algorithm>
#include <array>

namespace theriac::fhir {
namespace {

using Is = ConditionEntry::Is;

// SNOMED's kinds in brackets behind a name: "Anemia (disorder)".
std::string without_kind(std::string text) {
  constexpr std::array<std::string_view, 9> kinds = {" (disorder)",  " (finding)", " (situation)",
                                                     " (procedure)", " (event)",   " (person)",
                                                     " (substance)", " (product)", " (morphologic abnormality)"};
  for (const auto kind : kinds) {
    if (text.size() > kind.size() && text.ends_with(kind)) text.resize(text.size() - kind.size());
  }
  return text;
}

bool is_condition(std::string_view name, const Terminology& terminology) {
  const auto found = terminology.find(name);
  return std::any_of(found.begin(), found.end(), [](const Name& each) { return each.kind == NameKind::condition; });
}

// The words that the vocabulary knows as they stand; else the text, else the first display.
Said condition_words(Reader& reader, const Item& code) {
  std::vector<Item> words;
  if (code["text"].is_text()) words.push_back(code["text"]);
  for (const auto& coding : code.each("coding")) {
    if (coding["display"].is_text()) words.push_back(coding["display"]);
  }
  for (const auto& each : words) {
    if (is_condition(without_kind(each.text()), reader.terminology)) return reader.said(without_kind(each.text()), each);
  }
  const auto first = words_of(code);
  if (!words.empty()) return reader.said(without_kind(first.text()), first);
  const auto codings = codings_of(code);
  return codings.empty() ? Said{} : reader.said(shown_code(codings.front()), first);
}

std::string code_in(const Item& concept_item) {
  const auto codings = codings_of(concept_item);
  return codings.empty() ? concept_item["text"].text() : codings.front().code;
}

Is status_of(Reader& reader, const Item& condition) {
  const auto verification = code_in(condition["verificationStatus"]);
  if (verification == "refuted") return Is::absent;
  if (verification == "unconfirmed" || verification == "provisional" || verification == "differential") return Is::unknown;
  if (!verification.empty() && verification != "confirmed") {
    reader.misunderstood("condition", verification, "not a verification status of FHIR", condition["verificationStatus"]);
    return Is::unknown;
  }
  const auto clinical = code_in(condition["clinicalStatus"]);
  if (clinical == "inactive" || clinical == "remission" || clinical == "resolved") return Is::resolved;
  const bool known = clinical.empty() || clinical == "active" || clinical == "recurrence" || clinical == "relapse";
  if (!known) {
    reader.misunderstood("condition", clinical, "not a clinical status of FHIR", condition["clinicalStatus"]);
    return Is::unknown;
  }
  const auto over = condition["abatementDateTime"] ? condition["abatementDateTime"] : condition["abatementPeriod"]["end"];
  const auto ended = reader.date(over);
  if (ended && ended->earliest <= reader.patient.as_of + minutes_per_day - 1) return Is::resolved;
  if (condition["abatementBoolean"].is_true() || condition["abatementAge"] || condition["abatementString"]) return Is::resolved;
  return Is::present;
}

}  // namespace

void read_condition(Reader& reader, const Item& condition) {
  ConditionEntry entry;
  entry.text = condition_words(reader, condition["code"]);
  if (code_in(condition["verificationStatus"]) == "entered-in-error")
    return reader.assume(condition.resource().name + " " + entry.text.text + ": entered in error, not used");
  if (entry.text.text.empty())
    return reader.misunderstood("condition", condition.resource().name, "it has no code and no text", condition["resourceType"]);
  const bool modified = reader.is_modified(condition, "condition");
  entry.is = modified ? Is::unknown : status_of(reader, condition);
  const auto onset = condition["onsetDateTime"] ? condition["onsetDateTime"] : condition["onsetPeriod"]["start"];
  entry.onset = reader.date(onset);
  if (entry.onset && entry.onset->earliest > reader.patient.as_of + minutes_per_day - 1) {
    return reader.assume(condition.resource().name + " " + entry.text.text + ": begins after the day of judging, not used");
  }
  for (const auto& coding : condition["code"].each("coding")) {
    if (coding["system"].text().find("icd-10") != std::string::npos && coding["code"].is_text()) entry.icd10cm = reader.said(coding["code"]);
  }
  reader.patient.conditions.push_back(std::move(entry));
}

namespace {

bool is_of_no_drug(const Item& allergy) {
  const auto categories = allergy.each("category");
  return !categories.empty() &&
         std::none_of(categories.begin(), categories.end(), [](const Item& each) { return each.is("medication") || each.is("biologic"); });
}

// The words that name a drug; else the first.
Item substance_words(Reader& reader, const Item& code) {
  std::vector<Item> words;
  if (code["text"].is_text()) words.push_back(code["text"]);
  for (const auto& coding : code.each("coding")) {
    if (coding["display"].is_text()) words.push_back(coding["display"]);
  }
  for (const auto& each : words) {
    if (!drugs_named(without_kind(each.text()), reader.terminology).empty()) return each;
  }
  return words_of(code);
}

void read_reactions(AllergyEntry& entry, const Item& allergy) {
  for (const auto& reaction : allergy.each("reaction")) {
    for (const auto& manifestation : reaction.each("manifestation")) {
      const auto words = words_of(manifestation).text();
      if (!words.empty()) entry.reaction += (entry.reaction.empty() ? "" : ", ") + without_kind(words);
    }
    if (entry.severity.empty() || reaction["severity"].is("severe")) entry.severity = reaction["severity"].text();
  }
}

// "No known allergies" in words, where no code says it.
bool says_none(const std::string& words) {
  constexpr std::array<std::string_view, 7> none = {
      "no known allergies", "no known allergy", "no known drug allergies", "no known drug allergy", "nka", "nkda", "none known"};
  return std::find(none.begin(), none.end(), lower(words)) != none.end();
}

// Says that there is none, or that it is no allergy now: kept in words, no fact. True where nothing more is to be read.
bool is_no_allergy(Reader& reader, const Item& allergy, const std::string& words) {
  const auto note = [&](const std::string& why) { reader.assume(allergy.resource().name + " " + words + ": " + why); };
  const auto verification = code_in(allergy["verificationStatus"]), clinical = code_in(allergy["clinicalStatus"]);
  if (verification == "entered-in-error" || verification == "refuted")
    return note((verification == "refuted" ? "refuted" : "entered in error") + std::string(", not used")), true;
  if (clinical == "inactive" || clinical == "resolved") return note(clinical + ", not used"), true;
  if (has_code(allergy["code"], snomed, {"716186003", "409137002", "160244002"}) || says_none(without_kind(words))) {
    reader.patient.no_known_allergies = true;
    return true;
  }
  if (has_code(allergy["code"], snomed, {"1631000175102"})) return note("the patient was not asked"), true;
  if (has_code(allergy["code"], snomed, {"428607008", "429625007", "1003774007", "428197003"})) return note("says nothing of drugs"), true;
  return false;
}

}  // namespace

void read_allergy(Reader& reader, const Item& allergy) {
  const auto at = substance_words(reader, allergy["code"]);
  const auto words = without_kind(at.text());
  if (is_no_allergy(reader, allergy, words)) return;
  reader.is_modified(allergy, "allergy");
  AllergyEntry entry;
  entry.substance = reader.said(words, at);
  read_reactions(entry, allergy);
  entry.type = allergy["type"].text();
  bool any = false;
  for (const auto& reaction : allergy.each("reaction")) {
    const auto substance = words_of(reaction["substance"]);
    if (!substance || drugs_named(words, reader.terminology) == drugs_named(without_kind(substance.text()), reader.terminology)) continue;
    auto part = entry;
    part.substance = reader.said(without_kind(substance.text()), substance);
    reader.patient.allergies.push_back(std::move(part));
    any = true;
  }
  if (words.empty()) {
    if (!any) reader.misunderstood("allergy", allergy.resource().name, "to what is not said", allergy["resourceType"]);
    return;
  }
  if (drugs_named(words, reader.terminology).empty() && is_of_no_drug(allergy)) {
    return reader.assume(allergy.resource().name + " " + words + ": an allergy to no drug that is known here, not used");
  }
  reader.patient.allergies.push_back(std::move(entry));
}

}  // namespace theriac::fhir
