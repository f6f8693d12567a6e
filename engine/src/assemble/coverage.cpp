#include "assemble/coverage.hpp"

#include "assemble/values.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

ScreenedEntry entry_of(const AssembleContext& context, const Screened& screened) {
  ScreenedEntry entry;
  entry.entry = screened.entry;
  entry.text = screened.text;
  entry.ingredients = context.names(screened.ingredients);
  entry.matched_by = screened.matched_by;
  entry.shown = screened.shown;
  entry.status = screened.status;
  entry.counts_as = std::string(to_string(screened.counts_as));
  entry.remark = screened.remark;
  entry.not_read = screened.not_read;
  entry.as_needed = screened.as_needed;
  entry.dose_unit = screened.dose.unit.text;
  entry.dose_unknown = screened.dose.why_unknown;
  if (screened.dose.known()) {
    if (screened.dose.per_day.low) entry.dose_low = screened.dose.per_day.low->to_string();
    if (screened.dose.per_day.high) entry.dose_high = screened.dose.per_day.high->to_string();
  }
  const auto& families = context.terms().data().families;
  std::set<std::string> missing;
  for (const auto ingredient : screened.ingredients) {
    const auto& of = context.terms().at(ingredient);
    if (of.kind != ConceptKind::ingredient) continue;
    for (std::size_t f = 0; f < families.size(); ++f) {
      const bool reviewed = std::any_of(of.reviewed.begin(), of.reviewed.end(), [&](const auto& each) { return index(each.first) == f; });
      if (!reviewed) missing.insert(families[f]);
    }
  }
  entry.not_reviewed.assign(missing.begin(), missing.end());
  return entry;
}

bool has_observation(const AssembleContext& context, std::initializer_list<std::string_view> names) {
  return std::any_of(context.facts.observations.begin(), context.facts.observations.end(), [&](const ObservationFact& fact) {
    return std::find(names.begin(), names.end(), context.terms().at(fact.what).name) != names.end();
  });
}

std::vector<std::pair<std::string, std::string>> not_checked(const AssembleContext& context, const Patient& patient) {
  std::vector<std::pair<std::string, std::string>> result;
  if (context.facts.allergies.empty() && !context.facts.allergies_known) result.emplace_back("allergies", "none stated, which is not \"none\"");
  if (!has_observation(context, {"serum creatinine", "eGFR", "creatinine clearance"})) result.emplace_back("kidneys", "no creatinine or eGFR");
  if (patient.genotypes.empty()) result.emplace_back("genes", "none given");
  return result;
}

// Those behind the worst checks first.
std::vector<std::string> worst_first(const std::map<std::string, Severity>& names) {
  std::vector<std::pair<std::string, Severity>> sorted(names.begin(), names.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> result;
  for (const auto& [name, worst] : sorted) result.push_back(name);
  return result;
}

// What silence about the patient leaves open: drafts that only something not mentioned would make true, and findings it could make worse.
std::vector<OpenChecks> open_checks(const AssembleContext& context, const std::vector<Draft>& drafts) {
  std::map<std::string, OpenChecks> by_kind;
  std::map<std::string, std::map<std::string, Severity>> names;
  const auto note = [&](const Needs& needs, Severity severity) {
    std::set<std::string> kinds;
    auto open = to_get(told_needs(context, needs));
    std::erase_if(open, [](const auto& need) { return need.asked; });
    const auto is_habit = [](const auto& need) { return need.kind == "habit"; };
    const bool by_habit = std::any_of(open.begin(), open.end(), is_habit);  // without it the rest does not come up
    for (const auto& need : open) {
      if (by_habit && !is_habit(need)) continue;
      kinds.insert(need.kind);
      auto& worst = names[need.kind][need.input];
      worst = std::max(worst, severity);
    }
    for (const auto& kind : kinds) {
      auto& checks = by_kind[kind];
      checks.kind = kind;
      ++checks.checks;
      checks.worst = std::max(checks.worst, severity);
    }
  };
  for (const auto& draft : drafts) {
    if (draft.verdict == Verdict::open) note(draft.needs, draft.severity);
    for (const auto& raise : draft.could_raise) note(raise.needs, raise.to);
  }
  std::vector<OpenChecks> result;
  for (auto& [kind, checks] : by_kind) {
    checks.names = worst_first(names[kind]);
    result.push_back(std::move(checks));
  }
  return result;
}

std::vector<std::string> given(const AssembleContext& context, const Patient& patient) {
  std::vector<std::string> result;
  if (patient.complete.medications) result.emplace_back("medication list complete");
  if (context.facts.conditions_complete) result.emplace_back("problem list complete");
  if (context.facts.allergies_known) result.emplace_back(patient.no_known_allergies ? "no known allergies" : "allergy list complete");
  return result;
}

// Habits that count as exposures, as they were stated.
std::vector<std::string> habits(const AssembleContext& context, const Patient& patient) {
  std::set<std::string> result;
  for (const auto& exposure : context.facts.exposures) {
    if (exposure.entry >= 0 || exposure.presence == Presence::not_mentioned) continue;
    for (const auto& habit : patient.habits) {
      if (habit.value.at.to_string() == exposure.at.to_string() || habit.name.at.to_string() == exposure.at.to_string()) {
        result.insert(habit.name.text + ": " + habit.value.text);
      }
    }
  }
  return {result.begin(), result.end()};
}

}  // namespace

