#include "calculate/formula_parts.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using Values = std::span<const Number>;
using Result = std::optional<Number>;

bool all_above_zero(Values values) {
  return std::all_of(values.begin(), values.end(), [](const Number& value) { return value > Number(0); });
}

// ---- kidney -------------------------------------------------------------------------------------------------------------------------------

Number cockcroft_gault(const Number& creatinine, const Number& age, const Number& weight, bool female) {
  const Number clearance = (Number(140) - age) * weight / (Number(72) * creatinine);
  return female ? clearance * ratio(85, 100) : clearance;
}

// Devine's, in kg, of a height in cm of at least 60 inches.
Number ideal_weight(const Number& height, bool female) {
  const Number above = height / ratio(254, 100) - Number(60);
  return (female ? ratio(455, 10) : Number(50)) + ratio(23, 10) * above;
}
bool has_ideal_weight(const Number& height) { return height >= ratio(1524, 10); }

bool can_clear(Values values) { return all_above_zero(values) && values[1] < Number(140); }

// creatinine, age, weight
Result by_actual_weight(const Given& given) {
  const auto& v = given.values;
  if (!can_clear(v)) return std::nullopt;
  return cockcroft_gault(v[0], v[1], v[2], given.female);
}
// creatinine, age, height
Result by_ideal_weight(const Given& given) {
  const auto& v = given.values;
  if (!can_clear(v) || !has_ideal_weight(v[2])) return std::nullopt;
  return cockcroft_gault(v[0], v[1], ideal_weight(v[2], given.female), given.female);
}
// creatinine, age, weight, height. Below the ideal weight the actual one counts.
Result by_adjusted_weight(const Given& given) {
  const auto& v = given.values;
  if (!can_clear(v) || !has_ideal_weight(v[3])) return std::nullopt;
  const Number ideal = ideal_weight(v[3], given.female);
  const Number adjusted = ideal + ratio(4, 10) * (v[2] - ideal);
  return cockcroft_gault(v[0], v[1], std::min(adjusted, v[2]), given.female);
}
// creatinine, age
Result ckd_epi_2021(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  const Number share = given.values[0] / (given.female ? ratio(7, 10) : ratio(9, 10));
  const Number one(1);
  const Number low = given.female ? power(std::min(share, one), -241, 1000) : power(std::min(share, one), -302, 1000);
  const Number result = Number(142) * low * power(std::max(share, one), -12, 10) * power(ratio(9938, 10000), given.values[1]);
  return given.female ? result * ratio(1012, 1000) : result;
}
// creatinine, age; the four-variable equation re-expressed for creatinine traceable to IDMS, without its factor for race
Result mdrd(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  const Number result = Number(175) * power(given.values[0], -1154, 1000) * power(given.values[1], -203, 1000);
  return given.female ? result * ratio(742, 1000) : result;
}

// ---- body: weight, height --------------------------------------------------------------------------------------------------------------

Result body_mass_index(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  const Number metres = given.values[1] / Number(100);
  return given.values[0] / (metres * metres);
}
Result mosteller(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return power(given.values[0] * given.values[1] / Number(3600), 1, 2);
}
Result du_bois(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return ratio(7184, 1'000'000) * power(given.values[0], 425, 1000) * power(given.values[1], 725, 1000);
}

// ---- heart: QT in ms, heart rate a minute ------------------------------------------------------------------------------------------------

Result bazett(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return given.values[0] * power(given.values[1] / Number(60), 1, 2);
}
Result fridericia(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return given.values[0] * power(given.values[1] / Number(60), 1, 3);
}
Result framingham(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return given.values[0] + Number(154) * (Number(1) - Number(60) / given.values[1]);
}
Result hodges(const Given& given) {
  if (!all_above_zero(given.values)) return std::nullopt;
  return given.values[0] + ratio(175, 100) * (given.values[1] - Number(60));
}

// ---- what they take -------------------------------------------------------------------------------------------------------------------

const std::vector<Formula::NotIn> unsteady_kidney = {{"dialysis"}, {"acute kidney injury", 90}, {"pregnancy"}};

std::vector<Formula> kidney_formulas() {
  const auto creatinine = dating(falling("serum creatinine", "mg/dL"));
  const auto weight = rising("weight", "kg"), height = rising("height", "cm");
  constexpr std::string_view no_ideal = "an ideal weight is defined from a height of 152.4 cm, and the formula to an age of 139";
  constexpr std::string_view no_age = "the formula holds to an age of 139 and for values above 0";
  return {
      {"Cockcroft-Gault, actual weight", "mL/min", {creatinine, age(false), weight}, true, true, unsteady_kidney, by_actual_weight, no_age},
      {"Cockcroft-Gault, ideal weight", "mL/min", {creatinine, age(false), height}, true, true, unsteady_kidney, by_ideal_weight, no_ideal},
      {"Cockcroft-Gault, adjusted weight",
       "mL/min",
       {creatinine, age(false), weight, height},
       true,
       true,
       unsteady_kidney,
       by_adjusted_weight,
       no_ideal},
      {"CKD-EPI 2021, creatinine", "mL/min/1.73m2", {creatinine, age(false)}, true, true, unsteady_kidney, ckd_epi_2021, "a value is 0"},
      {"MDRD, IDMS", "mL/min/1.73m2", {creatinine, age(false)}, true, true, unsteady_kidney, mdrd, "a value is 0"},
  };
}

std::vector<Formula> body_formulas() {
  const auto weight = dating(rising("weight", "kg"));
  const auto height = rising("height", "cm");
  return {
      {"BMI", "kg/m2", {weight, falling("height", "cm")}, false, false, {}, body_mass_index, "a value is 0"},
      {"Mosteller", "m2", {weight, height}, false, false, {}, mosteller, "a value is 0"},
      {"Du Bois", "m2", {weight, height}, false, false, {}, du_bois, "a value is 0"},
  };
}

std::vector<Formula> heart_formulas() {
  const std::vector<FormulaInput> inputs = {dating(rising("QT interval", "ms")), same_day(rising("heart rate", "/min"))};
  return {
      {"Bazett", "ms", inputs, false, false, {}, bazett, "a value is 0"},
      {"Fridericia", "ms", inputs, false, false, {}, fridericia, "a value is 0"},
      {"Framingham", "ms", inputs, false, false, {}, framingham, "a value is 0"},
      {"Hodges", "ms", inputs, false, false, {}, hodges, "a value is 0"},
  };
}

}  // namespace

const std::vector<Formula>& formulas() {
  static const auto all = [] {
    std::vector<Formula> result;
    for (auto* part : {kidney_formulas, body_formulas, heart_formulas, score_formulas}) {
      for (auto& formula : part()) result.push_back(std::move(formula));
    }
    return result;
  }();
  return all;
}

}  // namespace theriac::detail
