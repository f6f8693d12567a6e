// MedicationRequest, MedicationStatement, MedicationAdministration, MedicationDispense → entries. Each resource ends in one.
#include "medication.hpp"

#include "theriac/drugs_named.hpp"

#include <algorithm>

namespace theriac::fhir {
namespace {

// What the drug is: a CodeableConcept of the resource, of the Medication it points to, or only words.
struct Drug {
  Item code;  // CodeableConcept
  Item form;
  std::vector<Item> ingredients;
  Said words;           // where there is no code
  std::string missing;  // why nothing is known
};

Drug drug_of(Reader& reader, const Item& use) {
  Drug drug;
  if (const auto code = use["medicationCodeableConcept"]) {
    drug.code = code;
    return drug;
  }
  const auto reference = use["medicationReference"];
  if (!reference) {
    drug.missing = "no medication is named";
    return drug;
  }
  const auto* found = reader.store.resolve(reference);
  if (found == nullptr || found->type != "Medication") {
    const auto at = reference["display"]               ? reference["display"]
                    : reference["identifier"]["value"] ? reference["identifier"]["value"]
                                                       : reference["reference"];
    drug.words = reader.said(at);
    return drug;
  }
  const Item medication(*found);
  reader.is_modified(medication, "medication");
  drug.code = medication["code"];
  drug.form = medication["form"];
  drug.ingredients = medication.each("ingredient");
  if (!drug.code && reference["display"]) drug.words = reader.said(reference["display"]);
  return drug;
}

struct Candidate {
  Item at;
  std::string text;
  std::vector<ConceptId> drugs;
};

// Text and displays in their order, and what they name.
std::vector<Candidate> words_in(const Reader& reader, const Item& code) {
  std::vector<Candidate> result;
  const auto add = [&](const Item& item) {
    const auto text = item.text();
    const bool again = std::any_of(result.begin(), result.end(), [&](const Candidate& each) { return each.text == text; });
    if (!text.empty() && !again) result.push_back({item, text, drugs_named(text, reader.terminology)});
  };
  add(code["text"]);
  for (const auto& coding : code.each("coding")) add(coding["display"]);
  return result;
}

bool is_part_of(const std::vector<ConceptId>& a, const std::vector<ConceptId>& b) { return std::includes(b.begin(), b.end(), a.begin(), a.end()); }

std::string names(const Reader& reader, const std::vector<ConceptId>& drugs) {
  std::string result;
  for (const auto id : drugs) result += (result.empty() ? "" : " + ") + reader.terminology.at(id).name;
  return result;
}

// "strength" of a Medication's ingredients, where words alone do not tell it: "5 mg", "10 mg/5 mL".
std::string ingredient_words(const Item& ingredient) {
  auto words = words_of(ingredient["itemCodeableConcept"]).text();
  if (words.empty()) words = ingredient["itemReference"]["display"].text();
  const auto ratio = ingredient["strength"];
  const auto above = decimal_of(ratio["numerator"]["value"]), below = decimal_of(ratio["denominator"]["value"]);
  const auto unit = ratio["numerator"]["unit"] ? ratio["numerator"]["unit"].text() : ratio["numerator"]["code"].text();
  const auto under = ratio["denominator"]["unit"] ? ratio["denominator"]["unit"].text() : ratio["denominator"]["code"].text();
  if (words.empty() || above.empty()) return words;
  words += " " + above + " " + unit;
  const bool volume = lower(under) == "ml" || lower(under) == "l";
  return volume ? words + "/" + (below == "1" ? "" : below) + under : words;
}

class Uses {
 public:
  explicit Uses(Reader& reader) : reader_(reader) {}

  void read(const Resource& resource) {
    const Item item(resource);
    Use use;
    use.resource = &resource;
    use.entry.resources = {resource.name};
    use.entry.at = reader_.place(item["resourceType"] ? item["resourceType"] : item);
    const auto drug = drug_of(reader_, item);
    if (resource.type == "MedicationRequest")
      read_request(reader_, item, use);
    else if (resource.type == "MedicationStatement")
      read_statement(reader_, item, use);
    else if (resource.type == "MedicationAdministration")
      read_administration(reader_, item, use);
    else
      read_dispense(reader_, item, use);
    if (drug.form && words_of(drug.form)) use.entry.form = reader_.said(words_of(drug.form));
    if (item["note"]) use.entry.note = note_of(item);
    if (reader_.is_modified(item, "medication") && use.entry.status != Status::entered_in_error) use.entry.status = Status::unknown;
    name(drug, item, use);
    settle(use);
    uses_.push_back(std::move(use));
  }

  std::vector<Use> take() { return std::move(uses_); }

 private:
  std::optional<Said> note_of(const Item& item) {
    const auto notes = item.each("note");
    return notes.empty() || !notes.front()["text"] ? std::nullopt : std::optional<Said>(reader_.said(notes.front()["text"]));
  }

