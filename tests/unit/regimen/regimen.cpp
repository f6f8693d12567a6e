// The regimen file: every key of the contract, and every way in which a file can be wrong.
#include "theriac/regimen/read.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace theriac;

namespace {

regimen::ReadResult read(std::string text, regimen::ReadOptions options = {}) {
  return regimen::read(grammar::Source::make("ada.yaml", std::move(text)), options);
}

Patient one(std::string text) {
  auto result = read(std::move(text));
  for (const auto& diagnostic : result.diagnostics) FAIL_CHECK(grammar::render(diagnostic));
  REQUIRE(result.patients.size() == 1);
  return result.patients.front();
}

// "ada.yaml:3:1 unknown key …", in the order of the report.
std::vector<std::string> mistakes(std::string text) {
  auto result = read(std::move(text));
  CHECK(result.patients.empty());
  std::vector<std::string> lines;
  for (const auto& diagnostic : result.diagnostics) lines.push_back(diagnostic.primary.place.to_string() + " " + diagnostic.message);
  return lines;
}

std::vector<std::string> misunderstood(const Patient& patient) {
  std::vector<std::string> lines;
  for (const auto& each : patient.not_understood) lines.push_back(each.at + " " + each.text + ": " + each.reason);
  return lines;
}

using Lines = std::vector<std::string>;

std::string all(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("the whole of the contract's example is read") {
  const auto patient = one(R"(
schema: theriac.regimen/1
as_of: 2025-03-10
patient:
  id: ada
  age: 82
  sex: F
  weight: 47 kg
  height_cm: 160
  pregnant: false
  childbearing: not possible
  breastfeeding: false
  renal_replacement: none
  setting: home
  frailty: {scale: CFS, value: 6}
goals: [comfort care]
conditions: [glaucoma, "two falls this winter", {name: stroke, status: resolved}, {name: heart failure, code: {system: ICD-10-CM, value: I50.2}, onset: 2024-01-01}]
absent: [gastrointestinal bleed]
unknown: [sleep apnea]
allergies: [{substance: penicillin, reaction: anaphylaxis, severity: severe}]
observations:
  - {name: serum creatinine, value: 1.2, unit: mg/dL, date: 2025-03-03}
  - {name: eGFR, value: ">60", unit: mL/min/1.73m2, date: 2025-03-03, status: final}
  - {name: blood pressure, value: 112/64, unit: mmHg, position: standing}
vitals: [{name: heart rate, value: 60 /min}]
genotypes: {CYP2D6: "*4/*4"}
habits: {alcohol: 1 glass of wine nightly, driving: true}
complete: {medications: true, conditions: true}
medications:
  - diazepam 5 mg by mouth twice daily
  - {drug: temazepam, dose: 15 mg, status: stopped, stop: 2024-11-15, ended: tapered}
  - {drug: tranylcypromine, dose: 10 mg, frequency: BID, start: 2025-03-10, status: new order}
  - {drug: prednisolone, phases: [{dose: 40 mg daily, until: 2025-03-14}, {dose: 20 mg daily, until: 2025-03-21}]}
  - {drug: warfarin, dose: 10 mg daily, previous_dose: 3 mg daily, changed: 2025-01-20, last_taken: 2025-03-09T18:00}
  - {drug: paracetamol, dose: 1 g, prn: true, as_needed_use: 2 a week, source: over the counter, taken: partly}
  - {drug: nifedipine, form: extended release, route: feeding tube, crushed: true, indication: hypertension, code: {system: RxNorm, value: 7417}}
decisions: [{finding: f-3c9a1e, decision: accepted, by: ward pharmacist, because: tolerated for years, until: 2025-09-01}]
)");
  CHECK(patient.not_understood.empty());
  CHECK(format_date(patient.as_of) == "2025-03-10");
  CHECK(patient.id == "ada");
  REQUIRE(patient.age);
  CHECK(patient.age->months_low == 984);
  CHECK(patient.age->months_high == 995);
  CHECK(patient.age->text == "82 years");
  CHECK(patient.sex == "female");
  CHECK(patient.conditions.size() == 6);
  CHECK(patient.conditions[2].is == ConditionEntry::Is::resolved);
  CHECK(patient.conditions[3].icd10cm->text == "I50.2");
  CHECK(patient.conditions[4].is == ConditionEntry::Is::absent);
  CHECK(patient.conditions[5].is == ConditionEntry::Is::unknown);
  CHECK(patient.allergies.front().reaction == "anaphylaxis");
  REQUIRE(patient.observations.size() == 6);
  CHECK(patient.observations[0].name.text == "weight");
  CHECK(patient.observations[0].value.text == "47");
  CHECK(patient.observations[0].unit.text == "kg");
  CHECK(patient.observations[4].value.text == "112/64");
  CHECK(patient.observations[5].value.text == "60");
  CHECK(patient.observations[5].unit.text == "/min");
  CHECK(patient.complete.conditions);
  CHECK_FALSE(patient.complete.allergies);
  REQUIRE(patient.medications.size() == 7);
  CHECK(patient.medications[0].free_text);
  CHECK(patient.medications[1].status == Status::stopped);
  CHECK(patient.medications[1].ended == MedicationEntry::Ended::tapered);
  CHECK(patient.medications[2].status == Status::proposed);
  CHECK(patient.medications[3].phases.size() == 2);
  CHECK(patient.medications[4].last_taken->earliest - patient.medications[4].changed->earliest > 0);
  CHECK(patient.medications[5].as_needed == true);
  CHECK(patient.medications[6].rxcui->text == "7417");
  CHECK(patient.medications[6].text.text == "nifedipine extended release feeding tube");
}

TEST_CASE("JSON is read as well, and several patients from lines") {
  const auto result = read(R"({"as_of": "2025-03-10", "patient": {"age": 40}, "medications": ["diazepam 5 mg"]}
{"as_of": "2025-03-10", "patient": {"age": 41}, "medications": ["diazepam 5 mg"]}
)");
  CHECK(result.diagnostics.empty());
  REQUIRE(result.patients.size() == 2);
  CHECK(result.patients[0].sha256 != result.patients[1].sha256);
}

TEST_CASE("all mistakes of structure are told in one run, with their places") {
  CHECK(mistakes(R"(as_of: 2025-02-30
pateint: {age: 82}
patient: {agee: 82}
medications:
  - {dose: 5 mg}
  - {drug: diazepam, stauts: active}
observations: {a: 1}
)") == Lines{"ada.yaml:1:8 there is no such date", "ada.yaml:2:1 unknown key `pateint` in a regimen", "ada.yaml:3:11 unknown key `agee` in patient",
             "ada.yaml:5:5 a medication without `drug`", "ada.yaml:6:22 unknown key `stauts` in a medication",
             "ada.yaml:7:15 `observations` must be a list, here is a map"});
}

TEST_CASE("no medications, no as_of, another schema, an empty file are errors of their own") {
  CHECK(mistakes("as_of: 2025-03-10\n").front() == "ada.yaml:1:1 no medications");
  CHECK(mistakes("as_of: 2025-03-10\nmedications: []\n").front() == "ada.yaml:2:14 no medications");
  CHECK(mistakes("medications: [diazepam]\n").front() == "ada.yaml:1:1 no `as_of`: the day to judge on is not known");
  CHECK(mistakes("schema: theriac.regimen/9\nas_of: 2025-03-10\nmedications: [diazepam]\n").front() ==
        "ada.yaml:1:9 unknown schema `theriac.regimen/9`");
  CHECK(mistakes("").front() == "ada.yaml:1:1 the file is empty");
  CHECK(mistakes("- diazepam\n").front().find("a regimen must be a map") != std::string::npos);
}

TEST_CASE("as_of: the option beats the file, the file beats today") {
  const std::string with = "as_of: 2025-03-10\nmedications: [diazepam]\n", without = "medications: [diazepam]\n";
  const auto day = parse_date("2026-01-01")->earliest;
  CHECK(read(with, {day, {}}).patients.front().as_of == day);
  CHECK(read(with, {{}, day}).patients.front().as_of_from == "file");
  CHECK(read(without, {{}, day}).patients.front().as_of_from == "today");
}

TEST_CASE("a value that cannot be right never stops a screening and is not lost") {
  const auto patient = one(R"(as_of: 2025-03-10
patient: {age: 240, sex: lady, birth_date: 1942-13-01}
conditions: [{name: stroke, status: maybe}]
observations: [{name: potassium, value: 5, unit: mmol/L, date: yesterday}, {name: sodium, value: 130, unit: mmol/L, date: 2026-01-01}]
medications:
  - {drug: diazepam, start: 2025-04-01}
  - {drug: sertraline, status: paused, stop: 2024-01-01, start: 2024-02-01}
)");
  CHECK_FALSE(patient.age);
  CHECK(patient.sex == "unknown");
  CHECK(patient.observations.empty());
  CHECK_FALSE(patient.medications[0].start);
  CHECK(patient.medications[1].status == Status::unknown);
  CHECK(all(misunderstood(patient)) ==
        all({"ada.yaml:2:16 240: nobody is that old", "ada.yaml:2:26 lady: write female, male, other or unknown",
             "ada.yaml:2:44 1942-13-01: no such date; write 2025-03-10, 2025-03 or 2025",
             "ada.yaml:3:37 maybe: not a status of a condition; write active, resolved, absent or unknown",
             "ada.yaml:4:64 yesterday: no such date; write 2025-03-10, 2025-03 or 2025", "ada.yaml:4:83 sodium 130: dated after as_of",
             "ada.yaml:7:32 paused: not a status; write active, proposed, held, stopped, completed, to stop, not taken or unknown",
             "ada.yaml:6:29 2025-04-01: a start after as_of on a drug that is taken already", "ada.yaml:7:46 2024-01-01: stops before it starts"}));
}

TEST_CASE("a birth date may be a year or a month") {
  const auto age = [](std::string_view born) {
    return *one("as_of: 2025-03-10\npatient: {birth_date: " + std::string(born) + "}\nmedications: [diazepam]\n").age;
  };
  CHECK(age("1942-11-03").text == "82 years");
  CHECK(age("1960").text == "64 to 65 years");
  CHECK(age("2024-12-10").text == "3 months");
  CHECK(age("2024-12-11").text == "2 months");
}

TEST_CASE("no known allergies are not the same as no word about allergies") {
  const auto patient = [](std::string_view line) { return one("as_of: 2025-03-10\n" + std::string(line) + "\nmedications: [diazepam]\n"); };
  CHECK(patient("allergies: none known").no_known_allergies);
  CHECK(patient("allergies: [NKDA]").no_known_allergies);
  CHECK_FALSE(patient("allergies: []").no_known_allergies);
  CHECK_FALSE(patient("allergies:").no_known_allergies);
}

TEST_CASE("hostile input ends in a message") {
  const auto refuses = [](std::string text) {
    const auto result = read(std::move(text));
    CHECK(result.patients.empty());
    CHECK(grammar::has_errors(result.diagnostics));
  };
  refuses(std::string("\x00\xff\xfe\x01", 4));
  refuses(std::string(200, '['));
  refuses(std::string(100000, '{'));
  refuses("a: &a [x]\nb: [*a, *a]\nmedications: [diazepam]\nas_of: 2025-03-10\n");
  refuses("as_of: 2025-03-10\nas_of: 2025-03-11\nmedications: [diazepam]\n");
  refuses("medications: [diazepam\n");
  refuses("{\"medications\": [\"diazepam\"], }");
  refuses(std::string(10'000'000, 'x'));
}

TEST_CASE("what is no one person's file is refused at once, with its size") {
  const auto refused = [](const std::string& text, const std::string& message) {
    const auto result = read("as_of: 2025-03-10\n" + text);
    CHECK(result.patients.empty());
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(result.diagnostics[0].message == message);
  };
  std::string medications = "medications:\n", conditions = "medications: [diazepam]\nconditions:\n";
  for (int i = 0; i < 301; ++i) medications += "  - diazepam 5 mg at night\n";
  for (int i = 0; i < 5001; ++i) conditions += "  - falls\n";
  refused(medications, "`medications` has 301 entries");
  refused(conditions, "`conditions` has 5001 entries");
  refused("medications:\n  - " + std::string(1'000'000, 'd') + "\n", "`medications` is a text of 1000000 bytes");
}

TEST_CASE("calendar arithmetic is clipped to the month's end") {
  const auto day = [](std::string_view text) { return parse_date(text)->earliest; };
  CHECK(format_date(shift(day("2024-01-31"), 1, "month")) == "2024-02-29");
  CHECK(format_date(shift(day("2025-01-31"), 1, "month")) == "2025-02-28");
  CHECK(format_date(shift(day("2024-02-29"), 1, "year")) == "2025-02-28");
  CHECK(format_date(shift(day("2025-03-31"), -1, "month")) == "2025-02-28");
  CHECK(format_date(shift(day("1970-01-01"), -1, "day")) == "1969-12-31");
  CHECK(format_date(day("2025-03-09T18:00")) == "2025-03-09T18:00");
  CHECK_FALSE(parse_date("2025-02-29"));
  CHECK_FALSE(parse_date("10.3.2025"));
  CHECK_FALSE(parse_date("2025-3-1"));
  CHECK(parse_date("2024-02")->latest == day("2024-02-29"));
}
