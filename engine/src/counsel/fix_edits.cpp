#include "counsel/fix_edits.hpp"

#include "counsel/stop_entry.hpp"
#include "facts/medication_lines.hpp"
#include "facts/understand.hpp"
#include "theriac/live.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace theriac {

std::string_view to_string(FixEdit::Kind kind) {
  constexpr std::array<std::string_view, 9> words = {"separate", "delay", "avoid", "protect", "reduce", "omit", "replace", "stop", "taper"};
  return words[static_cast<std::size_t>(kind)];
}

namespace detail {
namespace {

using Kind = FixEdit::Kind;

constexpr std::uint32_t cost_of_a_purpose = 2;

// What the list says that the drug is for; "" where it does not. What is taken only when it is needed can be done without more easily: its reason
// does not count.
std::string purpose_of(const MedicationEntry& entry, const Exposure& exposure) {
  if (exposure.as_needed) return {};
  if (entry.indication) return entry.indication->text;
  if (!entry.free_text) return {};
  const auto line = medication_line(entry.text.text);
  return line.indication ? entry.text.text.substr(line.indication->begin, line.indication->end - line.indication->begin) : std::string();
}

void add_stop(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into) {
  const auto taken = taken_of(making.facts, entry);
  const auto exposure = *taken.front();
  const bool begun = has_begun(exposure, making.facts.as_of);
  const auto drugs = drugs_of(taken);
  const bool taper = begun && std::any_of(drugs.begin(), drugs.end(), [&](ConceptId drug) { return must_taper(making, drug); });
  TriedEdit edit;
  edit.told.kind = !begun ? Kind::omit : taper ? Kind::taper : Kind::stop;
  edit.told.drug = shown_of(taken);
  if (const auto purpose = purpose_of(making.patient.medications[entry], exposure); !purpose.empty()) {
    edit.told.why = "listed for " + purpose;
    edit.told.cost = cost_of_a_purpose;
  }
  edit.told.entries = {static_cast<std::int32_t>(entry)};
  edit.touches = {entry};
  edit.drugs = drugs;
  const auto ended = taper ? MedicationEntry::Ended::tapered : MedicationEntry::Ended::unknown;
  edit.apply = [exposure, ended](Patient& patient) { stop_entry(patient, exposure, ended, "fix"); };
  into.push_back(std::move(edit));
}

bool names(const Terminology& terms, const std::string& text, ConceptId drug) {
  const auto found = terms.find(text);
  return std::any_of(found.begin(), found.end(),
                     [&](const Name& name) { return (name.kind == NameKind::ingredient || name.kind == NameKind::brand) && name.id == index(drug); });
}

void add_habits(const EditMaking& making, std::vector<TriedEdit>& into) {
  for (const auto& exposure : making.facts.exposures) {
    if (exposure.entry >= 0 || exposure.presence == Presence::not_mentioned || !may_be_taken(exposure.presence)) continue;
    for (std::size_t i = 0; i < making.patient.habits.size(); ++i) {
      if (!names(making.terms, making.patient.habits[i].name.text, exposure.what)) continue;
      TriedEdit edit;
      edit.told.kind = Kind::avoid;
      edit.told.drug = exposure.shown;
      edit.touches = {making.patient.medications.size() + i};
      edit.drugs = {exposure.what};
      edit.apply = [i](Patient& patient) { patient.habits[i].value.text = "none"; };
      into.push_back(std::move(edit));
    }
  }
}

// ---- a drug that protects: a rule asks for its absence and says to give it

void denied(const ResolvedGuard& guard, bool below_no, std::vector<const TakesDrug*>& into) {
  if (guard.kind == ResolvedGuard::Kind::leaf) {
    const auto* takes = std::get_if<TakesDrug>(&guard.leaf);
    if (takes != nullptr && below_no && takes->which != TakesDrug::Which::item) into.push_back(takes);
    return;
  }
  for (const auto& child : guard.children) denied(child, below_no != (guard.kind == ResolvedGuard::Kind::negation), into);
}

std::vector<const TakesDrug*> asked_to_be_absent(const ResolvedRule& rule) {
  std::vector<const TakesDrug*> result;
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) denied(guard->guard, false, result);
  }
  denied(rule.guard, false, result);
  for (const auto& guard : rule.unless) denied(guard, true, result);
  for (const auto& exception : rule.exceptions) denied(exception.when, true, result);
  for (const auto& shift : rule.shifts) denied(shift.guard, !shift.raise, result);
  return result;
}

