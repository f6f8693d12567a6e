#include "theriac/patient.hpp"

#include <doctest/doctest.h>

using namespace theriac;

TEST_CASE("a date is shown as precisely as it was stated") {
  for (const auto* text : {"2019", "2025-02", "2025-03-10", "2025-03-09T18:00"}) CHECK(format_date(*parse_date(text)) == text);
  CHECK(format_date(When{parse_date("2025-03-01")->earliest, parse_date("2025-03-04")->earliest}) == "2025-03-01 to 2025-03-04");
  CHECK(format_date(When{always_before, parse_date("2025-03-04")->earliest}) == "no later than 2025-03-04");
}
