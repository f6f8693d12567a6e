// Quantities that formulas give, from patients as they are written, with the bundled vocabulary.
#include "facts/body.hpp"
#include "support.hpp"

#include <algorithm>

using namespace theriac;
using namespace theriac::test;
using detail::Facts;
using detail::ObservationFact;

namespace {

const Terminology& bundled() {
  static const auto loaded = load_terminology(THERIAC_RULES "/terminology");
  REQUIRE(loaded.terminology);
  return *loaded.terminology;
}

Facts understood(const std::string& yaml) { return detail::understand(patient(yaml + "\nmedications: [paracetamol]\n"), bundled()); }

std::optional<ObservationFact> derived(const Facts& facts, const std::string& name) {
  for (const auto& fact : facts.observations) {
    if (!fact.formula.empty() && bundled().at(fact.what).name == name) return fact;
  }
  return std::nullopt;
}

// "26.8 mL/min (Cockcroft-Gault, actual weight)", or what is missing, or why there is none.
std::string told(const std::string& yaml, const std::string& name) {
  const auto facts = understood(yaml);
  if (const auto fact = derived(facts, name)) return fact->shown;
  for (const auto& none : facts.not_derived) {
    if (bundled().at(none.what).name != name) continue;
    auto text = none.because;
    for (const auto& missing : none.missing) text += (text.empty() ? "" : "; ") + missing.input + " " + missing.because;
    return text;
  }
  return "reported";
}

const std::string ada = "patient: {age: 82, sex: female, weight: 47 kg, height: 160 cm}\n";
const std::string creatinine = "observations:\n  - {name: serum creatinine, value: 1.2, unit: mg/dL, date: 2025-03-03}\n";

}  // namespace

TEST_CASE("a clearance keeps its formula and its inputs with their dates and places") {
  const auto fact = derived(understood(ada + creatinine), "creatinine clearance");
  REQUIRE(fact);
  CHECK(fact->shown == "26.8 mL/min (Cockcroft-Gault, actual weight)");
  CHECK(show(fact->value) == "[26.8183, 26.8183]");
  CHECK(fact->when == parse_date("2025-03-03"));  // as old as the creatinine; the weight has a validity of its own
  REQUIRE(fact->inputs.size() == 4);
  CHECK(fact->inputs[0].name == "serum creatinine");
  CHECK(fact->inputs[0].value == "1.2");
  CHECK(fact->inputs[0].unit == "mg/dL");
  CHECK(fact->inputs[0].when == parse_date("2025-03-03"));
  CHECK(fact->inputs[0].at.to_string() == "p.yaml:4:37");
  CHECK(fact->inputs[1].value == "82");
  CHECK(fact->inputs[2].name == "weight");
  CHECK(fact->inputs[3].value == "female");
  CHECK(fact->inexact.empty());
}

TEST_CASE("the unit in which an input is written changes nothing") {
  const auto value = [](const std::string& yaml) { return show(derived(understood(yaml), "creatinine clearance")->value); };
  CHECK(value("patient: {age: 82, sex: female, weight: 100 lb}\n" + creatinine) ==
        value("patient: {age: 82, sex: female, weight: 45.359237 kg}\n" + creatinine));
  const auto with = [&](const std::string& written) { return value(ada + "observations:\n  - {name: creatinine, " + written + "}\n"); };
  CHECK(with("value: 113.12, unit: umol/L") == with("value: 1.27961344, unit: mg/dL"));
  CHECK(with("value: 0.11312, unit: mmol/L") == with("value: 113.12, unit: umol/L"));
}

TEST_CASE("which weight counts is a matter of which quantity is named") {
  const std::string heavy =
      "patient: {age: 68, sex: male, weight: 120 kg, height: 170 cm}\nobservations: [{name: creatinine, value: 1, unit: mg/dL}]\n";
  CHECK(told(heavy, "creatinine clearance") == "120 mL/min (Cockcroft-Gault, actual weight)");
  CHECK(told(heavy, "creatinine clearance by ideal weight") == "65.9 mL/min (Cockcroft-Gault, ideal weight)");
  CHECK(told(heavy, "creatinine clearance by adjusted weight") == "87.6 mL/min (Cockcroft-Gault, adjusted weight)");
  CHECK(told("patient: {age: 68, sex: male, weight: 50 kg, height: 150 cm}\nobservations: [{name: creatinine, value: 1, unit: mg/dL}]\n",
             "creatinine clearance by ideal weight") ==
        "Cockcroft-Gault, ideal weight: an ideal weight is defined from a height of 152.4 cm, and the formula to an age of 139");
}

TEST_CASE("what is missing is named, all of it") {
  CHECK(told("patient: {}\n", "creatinine clearance") == "serum creatinine not given; age not given; weight not given; sex not given");
  CHECK(told(creatinine, "eGFR") == "age not given; sex not given");
  CHECK(told(ada, "eGFR") == "serum creatinine not given");
  CHECK(told(ada + "observations: [{name: creatinine, value: 1.2, unit: mg/dL, date: 2024-01-23}]\n", "eGFR") == "serum creatinine 412 days old");
  CHECK(told("patient: {age: 82, sex: female, weight: {value: 47 kg, date: 2024-03-01}}\n" + creatinine, "creatinine clearance") ==
        "weight 374 days old");
  CHECK(told(ada + "observations: [{name: creatinine, value: 1.2, unit: mg/dL, date: 2024}]\n", "eGFR") == "serum creatinine its date is not exact");
}

