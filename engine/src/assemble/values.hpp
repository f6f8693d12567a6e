// Quantities that were worked out: which of them the rules read, from what, and for which findings; and what is missing to work them out.
#pragma once

#include "assemble/context.hpp"

namespace theriac::detail {

// Those that a rule in force reads, by name; `used_by` names the findings whose rules do. To be called when the findings have their references.
std::vector<DerivedValue> derived_values(const AssembleContext& context, const std::vector<Finding>& findings);

// A need of a quantity that a formula could give, with the inputs that are missing for it behind it (`of` names the quantity). One place for all
// needs that are told: both evaluators name the quantity alone.
std::vector<Need> told_needs(const AssembleContext& context, const std::vector<Need>& needs);
// What one would go and get: of a quantity the inputs that are missing for it, where they are few; else the quantity itself.
inline constexpr std::size_t most_inputs_asked = 2;
std::vector<Need> to_get(const std::vector<Need>& needs);

}  // namespace theriac::detail
