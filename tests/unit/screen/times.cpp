// What rules say of time, on real drugs: trends, times of day.
#include "support/screening.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

// "certain", "unless", "possible · need; need", or "silent".
std::string says(const std::string& rule, const std::string& regimen) {
  const auto screening = screen_text(rule, regimen);
  std::string text;
  for (const auto& finding : screening.findings) text += std::string(to_string(finding.status));
  for (const auto& undecided : screening.undecided) {
    text += std::string("possible");
    for (const auto& need : undecided.needs) text += " · " + need.input + ", " + need.because;
  }
  return text.empty() ? "silent" : text;
}

std::string creatinine(std::initializer_list<std::pair<const char*, const char*>> values) {
  std::string text = "medications: [lithium 300 mg daily]\nobservations:\n";
  for (const auto& [value, date] : values) text += std::string("  - {name: creatinine, value: \"") + value + "\", unit: mg/dL, date: " + date + "}\n";
  return text;
}

const std::string rising = "lithium with creatinine rising 30 % within 14 days → sedation [major]\n";
const std::string falling = "lithium with creatinine falling 0.5 mg/dL within 14 days → sedation [major]\n";

std::string pair(const std::string& one, const std::string& other) {
  return "medications:\n  - {drug: sertraline, dose: 50 mg, frequency: " + one + "}\n  - {drug: ibuprofen, dose: 400 mg, frequency: " + other + "}\n";
}
const std::string apart = "sertraline + ibuprofen unless at least 4 hours apart → sedation [minor]\n";
const std::string closer = "sertraline + ibuprofen if less than 4 hours apart → sedation [minor]\n";

}  // namespace

TEST_CASE("a trend is the newest value against the lowest before it, within the time") {
  CHECK(says(rising, creatinine({{"1.0", "2025-03-01"}, {"1.3", "2025-03-09"}})) == "certain");
  CHECK(says(rising, creatinine({{"1.0", "2025-03-01"}, {"1.29", "2025-03-09"}})) == "silent");
  CHECK(says(rising, creatinine({{"1.3", "2025-03-01"}, {"1.0", "2025-03-09"}})) == "silent");
  CHECK(says(rising, creatinine({{"1.2", "2025-02-26"}, {"1.0", "2025-03-01"}, {"1.3", "2025-03-09"}})) == "certain");
  CHECK(says(rising, creatinine({{"1.0", "2025-03-01"}, {"1.5", "2025-03-05"}, {"1.2", "2025-03-09"}})) == "silent");
  CHECK(says(falling, creatinine({{"1.0", "2025-03-01"}, {"1.5", "2025-03-05"}, {"1.0", "2025-03-09"}})) == "certain");
  CHECK(says(falling, creatinine({{"1.4", "2025-03-05"}, {"1.0", "2025-03-09"}})) == "silent");
}

TEST_CASE("a trend with fewer than two values in its time is asked for") {
  CHECK(says(rising, creatinine({{"1.3", "2025-03-09"}})) == "possible · earlier serum creatinine, not given");
  CHECK(says(rising, creatinine({{"1.0", "2025-02-24"}, {"1.3", "2025-03-09"}})) == "possible · earlier serum creatinine, not given");
  CHECK(says(rising, creatinine({{"1.0", "2025-02-25"}, {"1.3", "2025-03-09"}})) == "certain");
  CHECK(says(rising, creatinine({{"1.3", "2024-01-23"}})) == "possible · earlier serum creatinine, not given · serum creatinine, 412 days old");
  CHECK(says(rising, "medications: [lithium 300 mg daily]\n") == "possible · earlier serum creatinine, not given · serum creatinine, not given");
}

