#include "reference/logic.hpp"

#include <numeric>

namespace theriac::reference {

namespace {

struct Date {
  std::int64_t year = 1970, month = 1, day = 1;
};

bool leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}
// Counted day by day from the epoch's years: slow and plain.
std::int64_t days_to_year(std::int64_t year) {
  std::int64_t days = 0;
  for (std::int64_t y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
  for (std::int64_t y = year; y < 1970; ++y) days -= leap(y) ? 366 : 365;
  return days;
}
std::int64_t to_days(const Date& date) {
  std::int64_t days = days_to_year(date.year) + date.day - 1;
  for (std::int64_t m = 1; m < date.month; ++m) days += days_in_month(date.year, m);
  return days;
}
Date to_date(std::int64_t days) {
  Date date;
  while (days_to_year(date.year) > days) --date.year;
  while (days_to_year(date.year + 1) <= days) ++date.year;
  std::int64_t rest = days - days_to_year(date.year);
  for (; rest >= days_in_month(date.year, date.month); ++date.month) rest -= days_in_month(date.year, date.month);
  date.day = rest + 1;
  return date;
}

Fraction reduced(Wide over, Wide under) {
  Wide a = over < 0 ? -over : over, b = under;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a == 0 ? Fraction(0, 1) : Fraction(over / a, under / a);
}

}  // namespace

Minutes later(Minutes from, const detail::Span_& by) {
  if (from <= always_before || from >= always_after) return from;
  if (by.unit == "minute") return from + by.count;
  if (by.unit == "hour") return from + by.count * 60;
  if (by.unit == "day") return from + by.count * 1440;
  if (by.unit == "week") return from + by.count * 7 * 1440;
  const std::int64_t days = from >= 0 ? from / 1440 : -((-from + 1439) / 1440);
  Date date = to_date(days);
  const std::int64_t months = date.year * 12 + date.month - 1 + by.count * (by.unit == "year" ? 12 : 1);
  date.year = months / 12;
  date.month = months % 12 + 1;
  date.day = std::min(date.day, days_in_month(date.year, date.month));
  return to_days(date) * 1440 + (from - days * 1440);
}

Fraction sum(const Fraction& a, const Fraction& b) { return reduced(a.over * b.under + b.over * a.under, a.under * b.under); }
Fraction product(const Fraction& a, const Fraction& b) { return reduced(a.over * b.over, a.under * b.under); }

Range range(const Interval& interval) {
  Range result{.low = {}, .high = {}, .low_open = interval.low_open, .high_open = interval.high_open};
  if (interval.low) result.low = Fraction(*interval.low);
  if (interval.high) result.high = Fraction(*interval.high);
  return result;
}

Truth holds(const Range& value, Order order, const Fraction& limit) {
  const bool at_most = value.high && !less(limit, *value.high);
  const bool at_least_so = value.low && !less(*value.low, limit);
  const bool below = value.high && (less(*value.high, limit) || (at_most && value.high_open));
  const bool above = value.low && (less(limit, *value.low) || (at_least_so && value.low_open));
  const auto decide = [](bool yes, bool no) { return yes ? Truth::yes : no ? Truth::no : Truth::possible; };
  switch (order) {
    case Order::less: return decide(below, at_least_so);
    case Order::less_equal: return decide(at_most, above);
    case Order::greater: return decide(above, at_most);
    case Order::greater_equal: return decide(at_least_so, below);
    case Order::equal: return decide(at_most && at_least_so && !below && !above, below || above);
    case Order::not_equal: break;
  }
  return decide(below || above, at_most && at_least_so && !below && !above);
}

Answer reaching(const detail::ResolvedGuard& score, const std::vector<Answer>& parts) {
  Needs needs;
  for (const Answer& part : parts) unite(needs, part.needs);
  Truth best = Truth::no;
  for (const Truth level : {Truth::open, Truth::possible, Truth::listed, Truth::yes}) {
    Fraction total;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (parts[i].truth >= level) total = sum(total, Fraction(score.points[i]));
    const Fraction limit(score.limit);
    if (score.beyond ? less(limit, total) : !less(total, limit)) best = level;
  }
  return settled(best, needs);
}

}  // namespace theriac::reference
