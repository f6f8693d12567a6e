#include "facts/understand.hpp"

#include "facts/names.hpp"

#include <algorithm>

namespace theriac::detail {

Facts understand(const Patient& patient, const Terminology& terminology) {
  Facts facts;
  facts.as_of = patient.as_of;
  facts.not_understood = patient.not_understood;
  understand_medications(patient, terminology, facts);
  understand_dose_changes(patient, facts);
  understand_allergies(patient, terminology, facts);
  understand_conditions(patient, terminology, facts);
  understand_genotypes(patient, terminology, facts);
  understand_observations(patient, terminology, facts);
  understand_person(patient, terminology, facts);
  derive_quantities(patient, terminology, facts);
  return facts;
}

namespace {

// Stated to be there, of this kind; else stated to be absent, or a kind of what is absent; else to be found out.
const ConditionFact* decider(const std::vector<ConditionFact>& facts, ConditionId condition, const Terminology& terminology) {
  const auto find = [&](Truth truth, auto fits) -> const ConditionFact* {
    const auto at = std::find_if(facts.begin(), facts.end(), [&](const ConditionFact& fact) { return fact.truth == truth && fits(fact.what); });
    return at == facts.end() ? nullptr : &*at;
  };
  const auto is_kind = [&](ConditionId what) { return terminology.is_kind_of(what, condition); };
  const auto holds_it = [&](ConditionId what) { return terminology.is_kind_of(condition, what); };
  if (const auto* present = find(Truth::yes, is_kind)) return present;
  if (const auto* absent = find(Truth::no, holds_it)) return absent;
  return find(Truth::possible, [&](ConditionId what) { return is_kind(what) || holds_it(what); });
}

// Pregnancy, a trimester of it, and whether it could come about.
bool is_asked_for(ConditionId condition, const Terminology& terminology) {
  const auto& of = terminology.at(condition);
  if (of.state && (of.name == "pregnancy" || of.name == "childbearing potential")) return true;
  return of.state && std::any_of(of.is.begin(), of.is.end(), [&](ConditionId whole) { return terminology.at(whole).name == "pregnancy"; });
}

}  // namespace

Facts::Answer Facts::has(ConditionId condition, const Terminology& terminology) const {
  if (const auto* fact = decider(conditions, condition, terminology)) return {fact->truth, fact};
  if (terminology.at(condition).genetic) return {Truth::open, nullptr};
  // Where it can be ruled out, `understand` has put an absence there.
  if (is_asked_for(condition, terminology)) return {Truth::possible, nullptr};
  return {conditions_complete ? Truth::no : Truth::open, nullptr};
}

}  // namespace theriac::detail
