// Evaluation of a patient who changes a little: rules are judged again only where something that they read has changed, and what the others gave is
// taken over. The result is that of `evaluate`, to the last field. Nothing here changes once it is made: a state may be kept, shared and returned to.
#pragma once

#include "evaluate/binding.hpp"
#include "evaluate/reads.hpp"

#include <memory>

namespace theriac::detail {

// What one rule gave. None where it gave nothing.
struct Kept {
  RuleResult result;
  std::vector<DerivedFact> facts;
};

struct Settled {
  Facts facts;
  std::vector<std::shared_ptr<const Kept>> kept;  // by rule
  std::size_t judged = 0;                         // how many rules were judged for it
  // Beside the state from which it came.
  ReadIndex::Marks touched;               // by rule: something that it reads has changed; what the others say of it holds to the last word
  std::vector<std::int32_t> new_entries;  // by entry of then, of those whose drugs have not changed; −1: of no such
};

// What it is given must stay where it is.
class Again {
 public:
  Again(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Strata& strata, const ReadIndex& index)
      : terms_(terms), rules_(rules), strata_(strata), index_(index) {}

  // `before`: none, and every rule is judged.
  Settled settle(Facts facts, const Settled* before) const;
  Evaluation evaluation(const Settled& settled) const;

 private:
  friend class Pass;
  const Terminology& terms_;
  const std::vector<ResolvedRule>& rules_;
  const Strata& strata_;
  const ReadIndex& index_;
};

}  // namespace theriac::detail
