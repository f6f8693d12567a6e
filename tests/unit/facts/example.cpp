// The patients of examples inside rules.
#include "support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace theriac;
using namespace theriac::test;

namespace {

Patient example(const std::string& text, grammar::Diagnostics& diagnostics) {
  const auto source = grammar::Source::make("r.rx", text);
  return detail::read_example(text, small(), diagnostics, {source, {0, static_cast<std::uint32_t>(text.size())}});
}

std::string first_error(const std::string& text) {
  grammar::Diagnostics diagnostics;
  example(text, diagnostics);
  if (diagnostics.empty()) return "";
  const auto& first = diagnostics.front();
  CHECK(first.code == grammar::Code::TH7001);
  return first.primary.place.to_string() + " " + first.primary.text;
}

}  // namespace

TEST_CASE("a whole example") {
  grammar::Diagnostics diagnostics;
  const auto patient = example(
      "oxycodone 10 mg twice daily, diazepam 5 mg at night for 6 weeks; 82 years, female, eGFR 29 mL/min/1.73m2 100 days ago, allergy to penicillin, "
      "sleep apnea unknown, alcohol, no falls",
      diagnostics);
  for (const auto& each : diagnostics) MESSAGE(each.message, " ", each.primary.text);
  CHECK(diagnostics.empty());
  CHECK(format_date(patient.as_of) == "2025-01-01");
  const auto facts = detail::understand(patient, small());
  CHECK(facts.not_understood.empty());
  REQUIRE(facts.exposures.size() == 3);
  CHECK(format_date(facts.exposures[1].start.earliest) == "2024-11-20");
  CHECK(facts.exposures[1].presence == detail::Presence::present);
  CHECK(name(facts.exposures[2].what) == "alcohol");
  CHECK(facts.age->months_low == 82 * 12);
  CHECK(facts.sex == "female");
  CHECK(format_date(facts.observations[0].when->earliest) == "2024-09-23");
  CHECK(facts.has(named("sleep apnea"), small()).truth == Truth::possible);
  CHECK(facts.has(named("falls"), small()).truth == Truth::no);
  CHECK(facts.has(named("COPD"), small()).truth == Truth::no);
  CHECK(facts.has(named("pregnancy"), small()).truth == Truth::no);
  CHECK(facts.allergies.size() == 1);
  CHECK(facts.allergies_known);
}

TEST_CASE("times are relative") {
  grammar::Diagnostics diagnostics;
  const auto patient = example(
      "oxycodone 10 mg stopped 20 days ago, diazepam 5 mg starts in 5 days, morphine 5 mg for 8 weeks stopped abruptly 3 days ago; stroke 20 days "
      "ago",
      diagnostics);
  CHECK(diagnostics.empty());
  const auto facts = detail::understand(patient, small());
  CHECK(format_date(facts.exposures[0].end.earliest) == "2024-12-12");
  CHECK(format_date(facts.exposures[1].start.earliest) == "2025-01-06");
  CHECK(facts.exposures[1].proposed);
  CHECK(format_date(facts.exposures[2].start.earliest) == "2024-11-03");
  CHECK(facts.exposures[2].ended == MedicationEntry::Ended::abruptly);
  CHECK(format_date(facts.conditions[0].onset->earliest) == "2024-12-12");
}

TEST_CASE("none, and what cannot be read") {
  grammar::Diagnostics diagnostics;
  CHECK(example("none; COPD", diagnostics).medications.empty());
  CHECK(diagnostics.empty());
  CHECK(first_error("clonazepan 5 mg") == "r.rx:1:1 no such drug or class");
  CHECK(first_error("diazepam 5 mg; wobbly").find("r.rx:1:16 name not known") == 0);
  CHECK(first_error("diazepam 5 mg pink daily") == "r.rx:1:1 `pink` is not read");
  CHECK(first_error("diazepam 5 mg; potassium 45 mmol/L") == "r.rx:1:16 cannot be right: outside 0.5 to 15 mmol/L");
  CHECK(first_error("diazepam 2,5 mg; COPD") == "r.rx:1:1 2,5 mg: 2.5 mg or 25 mg?");
  CHECK(first_error("").find("no patient") != std::string::npos);
}

TEST_CASE("every example in the bundled rules can be read") {
  const auto loaded = load_terminology(THERIAC_RULES "/terminology");
  REQUIRE(loaded.terminology);
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(THERIAC_RULES)) {
    if (file.path().extension() == ".rx") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  std::size_t read = 0;
  for (const auto& path : files) {
    std::ifstream file(path);
    for (std::string text; std::getline(file, text);) {
      const auto at = text.find("example ");
      const auto colon = text.find(": ");
      if (at == std::string::npos || colon == std::string::npos || text.find_first_not_of(' ') != at) continue;
      grammar::Diagnostics diagnostics;
      detail::read_example(text.substr(colon + 2), *loaded.terminology, diagnostics, {});
      INFO(path.filename().string(), ": ", text);
      for (const auto& each : diagnostics) MESSAGE(each.message, " ", each.primary.text);
      CHECK(diagnostics.empty());
      ++read;
    }
  }
  CHECK(read > 50);
}
