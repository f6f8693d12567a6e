// Numbers with units: thresholds of observations, ages and doses, and lengths of time.
#include "resolve/run.hpp"
#include "terminology/observation_unit.hpp"
#include "terminology/unit_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace theriac::detail {
namespace {

using grammar::Code;

std::int8_t& exponent(Dimension& dimension, Axis axis) { return dimension.exponents[static_cast<std::size_t>(axis)]; }

// The comparisons of a test with what stands right of each: one for a comparison, two for a range.
struct Part {
  Order order{};
  const grammar::Number* number = nullptr;
  const grammar::Quantity* quantity = nullptr;  // whose unit counts
};

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

// What a dose may be counted in.
bool is_dose(Dimension dimension, bool daily) {
  if (daily && std::exchange(exponent(dimension, Axis::days), std::int8_t{0}) != -1) return false;
  constexpr std::array countable{Axis::mass, Axis::volume, Axis::amount, Axis::international, Axis::equivalents, Axis::count};
  return std::any_of(countable.begin(), countable.end(), [&](Axis axis) {
    Dimension one;
    exponent(one, axis) = 1;
    return dimension == one;
  });
}

bool is_per_body(std::string_view unit) { return unit.find("/kg") != std::string_view::npos || unit.find("/m2") != std::string_view::npos; }

// The right side of a comparison is a phrase only where a table gives the limit.
bool reports_table(Run& run, const Scope& scope, const grammar::Test& test) {
  const auto* comparison = std::get_if<grammar::Comparison>(&test.what);
  const auto* phrase = comparison == nullptr ? nullptr : std::get_if<grammar::Phrase>(&comparison->right);
  if (phrase == nullptr) return false;
  report_later_layer(run, scope.place(phrase->span), fmt::format("a limit by name (`{}`)", phrase->text()));
  return true;
}

}  // namespace

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

bool check_dose_unit(Run& run, const Scope& scope, const grammar::Quantity& written, const Unit& unit, DoseTest::Of of) {
  if (is_per_body(written.unit)) {
    report_later_layer(run, scope.place(written.span), "a dose by weight or surface");
    return false;
  }
  const bool daily = of != DoseTest::Of::single;
  if (is_dose(unit.dimension, daily)) return true;
  const bool lacks_day = daily && is_dose(unit.dimension, false);
  auto help =
      lacks_day ? fmt::format("write `{} {}/day`", written.number.text, written.unit) : fmt::format("as in `{}`", daily ? "20 mg/day" : "20 mg");
  auto diagnostic = grammar::diagnose(Code::TH3002, scope.place(written.span),
                                      fmt::format("`{}` does not measure {}", written.unit, daily ? "a daily dose" : "a single dose"));
  diagnostic.help.push_back(std::move(help));
  if (lacks_day) diagnostic.edits.push_back({scope.place(written.span), fmt::format("{} {}/day", written.number.text, written.unit)});
  run.report.add(std::move(diagnostic));
  return false;
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
  if (reports_table(run, scope, test)) return std::nullopt;
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
  if (reports_table(run, scope, test)) return std::nullopt;
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

std::optional<std::vector<SummedDrugs::Limit>> sum_limits(Run& run, const Scope& scope, const grammar::Test& test, const Summed& sum) {
  if (reports_table(run, scope, test)) return std::nullopt;
  const bool plain = is_plain(sum.unit.dimension);
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
    const auto converted = unit ? convert({*value, *unit}, sum.unit) : std::nullopt;
    if (!converted) {
      report_dimension(run, scope, *part.quantity, sum.name, plain ? "it is a plain number: `>= 3`" : fmt::format("as in `50 {}`", sum.unit.text));
      return std::nullopt;
    }
    limits.push_back({part.order, *converted});
  }
  return limits;
}

std::optional<std::vector<Limit>> plain_limits(Run& run, const Scope& scope, const grammar::Test& test, std::string_view what) {
  if (reports_table(run, scope, test)) return std::nullopt;
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

std::optional<std::vector<DoseTest>> dose_tests(Run& run, const Scope& scope, const grammar::Test& test, DoseTest::Of of) {
  const auto* comparison = std::get_if<grammar::Comparison>(&test.what);
  if (comparison != nullptr && std::holds_alternative<grammar::Phrase>(comparison->right)) {
    auto by_table = table_test(run, scope, *comparison, of);
    if (!by_table) return std::nullopt;
    return std::vector{std::move(*by_table)};
  }
  std::vector<DoseTest> tests;
  for (const auto& part : parts_of(test)) {
    const auto value = number_of(run, scope, *part.number);
    if (!value) return std::nullopt;
    if (part.quantity->unit.empty()) {
      report_dimension(run, scope, *part.quantity, "a dose", of == DoseTest::Of::single ? "as in `20 mg`" : "as in `20 mg/day`");
      return std::nullopt;
    }
    auto unit = unit_of(run, scope, *part.quantity);
    if (!unit || !check_dose_unit(run, scope, *part.quantity, *unit, of)) return std::nullopt;
    tests.push_back({of, part.order, *value, std::move(*unit)});
  }
  return tests;
}

}  // namespace theriac::detail
