// Judges a guard: what must hold of the patient and the rest of the regimen, for one binding.
#pragma once

#include "evaluate/drug.hpp"

namespace theriac::detail {

struct GuardContext {
  const World& world;
  const ResolvedRule& rule;            // whose `ask for` counts
  const Binding* binding = nullptr;    // none: judged before anything is matched
  bool exception = false;              // in an exception any route counts
  bool negated = false;                // below an odd number of negations
  bool below_negation = false;         // below any
  std::vector<Proof>* seen = nullptr;  // where the facts that made it true are written down; none costs nothing
  bool even_if_not = false;            // the others too
};

Judged judge(const ResolvedGuard& guard, const GuardContext& context);

}  // namespace theriac::detail
