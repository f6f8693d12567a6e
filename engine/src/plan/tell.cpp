// What is told of a finding beyond its drugs: the sets of drugs that suffice, and what would decide it.
#include "plan/scratch.hpp"

#include <algorithm>
#include <bit>

namespace theriac {
namespace {

using Program = Plan::Program;
using Kind = Program::Kind;
using GuardKind = detail::ResolvedGuard::Kind;

// What is asked for: nothing below what is decided.
void add_needs(const Program& program, const std::uint8_t* stated, std::uint32_t at, std::vector<std::string>& needs) {
  const auto truth = truth_at(program, stated, at);
  if (truth == Truth::yes || truth == Truth::no) return;
  const auto& node = program.nodes[at];
  if (node.kind == GuardKind::leaf && truth == Truth::possible) needs.push_back(program.needs[node.fact]);
  for (std::uint32_t i = 0; i < node.count; ++i) add_needs(program, stated, program.children[node.first + i], needs);
}

}  // namespace

std::vector<std::uint64_t> PlanRun::supports(const PlanHit& hit) const {
  auto number = hit.rule;
  while (program_.sources[number] != Program::none) number = program_.sources[number];
  const auto& rule = program_.program[number];
  if (rule.kind != Kind::together) return {hit.drugs};
  std::vector<std::uint64_t> sets{0};
  for (std::uint8_t i = 0; i < rule.phrases; ++i) {
    std::vector<std::uint64_t> larger;
    for (const auto set : sets) {
      for (auto drugs = slots_[program_.asks[number].phrase[i]] & ~set; drugs != 0; drugs = without_first(drugs))
        larger.push_back(set | (drugs & (~drugs + 1)));
    }
    sets = std::move(larger);
  }
  // By names: the first position decides, then the next. Turned round, sets of one size are numbers in that order.
  const auto turned = [](std::uint64_t set) {
    std::uint64_t result = 0;
    for (; set != 0; set = without_first(set)) result |= std::uint64_t{1} << (63 - std::countr_zero(set));
    return result;
  };
  std::sort(sets.begin(), sets.end(), [&](std::uint64_t a, std::uint64_t b) { return turned(a) > turned(b); });
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

std::vector<std::string> PlanRun::needs(const PlanHit& hit) const {
  std::vector<std::string> result;
  for (auto number = hit.rule; number != Program::none; number = program_.sources[number]) {
    const auto& rule_of_it = program_.program[number];
    if (rule_of_it.guard == Program::one_fact) {
      if (static_cast<Truth>(stated_[program_.asks[number].fact]) == Truth::possible) result.push_back(program_.needs[program_.asks[number].fact]);
    } else if (rule_of_it.guard != Program::none) {
      add_needs(program_, stated_.data(), rule_of_it.guard, result);
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace theriac
