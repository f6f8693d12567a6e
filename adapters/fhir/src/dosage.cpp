#include "dosage.hpp"

#include "theriac/grammar/dosage.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace theriac::fhir {
namespace {

using Pairs = std::pair<std::string_view, std::string_view>;

std::string plain_unit(const Item& quantity) {
  constexpr std::array<Pairs, 26> words = {{{"", "dose"},         {"1", "dose"},           {"{tbl}", "tablet"},       {"{tablet}", "tablet"},
                                            {"TAB", "tablet"},    {"tablet(s)", "tablet"}, {"Tablet", "tablet"},      {"{capsule}", "capsule"},
                                            {"{cap}", "capsule"}, {"CAP", "capsule"},      {"capsule(s)", "capsule"}, {"{puff}", "puff"},
                                            {"PUFF", "puff"},     {"[drp]", "drop"},       {"{drop}", "drop"},        {"[iU]", "IU"},
                                            {"[IU]", "IU"},       {"U", "units"},          {"[U]", "units"},          {"ug", "mcg"},
                                            {"{patch}", "patch"}, {"{spray}", "spray"},    {"{dose}", "dose"},        {"{actuat}", "actuation"},
                                            {"PATCH", "patch"},   {"SUPP", "suppository"}}};
  for (const auto* key : {"unit", "code"}) {
    if (!quantity[key].is_text() && std::string_view(key) == "unit" && quantity["code"]) continue;
    const auto text = quantity[key].text();
    const auto found = std::find_if(words.begin(), words.end(), [&](const Pairs& each) { return each.first == text; });
    return found == words.end() ? text : std::string(found->second);
  }
  return "dose";
}

std::string range_words(const Item& range) {
  const auto low = decimal_of(range["low"]["value"]), high = decimal_of(range["high"]["value"]);
  if (low.empty() && high.empty()) return {};
  const auto unit = plain_unit(low.empty() || !range["low"]["unit"] ? range["high"] : range["low"]);
  if (low.empty()) return "up to " + high + " " + unit;
  return (high.empty() || high == low ? low : low + "-" + high) + " " + unit;
}

// "25 mcg/h", "100 mL/8h".
std::string rate_words(const Item& dose) {
  if (const auto rate = dose["rateQuantity"]) return quantity_words(rate);
  if (const auto range = dose["rateRange"]) return range_words(range);
  const auto ratio = dose["rateRatio"];
  const auto above = quantity_words(ratio["numerator"]);
  const auto count = decimal_of(ratio["denominator"]["value"]), unit = plain_unit(ratio["denominator"]);
  if (above.empty() || count.empty()) return {};
  return above + "/" + (count == "1" ? "" : count) + (unit == "d" ? "day" : unit);
}

std::string amount_words(const Item& dosage) {
  const auto doses = dosage.each("doseAndRate");
  const Item* chosen = nullptr;
  for (const auto& dose : doses) {
    const bool ordered = has_code(dose["type"], "dose-rate-type", {"ordered"});
    if (chosen == nullptr || ordered) chosen = &dose;
  }
  if (chosen == nullptr) return {};
  if ((*chosen)["doseQuantity"]) return quantity_words((*chosen)["doseQuantity"]);
  if ((*chosen)["doseRange"]) return range_words((*chosen)["doseRange"]);
  return rate_words(*chosen);
}

std::string maximum_words(const Item& most) {
  const auto amount = quantity_words(most["numerator"]);
  const auto count = decimal_of(most["denominator"]["value"]), unit = plain_unit(most["denominator"]);
  const bool a_day = (count == "1" && (unit == "d" || unit == "day")) || (count == "24" && (unit == "h" || unit == "hour"));
  return amount.empty() || !a_day ? "" : " max " + amount + "/day";
}

bool is_as_needed(const Item& dosage) { return dosage["asNeededBoolean"].is_true() || dosage["asNeededCodeableConcept"]; }

// One instruction in words, amount and timing apart.
struct Instruction {
  std::string amount, often;
  std::string also;  // the words beside a structure that tells enough by itself
  Item amount_at, often_at, also_at;
  std::string whole() const { return amount + (amount.empty() || often.empty() ? "" : " ") + often; }
};

// The structure counts where it tells how much and how often; else the text, where there is one.
Instruction instruction_of(const Item& dosage) {
  Instruction result;
  result.amount = amount_words(dosage);
  result.often = timing_words(dosage["timing"]);
  result.amount_at = dosage["doseAndRate"] ? dosage["doseAndRate"] : dosage;
  result.often_at = dosage["timing"] ? dosage["timing"] : dosage;
  const auto text = dosage["text"] ? dosage["text"] : dosage["patientInstruction"];
  const bool is_rate = result.amount.find('/') != std::string::npos;
  const bool told = !result.amount.empty() && (is_rate || (!result.often.empty() && result.often != "?"));
  if (told && text) {
    result.also = text.text();
    result.also_at = text;
  }
  if (!told && text) {
    result.amount = text.text();
    result.amount_at = text;
    result.often.clear();
  } else if (result.often == "?") {
    result.often.clear();
  }
  if (is_as_needed(dosage) && result.often.empty() && !text) result.often = "as needed";
  result.often += maximum_words(dosage["maxDosePerPeriod"]);
  if (!result.often.empty() && result.often.front() == ' ') result.often.erase(0, 1);
  return result;
}

// SNOMED CT, and HL7's own letters.
std::string route_of_code(const std::string& code) {
  static const std::map<std::string, std::string, std::less<>> routes = {{"26643006", "oral"},
                                                                         {"PO", "oral"},
                                                                         {"47625008", "intravenous"},
                                                                         {"IV", "intravenous"},
                                                                         {"34206005", "subcutaneous"},
                                                                         {"SC", "subcutaneous"},
                                                                         {"78421000", "intramuscular"},
                                                                         {"IM", "intramuscular"},
                                                                         {"37839007", "sublingual"},
                                                                         {"SL", "sublingual"},
                                                                         {"54485002", "ophthalmic"},
                                                                         {"10547007", "otic"},
                                                                         {"46713006", "nasal"},
                                                                         {"37161004", "rectal"},
                                                                         {"PR", "rectal"},
                                                                         {"16857009", "vaginal"},
                                                                         {"6064005", "topical"},
                                                                         {"45890007", "transdermal"},
                                                                         {"447694001", "inhaled"},
                                                                         {"54471007", "buccal"},
                                                                         {"127490009", "feeding tube"},
                                                                         {"127492001", "feeding tube"},
                                                                         {"72607000", "intrathecal"},
                                                                         {"404820008", "epidural"},
                                                                         {"12130007", "intra-articular"},
                                                                         {"448598008", "topical"}};
  const auto found = routes.find(code);
  return found == routes.end() ? std::string() : found->second;
}

void read_route(Reader& reader, const Item& route, MedicationEntry& entry) {
  if (!route || entry.route) return;
  for (const auto& coding : route.each("coding")) {
    if (const auto words = route_of_code(coding["code"].text()); !words.empty()) {
      entry.route = reader.said(words, coding["code"]);
      return;
    }
  }
  if (const auto words = words_of(route)) {
    auto text = lower(words.text());
    for (const std::string_view tail : {" route", " use", " (qualifier value)"}) {
      if (text.ends_with(tail)) text.resize(text.size() - tail.size());
    }
    entry.route = reader.said(text, words);
  }
}

void read_bounds(Reader& reader, const Item& dosage, MedicationEntry& entry) {
  const auto period = dosage["timing"]["repeat"]["boundsPeriod"];
  if (!period) return;
  const auto start = reader.date(period["start"]), stop = reader.date(period["end"]);
  if (start && (!entry.start || start->earliest < entry.start->earliest)) entry.start = start, entry.start_said = reader.said(period["start"]);
  if (stop && (!entry.stop || stop->latest > entry.stop->latest)) entry.stop = stop, entry.stop_said = reader.said(period["end"]);
}

// When a step ends: its own period, or its duration from when the one before ended.
std::optional<When> end_of_step(Reader& reader, const Item& dosage, const std::optional<When>& begin) {
  const auto repeat = dosage["timing"]["repeat"];
  if (const auto end = repeat["boundsPeriod"]["end"]) return reader.date(end);
  auto length = repeat["boundsDuration"];
  if (!length) length = repeat["boundsRange"]["high"];
  const auto count = decimal_of(length["value"]);
  const auto unit = length["code"] ? length["code"].text() : length["unit"].text();
  constexpr std::array<Pairs, 8> units = {
      {{"h", "hour"}, {"d", "day"}, {"day", "day"}, {"days", "day"}, {"wk", "week"}, {"week", "week"}, {"weeks", "week"}, {"mo", "month"}}};
  const auto known = std::find_if(units.begin(), units.end(), [&](const Pairs& each) { return each.first == unit; });
  if (!begin || count.empty() || count.size() > 4 || count.find_first_not_of("0123456789") != std::string::npos || known == units.end())
    return std::nullopt;
  const auto by = std::stol(count);
  // Seven days from the 1st are taken through the 7th.
  const auto less = known->second == "hour" ? 0 : minutes_per_day;
  return When{shift(begin->earliest, by, known->second) - less, shift(begin->latest, by, known->second) - less};
}

using Steps = std::vector<std::vector<Item>>;

Steps steps_of(const std::vector<Item>& dosages) {
  std::map<long, std::vector<Item>> by_sequence;
  for (const auto& dosage : dosages) {
    const auto text = dosage["sequence"].text();
    const bool number = !text.empty() && text.size() < 6 && text.find_first_not_of("0123456789") == std::string::npos;
    by_sequence[number ? std::stol(text) : 0].push_back(dosage);
  }
  Steps steps;
  for (auto& [sequence, together] : by_sequence) steps.push_back(std::move(together));
  return steps;
}

// What is taken at once, as one phrase.
Instruction together(const std::vector<Item>& dosages) {
  Instruction result = instruction_of(dosages.front());
  for (std::size_t i = 1; i < dosages.size(); ++i) {
    const auto more = instruction_of(dosages[i]);
    result.amount = result.whole() + " and " + more.whole();
    result.also = result.also.empty() || more.also.empty() ? "" : result.also + " and " + more.also;
    result.often.clear();
  }
  return result;
}

void read_phases(Reader& reader, const Steps& steps, MedicationEntry& entry) {
  auto begin = entry.start;
  std::vector<Phase> phases;
  bool dated = true;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto words = together(steps[i]);
    const auto until = end_of_step(reader, steps[i].front(), begin);
    dated = dated && (until || i + 1 == steps.size());
    phases.push_back({reader.said(words.whole(), words.amount_at), until});
    begin = until ? std::optional<When>(When{until->earliest + minutes_per_day, until->latest + minutes_per_day}) : std::nullopt;
  }
  if (dated) {
    entry.phases = std::move(phases);
    return;
  }
  std::string all;
  for (const auto& phase : phases) all += (all.empty() ? "" : ", then ") + phase.dose.text;
  entry.note = reader.said(all, steps.front().front());
  reader.misunderstood("dose", all, "steps that follow each other, and when each ends is not said", steps.front().front());
}

}  // namespace

