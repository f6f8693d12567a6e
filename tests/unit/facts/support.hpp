// A small vocabulary and patients in a line, for the tests of understanding.
#pragma once

#include "facts/example.hpp"
#include "facts/facts.hpp"
#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"

#include <doctest/doctest.h>

#include <string>

namespace theriac::test {

inline const Terminology& small() {
  static const auto loaded = [] {
    auto result = parse_terminology({grammar::Source::make("small.yaml", R"(
classes:
  - {name: benzodiazepine, synonyms: [BZD]}
  - {name: opioid}
  - {name: NSAID, synonyms: [anti-inflammatory]}
drugs:
  - {name: diazepam, brands: [Valium], rxcui: 3322, is: [benzodiazepine], usual_route: oral, stop: taper}
  - {name: clonazepam, brands: [Klonopin], is: [benzodiazepine], usual_route: oral}
  - {name: oxycodone, synonyms: [oxycodone hydrochloride], is: [opioid], usual_route: oral}
  - {name: paracetamol, synonyms: [acetaminophen], usual_route: oral}
  - {name: diclofenac, is: [NSAID], usual_route: oral, formulations: [{name: [patch, Flector], route: topical, exposure: local}], brands: [Flector]}
  - {name: ibuprofen, is: [NSAID], usual_route: oral}
  - {name: miconazole, usual_route: topical, formulations: [{name: [oral gel], route: buccal, exposure: systemic}]}
  - {name: vancomycin, usual_route: intravenous, routes: {oral: gut}}
  - {name: timolol, usual_route: oral, routes: {ophthalmic: systemic}}
  - {name: fentanyl, is: [opioid]}
  - {name: morphine, is: [opioid], usual_route: oral}
  - {name: chloroquine, usual_route: oral}
  - {name: citalopram, usual_route: oral}
  - {name: venlafaxine, brands: [Effexor, Effexor XR], usual_route: oral}
  - {name: vitamin B12, synonyms: [vitamin B 12], usual_route: oral}
  - {name: alcohol, synonyms: [wine], usual_route: oral, habit: true}
  - {name: tobacco, synonyms: [smoking], usual_route: inhaled, habit: true}
  - {name: penicillin, usual_route: oral}
combinations:
  - {name: oxycodone with paracetamol, synonyms: [oxycodone/acetaminophen], brands: [Percocet], ingredients: [oxycodone, paracetamol]}
routes:
  - {name: oral, words: [by mouth, PO], exposure: systemic}
  - {name: topical, words: [on the skin], exposure: local}
  - {name: transdermal, exposure: systemic}
  - {name: intravenous, words: [IV], exposure: systemic}
  - {name: ophthalmic, exposure: local}
  - {name: buccal, exposure: systemic}
  - {name: rectal, words: [PR], exposure: systemic}
  - {name: inhaled, exposure: local}
  - {name: feeding tube, exposure: systemic}
forms:
  - {name: gel, route: topical}
  - {name: patch, route: transdermal}
  - {name: tablet, words: [tab], route: oral}
  - {name: eye drops, route: ophthalmic}
  - {name: extended release, words: [XR, ER], route: oral}
conditions:
  - {name: falls, synonyms: [fell, history of falls]}
  - {name: lung disease}
  - {name: COPD, is: [lung disease], icd10cm: [J44]}
  - {name: sleep apnoea, synonyms: [sleep apnea, OSA], icd10cm: [G47.3]}
  - {name: diabetes, synonyms: [diabetes mellitus]}
  - {name: type 2 diabetes, synonyms: [T2DM], is: [diabetes], icd10cm: [E11]}
  - {name: stroke, synonyms: [CVA, history of stroke]}
  - {name: hypertension, synonyms: [HTN]}
  - {name: heart failure, icd10cm: [I50]}
  - {name: end-stage kidney disease, synonyms: [dialysis, hemodialysis]}
states:
  - {name: pregnancy, synonyms: [pregnant], read: [pregnant]}
  - {name: breastfeeding, read: [breastfeeding]}
  - {name: palliative care, synonyms: [comfort care, hospice], read: [goals, setting]}
  - {name: care home, read: [setting]}
  - {name: driving, read: [driving]}
observations:
  - {name: serum creatinine, synonyms: [creatinine], unit: mg/dL, units: [umol/L], molar_mass: 113.12 g/mol, plausible: [0.2, 15], absolute: [0, 60], validity: 90 days}
  - {name: potassium, unit: mmol/L, units: [mEq/L], plausible: [2, 8], absolute: [0.5, 15], validity: 90 days}
  - {name: eGFR, unit: mL/min/1.73m2, plausible: [3, 150], absolute: [0, 250], validity: 90 days}
  - {name: ejection fraction, synonyms: [EF], unit: "%", absolute: [1, 100], validity: 2 years}
  - {name: systolic blood pressure, unit: mmHg, absolute: [20, 350], validity: 30 days}
  - {name: diastolic blood pressure, unit: mmHg, absolute: [5, 250], validity: 30 days}
  - {name: weight, unit: kg, units: [lb], absolute: [0.3, 650], validity: 180 days}
)")});
    for (const auto& diagnostic : result.diagnostics) MESSAGE(diagnostic.message);
    REQUIRE(result.terminology);
    return result.terminology;
  }();
  return *loaded;
}

inline Patient patient(const std::string& yaml) {
  auto read = regimen::read(grammar::Source::make("p.yaml", "as_of: 2025-03-10\n" + yaml));
  for (const auto& diagnostic : read.diagnostics) MESSAGE(diagnostic.message);
  REQUIRE(read.patients.size() == 1);
  return read.patients[0];
}

// Habits that nobody mentioned stand among the exposures too; these are without them, but where a test is of them.
inline detail::Facts facts(const std::string& yaml, bool habits_complete = true) {
  auto read = patient(yaml);
  read.complete.habits = habits_complete;
  return detail::understand(read, small());
}

// One medication line, nothing else.
inline detail::Facts line(const std::string& text) { return facts("medications:\n  - " + text + "\n"); }
// One condition beside one drug.
inline detail::Facts condition(const std::string& text) { return facts("conditions: [\"" + text + "\"]\nmedications: [diazepam]\n"); }
inline detail::Facts observation(const std::string& map) { return facts("observations:\n  - " + map + "\nmedications: [diazepam]\n"); }

inline const std::string& name(ConceptId id) { return small().at(id).name; }
inline const std::string& name(ConditionId id) { return small().at(id).name; }

inline ConditionId named(const std::string& condition) {
  for (const auto& found : small().find(condition)) {
    if (found.kind == NameKind::condition) return make_id<ConditionId>(found.id);
  }
  FAIL("no condition ", condition);
  return {};
}

inline std::string show(const Interval& interval) {
  const auto end = [](const std::optional<Rational>& value) { return value ? value->to_string() : std::string("?"); };
  return (interval.low_open ? "(" : "[") + end(interval.low) + ", " + end(interval.high) + (interval.high_open ? ")" : "]");
}

}  // namespace theriac::test
