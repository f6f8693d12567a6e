// The second evaluator: resolved rules and facts to findings by brute force, straight from docs/design/semantics.md. All tuples of all choices, rules of a rank
// repeated until nothing changes, no index, no sharing. Slow and plain; what it says is held against the engine on random cases.
#pragma once

#include "reference/world.hpp"

#include <map>

namespace theriac::reference {

// A support of one head of one rule.
struct Key {
  std::size_t rule = 0;
  std::size_t head = 0;       // the rule's own heads first, then those of its replacing exceptions in order
  std::string of_drug;        // "" where the effect names no role
  std::set<ConceptId> drugs;
  auto operator<=>(const Key&) const = default;
};
struct Way {
  std::set<std::size_t> exposures;
  Needs needs;                // of the body and of what would silence it
  bool operator==(const Way&) const = default;
};
struct Support {
  EffectId effect{};
  Verdict verdict{};
  Severity severity{};
  std::set<Severity> could_raise;
  std::set<FlagId> flags, flags_possible;
  Needs needs, against;       // of the body; of what would silence it
  std::set<std::size_t> exposures;
  std::map<Verdict, Way> ways{};                // what the bindings of each verdict match
  std::set<std::pair<Verdict, Severity>> said;  // by each binding, and what each could be raised to
};
using Supports = std::map<Key, Support>;

struct Finding {
  std::string rule, effect, of_drug;
  Verdict verdict{};
  Severity severity{};
  std::set<Severity> could_raise;
  std::vector<std::string> drugs;                  // sorted
  std::vector<std::vector<std::string>> supports;  // sorted
  Needs needs, against;
  std::set<std::string> flags, flags_possible, also;
  std::optional<std::size_t> within;               // index into the same list
};

// When each rule is settled: a rule that denies an effect after all that derive it. Nothing where a rule denies what rests on it.
std::optional<std::vector<std::size_t>> ranks(const World& world, const std::vector<detail::ResolvedRule>& rules);
// Nothing where a rule denies what rests on it.
std::optional<Supports> derive(const std::vector<detail::ResolvedRule>& rules, const detail::Facts& facts, const Terminology& terms);
// What other rules read of them.
std::vector<Derived> as_facts(const Supports& supports);
// Every binding of a rule, in a world whose facts are derived.
void each_binding(const World& world, const detail::ResolvedRule& rule, const std::function<void(const Binding&)>& visit);
// In the order of the report.
std::vector<Finding> findings(const std::vector<detail::ResolvedRule>& rules, const Supports& supports, const Terminology& terms);

}  // namespace theriac::reference
