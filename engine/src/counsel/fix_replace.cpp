// Another drug in the place of one: what the vocabulary lists at the same daily dose, for a drug that is taken by mouth and may be stopped at once.
#include "counsel/fix_edits.hpp"
#include "counsel/stop_entry.hpp"
#include "facts/understand.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

// The daily dose, where it is one number, as the list's unit has it.
bool is_at(const Exposure& exposure, const Alternatives::Drug& drug) {
  if (exposure.what != drug.drug || !exposure.dose.known() || !exposure.dose.per_day.high) return false;
  const auto unit = parse_unit(exposure.dose.unit.text + "/day");
  const auto here = unit ? convert(drug.per_day, *unit) : std::nullopt;
  return here && exposure.dose.per_day == Interval::exactly(*here);
}

MedicationEntry entry_of(const Terminology& terms, const Alternatives::Drug& drug, When start) {
  MedicationEntry entry;
  const auto unit = drug.per_day.unit.text.substr(0, drug.per_day.unit.text.find('/'));
  entry.drug = Said{terms.at(drug.drug).name, {}};
  entry.dose = Said{fmt::format("{} {}", drug.per_day.value.to_string(), unit), {}};
  entry.frequency = Said{"daily", {}};
  entry.text = Said{fmt::format("{} {} daily", entry.drug.text, entry.dose->text), {}};
  entry.status = Status::proposed;
  entry.start = start;
  return entry;
}

bool is_understood(const EditMaking& making, const TriedEdit& edit, ConceptId drug) {
  auto patient = making.patient;
  edit.apply(patient);
  const auto after = understand(patient, making.terms);
  const auto then = taken_of(after, patient.medications.size() - 1);
  return then.size() == 1 && then.front()->what == drug && then.front()->dose.known();
}

void add_replacement(const EditMaking& making, const Exposure& exposure, const Alternatives& list, const Alternatives::Drug& other,
                     std::vector<TriedEdit>& into) {
  const auto today = When{making.patient.as_of, making.patient.as_of};
  const auto entry = entry_of(making.terms, other, has_begun(exposure, making.facts.as_of) ? today : exposure.start);
  TriedEdit edit;
  edit.told.kind = FixEdit::Kind::replace;
  edit.told.drug = exposure.shown;
  edit.told.to = entry.text.text;
  edit.told.why = fmt::format("{}: {}", list.name, list.source);
  edit.told.entries = {exposure.entry};
  edit.touches = {static_cast<std::size_t>(exposure.entry)};
  edit.drugs = {exposure.what, other.drug};
  edit.apply = [exposure, entry](Patient& patient) {
    stop_entry(patient, exposure, MedicationEntry::Ended::unknown, "fix");
    patient.medications.push_back(entry);
  };
  if (is_understood(making, edit, other.drug)) into.push_back(std::move(edit));
}

}  // namespace

void add_replacements(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into) {
  const auto taken = taken_of(making.facts, entry);
  const auto exposure = *taken.front();
  if (taken.size() != 1 || exposure.exposes == Exposes::local || must_taper(making, exposure.what)) return;
  if (exposure.route && making.terms.at(*exposure.route).name != "oral") return;
  for (const auto& list : making.terms.data().alternatives) {
    if (std::none_of(list.drugs.begin(), list.drugs.end(), [&](const Alternatives::Drug& drug) { return is_at(exposure, drug); })) continue;
    for (const auto& other : list.drugs) {
      if (other.drug != exposure.what) add_replacement(making, exposure, list, other, into);
    }
  }
}

}  // namespace theriac::detail
