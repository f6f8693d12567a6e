// Where a record tells the dose of one course more than once (an instruction in fields and in words, an order and what the patient says) and the
// doses differ, none of them is the right one: the dose is what they leave possible together, and both are said.
#include "facts/medication.hpp"
#include "facts/newest.hpp"

namespace theriac::detail {
namespace {

std::optional<Interval> in_unit(const Interval& of, const Unit& from, const Unit& to) {
  Interval result = of;
  for (auto* end : {&result.low, &result.high}) {
    if (!*end) continue;
    *end = convert({**end, from}, to);
    if (!*end) return std::nullopt;
  }
  return result;
}

// What the other line says; unknown where not every word of it about the dose was read.
DoseFact told_by(const std::string& text, const DoseContext& context, const Terminology& terminology) {
  const auto line = grammar::read_medication_line(text);
  const auto named = named_drugs(text, line, std::nullopt, terminology);
  DoseFact unknown;
  unknown.why_unknown = "another drug";
  if (named.ingredients.size() != context.ingredients) return unknown;
  auto own = context;
  own.order_is_told = named.order_is_told;
  own.as_needed = context.as_needed || line.as_needed;
  own.known_until = named.known_until;
  own.unread = named.not_read_of_dose.empty() ? "" : named.not_read_of_dose.front();
  return dose_of(line, own);
}

}  // namespace

DoseFact with_also_said(DoseFact dose, const std::vector<Said>& lines, const DoseContext& context, const Terminology& terminology,
                        std::vector<NotUnderstood>& not_understood) {
  for (const auto& line : lines) {
    if (!dose.known()) return dose;
    const auto other = told_by(line.text, context, terminology);
    if (!other.known()) continue;
    if (dose.every) dose.every = other.every ? std::optional(hull(*dose.every, *other.every)) : std::nullopt;
    const auto converted = in_unit(other.per_day, other.unit, dose.unit);
    if (converted && converted->low == dose.per_day.low && converted->high == dose.per_day.high) continue;
    const std::string reason =
        converted ? "another dose of the same course; what both leave possible counts" : "another dose of the same course, in another unit";
    const bool said = !not_understood.empty() && not_understood.back().text == line.text;
    if (!said) not_understood.push_back({"dose", line.text, reason, line.at.to_string()});
    if (!converted) {
      dose.why_unknown = "two doses are said, in different units";
      continue;
    }
    dose.per_day = hull(dose.per_day, *converted);
    const auto single = other.single ? in_unit(*other.single, other.unit, dose.unit) : std::nullopt;
    if (dose.single && single) dose.single = hull(*dose.single, *single);
  }
  return dose;
}

}  // namespace theriac::detail
