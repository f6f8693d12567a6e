// Conditions and states: what was stated, with its times, what silence means, and what rules derive of the patient.
#pragma once

#include "evaluate/guard.hpp"

namespace theriac::detail {

// What a leaf found, beside its truth, for the proof.
struct Found {
  Judged judged;
  std::string fact, value, at;
  std::vector<std::string> via{};
  std::vector<Proof> because{};
};

Found condition_holds(const HasCondition& leaf, const GuardContext& context);

}  // namespace theriac::detail
