// One patient judged by the rules that are in force, and what is told of it.
#pragma once

#include "assemble/context.hpp"
#include "theriac/brief.hpp"

#include <optional>

namespace theriac::detail {

// The rules as the chosen jurisdictions have them: all of them those of the base, else a copy.
class RulesInForce {
 public:
  RulesInForce(const RuleBase& rules, const ScreenOptions& options);
  RulesInForce(const RulesInForce&) = delete;
  RulesInForce& operator=(const RulesInForce&) = delete;
  ~RulesInForce() = default;
  const RuleBase::Compiled& base() const { return base_; }
  const std::vector<ResolvedRule>& rules() const { return rules_; }

 private:
  const RuleBase::Compiled& base_;
  std::vector<ResolvedRule> chosen_;
  const std::vector<ResolvedRule>& rules_;
};

struct Judgement {
  // `all_words`: quiet rules will be told too. Then what each rule gave is kept where a drug of this patient did not count, since it will be asked
  // what would be if it did.
  Judgement(const RuleBase& base, const Patient& patient, const ScreenOptions& options, bool all_words = false);

  RulesInForce in_force;
  Facts facts;
  std::optional<Again> again;
  std::optional<Settled> settled;
  Evaluation evaluation;
  AssembleContext context() const {
    return {in_force.base(), in_force.rules(), facts, evaluation, {again ? &*again : nullptr, settled ? &*settled : nullptr}};
  }

 private:
  Evaluation evaluated(bool all_words);
};

Screening screening_of(const AssembleContext& context, const Patient& patient);
Brief brief_of(const AssembleContext& context, const Patient& patient);

}  // namespace theriac::detail
