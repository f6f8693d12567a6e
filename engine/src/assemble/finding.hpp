// A draft with its words, sources, proof and identity.
#pragma once

#include "assemble/context.hpp"

namespace theriac::detail {

inline constexpr std::size_t most_supports_written = 300;
// By their names, in order; all of them.
std::vector<std::vector<std::string>> supports_told(const AssembleContext& context, const Draft& draft);

Finding finding_of(const AssembleContext& context, const World& world, const Draft& draft);

// To a finding what those that stand in it ask for besides: a lower dose, potassium. What is minor asks for nothing there.
void tell_folded(std::vector<Finding>& findings, const std::vector<Finding>& folded);

// Groups of one problem each, worst first; gives every finding its `ref` and problem heading. At most `most_groups`; what is beyond joins the last.
inline constexpr std::size_t most_groups = 15;
std::vector<ProblemGroup> group_by_problem(std::vector<Finding>& findings, const std::vector<Finding>& undecided);

}  // namespace theriac::detail
