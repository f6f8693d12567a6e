// Equivalents and scales in terminology files.
#include "theriac/load.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

LoadedTerminology parsed(const std::string& text) {
  return parse_terminology({grammar::Source::make("t.yaml",
                                                  "drugs: [{name: amorin}, {name: brevol}, {name: caltin}]\n"
                                                  "routes: [{name: oral, exposure: systemic}]\n" +
                                                      text)});
}

std::string rows(const Summed& sum) {
  std::string text;
  for (const auto& row : sum.rows) {
    text += std::to_string(index(row.drug)) + ":";
    for (const auto& factor : row.factors)
      text += " " + (factor.up_to ? "<=" + factor.up_to->to_string() + " " : std::string()) + factor.low.to_string() + ".." + factor.high.to_string();
    text += " per " + row.per.text + (row.routes.empty() ? "" : " by a route") + "\n";
  }
  return text;
}

std::string mistakes(const std::string& text) {
  std::string all;
  for (const auto& diagnostic : parsed(text).diagnostics) all += diagnostic.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("factors, doses worth a reference, bands, points") {
  const auto loaded = parsed(
      "equivalents:\n"
      "  - {name: amorin equivalent, unit: mg/day, source: s, reference: 10, none: [caltin], drugs: [{drug: amorin, factor: 1.5, per: mcg/h, route: "
      "oral},\n"
      "     {drug: brevol, dose: [15, 30]}, {drug: brevol, bands: [{up_to: 20, factor: 4}, {factor: 8}]}]}\n"
      "scales:\n  - {name: burden, source: s, points: {amorin: 3, brevol: 1}, unlisted: 0}\n");
  REQUIRE(loaded.terminology);
  const auto& sums = loaded.terminology->data().sums;
  REQUIRE(sums.size() == 2);
  CHECK(rows(sums[0]) == "0: 1.5..1.5 per mcg/h by a route\n1: 0.3333..0.6667 per mg/day\n1: <=20 4..4 8..8 per mg/day\n2: 0..0 per mg/day\n");
  CHECK(rows(sums[1]) == "0: 3..3 per \n1: 1..1 per \n");
  CHECK(sums[1].unlisted_is_nothing);
  CHECK_FALSE(sums[0].unlisted_is_nothing);
}

TEST_CASE("mistakes in a table are reported and nothing is guessed") {
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorin}]}]\n") ==
        "a row has one of `factor`, `dose` and `bands`\n");
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorin, dose: 5}]}]\n") ==
        "`dose` needs the `reference` that it is worth\n");
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorim, factor: 1}]}]\n") == "unknown drug `amorim`\n");
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorin, factor: -1}]}]\n") ==
        "not below 0, and the lower one first\n");
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorin, bands: [{up_to: 5, factor: 3}]}]}]\n") ==
        "the last band has no `up_to`\n");
  CHECK(mistakes("equivalents: [{name: e, unit: mg/day, source: s, drugs: [{drug: amorin, bands: [{up_to: 5, factor: 3}, {factor: 2}]}]}]\n") ==
        "bands stand by rising dose, and their factors never fall\n");
  CHECK(mistakes("scales: [{name: e, source: s}]\n") == "a scale needs `points`: a map of drugs to points\n");
  CHECK(mistakes("scales: [{name: e, source: s, points: {amorin: 1}, unlisted: none}]\n") == "`unlisted` is 0 or unknown, not `none`\n");
}
