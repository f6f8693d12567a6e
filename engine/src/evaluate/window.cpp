#include "evaluate/window.hpp"

#include <algorithm>

namespace theriac::detail {

Minutes plus(Minutes from, const Span_& span) {
  if (from <= always_before / 2 || from >= always_after / 2) return from;
  return shift(from, span.count, span.unit);
}

When plus(When from, const Span_& span) { return {plus(from.earliest, span), plus(from.latest, span)}; }

std::int32_t days_in(const Span_& span) {
  const auto days = [&](std::int64_t each) { return static_cast<std::int32_t>(span.count * each); };
  if (span.unit == "year") return days(365);
  if (span.unit == "month") return days(30);
  if (span.unit == "week") return days(7);
  if (span.unit == "day") return days(1);
  return static_cast<std::int32_t>(span.count * (span.unit == "hour" ? 60 : 1) / minutes_per_day);
}

Decided share_an_instant(const std::vector<Window>& windows, Minutes as_of) {
  Minutes latest_start = as_of, earliest_start = as_of;
  Minutes earliest_end = always_after, latest_end = always_after;
  for (const auto& window : windows) {
    latest_start = std::max(latest_start, window.start.latest);
    earliest_start = std::max(earliest_start, window.start.earliest);
    earliest_end = std::min(earliest_end, window.end.earliest);
    latest_end = std::min(latest_end, window.end.latest);
  }
  if (latest_start < earliest_end) return Decided::yes;
  return earliest_start < latest_end ? Decided::unknown : Decided::no;
}

Decided holds_at(const Window& window, Minutes instant) {
  if (window.start.latest <= instant && instant < window.end.earliest) return Decided::yes;
  return window.start.earliest <= instant && instant < window.end.latest ? Decided::unknown : Decided::no;
}

Decided before(const When& a, const When& b) {
  if (a.latest < b.earliest) return Decided::yes;
  return a.earliest < b.latest ? Decided::unknown : Decided::no;
}

}  // namespace theriac::detail
