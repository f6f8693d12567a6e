// The last steps of making a plan: drafts of rules become numbers that point at one another.
#pragma once

#include "plan/program.hpp"

#include <utility>
#include <vector>

namespace theriac::detail {

// A rule before its phrases are slots: they are numbers in `Program::phrases`, or of a rule that is left over in `Program::wide`.
struct PlanDraft {
  Plan::Program::Rule rule;
  std::array<std::uint32_t, 3> phrase{};
  std::uint32_t source = Plan::Program::none;  // draft that derives the effect which it reads
};
// What derives an effect, and what reads it: drafts.
using PlanFollower = std::pair<std::uint32_t, std::uint32_t>;

// Phrases that are counted go first, so that counting them is one loop.
void number_phrases(Plan::Program& program, std::vector<PlanDraft>& drafts);
// Drafts become rules, each under its rarest phrase, and readers of effects under what derives them.
void link(Plan::Program& program, const std::vector<PlanDraft>& drafts, const std::vector<PlanFollower>& followers);

}  // namespace theriac::detail
