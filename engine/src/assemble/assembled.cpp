#include "assemble/assembled.hpp"

#include "assemble/coverage.hpp"
#include "compile/jurisdiction.hpp"

#include <algorithm>

namespace theriac::detail {

RulesInForce::RulesInForce(const RuleBase& rules, const ScreenOptions& options)
    : base_(rules.compiled()),
      chosen_(options.jurisdictions.empty() ? std::vector<ResolvedRule>()
                                            : for_jurisdictions(base_.as_written(), base_.references, options.jurisdictions)),
      rules_(options.jurisdictions.empty() ? base_.rules : chosen_) {}

Judgement::Judgement(const RuleBase& base, const Patient& patient, const ScreenOptions& options, bool all_words)
    : in_force(base, options), facts(understand(patient, *in_force.base().terminology)), evaluation(evaluated(all_words)) {}

Evaluation Judgement::evaluated(bool all_words) {
  const auto& terms = *in_force.base().terminology;
  const auto& strata = in_force.base().strata;
  if (!all_words || std::none_of(facts.exposures.begin(), facts.exposures.end(), might_count))
    return evaluate(terms, in_force.rules(), strata, facts);
  again.emplace(terms, in_force.rules(), strata, in_force.base().reads());
  settled.emplace(again->settle(facts, nullptr));
  return again->evaluation(*settled);
}

}  // namespace theriac::detail
