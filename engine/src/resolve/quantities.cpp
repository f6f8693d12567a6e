// Numbers with units: thresholds of observations, ages and doses, and lengths of time.
#include "resolve/run.hpp"
#include "terminology/observation_unit.hpp"
#include "terminology/unit_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;

bool is_plain(const Dimension& dimension) { return dimension == Dimension{}; }

std::optional<Rational> in_own_unit(Run& run, const Scope& scope, const Part& part, const Observation& observation) {
  const auto value = number_of(run, scope, *part.number);
  if (!value) return std::nullopt;
  const auto& text = part.quantity->unit;
  if (text.empty() && (is_plain(observation.unit.dimension) || observation.other_units.empty())) return value;  // only one unit is possible
  if (text.empty()) {
    std::string possible = "`" + observation.unit.text + "`";
    for (const auto& other : observation.other_units) possible += " or `" + other.text + "`";
    report_dimension(run, scope, *part.quantity, observation.name, fmt::format("write the unit: {}", possible));
    return std::nullopt;
  }
  const auto unit = unit_of(run, scope, *part.quantity);
  if (!unit) return std::nullopt;
  const auto conversion = conversion_to(observation, *unit);
  if (const auto restated = conversion ? (*conversion)(*value) : std::nullopt) return restated;
  report_dimension(run, scope, *part.quantity, observation.name, fmt::format("it is kept in `{}`", observation.unit.text));
  return std::nullopt;
}

std::optional<Measures::Of> age_unit(std::string_view unit) {
  constexpr std::array<std::string_view, 7> years{"", "year", "years", "y", "yr", "yrs", "years old"};
  constexpr std::array<std::string_view, 4> months{"month", "months", "mo", "mth"};
  constexpr std::array<std::string_view, 4> weeks{"week", "weeks", "wk", "wks"};
  constexpr std::array<std::string_view, 3> days{"day", "days", "d"};
  if (std::find(weeks.begin(), weeks.end(), unit) != weeks.end()) return Measures::Of::age_weeks;
  if (std::find(days.begin(), days.end(), unit) != days.end()) return Measures::Of::age_days;
  if (std::find(years.begin(), years.end(), unit) != years.end()) return Measures::Of::age_years;
  if (std::find(months.begin(), months.end(), unit) != months.end()) return Measures::Of::age_months;
  return std::nullopt;
}

// Only a dose or a measurement is held against a table.
bool refuses_table(Run& run, const Scope& scope, const grammar::Test& test) {
  const auto* comparison = std::get_if<grammar::Comparison>(&test.what);
  const auto* phrase = comparison == nullptr ? nullptr : std::get_if<grammar::Phrase>(&comparison->right);
  if (phrase == nullptr) return false;
  auto diagnostic = grammar::diagnose(Code::TH2004, scope.place(phrase->span), fmt::format("`{}` is no number", phrase->text()));
  diagnostic.help.push_back("a dose or a measurement is held against a table, anything else against a number");
  run.report.add(std::move(diagnostic));
  return true;
}

}  // namespace

std::vector<Part> parts_of(const grammar::Test& test) {
  if (const auto* comparison = std::get_if<grammar::Comparison>(&test.what)) {
    const auto* quantity = std::get_if<grammar::Quantity>(&comparison->right);
    if (quantity == nullptr) return {};
    return {{order_of(comparison->op), &quantity->number, quantity}};
  }
  const auto* range = std::get_if<grammar::Range>(&test.what);
  if (range == nullptr) return {};
  return {{Order::greater_equal, &range->low, &range->high},
          {range->high_excluded ? Order::less : Order::less_equal, &range->high.number, &range->high}};
}

void report_dimension(Run& run, const Scope& scope, const grammar::Quantity& quantity, std::string what, std::string help) {
  const auto written = quantity.unit.empty() ? std::string("a plain number") : "`" + quantity.unit + "`";
  auto diagnostic = grammar::diagnose(Code::TH3002, scope.place(quantity.span), fmt::format("{} does not measure {}", written, what));
  diagnostic.help.push_back(std::move(help));
  run.report.add(std::move(diagnostic));
}

std::optional<Rational> number_of(Run& run, const Scope& scope, const grammar::Number& number) {
  const auto value = Rational::parse(number.text);
  if (!value) {
    run.report.add(grammar::diagnose(Code::TH3003, scope.place(number.span),
                                     fmt::format("`{}` is not a number that can be kept exactly", number.text), "at most 15 digits"));
  }
  return value;
}

