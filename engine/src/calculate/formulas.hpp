// Formulas that work out one quantity from others: their names, what they take, where they do not hold. Pure: exact numbers in, a number of four
// decimals out, the same on every machine. Every formula here rises or falls with each of its inputs throughout, so an interval in is an interval
// out. Sources: docs/design/calculators.md. Nothing here knows a patient or a vocabulary; thread-safe.
#pragma once

#include "calculate/number.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

struct FormulaInput {
  enum class Of : std::uint8_t {
    observation,  // in `unit`
    age,          // in completed years
    condition,    // 1 where the patient has one of `names`, else 0
    grade,        // the same, but what is not said of it is not known where the condition `of` is there
    drug          // 1 where one of the drugs or classes `names` is taken, else 0
  } of = Of::observation;
  std::vector<std::string_view> names;
  std::string_view unit;
  bool rises = true;                  // the result grows with it; else it falls
  bool dates = false;                 // the result is as old as this
  bool same_day = false;              // as the first input
  std::string_view grade_of, milder;  // of a grade: the condition, and the grade that rules this one out
};

// Values for the inputs in their order, and the sex.
struct Given {
  std::span<const Number> values;
  bool female = false;
};

struct Formula {
  std::string_view name;  // "Cockcroft-Gault, actual weight"
  std::string_view unit;  // of the result
  std::vector<FormulaInput> inputs;
  bool uses_sex = false;
  bool adults_only = false;
  struct NotIn {
    std::string_view condition;
    std::int64_t for_days = 0;  // counted from its onset; 0: as long as it is there
  };
  std::vector<NotIn> not_in;                               // where it does not hold
  std::optional<Number> (*apply)(const Given&) = nullptr;  // nothing where it does not hold for these values
  std::string_view why_not;                                // says why
};

const std::vector<Formula>& formulas();
const Formula* find_formula(std::string_view name);  // null where there is none

enum class SexIs : std::uint8_t { female, male, either };

// The result for every value of the inputs; an end that is missing there and matters is missing here. Nothing where the formula holds for none of
// them.
std::optional<Interval> calculate(const Formula& formula, const std::vector<Interval>& inputs, SexIs sex);

}  // namespace theriac::detail
