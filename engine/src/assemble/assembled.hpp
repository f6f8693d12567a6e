// One patient judged by the rules that are in force, and what is told of it.
#pragma once

#include "assemble/context.hpp"
#include "theriac/brief.hpp"

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
  Judgement(const RuleBase& base, const Patient& patient, const ScreenOptions& options);

  RulesInForce in_force;
  Facts facts;
  Evaluation evaluation;
  AssembleContext context() const { return {in_force.base(), in_force.rules(), facts, evaluation}; }
};

Screening screening_of(const AssembleContext& context, const Patient& patient);
Brief brief_of(const AssembleContext& context, const Patient& patient);

}  // namespace theriac::detail
