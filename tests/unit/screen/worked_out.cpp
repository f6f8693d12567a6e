// Quantities that formulas give, all the way: rules that read them, what is missing for them, what is told.
#include "support/screening.hpp"
#include "theriac/report.hpp"

#include <algorithm>

using namespace theriac;
using namespace theriac::test;

namespace {

const std::string rule =
    "clear: metformin with creatinine clearance < 30 mL/min → lactic acidosis [major]\n"
    "rate: metformin with eGFR < 40 mL/min/1.73m2 → nausea [minor]\n";

Screening with(const std::string& person, const std::string& rules = rule) {
  return screen_text(rules, person + "medications: [metformin 500 mg twice daily]\n");
}
std::string creatinine(const std::string& value) {
  return "observations: [{name: serum creatinine, value: " + value + ", unit: mg/dL, date: 2025-03-03}]\n";
}
const Finding& undecided(const Screening& screening, const std::string& rule_of) {
  const auto found = std::find_if(screening.undecided.begin(), screening.undecided.end(), [&](const Finding& each) { return each.rule == rule_of; });
  REQUIRE(found != screening.undecided.end());
  return *found;
}
Names inputs_for(const Finding& finding, const std::string& of) {
  Names names;
  for (const auto& need : finding.needs) {
    if (need.of == of) names.push_back(need.input);
  }
  return names;
}

}  // namespace

TEST_CASE("a rule reads a clearance that nobody measured") {
  const auto screening = with("patient: {age: 82, sex: female, weight: 47 kg}\n" + creatinine("1.2"));
  REQUIRE(screening.findings.size() == 1);
  CHECK(screening.findings[0].rule == "clear");
  CHECK(screening.findings[0].status == Verdict::certain);
  REQUIRE(screening.values.size() == 2);
  CHECK(screening.values[0].name == "creatinine clearance");
  CHECK(screening.values[0].value == "26.8");
  CHECK(screening.values[0].unit == "mL/min");
  CHECK(screening.values[0].formula == "Cockcroft-Gault, actual weight");
  CHECK(screening.values[0].used_by == Names{"1a"});
  REQUIRE(screening.values[0].inputs.size() == 4);
  CHECK(screening.values[0].inputs[0].days_old == 7);
  CHECK(screening.values[0].inputs[0].date == "2025-03-03");
  CHECK(screening.values[1].name == "eGFR");
  CHECK(screening.values[1].used_by.empty());
  const auto& premise = screening.findings[0].premises.at(0);
  CHECK(premise.value == "26.8 mL/min (Cockcroft-Gault, actual weight)");
  CHECK(premise.because.at(0).fact == "serum creatinine");
  CHECK(premise.because.at(0).value == "1.2 mg/dL, 7 days old");
}

TEST_CASE("the text shows the value, its formula, the date behind it and what rests on it") {
  const auto text = report_text(with("patient: {age: 82, sex: female, weight: 47 kg}\n" + creatinine("1.2")));
  CHECK(text.find("worked out  creatinine clearance 26.8 mL/min (Cockcroft-Gault, actual weight; serum") != std::string::npos);
  CHECK(text.find("of 2025-03-03): 1a") != std::string::npos);
}

TEST_CASE("the limit itself is decided") {
  // (140 − 80) · 36 / (72 · 1) = 30
  CHECK(with("patient: {age: 80, sex: male, weight: 36 kg}\n" + creatinine("1")).findings.empty());
  CHECK(with("patient: {age: 80, sex: male, weight: 35.9 kg}\n" + creatinine("1")).findings.size() == 1);
  CHECK(with("patient: {age: 81, sex: male, weight: 36 kg}\n" + creatinine("1")).findings.size() == 1);
}