std::string quantity_words(const Item& quantity) {
  const auto value = decimal_of(quantity["value"]);
  return value.empty() ? "" : value + " " + plain_unit(quantity);
}

void read_dosages(Reader& reader, const std::vector<Item>& dosages, MedicationEntry& entry) {
  if (dosages.empty()) return;
  bool modified = false;
  for (const auto& dosage : dosages) {
    modified = reader.is_modified(dosage, "dose") || modified;
    read_route(reader, dosage["route"], entry);
    read_bounds(reader, dosage, entry);
    if (is_as_needed(dosage)) entry.as_needed = true;
    const auto most = dosage["maxDosePerPeriod"];
    if (most && maximum_words(most).empty())
      reader.misunderstood("dose", quantity_words(most["numerator"]), "a maximum of no single day, not used", most);
    if (timing_words(dosage["timing"]) == "?" && !dosage["text"])
      reader.misunderstood("dose", "timing", "how often is told in a way that is not read", dosage["timing"]);
    const auto reason = words_of(dosage["asNeededCodeableConcept"]);
    if (reason && !entry.indication) entry.indication = reader.said(reason);
  }
  if (modified) return;
  const auto steps = steps_of(dosages);
  if (steps.size() > 1) return read_phases(reader, steps, entry);
  const auto repeat = steps.front().front()["timing"]["repeat"];
  if (!entry.stop && (repeat["boundsDuration"] || repeat["boundsRange"])) {
    entry.stop = end_of_step(reader, steps.front().front(), entry.start);
    if (entry.stop) entry.stop_said = reader.said(format_date(*entry.stop), repeat);
  }
  const auto words = together(steps.front());
  if (!words.amount.empty()) entry.dose = reader.said(words.amount, words.amount_at);
  if (!words.often.empty()) entry.frequency = reader.said(words.often, words.often_at);
  if (!words.also.empty()) entry.also_said.push_back(reader.said(words.also, words.also_at));
}

void read_given_dose(Reader& reader, const Item& dosage, MedicationEntry& entry) {
  if (!dosage || reader.is_modified(dosage, "dose")) return;
  read_route(reader, dosage["route"], entry);
  auto amount = quantity_words(dosage["dose"]);
  if (amount.empty()) amount = rate_words(dosage);
  if (amount.empty()) amount = dosage["text"].text();
  if (!amount.empty()) entry.dose = reader.said(amount, dosage["dose"] ? dosage["dose"] : dosage);
}

}  // namespace theriac::fhir
