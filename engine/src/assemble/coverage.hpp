// What was looked at and what was not: entries, values, checks that a missing list leaves open, inputs worth asking for, rules that one literal kept
// quiet.
#pragma once

#include "assemble/context.hpp"
#include "theriac/screen.hpp"

namespace theriac::detail {

Coverage coverage_of(const AssembleContext& context, const Patient& patient, const std::vector<Draft>& drafts);
std::vector<AskFor> ask_for(const std::vector<Finding>& findings, const std::vector<Finding>& undecided);

// Rules that would speak but for one route, status or exception: found by screening the regimen with that one thing otherwise.
inline constexpr std::size_t most_quiet = 8;
std::vector<Quiet> quiet_rules(const AssembleContext& context, const std::vector<Draft>& drafts);
// Local only, or over: a rule may be quiet for its sake.
bool might_count(const Exposure& exposure);

}  // namespace theriac::detail
