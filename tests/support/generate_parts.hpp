// Inside the generator: what its parts share.
#pragma once

#include "support/generate.hpp"
#include "support/random.hpp"

namespace theriac::testing {

// Percentages, drawn for each case.
struct Profile {
  std::size_t negation = 0, unknown = 0, times = 0, tests = 0, effects = 0;
};

struct Maker {
  Random& random;
  const Terminology& terms;
  const Knobs& knobs;
  Profile profile;
  std::vector<ConceptId> concepts(bool classes) const;
};

Unit milligrams(bool per_day = false);
detail::ResolvedRule make_rule(Maker& maker, std::size_t number);
// Another rule that says much the same.
detail::ResolvedRule vary_rule(Maker& maker, const detail::ResolvedRule& rule, std::size_t number);
detail::Facts make_facts(Maker& maker);

}  // namespace theriac::testing
