#include "facts/dose_parts.hpp"

#include <algorithm>

namespace theriac::detail::dosing {

std::optional<Range> numbers(const std::string& low, const std::string& high) {
  const auto a = Rational::parse(low), b = Rational::parse(high);
  if (!a || !b) return std::nullopt;
  return Range{*a, *b};
}

std::optional<Range> times(const Range& a, const Range& b) {
  const auto low = multiply(a.low, b.low), high = multiply(a.high, b.high);
  if (!low || !high) return std::nullopt;
  return Range{*low, *high};
}

std::optional<Range> plus(const Range& a, const Range& b) {
  const auto low = add(a.low, b.low), high = add(a.high, b.high);
  if (!low || !high) return std::nullopt;
  return Range{*low, *high};
}

PerUnit split(const std::string& unit) {
  const auto stroke = unit.find('/');
  if (stroke == std::string::npos) return {unit, 1, ""};
  auto below = unit.substr(stroke + 1);
  const auto letters = below.find_first_not_of("0123456789.");
  Rational count{1};
  if (letters != std::string::npos && letters > 0) {
    count = Rational::parse(below.substr(0, letters)).value_or(Rational{1});
    below = below.substr(letters);
  }
  return {unit.substr(0, stroke), count, below};
}

bool is_counted(const std::string& unit) {
  constexpr std::string_view counted[] = {"",      "tablet",  "capsule", "puff",    "patch",       "suppository", "lozenge", "sachet",
                                          "spray", "pessary", "enema",   "ampoule", "application", "actuation",   "drop",    "dose"};
  return std::find(std::begin(counted), std::end(counted), unit) != std::end(counted);
}

std::optional<Rational> millilitres(const std::string& unit) {
  if (unit == "mL") return Rational{1};
  if (unit == "L") return Rational{1000};
  if (unit == "teaspoon") return Rational{5};
  if (unit == "tablespoon") return Rational{15};
  return std::nullopt;
}

std::optional<Range> days(const std::string& per, const std::string& unit) {
  const auto count = Rational::parse(per);
  if (!count || *count <= Rational{0}) return std::nullopt;
  const auto of = [&](Rational low, Rational high) { return times({*count, *count}, {low, high}); };
  if (unit == "minute") return of(Rational::make(1, 1440).value(), Rational::make(1, 1440).value());
  if (unit == "hour") return of(Rational::make(1, 24).value(), Rational::make(1, 24).value());
  if (unit == "day" || unit == "once") return of(1, 1);
  if (unit == "week") return of(7, 7);
  if (unit == "month") return of(28, 31);
  if (unit == "year") return of(365, 366);
  return std::nullopt;
}

namespace {

std::optional<Interval> of_rate(const grammar::MedicationLine& line) {
  if (line.strengths.empty()) return std::nullopt;
  const auto unit = split(line.strengths.front().unit);
  const bool hours = unit.below == "h", minutes = unit.below == "min", whole_days = unit.below == "day" || unit.below == "week";
  if (!hours && !minutes && !whole_days) return std::nullopt;
  const auto period = days(whole_days ? unit.count.to_string() : "1", unit.below == "week" ? "week" : "day");
  const auto most = period ? multiply(period->high, Rational{24}) : std::nullopt;
  if (!most) return std::nullopt;
  return Interval{Rational{0}, std::max(*most, Rational{24}), false, false};
}

// Of several each must be of a day, else they share no period.
std::optional<Range> shared(const grammar::MedicationLine& line) {
  Range count{0, 0};
  std::optional<Range> period;
  for (const auto& each : line.frequencies) {
    const auto often = numbers(each.times_low, each.times_high);
    const auto said = days(each.per, each.per_unit);
    if (!often || !said || each.per_unit == "once") return std::nullopt;
    const bool of_a_day = said->low == Rational{1} && said->high == Rational{1};
    if (line.frequencies.size() > 1 && !of_a_day) return std::nullopt;
    period = said;
    const auto more = plus(count, *often);
    if (!more) return std::nullopt;
    count = *more;
  }
  if (!period || count.low <= Rational{0}) return std::nullopt;
  const auto low = divide(period->low, count.high), high = divide(period->high, count.low);
  if (!low || !high) return std::nullopt;
  return times({*low, *high}, {24, 24});
}

}  // namespace

std::optional<Interval> hours_between_doses(const grammar::MedicationLine& line, bool not_all) {
  std::optional<Interval> result;
  if (line.frequencies.empty()) {
    result = of_rate(line);
  } else if (const auto between = shared(line)) {
    result = Interval{between->low, between->high, false, false};
  }
  if (result && not_all) result->high.reset();
  return result;
}

}  // namespace theriac::detail::dosing
