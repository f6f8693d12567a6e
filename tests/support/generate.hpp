// Random rule bases and patients, small enough to be read when one of them fails. The same seed gives the same case everywhere. Dates, ages and values stand on
// the boundaries that the rules test: 13, 14, 15 days; 29, 30, 31; 64, 65, 66 years.
//
//     Case one = generate(42);
//     Case another = generate(42, {.negation = false});
#pragma once

#include "facts/facts.hpp"
#include "resolve/resolved.hpp"

#include <memory>
#include <string>
#include <vector>

namespace theriac::testing {

struct Case {
  std::shared_ptr<const Terminology> terms;
  std::vector<detail::ResolvedRule> rules;  // by label
  detail::Facts facts;
};

// What may come up at all; how often varies with the seed.
struct Knobs {
  std::size_t rules = 4, entries = 6;
  bool negation = true;      // no, unless, exceptions
  bool effects = true;       // rules that read what others derive, in cycles too (those through a negation are refused)
  bool times = true;         // dates, tests of time
  bool counts = true;
  bool abrupt = true;        // abrupt stops
  bool relative = true;      // started after the drug of another item; other drugs; guards and heads that speak of what a count matched
  bool class_entries = true; // entries and allergies that name a class alone
  bool not_recent = true;    // unknown(observation)
};

Case generate(std::uint64_t seed, const Knobs& knobs = {});

// Do all indexes of the rules lie inside them? False for a rule that a shrinker has cut too short.
bool is_sound(const detail::ResolvedRule& rule);

constexpr Minutes day_zero = Minutes{20157} * minutes_per_day;  // 2025-03-10, the as_of of every case

}  // namespace theriac::testing
