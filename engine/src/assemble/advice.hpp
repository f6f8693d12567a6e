// What to do: a rule's actions with the drugs of this regimen, and a problem's actions merged. An abrupt stop is never advised where stopping harms.
#pragma once

#include "assemble/context.hpp"

namespace theriac::detail {

std::vector<ActionAdvice> advice_of(const AssembleContext& context, const Draft& draft);

// Adds actions to a group, for the finding of this ref; then, when all of them are there, what is asked for besides, of which the finding keeps what
// changes the treatment beyond them; then (once, at the end) settles them: one line a drug, the most cautious verb; the rest once each.
void merge_advice(ProblemGroup& group, const std::vector<ActionAdvice>& actions, const std::string& ref);
void merge_besides(ProblemGroup& group, Finding& finding);
void settle_advice(ProblemGroup& group);

}  // namespace theriac::detail