std::set<ConceptId> protecting_drugs(const EditMaking& making) {
  std::set<ConceptId> result;
  for (const auto& rule : making.rules) {
    const auto absent = asked_to_be_absent(rule);
    if (absent.empty()) continue;
    for (const auto& action : rule.actions) {
      if (action.verb != "start" && action.verb != "give") continue;
      for (const auto drug : action.concepts) {
        const bool answers = std::any_of(absent.begin(), absent.end(), [&](const TakesDrug* takes) {
          return std::any_of(takes->any_of.begin(), takes->any_of.end(), [&](const DrugAlternative& phrase) {
            return phrase.concept_id && making.terms.membership(drug, *phrase.concept_id) == Truth::yes;
          });
        });
        if (answers) result.insert(drug);
      }
    }
  }
  return result;
}

void add_protection(const EditMaking& making, std::vector<TriedEdit>& into) {
  auto number = making.patient.medications.size() + making.patient.habits.size();
  for (const auto drug : protecting_drugs(making)) {
    auto entry = medication(making.terms.at(drug).name);
    entry.status = Status::proposed;
    entry.start = When{making.patient.as_of, making.patient.as_of};
    auto with = making.patient;
    with.medications.push_back(entry);
    const auto after = understand(with, making.terms);
    const auto taken = taken_of(after, making.patient.medications.size());
    if (taken.size() != 1 || taken.front()->what != drug) continue;
    TriedEdit edit;
    edit.told.kind = Kind::protect;
    edit.told.drug = making.terms.at(drug).name;
    edit.touches = {number++};
    edit.drugs = {drug};
    edit.apply = [entry](Patient& patient) { patient.medications.push_back(entry); };
    into.push_back(std::move(edit));
  }
}

}  // namespace

bool must_taper(const EditMaking& making, ConceptId drug) {
  if (making.terms.at(drug).taper) return true;
  return std::any_of(making.rules.begin(), making.rules.end(), [&](const ResolvedRule& rule) {
    return std::any_of(rule.items.begin(), rule.items.end(), [&](const ResolvedItem& item) {
      const auto* stop = std::get_if<AbruptStopItem>(&item.what);
      return stop != nullptr && may_name(making.terms, stop->any_of, drug);
    });
  });
}

std::uint32_t cost_of(Kind kind) {
  constexpr std::array<std::uint32_t, 9> costs = {1, 2, 2, 3, 3, 4, 4, 6, 7};
  return costs[static_cast<std::size_t>(kind)];
}

std::vector<const Exposure*> taken_of(const Facts& facts, std::size_t entry) {
  std::vector<const Exposure*> result;
  for (const auto& exposure : facts.exposures) {
    if (exposure.entry == static_cast<std::int32_t>(entry) && may_be_taken(exposure.presence)) result.push_back(&exposure);
  }
  return result;
}

std::set<ConceptId> drugs_of(const std::vector<const Exposure*>& exposures) {
  std::set<ConceptId> result;
  for (const auto* exposure : exposures) result.insert(exposure->what);
  return result;
}

std::string shown_of(const std::vector<const Exposure*>& exposures) {
  std::string result;
  for (const auto* exposure : exposures) {
    if (result.find(exposure->shown) == std::string::npos) result += (result.empty() ? "" : " + ") + exposure->shown;
  }
  return result;
}

bool may_name(const Terminology& terms, const std::vector<DrugAlternative>& any_of, ConceptId drug) {
  return std::any_of(any_of.begin(), any_of.end(),
                     [&](const DrugAlternative& phrase) { return !phrase.concept_id || terms.membership(drug, *phrase.concept_id) != Truth::no; });
}

std::size_t drugs_taken(const Facts& facts) {
  std::set<std::pair<std::int32_t, ConceptId>> result;
  for (const auto& exposure : facts.exposures) {
    if (may_be_taken(exposure.presence) && exposure.presence != Presence::not_mentioned) result.emplace(exposure.entry, exposure.what);
  }
  return result.size();
}

std::vector<TriedEdit> edits_to_try(const EditMaking& making) {
  std::vector<TriedEdit> result;
  for (std::size_t entry = 0; entry < making.patient.medications.size(); ++entry) {
    if (taken_of(making.facts, entry).empty()) continue;
    add_delays(making, entry, result);
    add_reductions(making, entry, result);
    add_replacements(making, entry, result);
    add_stop(making, entry, result);
  }
  add_separations(making, result);
  add_habits(making, result);
  add_protection(making, result);
  for (auto& edit : result) edit.told.cost += cost_of(edit.told.kind);
  std::stable_sort(result.begin(), result.end(), [](const TriedEdit& a, const TriedEdit& b) {
    return std::tie(a.touches.front(), a.told.cost) < std::tie(b.touches.front(), b.told.cost);
  });
  return result;
}

}  // namespace detail
}  // namespace theriac
