// Conditions and states: what was stated, with its times, what silence means, and what rules derive of the patient.
#pragma once

#include "evaluate/found.hpp"
#include "evaluate/guard.hpp"

namespace theriac::detail {

Found condition_holds(const HasCondition& leaf, const GuardContext& context);

}  // namespace theriac::detail
