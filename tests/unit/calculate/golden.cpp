// tests/golden/calculators.tsv: worked examples with their sources.
#include "calculate/formulas.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace theriac;
using namespace theriac::detail;

namespace {

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, by);) {
    while (!part.empty() && part.front() == ' ') part.erase(0, 1);
    parts.push_back(part);
  }
  return parts;
}

Rational number(const std::string& text) { return Rational::parse(text).value(); }

std::vector<Interval> values_of(const std::string& text) {
  std::vector<Interval> values;
  for (const auto& part : split(text, ',')) values.push_back(Interval::exactly(number(part)));
  return values;
}

bool within(const Rational& result, const Rational& expected, const Rational& tolerance) {
  const auto difference = subtract(result, expected).value();
  return difference <= tolerance && subtract(0, difference).value() <= tolerance;
}

}  // namespace

TEST_CASE("worked examples come out as their sources say, at least five a formula") {
  std::ifstream file(THERIAC_TEST_DATA "/golden/calculators.tsv");
  std::map<std::string, std::size_t> examples;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    INFO(line);
    const auto cells = split(line, '\t');
    REQUIRE(cells.size() == 6);
    const auto* formula = find_formula(cells[0]);
    REQUIRE(formula != nullptr);
    ++examples[cells[0]];
    const auto values = values_of(cells[2]);
    REQUIRE(values.size() == formula->inputs.size());
    REQUIRE(formula->uses_sex == (cells[1] != "any"));
    const auto result = calculate(*formula, values, cells[1] == "female" ? SexIs::female : SexIs::male);
    if (cells[3] == "no") {
      CHECK_FALSE(result);
      continue;
    }
    REQUIRE(result);
    CHECK(result->low == result->high);
    CHECK_MESSAGE(within(*result->low, number(cells[3]), number(cells[4])), result->low->to_string());
  }
  for (const auto& formula : formulas()) {
    CAPTURE(formula.name);
    CHECK(examples[std::string(formula.name)] >= 5);
  }
}
