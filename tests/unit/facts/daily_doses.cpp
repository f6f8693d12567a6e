// tests/golden/dosage_daily.txt and dosage_adversarial.txt: a medication line and the daily dose that it means, of each ingredient, against the
// bundled vocabulary. The files are written by hand; nothing here rewrites them.
#include "support.hpp"

#include <filesystem>
#include <fstream>

using namespace theriac;

namespace {

const Terminology& bundled() {
  static const auto loaded = load_terminology(std::filesystem::path(THERIAC_RULES) / "terminology");
  REQUIRE(loaded.terminology);
  return *loaded.terminology;
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? std::string() : text.substr(begin);
}

std::string shown(const detail::DoseFact& dose) {
  if (!dose.known()) return "? " + dose.why_unknown;
  const auto end = [](const std::optional<Rational>& value) { return value ? value->to_string() : std::string("∞"); };
  const auto low = end(dose.per_day.low), high = end(dose.per_day.high);
  return low + (low == high ? "" : ".." + high) + " " + dose.unit.text + "/day";
}

std::string daily(const std::string& text) {
  Patient patient;
  patient.as_of = Minutes{20157} * minutes_per_day;
  patient.complete.habits = true;
  MedicationEntry entry;
  entry.text.text = entry.drug.text = text;
  entry.free_text = true;
  patient.medications.push_back(entry);
  const auto facts = detail::understand(patient, bundled());
  if (facts.exposures.empty()) return "the drug is not known";
  if (facts.exposures.size() == 1) return shown(facts.exposures[0].dose);
  std::string all;
  for (const auto& exposure : facts.exposures) all += (all.empty() ? "" : " + ") + bundled().at(exposure.what).name + " " + shown(exposure.dose);
  return all;
}

std::size_t check_file(const std::string& path) {
  std::ifstream file(path);
  std::size_t cases = 0, number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const auto arrow = line.find(" => ");
    if (line.empty() || line[0] == '#') continue;
    INFO(path, ":", number, ": ", line);
    CHECK(arrow != std::string::npos);
    if (arrow == std::string::npos) continue;
    ++cases;
    CHECK(daily(trimmed(line.substr(0, arrow))) == trimmed(line.substr(arrow + 4)));
  }
  return cases;
}

}  // namespace

TEST_CASE("every line of tests/golden/dosage_daily.txt means that daily dose") {
  CHECK(check_file(THERIAC_TEST_DATA "/golden/dosage_daily.txt") >= 300);
}
TEST_CASE("every line of tests/golden/dosage_adversarial.txt is right or not known") {
  CHECK(check_file(THERIAC_TEST_DATA "/golden/dosage_adversarial.txt") >= 100);
}