TEST_CASE("partial dates and limits of a laboratory leave a trend undecided only where they matter") {
  CHECK(says(rising, creatinine({{"1.0", "2025-03"}, {"1.3", "2025-03-09"}})) == "possible · earlier serum creatinine, its date is not exact");
  CHECK(says(rising, creatinine({{"<1", "2025-03-01"}, {"1.3", "2025-03-09"}})) == "certain");
  CHECK(says(rising, creatinine({{">1", "2025-03-01"}, {"1.3", "2025-03-09"}})) == "silent");
  CHECK(says(rising, creatinine({{"1", "2025-03-01"}, {">1.2", "2025-03-09"}})) ==
        "possible · serum creatinine, only known as 1 mg/dL, then >1.2 mg/dL");
}

TEST_CASE("ages of the newborn are counted in weeks and days") {
  const std::string rule = "diazepam with age < 4 weeks → sedation [major]\n", drug = "medications: [diazepam 1 mg daily]\n";
  const auto at = [&](const std::string& age) { return says(rule, "patient: {" + age + "}\n" + drug); };
  CHECK(at("age: 3 weeks") == "certain");
  CHECK(at("age: 4 weeks") == "silent");
  CHECK(at("age: 27 days") == "certain");
  CHECK(at("age: 28 days") == "silent");
  CHECK(at("birth_date: 2025-02-11") == "certain");
  CHECK(at("birth_date: 2025-02-10") == "silent");
  CHECK(at("birth_date: 2025-02") == "possible · age, not exact");
  CHECK(at("age: 1 month") == "silent");
  CHECK(at("age: 0 months") == "possible · age, not exact");
  CHECK(at("age: 82") == "silent");
}

TEST_CASE("an intolerance is no allergy, and what nobody called either is asked for") {
  const std::string drug = "medications: [codeine 30 mg daily]\n", allergy = "drug as culprit with allergy to culprit → sedation [major]\n";
  const std::string intolerance = "drug as culprit with intolerance to culprit → sedation [minor]\n";
  const auto list = [&](const std::string& more) { return drug + "allergies: [{substance: codeine" + more + "}]\n"; };
  CHECK(says(allergy, list("")) == "certain");
  CHECK(says(allergy, list(", reaction: rash")) == "certain");
  CHECK(says(allergy, list(", reaction: \"nausea, vomiting\"")) == "possible · allergy or intolerance to codeine, not said which");
  CHECK(says(allergy, list(", reaction: nausea and rash")) == "certain");
  CHECK(says(allergy, list(", reaction: nausea, severity: severe")) == "certain");
  CHECK(says(allergy, list(", type: intolerance")) == "silent");
  CHECK(says(intolerance, list(", type: intolerance")) == "certain");
  CHECK(says(intolerance, list(", reaction: nausea")) == "certain");
  CHECK(says(intolerance, list("")) == "possible · allergy or intolerance to codeine, not said which");
  CHECK(says(intolerance, list(", reaction: hives")) == "silent");
  CHECK(says(intolerance, list(", type: allergy")) == "silent");
}

TEST_CASE("smoking stops on a day") {
  const std::string rule = "clozapine + smoking stopped within 28 days → sedation [moderate]\n", drug = "medications: [clozapine 100 mg daily]\n";
  const auto smoked = [&](const std::string& how) { return says(rule, drug + "habits: {smoking: " + how + "}\n"); };
  CHECK(smoked("stopped 2025-02-20") == "certain");
  CHECK(smoked("quit 4 weeks ago") == "silent");
  CHECK(smoked("quit 27 days ago") == "certain");
  CHECK(smoked("stopped 2025-02") == "possible · stop date of tobacco, not given");
  CHECK(smoked("\"former, until 2025-02-20, 20 a day\"") == "certain");
  CHECK(smoked("former") == "possible · stop date of tobacco, not given");
  CHECK(smoked("10 a day") == "silent");
}

