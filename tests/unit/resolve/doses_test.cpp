// What an author may ask of a dose: its quantities, limits for each kilogram, lengths of time.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

namespace {

std::string errors(const std::string& text) { return said(resolve_text(text)); }
DrugTest test_of(const std::string& premise) {
  const auto resolved = resolve_text(premise + " → overdose\n");
  REQUIRE(said(resolved) == "");
  return std::get<DrugItem>(only_rule(resolved).items.front().what).any_of.front().tests.front();
}

}  // namespace

TEST_CASE("quantities of a drug") {
  CHECK(only_reading("codeine dosing interval < 6 hours → overdose\n") == "codeine at a dosing interval below 6 h: overdose.");
  CHECK(only_reading("codeine cumulative dose > 2 g → overdose\n") == "codeine at a cumulative dose above 2 g: overdose.");
  CHECK(only_reading("codeine duration >= 4 weeks → overdose\n") == "codeine taken for at least 4 weeks: overdose.");
  CHECK(only_reading("codeine duration so far < 2 days → overdose\n") == "codeine taken shorter than 2 days so far: overdose.");
  const auto atMost = std::get<TakenFor>(test_of("codeine duration <= 3 months"));
  CHECK(!atMost.longer);
  CHECK(atMost.or_equal);
  CHECK(!atMost.so_far);
  CHECK(atMost.than.count == 3);
  CHECK(atMost.than.unit == "month");
}

TEST_CASE("a limit for each kilogram or square metre") {
  const auto daily = std::get<DoseTest>(test_of("codeine total daily dose > 4 mg/kg/day"));
  REQUIRE(daily.per);
  CHECK(daily.unit.text == "mg/day");
  CHECK(daily.limit == Rational(4));
  CHECK(std::get<DoseTest>(test_of("codeine single dose > 1 mg/kg")).per);
  CHECK(!std::get<DoseTest>(test_of("codeine single dose > 1 mg")).per);
}

TEST_CASE("mistakes about doses") {
  CHECK(errors("codeine dosing interval < 6 mg → overdose\n") == "TH3002 one.rx:1:27 `mg` does not measure the time between two doses\n");
  CHECK(errors("codeine cumulative dose > 6 mg/day → overdose\n") == "TH3002 one.rx:1:27 `mg/day` does not measure a cumulative dose\n");
  CHECK(errors("codeine total daily dose > 6 mg/kg → overdose\n") == "TH3002 one.rx:1:28 `mg/kg` does not measure a daily dose\n");
  CHECK(errors("codeine single dose > 6 mg/m2 → overdose\n") == "TH2001 one.rx:1:23 the vocabulary has no body surface area in m2\n");
  CHECK(errors("codeine duration > 6 mg → overdose\n") == "TH3002 one.rx:1:20 `mg` does not measure how long a drug is taken\n");
  CHECK(errors("codeine duration > 1.5 weeks → overdose\n") == "TH3003 one.rx:1:20 a length of time is a whole number of its unit, from 1\n");
  CHECK(errors("codeine duration = 2 weeks → overdose\n") == "TH2004 one.rx:1:18 nothing is taken for exactly so long\n");
}

TEST_CASE("what a table gives is a quantity") {
  const std::string points = "table risk points by age:\n  age | points\n  >= 80 years | 2\n  < 80 years | 0\n";
  CHECK(only_reading(points + "opioid with risk points >= 2 → overdose\n") == "opioid if risk points at least 2: overdose.");
  CHECK(errors(points + "opioid with risk points > 2 mg → overdose\n") == "TH3002 one.rx:5:27 `mg` does not measure risk points\n");
  CHECK(errors(points + "opioid total daily dose > risk points → overdose\n") == "TH3002 one.rx:3:17 a plain number does not measure a dose\n");
  const std::string limits = "table lowest by age:\n  age | limit\n  >= 80 years | 40 mL/min/1.73m2\n  < 80 years | 30 mL/min/1.73m2\n";
  CHECK(only_reading(limits + "opioid with eGFR < lowest → overdose\n") == "opioid if eGFR below lowest: overdose.");
  CHECK(errors(limits + "opioid with eGFR < lowset → overdose\n") == "TH2001 one.rx:5:20 no table is called `lowset`\n");
  CHECK(errors(points + "opioid with age < risk points → overdose\n") == "TH2004 one.rx:5:19 `risk points` is no number\n");
}
