// Scores and decision tables as quantities.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

namespace {

std::string table(const std::string& rows) {
  return "table metformin renal dose by eGFR:\n  eGFR | maximum daily dose\n" + rows + "high: metformin total daily dose > metformin renal dose → lactic acidosis [moderate]\n";
}

std::string told(const std::string& text) {
  const auto resolved = resolve_text(text);
  std::string all = said(resolved);
  for (const auto& diagnostic : resolved.diagnostics) {
    for (const auto& note : diagnostic.notes) all += "  " + note + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("a score is a count with points") {
  const std::string score = "score risk:\n  1 if heart failure\n  2 if age >= 75 years\n  0.5 if dementia\n";
  CHECK(only_reading(score + "opioid with risk >= 2 → overdose\n") ==
        "opioid if risk (at least 2 points of (1 if heart failure; 2 if age at least 75 years; 0.5 if dementia)): overdose.");
  CHECK(only_reading(score + "opioid with risk < 2 → overdose\n") ==
        "opioid if no (risk (at least 2 points of (1 if heart failure; 2 if age at least 75 years; 0.5 if dementia))): overdose.");
  const auto resolved = resolve_text(score + "opioid with risk 1 to <3 → overdose\n");
  CHECK(said(resolved) == "");
  REQUIRE(only_rule(resolved).guard.children.size() == 2);
  CHECK(told("score risk:\n  1 if heart failure\nopioid with risk > 1 mg → overdose\n") == "TH3002 one.rx:3:20 `mg` does not measure risk\n");
  CHECK(told("score risk:\n  1 if nonsuch\nopioid with risk > 1 → overdose\n") == "TH2001 one.rx:2:8 unknown name `nonsuch`\n");
  CHECK(told("score risk:\n  1 if risk > 1\n").find("TH5005") != std::string::npos);
  CHECK(told("score delirium:\n  1 if dementia\n") == "TH2005 one.rx:1:7 `delirium` is declared already\n");
}

TEST_CASE("a table that says one thing for every value") {
  const auto resolved = resolve_text(table("  >= 45 mL/min/1.73m2 | 2000 mg/day\n  30 to <45 mL/min/1.73m2 | 1 g/day\n  < 30 mL/min/1.73m2 | 0 mg/day\n"));
  CHECK(said(resolved) == "");
  const auto& test = std::get<DoseTest>(std::get<DrugItem>(only_rule(resolved).items.front().what).any_of.front().tests.front());
  REQUIRE(test.table);
  CHECK(test.table->complete);
  REQUIRE(test.table->rows.size() == 3);
  CHECK(test.table->rows[1].limit == Rational(1000));
  CHECK(only_rule(resolved).reading == "metformin at a total daily dose above metformin renal dose: lactic acidosis (moderate).");
}

TEST_CASE("TH5006 and TH5007: gaps are printed, overlaps refused") {
  CHECK(told(table("  > 45 mL/min/1.73m2 | 2000 mg/day\n  30 to <45 mL/min/1.73m2 | 1000 mg/day\n")) ==
        "TH5006 one.rx:1:7 the table `metformin renal dose` says nothing for some values\n  no row for eGFR below 30 mL/min/1.73m2\n"
        "  no row for eGFR of exactly 45 mL/min/1.73m2\n");
  CHECK(told(table("  >= 45 mL/min/1.73m2 | 2000 mg/day\n  30 to 45 mL/min/1.73m2 | 1000 mg/day\n  otherwise | 0 mg/day\n")) ==
        "TH5007 one.rx:4:3 two rows of `metformin renal dose` hold at once\n  both for eGFR of exactly 45 mL/min/1.73m2\n");
  CHECK(told(table("  >= 45 mL/min/1.73m2 | 2000 mg/day\n  otherwise | 0 mg/day\n")) == "");
  CHECK(told("table both by age, eGFR:\n  age | eGFR | dose\n  >= 65 years | < 30 mL/min/1.73m2 | 5 mg/day\n  < 65 years | otherwise | 20 mg/day\n"
             "  >= 65 years | > 30 mL/min/1.73m2 | 10 mg/day\nlow: codeine total daily dose > both → overdose\n") ==
        "TH5006 one.rx:1:7 the table `both` says nothing for some values\n  no row for age of exactly 65 years with eGFR of exactly 30 mL/min/1.73m2\n"
        "  no row for age above 65 years with eGFR of exactly 30 mL/min/1.73m2\n");
}

TEST_CASE("mistakes about tables") {
  CHECK(told("metformin total daily dose > metformin renal dose → lactic acidosis\n") == "TH2001 one.rx:1:30 no table is called `metformin renal dose`\n");
  CHECK(told("table t by eGFR:\n  weight | dose\n  >= 1 mL/min/1.73m2 | 5 mg/day\n  otherwise | 2 mg/day\n") ==
        "TH2004 one.rx:2:3 this column should be `eGFR`, as `by` says\n");
  CHECK(told("table t by eGFR:\n  eGFR | dose\n  >= 1 mL/min/1.73m2 | 5 mg/day\n  otherwise | 2 mL/day\n") == "TH3002 one.rx:4:15 `mL/day` does not compare with `mg/day` above\n");
}
