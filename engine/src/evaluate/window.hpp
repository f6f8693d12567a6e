// When an exposure counts, and whether such times meet. All on the patient's own calendar, half-open, three-valued where a date is partial.
#pragma once

#include "facts/facts.hpp"
#include "resolve/resolved.hpp"

namespace theriac::detail {

// Calendar arithmetic that leaves "always" alone.
Minutes plus(Minutes from, const Span_& span);
When plus(When from, const Span_& span);
std::int32_t days_in(const Span_& span);  // a month is 30, a year 365: only for showing

struct Window {
  When start{always_before, always_before};
  When end{always_after, always_after};
};

// Do all windows share an instant at or after as_of?
Decided share_an_instant(const std::vector<Window>& windows, Minutes as_of);
// Does the window hold this instant?
Decided holds_at(const Window& window, Minutes instant);
// a < b
Decided before(const When& a, const When& b);

inline bool exact(const When& when) { return when.earliest == when.latest; }

}  // namespace theriac::detail