TEST_CASE("what is missing is needed, and asked for as a set") {
  const auto screening = with("patient: {age: 82, sex: female}\n");
  CHECK(screening.findings.empty());
  CHECK(undecided(screening, "clear").needs.front().input == "creatinine clearance");
  CHECK(inputs_for(undecided(screening, "clear"), "creatinine clearance") == Names{"serum creatinine", "weight"});
  CHECK(inputs_for(undecided(screening, "rate"), "eGFR") == Names{"serum creatinine"});
  REQUIRE(screening.ask_for.size() == 2);
  CHECK(screening.ask_for[0].inputs == Names{"serum creatinine", "weight"});
  CHECK(screening.ask_for[1].inputs == Names{"serum creatinine"});
}

TEST_CASE("where most is missing the quantity itself is asked for") {
  const auto screening = with("patient: {}\n", "rate: metformin with eGFR < 40 mL/min/1.73m2 → nausea [minor]\n");
  REQUIRE(screening.ask_for.size() == 1);
  CHECK(screening.ask_for[0].inputs == Names{"eGFR"});
  CHECK(inputs_for(undecided(screening, "rate"), "eGFR") == Names{"serum creatinine", "age", "sex"});
}

TEST_CASE("a stale input and a formula that does not hold say so") {
  const auto stale =
      with("patient: {age: 82, sex: female, weight: 47 kg}\nobservations: [{name: creatinine, value: 1.2, unit: mg/dL, date: 2024-01-23}]\n");
  const auto& needs = undecided(stale, "clear").needs;
  REQUIRE(needs.size() == 2);
  CHECK(needs[1].because == "412 days old");
  const auto dialysis = with("patient: {age: 82, sex: female, weight: 47 kg, renal_replacement: hemodialysis}\n" + creatinine("1.2"));
  REQUIRE(undecided(dialysis, "clear").needs.size() == 1);
  CHECK(undecided(dialysis, "clear").needs[0].because == "Cockcroft-Gault, actual weight does not hold with dialysis");
}

TEST_CASE("an interval at the limit asks for what would narrow it") {
  const auto screening = with("patient: {age: 80, weight: 36 kg}\n" + creatinine("1"));  // a man's 30, a woman's 25.5
  CHECK(inputs_for(undecided(screening, "clear"), "creatinine clearance") == Names{"sex"});
  CHECK(undecided(screening, "clear").needs.front().because == "only known as 25.5 to 30 mL/min (Cockcroft-Gault, actual weight)");
}

TEST_CASE("a score is certain, listed or open by what is mentioned") {
  const std::string score = "af: ibuprofen with CHA2DS2-VASc >= 2 → stroke [major]\n";
  const auto screened = [&](const std::string& person) { return screen_text(score, person + "medications: [ibuprofen 400 mg tid]\n"); };
  const auto open = screened("patient: {age: 70, sex: male}\nconditions: [atrial fibrillation]\n");
  CHECK(open.findings.empty());
  CHECK(open.undecided.empty());
  REQUIRE(open.coverage.open.size() == 1);
  CHECK(open.coverage.open[0].kind == "condition");
  CHECK(std::count(open.coverage.open[0].names.begin(), open.coverage.open[0].names.end(), "diabetes") == 1);
  const auto closed = screened("patient: {age: 70, sex: male}\nconditions: [atrial fibrillation]\ncomplete: {conditions: true}\n");
  CHECK(closed.coverage.open.empty());
  CHECK(screened("patient: {age: 70, sex: male}\nconditions: [hypertension]\n").findings.at(0).status == Verdict::certain);
}

TEST_CASE("no score is looked sure that something mentioned could only lower") {
  const std::string low = "low: ibuprofen with CHA2DS2-VASc <= 1 → nausea [minor]\n";
  const auto screening = screen_text(low, "patient: {age: 70, sex: male}\nconditions: [atrial fibrillation]\nmedications: [ibuprofen 400 mg tid]\n");
  REQUIRE(screening.findings.size() == 1);
  CHECK(screening.findings[0].status == Verdict::unless);
}