TEST_CASE("where a formula does not hold there is no value, and the reason") {
  CHECK(told("patient: {age: 17, sex: female, weight: 47 kg}\n" + creatinine, "creatinine clearance") ==
        "Cockcroft-Gault, actual weight does not hold under 18 years");
  CHECK(told("patient: {age: 82, sex: female, weight: 47 kg, renal_replacement: hemodialysis}\n" + creatinine, "eGFR") ==
        "CKD-EPI 2021, creatinine does not hold with dialysis");
  CHECK(told(ada + creatinine + "conditions: [AKI]\n", "eGFR") == "CKD-EPI 2021, creatinine does not hold with acute kidney injury");
  CHECK(told(ada + creatinine + "conditions: [{name: AKI, onset: 2025-02-01}]\n", "eGFR") ==
        "CKD-EPI 2021, creatinine does not hold with acute kidney injury");
  CHECK(told(ada + creatinine + "conditions: [{name: AKI, onset: 2024-02-01}]\n", "eGFR") == "45.2 mL/min/1.73m2 (CKD-EPI 2021, creatinine)");
  CHECK(told("patient: {age: 30, sex: female, weight: 70 kg, pregnant: true}\n" + creatinine, "eGFR") ==
        "CKD-EPI 2021, creatinine does not hold with pregnancy");
  CHECK(told("patient: {age: 30, sex: female, weight: 70 kg, pregnant: unknown}\n" + creatinine, "eGFR") == "pregnancy to be found out");
  CHECK(told(ada + "observations: [{name: creatinine, value: 0, unit: mg/dL}]\n", "eGFR") == "CKD-EPI 2021, creatinine: a value is 0");
}

TEST_CASE("what cannot be right is no value, though each input can be") {
  CHECK(told("patient: {age: 20, sex: male, weight: 250 kg}\nobservations: [{name: creatinine, value: 0.2, unit: mg/dL}]\n",
             "creatinine clearance") == "Cockcroft-Gault, actual weight gives 2083.3, which cannot be right");
}

TEST_CASE("intervals and an unknown sex give an interval, and what would make it exact") {
  const auto fact =
      derived(understood("patient: {age: 68, weight: 60 kg}\nobservations: [{name: creatinine, value: 1-2, unit: mg/dL}]\n"), "creatinine clearance");
  REQUIRE(fact);
  CHECK(show(fact->value) == "[25.5, 60]");
  REQUIRE(fact->inexact.size() == 2);
  CHECK(fact->inexact[0].input == "serum creatinine");
  CHECK(fact->inexact[0].because == "only known as 1-2 mg/dL");
  CHECK(fact->inexact[1].input == "sex");
  const auto above = derived(understood(ada + "observations: [{name: creatinine, value: \">2\", unit: mg/dL}]\n"), "creatinine clearance");
  REQUIRE(above);
  CHECK(above->shown == "at most 16.1 mL/min (Cockcroft-Gault, actual weight)");
}

TEST_CASE("of a reported and a computed value the newer one counts, the reported one of the same day") {
  const auto with = [](const std::string& date) {
    return ada + creatinine + "  - {name: eGFR, value: 60, unit: mL/min/1.73m2, date: " + date + "}\n";
  };
  CHECK(told(with("2025-03-02"), "eGFR") == "45.2 mL/min/1.73m2 (CKD-EPI 2021, creatinine)");
  CHECK(told(with("2025-03-03"), "eGFR") == "reported");
  CHECK(told(with("2025-03-04"), "eGFR") == "reported");
  CHECK(told(with("2025-03"), "eGFR") == "45.2 mL/min/1.73m2 (CKD-EPI 2021, creatinine)");  // either may be the newer: both are there
  CHECK(told(ada + creatinine + "  - {name: eGFR, value: 60, unit: mL/min/1.73m2}\n", "eGFR") == "reported");
}

TEST_CASE("a QTc takes the heart rate of its own day") {
  const std::string qt = "observations:\n  - {name: QT, value: 400, unit: ms, date: 2025-03-03}\n";
  CHECK(told(qt + "  - {name: pulse, value: 80, unit: /min, date: 2025-03-03}\n  - {name: pulse, value: 50, unit: /min, date: 2025-03-09}\n",
             "QTc") == "440.3 ms (Fridericia)");
  CHECK(told(qt + "  - {name: pulse, value: 80, unit: /min, date: 2025-03-09}\n", "QTcB") == "heart rate none of the day of the QT interval");
}

