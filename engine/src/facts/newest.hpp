// The newest measurements that may still be relied on, for what is worked out before any rule is judged.
#pragma once

#include "facts/facts.hpp"

#include <functional>

namespace theriac::detail {

// Undated is of as_of.
inline When dated(const ObservationFact& fact, Minutes as_of) { return fact.when.value_or(When{as_of, as_of}); }
// Is a value of that date young enough on the day? `until`: from when it is too old; nothing where it never is. The one place that judges it.
Decided fresh(const When& when, const std::optional<When>& until, Minutes as_of);
// By the observation's own validity.
std::optional<When> valid_until(const When& when, const Observation& kind);
// Either may be right: what both together leave possible.
Interval hull(const Interval& a, const Interval& b);

struct Newest {
  std::vector<const ObservationFact*> facts;  // those that may be the newest; none where one of them may be too old
  std::string because;                        // why there is none: "not given", "412 days old", "its date is not exact"
};
// Of the observation, by its own validity. `refuse` tells of a date why it does not count, "" where it does. Worked-out values count only where
// asked.
Newest newest_usable(const Facts& facts, const Terminology& terms, ObservationId what, const std::function<std::string(const When&)>& refuse = {},
                     bool worked_out_too = false);

}  // namespace theriac::detail
