// Conditions, states, habits, allergies and measurements.
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

// "falls", "not stroke", "perhaps COPD"; or why it was not understood.
std::string said(const detail::Facts& facts) {
  std::string all;
  for (const auto& fact : facts.conditions) {
    if (name(fact.what) == "pregnancy" || name(fact.what) == "breastfeeding") continue;
    all += (all.empty() ? "" : ", ") +
           std::string(fact.truth == Truth::no         ? "not "
                       : fact.truth == Truth::possible ? "perhaps "
                                                       : "") +
           name(fact.what);
  }
  for (const auto& each : facts.not_understood) all += (all.empty() ? "" : ", ") + each.reason;
  return all;
}

std::string measured(const std::string& map) {
  const auto facts = observation(map);
  std::string all;
  for (const auto& fact : facts.observations) all += (all.empty() ? "" : ", ") + small().at(fact.what).name + " " + show(fact.value);
  for (const auto& each : facts.not_understood) all += each.reason;
  return all;
}

Truth has(const std::string& yaml, const std::string& condition) {
  return facts(yaml + "\nmedications: [diazepam]\n").has(named(condition), small()).truth;
}

}  // namespace

TEST_CASE("conditions in clinicians' words") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"two falls this winter", "falls"},
      {"type 2 diabetes since 2010", "type 2 diabetes"},
      {"HTN, T2DM", "hypertension, type 2 diabetes"},
      {"hypertension and diabetes", "hypertension, diabetes"},
      {"no history of stroke", "not stroke"},
      {"no severe lung disease", "name not known"},
      {"hypertension, no stroke", "a negation inside the phrase"},
      {"family history of stroke", "may not mean that the patient has it"},
      {"risk of falls", "may not mean that the patient has it"},
      {"possible sleep apnea", "perhaps sleep apnoea"},
      {"?COPD", "perhaps COPD"},
      {"? COPD", "perhaps COPD"},
      {"resolved COPD", "not COPD"},
      {"stroke resolved", "stroke"},
      {"wobbly", "name not known"},
      {"pregnant", ""},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said(condition(text)) == expected);
  }
  CHECK(condition("type 2 diabetes since 2010").conditions[0].onset == parse_date("2010"));
  CHECK(condition("two falls this winter").conditions[0].shown == "two falls this winter");
  CHECK(condition("EF 25 %").observations.size() == 1);
  CHECK(condition("allergic to penicillin").allergies.size() == 1);
}

TEST_CASE("absent, unknown, resolved and coded conditions") {
  CHECK(said(facts("absent: [lung disease]\nunknown: [sleep apnea]\nmedications: [diazepam]")) == "not lung disease, perhaps sleep apnoea");
  CHECK(said(facts("absent: [no falls]\nmedications: [diazepam]")) == "negated twice");
  CHECK(said(facts("conditions: [{name: weak heart, code: {system: ICD-10-CM, value: I50.22}}]\nmedications: [diazepam]")) == "heart failure");
  CHECK(said(facts("conditions: [{name: stroke, status: resolved}]\nmedications: [diazepam]")) == "stroke");
}

TEST_CASE("what the list says of a condition, and what its silence says") {
  CHECK(has("conditions: [COPD]", "lung disease") == Truth::yes);
  CHECK(has("conditions: [lung disease]", "COPD") == Truth::open);
  CHECK(has("absent: [lung disease]", "COPD") == Truth::no);
  CHECK(has("absent: [COPD]", "lung disease") == Truth::open);
  CHECK(has("unknown: [COPD]", "lung disease") == Truth::possible);
  CHECK(has("complete: {conditions: true}", "COPD") == Truth::no);
  CHECK(has("", "COPD") == Truth::open);
}

TEST_CASE("pregnancy is asked for where sex, age and conditions leave it possible") {
  CHECK(has("patient: {sex: female, age: 30}", "pregnancy") == Truth::possible);
  CHECK(has("patient: {age: 30}", "pregnancy") == Truth::possible);
  CHECK(has("patient: {sex: male, age: 30}", "pregnancy") == Truth::no);
  CHECK(has("patient: {sex: female, age: 82}", "pregnancy") == Truth::no);
  CHECK(has("patient: {sex: female, age: 30, pregnant: false}", "pregnancy") == Truth::no);
  CHECK(has("patient: {sex: female, age: 30, pregnant: {trimester: 1}}", "pregnancy") == Truth::yes);
  CHECK(has("patient: {sex: female, age: 30, pregnant: unknown}", "pregnancy") == Truth::possible);
  CHECK(has("patient: {sex: female, age: 30, childbearing: not possible}", "pregnancy") == Truth::no);
  CHECK(facts("patient: {pregnant: maybe}\nmedications: [diazepam]").not_understood.size() == 1);
}

TEST_CASE("breastfeeding is ruled out by sex and age, and otherwise left open") {
  CHECK(has("patient: {sex: female, age: 30}", "breastfeeding") == Truth::open);
  CHECK(has("patient: {sex: male, age: 30}", "breastfeeding") == Truth::no);
  CHECK(has("patient: {sex: female, age: 82}", "breastfeeding") == Truth::no);
  CHECK(has("patient: {sex: female, age: 60, breastfeeding: true}", "breastfeeding") == Truth::yes);
}

