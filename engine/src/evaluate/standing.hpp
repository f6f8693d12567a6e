// Exposures that match a phrase, and when they stand: what counting and adding up have in common.
#pragma once

#include "evaluate/drug.hpp"

#include <set>

namespace theriac::detail {

struct Standing {
  std::uint32_t exposure = 0;
  std::uint32_t member = 0;  // what is counted: an ingredient, or an entry
  DrugMatch match;
};

// A habit is an entry of its own.
inline std::int64_t entry_of(const World& world, std::uint32_t exposure) {
  const auto entry = world.exposure(exposure).entry;
  return entry >= 0 ? entry : -1 - static_cast<std::int64_t>(exposure);
}

// as_of and every start after it: what stands together stands together at one of these.
inline std::vector<Minutes> instants(const World& world, const std::vector<Standing>& standing) {
  const Minutes now = world.facts.as_of;
  std::set<Minutes> result{now};
  for (const auto& each : standing) {
    for (const auto at : {each.match.window.start.earliest, each.match.window.start.latest}) {
      if (at > now) result.insert(at);
    }
  }
  return {result.begin(), result.end()};
}

inline Truth truth_at(const Standing& standing, Minutes instant) {
  const auto holds = holds_at(standing.match.window, instant);
  if (holds == Decided::no) return Truth::no;
  return both(standing.match.judged.truth, holds == Decided::yes ? Truth::yes : Truth::possible);
}

// What keeps this from being certain at that instant.
inline void missing_at(const World& world, const Standing& standing, Minutes instant, Needs& needs) {
  if (truth_at(standing, instant) == Truth::no) return;
  add(needs, standing.match.judged.needs);
  if (holds_at(standing.match.window, instant) == Decided::unknown)
    add(needs, imprecise_dates(world, world.exposure(standing.exposure), standing.match.window));
}

}  // namespace theriac::detail
