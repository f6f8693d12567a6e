// Findings before they have words: supports of one rule and effect gathered, merged across rules, folded into one another. Display only: nothing here
// feeds back into what is derived.
#pragma once

#include "evaluate/evaluate.hpp"

namespace theriac::detail {

struct Draft {
  std::uint32_t rule = 0;
  std::uint32_t head = 0;
  std::int32_t exception = -1;
  EffectId effect{};
  std::optional<ConceptId> of;
  Verdict verdict{};
  Severity base{}, severity{};
  std::vector<const Support*> supports;       // minimal, by ingredients; they live in the Evaluation
  std::vector<const Support*> every_support;  // those first, then the ones that hold one of them
  std::vector<ConceptId> ingredients;         // of all, sorted
  std::vector<std::uint32_t> exposures;       // sorted
  Needs needs, against;
  std::vector<Shifted> raised, lowered, could_raise;
  std::vector<FlagId> flags, flags_possible;
  std::vector<Draft> merged;      // what other rules, and this one's other heads, say of the same, in the order of the report
  std::int64_t folded_into = -1;  // index into the same list

  std::vector<std::uint32_t> also() const;  // other rules that say the same, ascending
};

// Everything that the rules conclude, in the order of the report: severity, certainty, now before plan, number of drugs, rule, drugs.
// `Verdict::open` ones stand last and are neither folded nor folded into.
// `least`: only those that are so sure or surer, which are the same and in the same order as among all: none stands in one that is less sure.
std::vector<Draft> draft(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Evaluation& evaluation,
                         Verdict least = Verdict::open);

}  // namespace theriac::detail
