// Scores: sums of points over findings that are there (1), not there (0), and measurements.
#include "calculate/formula_parts.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

Number at_least(const Number& value, std::int64_t bound) { return std::max(value, Number(bound)); }
Number between(const Number& value, std::int64_t low, std::int64_t high) { return std::min(std::max(value, Number(low)), Number(high)); }
Number points(bool holds, std::int64_t count = 1) { return holds ? Number(count) : Number(0); }
// 1, 2 or 3 as the value passes two marks; what lies on a mark is in the middle.
Number step(const Number& value, const Number& low, const Number& high) { return points(true) + points(value >= low) + points(value > high); }

std::optional<Number> whole(const Number& value) {
  const auto nearest = value.rounded(0);
  return nearest ? std::optional(Number(*nearest)) : std::nullopt;
}

// creatinine, bilirubin, INR, sodium, dialysis
std::optional<Number> meld_na(const Given& given) {
  const auto& v = given.values;
  const Number creatinine = v[4] > Number(0) ? Number(4) : between(v[0], 1, 4);
  const Number raw =
      ratio(957, 1000) * ln(creatinine) + ratio(378, 1000) * ln(at_least(v[1], 1)) + ratio(1120, 1000) * ln(at_least(v[2], 1)) + ratio(643, 1000);
  const auto meld = whole(raw * Number(10));
  if (!meld) return std::nullopt;
  const Number initial = std::min(*meld, Number(40));
  if (initial <= Number(11)) return at_least(initial, 6);
  const Number missing_sodium = Number(137) - between(v[3], 125, 137);
  const auto with_sodium = whole(initial + ratio(132, 100) * missing_sodium - ratio(33, 1000) * initial * missing_sodium);
  return with_sodium ? std::optional(between(*with_sodium, 6, 40)) : std::nullopt;
}

// bilirubin, albumin, INR, ascites, its grade, encephalopathy, its grade
std::optional<Number> child_pugh(const Given& given) {
  const auto& v = given.values;
  const Number albumin = Number(4) - step(v[1], ratio(28, 10), ratio(35, 10));
  const auto graded = [](const Number& there, const Number& severe) { return points(true) + std::max(there, severe) + severe; };
  return step(v[0], Number(2), Number(3)) + albumin + step(v[2], ratio(17, 10), ratio(23, 10)) + graded(v[3], v[4]) + graded(v[5], v[6]);
}

// heart failure, hypertension, diabetes, stroke or the like, vascular disease, age
std::optional<Number> cha2ds2_vasc(const Given& given) {
  const auto& v = given.values;
  return v[0] + v[1] + v[2] + Number(2) * v[3] + v[4] + points(v[5] >= Number(65)) + points(v[5] >= Number(75)) + points(given.female);
}

// systolic pressure, creatinine, dialysis or transplant, cirrhosis, stroke, bleeding, labile INR, age, drugs, alcohol
std::optional<Number> has_bled(const Given& given) {
  const auto& v = given.values;
  const Number kidney = std::max(points(v[1] > ratio(226, 100)), v[2]);
  return points(v[0] > Number(160)) + kidney + v[3] + v[4] + v[5] + v[6] + points(v[7] > Number(65)) + v[8] + v[9];
}

}  // namespace

std::vector<Formula> score_formulas() {
  const auto creatinine = dating(rising("serum creatinine", "mg/dL")), bilirubin = dating(rising("bilirubin", "mg/dL")),
             inr = dating(rising("INR", "1"));
  const std::vector<FormulaInput> liver = {creatinine, bilirubin, inr, falling("sodium", "mmol/L"), condition({"dialysis"})};
  const std::vector<FormulaInput> child = {bilirubin,
                                           dating(falling("albumin", "g/dL")),
                                           inr,
                                           condition({"ascites"}),
                                           grade("moderate to severe ascites", "ascites", "mild ascites"),
                                           condition({"hepatic encephalopathy"}),
                                           grade("severe hepatic encephalopathy", "hepatic encephalopathy", "mild hepatic encephalopathy")};
  const std::vector<FormulaInput> stroke = {condition({"heart failure"}),
                                            condition({"hypertension"}),
                                            condition({"diabetes"}),
                                            condition({"stroke", "transient ischaemic attack", "systemic embolism"}),
                                            condition({"myocardial infarction", "peripheral arterial disease", "aortic plaque"}),
                                            age(true)};
  const std::vector<FormulaInput> bleeding = {dating(rising("systolic blood pressure", "mmHg")),
                                              rising("serum creatinine", "mg/dL"),
                                              condition({"dialysis", "kidney transplant"}),
                                              condition({"cirrhosis"}),
                                              condition({"stroke"}),
                                              condition({"gastrointestinal bleed", "intracranial haemorrhage", "bleeding disorder", "anaemia"}),
                                              condition({"labile INR"}),
                                              age(true),
                                              drug({"antiplatelet", "NSAID"}),
                                              condition({"alcohol use disorder"})};
  return {{"MELD-Na, OPTN 2016", "1", liver, false, true, {}, meld_na, ""},
          {"Child-Pugh", "1", child, false, true, {}, child_pugh, ""},
          {"CHA2DS2-VASc", "1", stroke, true, true, {}, cha2ds2_vasc, ""},
          {"HAS-BLED", "1", bleeding, false, true, {}, has_bled, ""}};
}

}  // namespace theriac::detail
