// tests/golden/ucum/conversions.tsv: what an implementation of UCUM that shares nothing with this one makes of the same conversions. Its numbers are
// floating point, so they are compared to nine digits; pressure to five, where its mercury has fewer.
#include "terminology/observation_unit.hpp"
#include "theriac/load.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace theriac;

namespace {

using Row = std::vector<std::string>;  // kind, value, from, to, result, analyte

std::vector<Row> rows() {
  std::ifstream file(THERIAC_TEST_DATA "/golden/ucum/conversions.tsv");
  std::vector<Row> result;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream cells(line);
    Row row;
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    result.push_back(std::move(row));
  }
  return result;
}

std::optional<Rational> converted(const Row& row, const Terminology& terms) {
  const auto from = parse_unit(row.at(2)), to = parse_unit(row.at(3));
  REQUIRE_MESSAGE(from, row.at(2));
  REQUIRE_MESSAGE(to, row.at(3));
  const auto value = Rational::parse(row.at(1)).value();
  if (row.at(0) != "analyte") return convert({value, *from}, *to);
  const auto& kinds = terms.data().observations;
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Observation& each) { return each.name == row.at(5); });
  REQUIRE_MESSAGE(kind != kinds.end(), row.at(5));
  const auto conversion = detail::conversion_to(*kind, *from);
  const auto own = conversion ? (*conversion)(value) : std::nullopt;
  return own ? convert({*own, kind->unit}, *to) : std::nullopt;
}

bool near(const Rational& ours, const std::string& theirs, double digits) {
  const double expected = std::stod(theirs);
  return std::abs(ours.approximate() - expected) <= std::abs(expected) * digits;
}

}  // namespace

TEST_CASE("what no factor converts is stated with the observation") {
  const auto loaded = load_terminology(THERIAC_RULES "/terminology");
  REQUIRE(loaded.terminology);
  const auto own = [&](const char* name, const char* value, const char* unit) {
    const auto& kinds = loaded.terminology->data().observations;
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Observation& each) { return each.name == name; });
    REQUIRE(kind != kinds.end());
    const auto conversion = detail::conversion_to(*kind, parse_unit(unit).value());
    const auto restated = conversion ? (*conversion)(Rational::parse(value).value()) : std::nullopt;
    return restated ? restated->to_string() : "";
  };
  CHECK(own("HbA1c", "7", "%") == "7");
  CHECK(own("HbA1c", "53", "mmol/mol") == "7.0004");  // http://www.ngsp.org/ifcc.asp: 0.09148 times it, and 2.152
  CHECK(own("HbA1c", "48", "mmol/mol") == "6.543");
  CHECK(own("HbA1c", "0.07", "1") == "7");
  CHECK(own("HbA1c", "53000", "umol/mol") == "7.0004");
  CHECK(own("HbA1c", "7", "mg/dL") == "");
  CHECK(own("ALT", "2", "ukat/L") == "120");
  CHECK(own("ALT", "2000", "nkat/L") == "120");
  CHECK(own("magnesium", "2", "mEq/L") == "1");
  CHECK(own("magnesium", "1", "IU/L") == "");
}

TEST_CASE("conversions are those of another implementation of UCUM") {
  const auto loaded = load_terminology(THERIAC_RULES "/terminology");
  REQUIRE(loaded.terminology);
  std::size_t compared = 0, refused = 0;
  for (const auto& row : rows()) {
    INFO(row.at(0), ": ", row.at(1), " ", row.at(2), " in ", row.at(3), " is ", row.at(4), row.size() > 5 ? " of " + row.at(5) : "");
    const auto ours = converted(row, *loaded.terminology);
    if (row.at(4) == "no") {
      ++refused;
      CHECK_FALSE(ours);
      continue;
    }
    ++compared;
    CHECK(ours);
    if (ours) CHECK_MESSAGE(near(*ours, row.at(4), row.at(0) == "pressure" ? 1e-5 : 1e-9), ours->to_string(15));
  }
  CHECK(compared >= 500);
  CHECK(refused >= 10);
}