Coverage coverage_of(const AssembleContext& context, const Patient& patient, const std::vector<Draft>& drafts) {
  Coverage coverage;
  const auto resources = [&](std::int32_t entry) { return patient.medications[static_cast<std::size_t>(entry)].resources; };
  for (const auto& screened : context.facts.screened) {
    coverage.screened.push_back(entry_of(context, screened));
    coverage.screened.back().resources = resources(screened.entry);
  }
  for (const auto& entry : context.facts.not_screened) {
    coverage.not_screened.push_back({entry.entry, entry.text, entry.reason, entry.at.to_string(), {}, {}, entry.suggestions, resources(entry.entry)});
  }
  for (const auto& entry : context.facts.not_confirmed) coverage.not_confirmed.emplace_back(entry.entry, entry.because);
  coverage.not_understood = context.facts.not_understood;
  coverage.not_checked = not_checked(context, patient);
  coverage.open = open_checks(context, drafts);
  coverage.given = given(context, patient);
  coverage.habits = habits(context, patient);
  return coverage;
}

std::vector<AskFor> ask_for(const std::vector<Finding>& findings, const std::vector<Finding>& undecided) {
  std::map<std::vector<std::string>, AskFor> sets;
  const auto inputs_of = [](const std::vector<Need>& needs) {
    std::set<std::string> inputs;
    for (const auto& need : to_get(needs)) {
      if (need.asked) inputs.insert(need.input);
    }
    return std::vector<std::string>(inputs.begin(), inputs.end());
  };
  for (const auto& finding : undecided) {
    const auto inputs = inputs_of(finding.needs);
    auto& ask = sets[inputs];
    ask.inputs = inputs;
    ask.settles.push_back(finding.id);
    ask.worst = std::max(ask.worst, finding.severity);
  }
  for (const auto& finding : findings) {
    for (const auto& raise : finding.could_raise) {
      const auto inputs = inputs_of(raise.needs);
      if (inputs.empty()) continue;
      auto& ask = sets[inputs];
      ask.inputs = inputs;
      if (ask.narrows.empty() || ask.narrows.back() != finding.id) ask.narrows.push_back(finding.id);
      ask.worst = std::max(ask.worst, raise.to);
    }
  }
  std::vector<AskFor> result;
  for (auto& [inputs, ask] : sets) {
    if (!inputs.empty()) result.push_back(std::move(ask));
  }
  std::stable_sort(result.begin(), result.end(), [](const AskFor& a, const AskFor& b) {
    if (a.worst != b.worst) return a.worst > b.worst;
    if (a.settles.size() != b.settles.size()) return a.settles.size() > b.settles.size();
    return a.inputs.size() < b.inputs.size();
  });
  return result;
}

}  // namespace theriac::detail
