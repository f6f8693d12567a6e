#include "theriac/patient.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace theriac {
namespace {

struct Day {
  std::int64_t year = 1970;
  std::int64_t month = 1;
  std::int64_t day = 1;
};

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  constexpr std::array<std::int64_t, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant's algorithm).
std::int64_t to_days(Day d) {
  const auto y = d.month <= 2 ? d.year - 1 : d.year;
  const auto era = (y >= 0 ? y : y - 399) / 400;
  const auto year_of_era = y - era * 400;
  const auto day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  const auto day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Day to_date(std::int64_t days) {
  days += 719468;
  const auto era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = days - era * 146097;
  const auto year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto shifted_month = (5 * day_of_year + 2) / 153;
  const auto month = shifted_month + (shifted_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

// Exactly `digits` digits at `at`.
std::optional<std::int64_t> number(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  std::int64_t value = 0;
  const auto* end = text.data() + at + digits;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc{} || stop != end || text[at] == '-') return std::nullopt;
  return value;
}

Minutes midnight(Day day) { return to_days(day) * minutes_per_day; }

std::optional<Minutes> time_of_day(std::string_view text) {  // "18:00", "18:00:30", both with an optional Z
  if (!text.empty() && text.back() == 'Z') text.remove_suffix(1);
  const auto hour = number(text, 0, 2), minute = number(text, 3, 2);
  if (!hour || !minute || text[2] != ':' || *hour > 23 || *minute > 59) return std::nullopt;
  if (text.size() == 5) return *hour * 60 + *minute;
  const auto second = number(text, 6, 2);
  if (text.size() != 8 || text[5] != ':' || !second || *second > 60) return std::nullopt;
  return *hour * 60 + *minute;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

std::optional<When> parse_date(std::string_view text) {
  const auto year = number(text, 0, 4);
  if (!year || *year < 1) return std::nullopt;
  if (text.size() == 4) return When{midnight({*year, 1, 1}), midnight({*year, 12, 31})};
  const auto month = number(text, 5, 2);
  if (text[4] != '-' || !month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) return When{midnight({*year, *month, 1}), midnight({*year, *month, days_in_month(*year, *month)})};
  const auto day = number(text, 8, 2);
  if (text[7] != '-' || !day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  const auto start = midnight({*year, *month, *day});
  if (text.size() == 10) return When{start, start};
  if (text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto time = time_of_day(text.substr(11));
  if (!time) return std::nullopt;
  return When{start + *time, start + *time};
}

std::string format_date(Minutes instant) {
  const auto days = floor_divide(instant, minutes_per_day);
  const auto minutes = instant - days * minutes_per_day;
  const auto date = to_date(days);
  const auto padded = [](std::int64_t value, std::size_t width) {
    auto text = std::to_string(value);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
  };
  auto text = padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
  if (minutes != 0) text += "T" + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
  return text;
}

std::string format_date(const When& when) {
  if (when.earliest <= always_before) return when.latest >= always_after ? "no date" : "no later than " + format_date(when.latest);
  auto first = format_date(when.earliest);
  if (when.earliest == when.latest) return first;
  for (const std::size_t length : {std::size_t{4}, std::size_t{7}}) {
    if (const auto partial = parse_date(first.substr(0, length)); partial == when) return first.substr(0, length);
  }
  return first + " to " + format_date(when.latest);
}

Minutes shift(Minutes from, std::int64_t count, std::string_view unit) {
  if (unit == "minute") return from + count;
  if (unit == "hour") return from + count * 60;
  if (unit == "day") return from + count * minutes_per_day;
  if (unit == "week") return from + count * 7 * minutes_per_day;
  const auto days = floor_divide(from, minutes_per_day);
  const auto date = to_date(days);
  const auto months = date.year * 12 + (date.month - 1) + (unit == "year" ? count * 12 : count);
  const auto year = floor_divide(months, 12);
  const auto month = months - year * 12 + 1;
  const Day target{year, month, std::min(date.day, days_in_month(year, month))};
  return midnight(target) + (from - days * minutes_per_day);
}

std::int32_t completed_months(Minutes from, Minutes to) {
  const auto a = to_date(floor_divide(from, minutes_per_day)), b = to_date(floor_divide(to, minutes_per_day));
  auto months = (b.year - a.year) * 12 + (b.month - a.month);
  if (b.day < a.day && b.day < days_in_month(b.year, b.month)) --months;
  return static_cast<std::int32_t>(months);
}

std::optional<Age> age_of(const When& born, Minutes on) {
  const auto last = std::min(born.latest, on);  // a date that is only partly known may reach past the day
  Age age;
  age.months_low = completed_months(last, on);
  age.months_high = completed_months(born.earliest, on);
  if (age.months_low > oldest_years * 12) return std::nullopt;
  age.days_low = static_cast<std::int32_t>((on - last) / minutes_per_day);
  age.days_high = static_cast<std::int32_t>((on - born.earliest) / minutes_per_day);
  const auto years = age.months_low / 12, at_most = age.months_high / 12;
  age.text = age.months_high < 24 ? std::to_string(age.months_low) + (age.months_low == 1 ? " month" : " months")
             : years == at_most   ? std::to_string(years) + " years"
                                  : std::to_string(years) + " to " + std::to_string(at_most) + " years";
  return age;
}

std::string_view to_string(Status status) {
  constexpr std::array<std::string_view, 10> names = {"active",  "proposed",  "held",       "stopped", "completed",
                                                      "to stop", "not taken", "prohibited", "unknown", "entered in error"};
  return names[static_cast<std::size_t>(status)];
}

}  // namespace theriac
