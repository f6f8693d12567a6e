// Limits of doses: their units, for each kilogram or square metre too, and lengths of time that a drug is taken.
#include "resolve/run.hpp"
#include "terminology/unit_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace theriac::detail {
namespace {

using grammar::Code;
using Of = DoseTest::Of;

std::int8_t& exponent(Dimension& dimension, Axis axis) { return dimension.exponents[static_cast<std::size_t>(axis)]; }

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

bool is_time(const Dimension& dimension) {
  Dimension days;
  exponent(days, Axis::days) = 1;
  return dimension == days;
}

bool is_daily(Of of) { return of == Of::total_daily || of == Of::maximum_daily; }

struct Wanted {
  std::string_view noun, example;
};
Wanted wanted(Of of) {
  if (of == Of::interval) return {"the time between two doses", "12 hours"};
  if (of == Of::cumulative) return {"a cumulative dose", "450 mg"};
  return is_daily(of) ? Wanted{"a daily dose", "20 mg/day"} : Wanted{"a single dose", "20 mg"};
}

void refuse_unit(Run& run, const Scope& scope, const grammar::Quantity& written, const Unit& unit, Of of) {
  const auto [noun, example] = wanted(of);
  const bool lacks_day = is_daily(of) && is_dose(unit.dimension, false);
  const auto with_day = fmt::format("{} {}/day", written.number.text, written.unit);
  auto diagnostic = grammar::diagnose(Code::TH3002, scope.place(written.span), fmt::format("`{}` does not measure {}", written.unit, noun));
  diagnostic.help.push_back(lacks_day ? fmt::format("write `{}`", with_day) : fmt::format("as in `{}`", example));
  if (lacks_day) diagnostic.edits.push_back({scope.place(written.span), with_day});
  run.report.add(std::move(diagnostic));
}

// The measurement that a limit is for each of, where the vocabulary keeps it in that unit.
std::optional<ObservationId> size_named(Run& run, const Scope& scope, const grammar::Quantity& written, std::string_view name, std::string_view in) {
  const auto unit = parse_unit(in);
  for (const auto& meaning : run.names.find(name)) {
    if (meaning.kind != Meaning::Kind::observation) continue;
    const auto id = static_cast<ObservationId>(meaning.id);
    const auto& own = run.terminology->at(id).unit;
    if (unit && own.dimension == unit->dimension && own.factor == unit->factor) return id;
  }
  run.report.add(grammar::diagnose(Code::TH2001, scope.place(written.span), fmt::format("the vocabulary has no {} in {}", name, in),
                                   fmt::format("`{}` needs it", written.unit)));
  return std::nullopt;
}

// Offset of `mark` as a whole part of a unit.
std::size_t find_part(std::string_view unit, std::string_view mark) {
  const auto at = unit.find(mark);
  const bool whole = at != std::string_view::npos && (at + mark.size() == unit.size() || unit[at + mark.size()] == '/');
  return whole ? at : std::string_view::npos;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> time_words{{{"minute", "minute"},
                                                                                    {"min", "minute"},
                                                                                    {"hour", "hour"},
                                                                                    {"hr", "hour"},
                                                                                    {"h", "hour"},
                                                                                    {"day", "day"},
                                                                                    {"d", "day"},
                                                                                    {"week", "week"},
                                                                                    {"wk", "week"},
                                                                                    {"month", "month"},
                                                                                    {"mo", "month"},
                                                                                    {"year", "year"},
                                                                                    {"yr", "year"},
                                                                                    {"y", "year"}}};

std::optional<Span_> length_of(Run& run, const Scope& scope, const grammar::Quantity& written) {
  std::string_view word = written.unit;
  if (word.size() > 2 && word.back() == 's') word.remove_suffix(1);
  const auto found = std::find_if(time_words.begin(), time_words.end(), [&](const auto& each) { return each.first == word; });
  const auto count = number_of(run, scope, written.number);
  if (!count) return std::nullopt;
  if (found == time_words.end()) {
    report_dimension(run, scope, written, "how long a drug is taken", "as in `6 months`");
    return std::nullopt;
  }
  if (count->denominator() == 1 && *count > Rational{0}) return Span_{count->numerator(), std::string(found->second)};
  run.report.add(grammar::diagnose(Code::TH3003, scope.place(written.span), "a length of time is a whole number of its unit, from 1"));
  return std::nullopt;
}

// `duration >= 4 weeks` is "not shorter than".
std::optional<std::vector<DrugTest>> duration_tests(Run& run, const Scope& scope, const grammar::Test& test, bool so_far) {
  std::vector<DrugTest> tests;
  for (const auto& part : parts_of(test)) {
    auto written = *part.quantity;
    written.number = *part.number;
    const auto length = length_of(run, scope, written);
    if (!length) return std::nullopt;
    if (part.order == Order::equal || part.order == Order::not_equal) {
      auto diagnostic = grammar::diagnose(Code::TH2004, scope.place(test.span), "nothing is taken for exactly so long");
      diagnostic.help.push_back("compare a duration by `<`, `<=`, `>` or `>=`");
      run.report.add(std::move(diagnostic));
      return std::nullopt;
    }
    const bool longer = part.order == Order::greater || part.order == Order::greater_equal;
    const bool or_equal = part.order == Order::greater_equal || part.order == Order::less_equal;
    tests.emplace_back(TakenFor{longer, *length, or_equal, so_far});
  }
  return tests;
}

}  // namespace

std::optional<DoseUnit> dose_unit(Run& run, const Scope& scope, const grammar::Quantity& written, Of of) {
  if (written.unit.empty()) {
    report_dimension(run, scope, written, "a dose", fmt::format("as in `{}`", wanted(of).example));
    return std::nullopt;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> sizes{
      {{"/kg", "weight"}, {"/m2", "body surface area"}, {"/m\u00B2", "body surface area"}}};
  auto bare = written;
  DoseUnit result;
  for (const auto& [mark, name] : sizes) {
    const auto at = find_part(bare.unit, mark);
    if (at == std::string::npos) continue;
    if (result.per || of == Of::interval) break;  // the unit that is left over is refused below
    result.per = size_named(run, scope, written, name, mark == "/kg" ? "kg" : "m2");
    if (!result.per) return std::nullopt;
    bare.unit.erase(at, mark.size());
  }
  auto unit = unit_of(run, scope, bare);
  if (!unit) return std::nullopt;
  const bool fits = of == Of::interval ? is_time(unit->dimension) : is_dose(unit->dimension, is_daily(of));
  if (!fits) {
    refuse_unit(run, scope, written, *unit, of);
    return std::nullopt;
  }
  result.unit = std::move(*unit);
  return result;
}

std::optional<std::vector<DrugTest>> dose_tests(Run& run, const Scope& scope, const grammar::Test& test, Of of) {
  const auto* comparison = std::get_if<grammar::Comparison>(&test.what);
  const bool length = of == Of::duration || of == Of::so_far;
  if (comparison != nullptr && std::holds_alternative<grammar::Phrase>(comparison->right)) {
    if (length) {
      run.report.add(grammar::diagnose(Code::TH2004, scope.place(test.span), "a duration is compared with a length of time, as in `6 months`"));
      return std::nullopt;
    }
    auto by_table = table_test(run, scope, *comparison, of);
    if (!by_table) return std::nullopt;
    return std::vector<DrugTest>{std::move(*by_table)};
  }
  if (length) return duration_tests(run, scope, test, of == Of::so_far);
  std::vector<DrugTest> tests;
  for (const auto& part : parts_of(test)) {
    const auto value = number_of(run, scope, *part.number);
    if (!value) return std::nullopt;
    auto unit = dose_unit(run, scope, *part.quantity, of);
    if (!unit) return std::nullopt;
    tests.emplace_back(DoseTest{of, part.order, *value, std::move(unit->unit), std::nullopt, unit->per});
  }
  return tests;
}

}  // namespace theriac::detail
