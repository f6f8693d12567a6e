// What the body of a rule and what stands against it come to for one binding.
#pragma once

#include "evaluate/guard.hpp"
#include "evaluate/rating.hpp"

namespace theriac::detail {

// The guards of the rule and of its items. `seen`: where the facts that made them true are written down.
Judged guards_hold(const World& world, const ResolvedRule& rule, const Binding& binding, std::vector<Proof>* seen = nullptr);
// All of it; `exposures`: of the binding.
Judged body_of(const World& world, const ResolvedRule& rule, const Binding& binding, const std::vector<std::uint32_t>& exposures);
Exceptions exceptions_of(const World& world, const ResolvedRule& rule, const Binding& binding);
// What stands against a head: all but the exception that the head replaces by (−1: none).
Judged against(const ResolvedRule& rule, const Exceptions& exceptions, std::int32_t replacing);

}  // namespace theriac::detail
