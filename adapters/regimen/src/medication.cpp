// One entry of the medication list: a line of free text, or a map.
#include "reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace theriac::regimen {
namespace {

using yaml::Node;

constexpr std::array<std::pair<std::string_view, Status>, 20> status_words = {{
    {"active", Status::active},
    {"taking", Status::active},
    {"current", Status::active},
    {"proposed", Status::proposed},
    {"new order", Status::proposed},
    {"planned", Status::proposed},
    {"held", Status::held},
    {"on hold", Status::held},
    {"on-hold", Status::held},
    {"stopped", Status::stopped},
    {"discontinued", Status::stopped},
    {"completed", Status::completed},
    {"to stop", Status::to_stop},
    {"not taken", Status::not_taken},
    {"not taking", Status::not_taken},
    {"prohibited", Status::prohibited},
    {"avoid", Status::prohibited},
    {"unknown", Status::unknown},
    {"unverified", Status::unknown},
    {"unconfirmed", Status::unknown},
}};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

void read_status(Reader& reader, const Node& node, MedicationEntry& entry) {
  if (!reader.text(node, "status")) return;
  entry.status_said = reader.said(node);
  const auto word = lower(node.text);
  const auto at = std::find_if(status_words.begin(), status_words.end(), [&](const auto& each) { return each.first == word; });
  entry.status = at == status_words.end() ? Status::unknown : at->second;
  if (at == status_words.end()) {
    reader.misunderstood("medication", node, "not a status; write active, proposed, held, stopped, completed, to stop, not taken or unknown");
  }
}

void read_ended(Reader& reader, const Node& node, MedicationEntry& entry) {
  if (!reader.text(node, "ended")) return;
  if (node.text == "abruptly")
    entry.ended = MedicationEntry::Ended::abruptly;
  else if (node.text == "tapered")
    entry.ended = MedicationEntry::Ended::tapered;
  else if (node.text != "unknown")
    reader.misunderstood("medication", node, "write abruptly, tapered or unknown");
}

void read_start(Reader& reader, const Node& node, MedicationEntry& entry) {
  entry.start = reader.date(node, "start");
  entry.start_said = reader.said(node);
}

void read_stop(Reader& reader, const Node& node, MedicationEntry& entry) {
  entry.stop = reader.date(node, "stop");
  entry.stop_said = reader.said(node);
}

struct Code_ {
  std::optional<Said> system, value;
};

void read_code(Reader& reader, const Node& node, MedicationEntry& entry) {
  if (!reader.map(node, "code")) return;
  static constexpr std::array<Key<Code_>, 2> keys = {{
      {"system", [](Reader& r, const Node& n, Code_& code) { code.system = r.optional_text(n, "system"); }},
      {"value", [](Reader& r, const Node& n, Code_& code) { code.value = r.optional_text(n, "value"); }},
  }};
  Code_ code;
  read_map<Code_>(reader, node, "code", keys, code);
  if (!code.value) return;
  const auto system = code.system ? lower(code.system->text) : std::string();
  if (system.find("rxnorm") != std::string::npos || system == "rxcui")
    entry.rxcui = code.value;
  else
    reader.patient.assumed.push_back("the code " + code.value->text + " of a medication was not used: only RxNorm is read");
}

void read_phases(Reader& reader, const Node& node, MedicationEntry& entry) {
  if (!reader.list(node, "phases")) return;
  static constexpr std::array<Key<Phase>, 2> keys = {{
      {"dose",
       [](Reader& r, const Node& n, Phase& phase) {
         if (r.text(n, "dose")) phase.dose = r.said(n);
       }},
      {"until", [](Reader& r, const Node& n, Phase& phase) { phase.until = r.date(n, "until"); }},
  }};
  for (const auto& item : node.items) {
    Phase phase;
    if (!reader.map(item, "a phase")) continue;
    read_map<Phase>(reader, item, "a phase", keys, phase);
    entry.phases.push_back(std::move(phase));
  }
}

template <std::optional<Said> MedicationEntry::*Field>
void keep(Reader& reader, const Node& node, MedicationEntry& entry) {
  entry.*Field = reader.optional_text(node, "this value");
}

using Entry = MedicationEntry;

constexpr std::array<Key<Entry>, 28> medication_keys = {{
    {"drug",
     [](Reader& r, const Node& n, Entry& e) {
       if (r.text(n, "drug")) e.drug = r.said(n);
     }},
    {"dose", keep<&Entry::dose>},
    {"strength", keep<&Entry::strength>},
    {"route", keep<&Entry::route>},
    {"frequency", keep<&Entry::frequency>},
    {"freq", keep<&Entry::frequency>},
    {"form", keep<&Entry::form>},
    {"quantity", keep<&Entry::quantity>},
    {"indication", keep<&Entry::indication>},
    {"note", keep<&Entry::note>},
    {"status", read_status},
    {"start", read_start},
    {"stop", read_stop},
    {"stop_planned", read_stop},
    {"changed", [](Reader& r, const Node& n, Entry& e) { e.changed = r.date(n, "changed"); }},
    {"last_taken", [](Reader& r, const Node& n, Entry& e) { e.last_taken = r.date(n, "last_taken"); }},
    {"previous_dose", keep<&Entry::previous_dose>},
    {"prn", [](Reader& r, const Node& n, Entry& e) { e.as_needed = r.yes_no(n, "prn"); }},
    {"as_needed", [](Reader& r, const Node& n, Entry& e) { e.as_needed = r.yes_no(n, "as_needed"); }},
    {"as_needed_use", keep<&Entry::as_needed_use>},
    {"ended", read_ended},
    {"phases", read_phases},
    {"code", read_code},
    {"crushed", [](Reader& r, const Node& n, Entry& e) { e.crushed = r.yes_no(n, "crushed"); }},
    {"taken",
     [](Reader& r, const Node& n, Entry& e) {
       if (r.text(n, "taken")) e.taken = n.text;
     }},
    {"source",
     [](Reader& r, const Node& n, Entry& e) {
       if (r.text(n, "source")) e.source = n.text;
     }},
    {"prescriber", [](Reader& r, const Node& n, Entry&) { r.text(n, "prescriber"); }},
    {"id", [](Reader& r, const Node& n, Entry&) { r.text(n, "id"); }},
}};

// The entry in a line, as people would write it: for the report.
std::string line_of(const Entry& entry) {
  std::string line = entry.drug.text;
  for (const auto* part : {&entry.strength, &entry.form, &entry.dose, &entry.route, &entry.frequency}) {
    if (*part) line += " " + (*part)->text;
  }
  return line;
}

void read_entry(Reader& reader, const Node& node) {
  Entry entry;
  entry.at = reader.place(node.span);
  if (node.is_map()) {
    read_map<Entry>(reader, node, "a medication", medication_keys, entry);
    if (entry.drug.text.empty() && entry.rxcui) entry.drug = *entry.rxcui;
    if (entry.drug.text.empty()) return reader.error(grammar::Code::TH8005, node.span, "a medication without `drug`");
    entry.text = {line_of(entry), entry.at};
  } else if (reader.text(node, "medications")) {
    entry.free_text = true;
    entry.text = entry.drug = reader.said(node);
    if (entry.text.text.find_first_not_of(" \t") == std::string::npos)
      return reader.error(grammar::Code::TH8005, node.span, "a medication without text");
  } else {
    return;
  }
  reader.patient.medications.push_back(std::move(entry));
}

}  // namespace

void read_medications(Reader& reader, const Node& node) {
  constexpr std::size_t longest_regimen = 300;
  if (node.items.size() > longest_regimen) {
    return reader.error(grammar::Code::TH8005, {node.span.begin, node.span.begin},
                        "`medications` has " + std::to_string(node.items.size()) + " entries",
                        "at most " + std::to_string(longest_regimen) + " are screened together; is this one person's list?");
  }
  if (!reader.list(node, "medications")) return;
  if (node.items.empty()) reader.error(grammar::Code::TH8005, node.span, "no medications", "the list is empty");
  for (const auto& item : node.items) read_entry(reader, item);
}

void settle_medications(Reader& reader) {
  const auto as_of = reader.patient.as_of;
  for (auto& entry : reader.patient.medications) {
    if (entry.start && entry.status == Status::active && entry.start->earliest > as_of + minutes_per_day - 1) {
      reader.misunderstood("date", *entry.start_said, "a start after as_of on a drug that is taken already");
      entry.start.reset();
    }
    if (entry.start && entry.stop && entry.stop->latest < entry.start->earliest) {
      reader.misunderstood("date", *entry.stop_said, "stops before it starts");
      entry.stop.reset();
    }
  }
}

}  // namespace theriac::regimen