TEST_CASE("a value is never shown on a limit that it does not reach") {
  const auto bmi = [](const std::string& weight) { return told("patient: {weight: " + weight + " kg, height: 200 cm}\n", "BMI"); };
  CHECK(bmi("100") == "25 kg/m2 (BMI)");
  CHECK(bmi("99.9") == "24.98 kg/m2 (BMI)");
  CHECK(bmi("99.99") == "24.998 kg/m2 (BMI)");
  CHECK(bmi("97") == "24.3 kg/m2 (BMI)");
}

TEST_CASE("a score is as if what nobody mentioned were not there, and open for it") {
  const auto complete = [](const std::string& conditions) {
    return derived(understood("patient: {age: 70, sex: male}\ncomplete: {conditions: true}\nconditions: [" + conditions + "]\n"),
                   "CHA2DS2-VASc score");
  };
  CHECK(show(complete("hypertension, T2DM")->value) == "[3, 3]");
  CHECK(show(complete("stroke, TIA")->value) == "[3, 3]");
  CHECK_FALSE(complete("hypertension")->listed);
  const auto open = derived(understood("patient: {age: 70, sex: male}\nconditions: [hypertension]\nabsent: [diabetes]\n"), "CHA2DS2-VASc score");
  REQUIRE(open);
  CHECK(show(open->value) == "[2, 6]");
  REQUIRE(open->listed);
  CHECK(show(*open->listed) == "[2, 2]");
  CHECK(open->shown == "2 (CHA2DS2-VASc; 2 to 6 with what is not mentioned)");
  CHECK(std::none_of(open->inexact.begin(), open->inexact.end(), [](const auto& missing) { return missing.asked; }));
  CHECK(open->inexact.front().input == "heart failure");
  const auto asked =
      derived(understood("patient: {age: 70, sex: male}\nconditions: [hypertension]\nunknown: [stroke]\ncomplete: {conditions: true}\n"),
              "CHA2DS2-VASc score");
  REQUIRE(asked);
  CHECK(show(asked->value) == "[2, 4]");
  CHECK(show(asked->listed.value_or(asked->value)) == "[2, 4]");
}

TEST_CASE("a score for adults needs an age though it does not count it") {
  const std::string liver =
      "observations:\n  - {name: bilirubin, value: 2, unit: mg/dL}\n  - {name: INR, value: 1.5}\n  - {name: creatinine, value: 1.2, unit: mg/dL}\n"
      "  - {name: sodium, value: 135, unit: mmol/L}\ncomplete: {conditions: true}\n";
  CHECK(told("patient: {age: 60}\n" + liver, "MELD-Na") == "17 (MELD-Na, OPTN 2016)");
  CHECK(told(liver, "MELD-Na") == "age not given");
  CHECK(told("patient: {age: 12}\n" + liver, "MELD-Na") == "MELD-Na, OPTN 2016 does not hold under 18 years");
  CHECK(told("patient: {age: 60, renal_replacement: hemodialysis}\n" + liver, "MELD-Na") == "28 (MELD-Na, OPTN 2016)");
}

TEST_CASE("the grade of what is there is asked for") {
  const auto score = [](const std::string& conditions) {
    return derived(
        understood(
            "patient: {age: 60, sex: male}\ncomplete: {conditions: true}\nconditions: [" + conditions +
            "]\nobservations:\n  - {name: bilirubin, value: 1, unit: mg/dL}\n  - {name: albumin, value: 40, unit: g/L}\n  - {name: INR, value: 1}\n"),
        "Child-Pugh score");
  };
  CHECK(show(score("cirrhosis")->value) == "[5, 5]");
  CHECK(show(score("mild ascites")->value) == "[6, 6]");
  CHECK(show(score("tense ascites")->value) == "[7, 7]");
  const auto ungraded = score("ascites");
  CHECK(show(ungraded->value) == "[6, 7]");
  REQUIRE(ungraded->inexact.size() == 1);
  CHECK(ungraded->inexact[0].input == "grade of ascites");
}

TEST_CASE("a dose by size finds the weight and the surface before the medications are read") {
  const auto body = [](const std::string& yaml) { return detail::body_of(patient(yaml + "\nmedications: [paracetamol]\n"), bundled()); };
  const auto both = body("patient: {weight: 176.36981 lb, height: 180 cm}");
  REQUIRE(both.weight_kg);
  CHECK(both.weight_kg->low->to_string(1) == "80");
  REQUIRE(both.surface_m2);
  CHECK(both.surface_m2->low->to_string(2) == "2");
  const auto stated = body("patient: {weight: 80 kg, height: 180 cm}\nobservations: [{name: BSA, value: 1.9, unit: m2, date: 2025-03-09}]");
  CHECK(show(stated.surface_m2.value()) == "[2, 2]");  // the weight is of today
  const auto weight = body("patient: {weight: 80 kg}");
  CHECK(show(weight.weight_kg.value()) == "[80, 80]");
  CHECK_FALSE(weight.surface_m2);
  const auto old = body("patient: {weight: {value: 80 kg, date: 2024-01-23}}");
  CHECK_FALSE(old.weight_kg);
  CHECK(old.why_no_weight == "412 days old");
  CHECK(body("patient: {}").why_no_weight == "not given");
}
