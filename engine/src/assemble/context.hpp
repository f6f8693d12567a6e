// What the words of a screening are made from. References only; lives for one screening.
#pragma once

#include "assemble/draft.hpp"
#include "compile/compiled.hpp"
#include "evaluate/again.hpp"

namespace theriac::detail {

class KeptWords;

struct AssembleContext {
  const RuleBase::Compiled& base;
  const std::vector<ResolvedRule>& rules;  // as adjusted for the chosen jurisdictions
  const Facts& facts;
  const Evaluation& evaluation;
  // Where the rules' results are kept: what if the facts were a little otherwise?
  struct Kept {
    const Again* again = nullptr;
    const Settled* settled = nullptr;
    KeptWords* words = nullptr;  // where words are kept too
  } kept{};

  const Terminology& terms() const { return *base.terminology; }
  const std::string& name(ConceptId id) const { return terms().at(id).name; }
  // As the list has it: "clonazepam (Klonopin)". The same whatever the order of entries.
  std::string shown(ConceptId id) const;
  std::vector<std::string> names(const std::vector<ConceptId>& ids) const;  // sorted
};

}  // namespace theriac::detail