TEST_CASE("drugs are taken together since the later start") {
  const std::string first =
      "opioid + benzodiazepine if (opioid started within 30 days or benzodiazepine started within 30 days) → sedation [major]\n";
  const std::string long_together = "opioid longer than 6 months + benzodiazepine longer than 6 months → sedation [minor]\n";
  const auto since = [](const std::string& one, const std::string& other) {
    return "medications:\n  - {drug: oxycodone, start: " + one + "}\n  - {drug: diazepam, start: " + other + "}\n";
  };
  CHECK(says(first, since("2020", "2025-02-09")) == "certain");
  CHECK(says(first, since("2025-02-09", "2020")) == "certain");
  CHECK(says(first, since("2020", "2025-02-08")) == "silent");
  CHECK(says(long_together, since("2020", "2024-09-09")) == "certain");
  CHECK(says(long_together, since("2020", "2024-09-10")) == "silent");
}

TEST_CASE("a dose is changed on a day, or by an entry that takes over") {
  const std::string rule = "oxycodone changed within 7 days → sedation [moderate]\n";
  const auto list = [&](const std::string& entries) { return says(rule, "medications:\n" + entries); };
  CHECK(list("  - {drug: oxycodone, dose: 10 mg daily, previous_dose: 5 mg daily, changed: 2025-03-04}\n") == "certain");
  CHECK(list("  - {drug: oxycodone, dose: 10 mg daily, previous_dose: 5 mg daily, changed: 2025-03-03}\n") == "silent");
  CHECK(list("  - {drug: oxycodone, dose: 10 mg daily, previous_dose: 5 mg daily}\n") ==
        "possible · date of the dose change of oxycodone, not given");
  CHECK(list("  - {drug: oxycodone, dose: 10 mg daily}\n") == "silent");
  const std::string before = "  - {drug: oxycodone, dose: 5 mg, frequency: daily, start: 2025-01-01, stop: 2025-03-05, status: stopped}\n";
  CHECK(list(before + "  - {drug: oxycodone, dose: 10 mg, frequency: daily, start: 2025-03-05}\n") == "certain");
  CHECK(list(before + "  - {drug: oxycodone, dose: 5 mg, frequency: daily, start: 2025-03-05}\n") == "silent");
  CHECK(list(before + "  - {drug: oxycodone, start: 2025-03-05}\n") == "possible · dose of oxycodone, not known before and after");
}

TEST_CASE("a stop is held against another drug's start") {
  const std::string rule = "carbamazepine stopped within 14 days before sertraline + sertraline → sedation [moderate]\n";
  const auto stopped = [&](const std::string& stop) {
    return says(rule, "medications:\n  - {drug: carbamazepine, status: stopped, start: 2020, stop: " + stop +
                          "}\n  - {drug: sertraline, start: 2024-06-15}\n");
  };
  CHECK(stopped("2024-06-02") == "certain");
  CHECK(stopped("2024-06-01") == "silent");
  CHECK(stopped("2024-06-15") == "silent");
  CHECK(stopped("2024-06-20") == "silent");
  CHECK(stopped("2024-06") == "possible · stop date of carbamazepine, not given");
}

TEST_CASE("doses are apart by the clock, around midnight too") {
  CHECK(says(apart, pair("at 08:00", "at 12:00")) == "silent");
  CHECK(says(apart, pair("at 08:00", "at 11:59")) == "certain");
  CHECK(says(apart, pair("at 23:00", "at 02:59")) == "certain");
  CHECK(says(apart, pair("at 23:00", "at 03:00")) == "silent");
  CHECK(says(apart, pair("in the morning", "at night")) == "silent");
  CHECK(says(closer, pair("at 08:00", "at 12:00")) == "silent");
  CHECK(says(closer, pair("at 08:00", "at 11:59")) == "certain");
}

TEST_CASE("times of day that decide and are not said are asked for") {
  CHECK(says(closer, pair("at 08:00", "bid")) == "possible · times of day of ibuprofen, not exact");
  CHECK(says(closer, pair("at 08:00", "in the morning")) == "possible · times of day of ibuprofen, not exact");
  CHECK(says(closer, pair("daily", "bid")) == "possible · times of day of ibuprofen, not exact · times of day of sertraline, not exact");
}
