#include "facts/newest.hpp"

#include <algorithm>

namespace theriac::detail {
Decided fresh(const When& when, const std::optional<When>& until, Minutes as_of) {
  if (when.earliest > as_of) return Decided::no;
  if (!until) return Decided::yes;
  if (until->latest <= as_of) return Decided::no;
  return until->earliest > as_of ? Decided::yes : Decided::unknown;
}

std::optional<When> valid_until(const When& when, const Observation& kind) {
  if (kind.validity_days == 0) return std::nullopt;
  const auto validity = static_cast<Minutes>(kind.validity_days) * minutes_per_day;
  return When{when.earliest + validity, when.latest + validity};
}

Interval hull(const Interval& a, const Interval& b) {
  Interval result;
  if (a.low && b.low) {
    const auto& lower = *b.low < *a.low ? b : a;
    result.low = lower.low;
    result.low_open = *a.low == *b.low ? a.low_open && b.low_open : lower.low_open;
  }
  if (a.high && b.high) {
    const auto& higher = *b.high > *a.high ? b : a;
    result.high = higher.high;
    result.high_open = *a.high == *b.high ? a.high_open && b.high_open : higher.high_open;
  }
  return result;
}

Newest newest_usable(const Facts& facts, const Terminology& terms, ObservationId what, const std::function<std::string(const When&)>& refuse,
                     bool worked_out_too) {
  const auto& kind = terms.at(what);
  Newest result{{}, "not given"};
  Minutes newest_at = always_before;
  for (const auto& fact : facts.observations) {
    if (fact.what != what || (!fact.formula.empty() && !worked_out_too)) continue;
    const auto when = dated(fact, facts.as_of);
    const auto refused = refuse ? refuse(when) : "";
    if (!refused.empty()) {
      result.because = refused;
    } else if (fresh(when, valid_until(when, kind), facts.as_of) == Decided::no) {
      const auto days = (facts.as_of - when.latest) / minutes_per_day;
      result.because = when.earliest > facts.as_of ? "of a later date" : std::to_string(days) + " days old";
    } else {
      result.facts.push_back(&fact);
      newest_at = std::max(newest_at, when.earliest);
    }
  }
  std::erase_if(result.facts, [&](const ObservationFact* fact) { return dated(*fact, facts.as_of).latest < newest_at; });
  const bool sure = std::all_of(result.facts.begin(), result.facts.end(), [&](const ObservationFact* fact) {
    const auto when = dated(*fact, facts.as_of);
    return fresh(when, valid_until(when, kind), facts.as_of) == Decided::yes;
  });
  if (sure) return result;
  return {{}, "its date is not exact"};
}

}  // namespace theriac::detail
