// Intervals, sexes, and the arithmetic below the formulas.
#include "calculate/formulas.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace theriac;
using namespace theriac::detail;

namespace {

Rational number(const char* text) { return Rational::parse(text).value(); }
Interval exactly(const char* text) { return Interval::exactly(number(text)); }
Interval between(const char* low, const char* high) { return {number(low), number(high), false, false}; }

std::string shown(const std::optional<Interval>& value) {
  if (!value) return "nothing";
  const auto end = [](const std::optional<Rational>& at) { return at ? at->to_string() : std::string("?"); };
  return value->low == value->high ? end(value->low) : end(value->low) + ".." + end(value->high);
}
std::string result(std::string_view name, const std::vector<Interval>& inputs, SexIs sex) {
  const auto* formula = find_formula(name);
  REQUIRE(formula != nullptr);
  return shown(calculate(*formula, inputs, sex));
}

}  // namespace

TEST_CASE("roots, powers and logarithms are right to more digits than are kept") {
  for (const double x : {0.0001, 0.5, 0.7, 1.0, 1.3333, 2.0, 3.0, 10.0, 88.4, 1500.0, 1e6}) {
    const Number n(Rational::parse(std::to_string(x)).value());
    CAPTURE(x);
    CHECK(ln(n).rounded(9)->approximate() == doctest::Approx(std::log(x)).epsilon(1e-9));
    CHECK(power(n, 1, 3).rounded(9)->approximate() == doctest::Approx(std::cbrt(x)).epsilon(1e-8));
    CHECK(power(n, -12, 10).rounded(9).value_or(Rational{0}).approximate() == doctest::Approx(std::pow(x, -1.2)).epsilon(1e-8));
  }
  CHECK(power(Number(2), 10, 1).rounded(4) == Rational{1024});
  CHECK(power(Number(4), 1, 2).rounded(9) == Rational{2});
  CHECK(power(Number(27), -1, 3).rounded(4) == number("0.3333"));
  // ln 2 and e to thirteen places.
  CHECK(ln(Number(2)).rounded(13) == number("0.6931471805599"));
  CHECK(exp(Number(1)).rounded(13) == number("2.718281828459"));
}

TEST_CASE("rounding takes halves away from zero, whatever the last places of the arithmetic were") {
  CHECK((Number(1) / Number(8)).rounded(2) == number("0.13"));
  CHECK((Number(-1) / Number(8)).rounded(2) == number("-0.13"));
  // 0.00005 by two ways, neither of them exact in binary.
  CHECK((Number(1) / Number(20000)).rounded(4) == number("0.0001"));
  CHECK((Number(1) / Number(3) * Number(3) / Number(20000)).rounded(4) == number("0.0001"));
}

TEST_CASE("an interval in is an interval out") {
  const std::string_view cg = "Cockcroft-Gault, actual weight";
  CHECK(result(cg, {exactly("1"), exactly("68"), between("50", "60")}, SexIs::male) == "50..60");
  CHECK(result(cg, {between("1", "2"), exactly("68"), exactly("60")}, SexIs::male) == "30..60");
  CHECK(result(cg, {exactly("1"), between("68", "104"), exactly("60")}, SexIs::male) == "30..60");
  // A laboratory's "> 2": no more than, and no end below.
  CHECK(result(cg, {{number("2"), std::nullopt, true, false}, exactly("68"), exactly("60")}, SexIs::male) == "?..30");
  CHECK(result(cg, {{std::nullopt, number("2"), false, true}, exactly("68"), exactly("60")}, SexIs::male) == "30..?");
}

TEST_CASE("where the sex is not known both count") {
  CHECK(result("Cockcroft-Gault, actual weight", {exactly("1"), exactly("68"), exactly("60")}, SexIs::either) == "51..60");
  CHECK(result("BMI", {exactly("100"), exactly("200")}, SexIs::either) == "25");
}

TEST_CASE("a formula says nothing where it does not hold") {
  const std::string_view cg = "Cockcroft-Gault, actual weight";
  CHECK(result(cg, {exactly("0"), exactly("68"), exactly("60")}, SexIs::male) == "nothing");
  CHECK(result(cg, {exactly("1"), exactly("140"), exactly("60")}, SexIs::male) == "nothing");
  CHECK(result("BMI", {exactly("60"), exactly("0")}, SexIs::male) == "nothing");
  CHECK(result("Fridericia", {exactly("400"), exactly("0")}, SexIs::male) == "nothing");
  CHECK(result("Cockcroft-Gault, ideal weight", {exactly("1"), exactly("68"), between("150", "160")}, SexIs::male) == "nothing");
}

// What `calculate` relies on where it takes an interval by its ends.
TEST_CASE("every formula rises or falls with each input as it says") {
  const std::vector<std::pair<std::string_view, std::vector<const char*>>> ranges = {
      {"serum creatinine", {"0.3", "0.7", "0.9", "1", "2.26", "2.3", "4", "9"}},
      {"age", {"18", "50", "64", "65", "66", "74", "75", "99"}},
      {"weight", {"40", "66", "73", "120"}},
      {"height", {"153", "170", "178", "200"}},
      {"QT interval", {"300", "400", "500"}},
      {"heart rate", {"40", "60", "61", "130"}},
      {"bilirubin", {"0.3", "1", "2", "3", "3.1", "20"}},
      {"INR", {"0.8", "1", "1.7", "2.3", "2.4", "6"}},
      {"sodium", {"120", "125", "130", "137", "145"}},
      {"albumin", {"2", "2.8", "3", "3.5", "3.6", "5"}},
      {"systolic blood pressure", {"100", "160", "161", "200"}}};
  const auto steps_of = [&](const FormulaInput& input) {
    for (const auto& [name, steps] : ranges)
      if (!input.names.empty() && input.names.front() == name && (input.of == FormulaInput::Of::observation || input.of == FormulaInput::Of::age))
        return steps;
    return std::vector<const char*>{"0", "1"};
  };
  std::uint32_t state = 7;
  const auto next = [&](std::size_t below) { return (state = state * 1664525U + 1013904223U) / 65536U % below; };
  for (const auto& formula : formulas())
    for (int round = 0; round < 400; ++round) {
      std::vector<Interval> inputs;
      for (const auto& input : formula.inputs) {
        const auto steps = steps_of(input);
        inputs.push_back(exactly(steps[next(steps.size())]));
      }
      const auto at = next(inputs.size());
      const auto steps = steps_of(formula.inputs[at]);
      const auto lower = next(steps.size() - 1);
      auto more = inputs;
      inputs[at] = exactly(steps[lower]);
      more[at] = exactly(steps[lower + 1]);
      const auto sex = round % 2 == 0 ? SexIs::female : SexIs::male;
      const auto before = calculate(formula, inputs, sex), after = calculate(formula, more, sex);
      INFO(formula.name, ", input ", at);
      REQUIRE(before);
      REQUIRE(after);
      CHECK((formula.inputs[at].rises ? *before->low <= *after->low : *before->low >= *after->low));
    }
}