TEST_CASE("states from fields, goals and habits") {
  CHECK(has("goals: [comfort care]", "palliative care") == Truth::yes);
  CHECK(has("patient: {setting: hospice}", "palliative care") == Truth::yes);
  CHECK(has("patient: {setting: home}", "care home") == Truth::no);
  CHECK(has("patient: {setting: home}", "palliative care") == Truth::open);
  CHECK(has("patient: {setting: moon base}", "care home") == Truth::open);
  CHECK(facts("patient: {setting: moon base}\nmedications: [diazepam]").not_understood.size() == 1);
  CHECK(has("habits: {driving: true}", "driving") == Truth::yes);
  CHECK(has("habits: {driving: false}", "driving") == Truth::no);
  CHECK(has("patient: {breastfeeding: true}", "breastfeeding") == Truth::yes);
  CHECK(has("patient: {renal_replacement: hemodialysis}", "dialysis") == Truth::yes);
}

TEST_CASE("habits are exposures of no entry") {
  const auto wine = facts("habits: {alcohol: 1 glass of wine nightly, smoking: never, grapefruit: daily}\nmedications: [diazepam]");
  REQUIRE(wine.exposures.size() == 2);
  CHECK(name(wine.exposures[1].what) == "alcohol");
  CHECK(wine.exposures[1].entry == -1);
  CHECK(wine.exposures[1].at.to_string() == "p.yaml:2:19");
  CHECK(wine.not_understood.empty());
  CHECK(facts("habits: {alcohol: none}\nmedications: [diazepam]").exposures.size() == 1);
  CHECK(facts("habits: {alcohol: unknown}\nmedications: [diazepam]").exposures[1].presence == detail::Presence::unknown);
  CHECK(facts("habits: {smoking: ex-smoker}\nmedications: [diazepam]").exposures[1].presence == detail::Presence::past);
  CHECK(facts("habits: {smoking: 20 a day}\nmedications: [diazepam]").exposures[1].exposes == Exposes::systemic);
}

TEST_CASE("a habit of which nothing is said may be there") {
  const auto habits = [](const std::string& yaml) {
    std::string all;
    for (const auto& exposure : facts(yaml, false).exposures) {
      if (exposure.entry < 0) all += name(exposure.what) + (exposure.presence == detail::Presence::not_mentioned ? "? " : " ");
    }
    return all;
  };
  CHECK(habits("medications: [diazepam]") == "alcohol? tobacco? ");
  CHECK(habits("habits: {alcohol: none}\nmedications: [diazepam]") == "tobacco? ");
  CHECK(habits("habits: {smoking: never, alcohol: unknown}\nmedications: [diazepam]") == "alcohol ");
  CHECK(habits("medications: [diazepam, alcohol]") == "tobacco? ");
}

TEST_CASE("measurements") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{name: creatinine, value: 1.2, unit: mg/dL}", "serum creatinine [1.2, 1.2]"},
      {"{name: creatinine, value: 113.12, unit: umol/L}", "serum creatinine [1.2796, 1.2796]"},
      {"{name: potassium, value: 4.5, unit: mEq/L}", "potassium [4.5, 4.5]"},
      {"{name: potassium, value: 45, unit: mmol/L}", "cannot be right: outside 0.5 to 15 mmol/L"},
      {"{name: potassium, value: 4.5}", "no unit; write it, for example mmol/L"},
      {"{name: potassium, value: \"4,5\", unit: mmol/L}", "a comma may mean a thousand or a decimal; write it without"},
      {"{name: potassium, value: 4.5, unit: mg/dL}", "not a unit of potassium; it is kept in mmol/L"},
      {"{name: eGFR, value: \">60\", unit: mL/min/1.73m2}", "eGFR (60, ?]"},
      {"{name: eGFR, value: 29, unit: mL/min}", "not a unit of eGFR; it is kept in mL/min/1.73m2"},
      {"{name: blood pressure, value: 112/64, unit: mmHg}", "systolic blood pressure [112, 112], diastolic blood pressure [64, 64]"},
      {"{name: weight, value: 100, unit: lb}", "weight [45.3592, 45.3592]"},
      {"{name: humours, value: 4}", "name not known"},
  };
  for (const auto& [map, expected] : cases) {
    INFO(map);
    CHECK(measured(map) == expected);
  }
  CHECK(observation("{name: potassium, value: 8.5, unit: mmol/L}").assumed.size() == 1);
  CHECK(facts("patient: {weight: 47 kg}\nmedications: [diazepam]").observations.size() == 1);
}

TEST_CASE("allergies") {
  const auto known = facts("allergies: [{substance: penicillin, reaction: anaphylaxis}]\nmedications: [diazepam]");
  REQUIRE(known.allergies.size() == 1);
  CHECK(name(known.allergies[0].to[0]) == "penicillin");
  CHECK_FALSE(known.allergies_known);
  CHECK(facts("allergies: none known\nmedications: [diazepam]").allergies_known);
  CHECK(facts("allergies: [moonlight]\nmedications: [diazepam]").not_understood[0].kind == "allergy");
}