std::optional<Unit> unit_of(Run& run, const Scope& scope, const grammar::Quantity& quantity) {
  auto unit = parse_unit(quantity.unit);
  if (!unit) {
    auto diagnostic = grammar::diagnose(Code::TH3001, scope.place(quantity.span), fmt::format("unknown unit `{}`", quantity.unit));
    if (const auto near = nearest_unit(quantity.unit)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    run.report.add(std::move(diagnostic));
  }
  return unit;
}

std::optional<Span_> span_of(Run& run, const Scope& scope, const grammar::Duration& duration) {
  if (duration.count > 0) return Span_{duration.count, duration.unit};
  run.report.add(grammar::diagnose(Code::TH3003, scope.place(duration.span), "a length of time of nothing"));
  return std::nullopt;
}

Order order_of(grammar::Compare compare) {
  switch (compare) {
    case grammar::Compare::less:
      return Order::less;
    case grammar::Compare::less_equal:
      return Order::less_equal;
    case grammar::Compare::equal:
      return Order::equal;
    case grammar::Compare::not_equal:
      return Order::not_equal;
    case grammar::Compare::greater_equal:
      return Order::greater_equal;
    case grammar::Compare::greater:
      break;
  }
  return Order::greater;
}

std::optional<std::vector<Limit>> observation_limits(Run& run, const Scope& scope, const grammar::Test& test, ObservationId observation) {
  if (refuses_table(run, scope, test)) return std::nullopt;
  std::vector<Limit> limits;
  bool good = true;
  for (const auto& part : parts_of(test)) {
    const auto value = in_own_unit(run, scope, part, run.terminology->at(observation));
    if (value) limits.push_back({part.order, *value});
    good = good && value.has_value();
  }
  if (!good) return std::nullopt;
  return limits;
}

std::optional<Trend> trend_of(Run& run, const Scope& scope, const grammar::Test& test, const grammar::Trend& written, ObservationId observation) {
  const auto& kind = run.terminology->at(observation);
  const auto within = span_of(run, scope, written.within);
  Trend trend{observation, written.rising, written.by.unit == "%", {}, within.value_or(Span_{})};
  if (trend.percent && kind.unit.text == "%") {
    report_dimension(run, scope, written.by, "how it moves: of itself, or of what it is kept in",
                     fmt::format("compare {} with its limits", kind.name));
    return std::nullopt;
  }
  const auto by = trend.percent ? number_of(run, scope, written.by.number)
                                : in_own_unit(run, scope, {Order::greater_equal, &written.by.number, &written.by}, kind);
  if (!by || !within) return std::nullopt;
  trend.by = *by;
  const bool too_far = trend.percent && !trend.rising && trend.by > Rational{100};
  if (trend.by > Rational{0} && !too_far) return trend;
  run.report.add(grammar::diagnose(Code::TH3003, scope.place(test.span), too_far ? "nothing falls by more than all of it" : "a change by nothing"));
  return std::nullopt;
}

std::optional<std::vector<AgeLimit>> age_limits(Run& run, const Scope& scope, const grammar::Test& test) {
  if (refuses_table(run, scope, test)) return std::nullopt;
  std::vector<AgeLimit> limits;
  for (const auto& part : parts_of(test)) {
    const auto value = number_of(run, scope, *part.number);
    if (!value) return std::nullopt;
    const auto of = age_unit(part.quantity->unit);
    if (of) {
      limits.push_back({*of, {part.order, *value}});
      continue;
    }
    report_dimension(run, scope, *part.quantity, "an age", "write it in years, months, weeks or days");
    return std::nullopt;
  }
  return limits;
}

std::optional<std::vector<SummedDrugs::Limit>> sum_limits(Run& run, const Scope& scope, const grammar::Test& test, const Summed& sum,
                                                          SummedDrugs::By by) {
  if (refuses_table(run, scope, test)) return std::nullopt;
  const bool counted = by == SummedDrugs::By::count;
  const bool plain = counted || is_plain(sum.unit.dimension);
  std::vector<SummedDrugs::Limit> limits;
  for (const auto& part : parts_of(test)) {
    const auto value = number_of(run, scope, *part.number);
    if (!value) return std::nullopt;
    if (part.quantity->unit.empty() && plain) {
      limits.push_back({part.order, *value});
      continue;
    }
    const auto unit = part.quantity->unit.empty() ? std::nullopt : unit_of(run, scope, *part.quantity);
    if (!part.quantity->unit.empty() && !unit) return std::nullopt;
    const auto converted = unit && !counted ? convert({*value, *unit}, sum.unit) : std::nullopt;
    if (!converted) {
      report_dimension(run, scope, *part.quantity, counted ? "a number of drugs" : sum.name,
                       plain ? "it is a plain number: `>= 3`" : fmt::format("as in `50 {}`", sum.unit.text));
      return std::nullopt;
    }
    limits.push_back({part.order, *converted});
  }
  return limits;
}

std::optional<std::vector<Limit>> limits_in(Run& run, const Scope& scope, const grammar::Test& test, const Unit& unit, std::string_view what) {
  if (refuses_table(run, scope, test)) return std::nullopt;
  std::vector<Limit> limits;
  for (const auto& part : parts_of(test)) {
    const auto value = number_of(run, scope, *part.number);
    const auto written = part.quantity->unit.empty() ? std::optional(Unit{}) : unit_of(run, scope, *part.quantity);
    if (!value || !written) return std::nullopt;
    const auto converted = convert({*value, *written}, unit);
    if (!converted) {
      report_dimension(run, scope, *part.quantity, std::string(what), fmt::format("it gives `{}`", unit.text));
      return std::nullopt;
    }
    limits.push_back({part.order, *converted});
  }
  return limits;
}

std::optional<std::vector<Limit>> plain_limits(Run& run, const Scope& scope, const grammar::Test& test, std::string_view what) {
  if (refuses_table(run, scope, test)) return std::nullopt;
  std::vector<Limit> limits;
  for (const auto& part : parts_of(test)) {
    const auto& unit = part.quantity->unit;
    if (!unit.empty() && unit != "point" && unit != "points") {
      report_dimension(run, scope, *part.quantity, std::string(what), "it is counted in points: write the number alone");
      return std::nullopt;
    }
    const auto value = number_of(run, scope, *part.number);
    if (!value) return std::nullopt;
    limits.push_back({part.order, *value});
  }
  return limits;
}

}  // namespace theriac::detail
