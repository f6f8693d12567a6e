#include "theriac/patient.hpp"

#include <doctest/doctest.h>

using namespace theriac;

TEST_CASE("a date is shown as precisely as it was stated") {
  for (const auto* text : {"2019", "2025-02", "2025-03-10", "2025-03-09T18:00"}) CHECK(format_date(*parse_date(text)) == text);
  CHECK(format_date(When{parse_date("2025-03-01")->earliest, parse_date("2025-03-04")->earliest}) == "2025-03-01 to 2025-03-04");
  CHECK(format_date(When{always_before, parse_date("2025-03-04")->earliest}) == "no later than 2025-03-04");
}

TEST_CASE("an age from a birth date, in completed months and days; a date that is only partly known is an interval") {
  const auto on = parse_date("2025-03-10")->earliest;
  const auto newborn = age_of(*parse_date("2025-02-24"), on);
  REQUIRE(newborn);
  CHECK(newborn->days_low == 14);
  CHECK(newborn->days_high == 14);
  CHECK(newborn->months_high == 0);
  CHECK(newborn->text == "0 months");
  const auto by_year = age_of(*parse_date("1942"), on);
  REQUIRE(by_year);
  CHECK(by_year->text == "82 to 83 years");
  const auto this_year = age_of(*parse_date("2025"), on);
  REQUIRE(this_year);
  CHECK(this_year->days_low == 0);
  CHECK(this_year->days_high == 68);
  CHECK(age_of(*parse_date("1895-03-11"), on));
  CHECK(!age_of(*parse_date("1890-01-01"), on));
}
