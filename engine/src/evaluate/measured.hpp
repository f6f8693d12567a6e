// What a guard asks of measurements, of the age and of the sex.
#pragma once

#include "evaluate/found.hpp"
#include "evaluate/world.hpp"
#include "facts/newest.hpp"

namespace theriac::detail {

// The newest usable value, and why there is none.
struct Reading {
  std::optional<Interval> value;
  std::optional<Interval> listed;  // where something not mentioned makes a difference to it: the value without it
  std::string shown, at;
  std::string why_not = "not given";
  Decided some = Decided::no;             // is there any usable value?
  const ObservationFact* fact = nullptr;  // the one that is shown
};
// Is it young enough, whatever its date may mean?
Decided fresh(const ObservationFact& fact, const Observation& kind, const std::optional<Span_>& within, Minutes now);
Reading newest(const World& world, ObservationId observation, const std::optional<Span_>& within);

Found measures(const World& world, const Measures& asked);
// The newest of the last D against the lowest (highest) of those before it.
Found trend(const World& world, const Trend& asked);
Found no_recent(const World& world, const NoRecent& asked);
Found is_sex(const World& world, const IsSex& asked);

}  // namespace theriac::detail