  void name(const Drug& drug, const Item& item, Use& use) {
    use.entry.codings = codings_of(drug.code);
    if (drug.code) {
      name_by_code(drug, item, use);
    } else {
      use.entry.drug = drug.words;
    }
    if (use.entry.drug.text.empty()) name_by_ingredients(drug, use);
    if (use.entry.drug.text.empty()) {
      use.entry.drug = reader_.said("(" + (drug.missing.empty() ? "a medication without code and text" : drug.missing) + ")", item["resourceType"]);
    }
    if (use.drugs.empty()) use.drugs = drugs_named(use.entry.drug.text, reader_.terminology);
    if (use.code.empty()) use.code = lower(use.entry.drug.text);
  }

  // By code, then by words: those words that name a drug. Where code and words name different ones, both are kept.
  void name_by_code(const Drug& drug, const Item& item, Use& use) {
    std::optional<Said> rxcui;
    for (const auto& coding : drug.code.each("coding")) {
      if (use.code.empty() && coding["code"]) use.code = shown_code({coding["system"].text(), coding["code"].text(), ""});
      if (coding["system"].text() != rxnorm || use.entry.rxcui) continue;
      rxcui = reader_.said(coding["code"]);
      if (drugs_coded(rxcui->text, reader_.terminology).empty()) continue;
      use.entry.rxcui = rxcui;
    }
    if (!use.entry.rxcui) use.entry.rxcui = rxcui;
    const auto coded = use.entry.rxcui ? drugs_coded(use.entry.rxcui->text, reader_.terminology) : std::vector<ConceptId>{};
    const auto words = words_in(reader_, drug.code);
    const Candidate* best = nullptr;
    for (const auto& each : words) {
      const bool better = best == nullptr || (best->drugs.empty() && !each.drugs.empty());
      if (better) best = &each;
    }
    if (best != nullptr) use.entry.drug = reader_.said(best->text, best->at);
    if (best == nullptr && !coded.empty())
      use.entry.drug = reader_.said(names(reader_, coded), drug.code);
    else if (best == nullptr && !use.entry.codings.empty())
      use.entry.drug = reader_.said(shown_code(use.entry.codings.front()), drug.code);
    use.drugs = best != nullptr && !best->drugs.empty() ? best->drugs : coded;
    warn_of_conflicts(coded, words, item, use);
  }

  void warn_of_conflicts(const std::vector<ConceptId>& coded, const std::vector<Candidate>& words, const Item& item, Use& use) {
    auto others = words;
    if (!coded.empty()) others.push_back({item["medicationCodeableConcept"], names(reader_, coded), coded});
    for (const auto& other : others) {
      if (other.drugs.empty() || is_part_of(other.drugs, use.drugs) || is_part_of(use.drugs, other.drugs)) continue;
      reader_.misunderstood(
          "medication", use.entry.drug.text,
          "its codings name different drugs, " + names(reader_, use.drugs) + " and " + names(reader_, other.drugs) + "; both are screened",
          other.at ? other.at : item["resourceType"]);
      auto second = use;
      second.entry.drug = reader_.said(other.text, other.at ? other.at : item["resourceType"]);
      second.entry.rxcui.reset();
      second.drugs = other.drugs;
      second.of_code_and_text = true;
      use.of_code_and_text = true;
      settle(second);
      uses_.push_back(std::move(second));
      return;
    }
  }

  void name_by_ingredients(const Drug& drug, Use& use) {
    std::string all;
    for (const auto& ingredient : drug.ingredients) {
      const auto words = ingredient_words(ingredient);
      if (!words.empty()) all += (all.empty() ? "" : " / ") + words;
    }
    if (!all.empty()) use.entry.drug = reader_.said(all, drug.ingredients.front());
  }

  // Dates that cannot be, and the line that people see.
  void settle(Use& use) {
    auto& entry = use.entry;
    const auto last_minute = reader_.patient.as_of + minutes_per_day - 1;
    if (entry.start && entry.start->earliest > last_minute && entry.status != Status::entered_in_error && entry.status != Status::prohibited) {
      const bool planned = entry.status == Status::active || entry.status == Status::proposed;
      entry.status = planned ? Status::proposed : Status::not_taken;
      if (!planned) entry.remark = "begins after the day of judging";
    }
    if (entry.start && entry.stop && entry.stop->latest < entry.start->earliest - entry.start->earliest % minutes_per_day) {
      reader_.misunderstood("date", format_date(*entry.stop), "stops before it starts", Item(*use.resource)["resourceType"]);
      entry.stop.reset();
    }
    auto line = entry.drug.text;
    for (const auto* part : {&entry.dose, &entry.route, &entry.frequency}) {
      if (*part) line += " " + (*part)->text;
    }
    if (!entry.phases.empty()) {
      for (const auto& phase : entry.phases) line += (&phase == &entry.phases.front() ? " " : ", then ") + phase.dose.text;
    }
    entry.text = {line, entry.drug.at};
    for (auto& also : entry.also_said) also.text = entry.drug.text + " " + also.text;
    if (entry.drug.at.source) entry.at = entry.drug.at;
  }

  Reader& reader_;
  std::vector<Use> uses_;
};

}  // namespace

void read_medications(Reader& reader, const std::vector<const Resource*>& resources) {
  Uses uses(reader);
  for (const auto* resource : resources) uses.read(*resource);
  for (auto& use : merged(reader, uses.take())) reader.patient.medications.push_back(std::move(use.entry));
}

}  // namespace theriac::fhir
