// What the files of formulas share: how inputs are named.
#pragma once

#include "calculate/formulas.hpp"

namespace theriac::detail {

inline Number ratio(std::int64_t numerator, std::int64_t denominator) { return Number(numerator) / Number(denominator); }

inline FormulaInput rising(std::string_view name, std::string_view unit) {
  FormulaInput input;
  input.names = {name};
  input.unit = unit;
  return input;
}
inline FormulaInput falling(std::string_view name, std::string_view unit) {
  auto input = rising(name, unit);
  input.rises = false;
  return input;
}
inline FormulaInput dating(FormulaInput input) {
  input.dates = true;
  return input;
}
inline FormulaInput same_day(FormulaInput input) {
  input.same_day = true;
  return input;
}
inline FormulaInput age(bool rises) {
  auto input = rising("age", "years");
  input.of = FormulaInput::Of::age;
  input.rises = rises;
  return input;
}
inline FormulaInput condition(std::vector<std::string_view> names) {
  FormulaInput input;
  input.of = FormulaInput::Of::condition;
  input.names = std::move(names);
  return input;
}
inline FormulaInput grade(std::string_view name, std::string_view of, std::string_view milder) {
  auto input = condition({name});
  input.of = FormulaInput::Of::grade;
  input.grade_of = of;
  input.milder = milder;
  return input;
}
inline FormulaInput drug(std::vector<std::string_view> names) {
  auto input = condition(std::move(names));
  input.of = FormulaInput::Of::drug;
  return input;
}

std::vector<Formula> score_formulas();

}  // namespace theriac::detail
