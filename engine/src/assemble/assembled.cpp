#include "assemble/assembled.hpp"

#include "compile/jurisdiction.hpp"

namespace theriac::detail {

RulesInForce::RulesInForce(const RuleBase& rules, const ScreenOptions& options)
    : base_(rules.compiled()),
      chosen_(options.jurisdictions.empty() ? std::vector<ResolvedRule>()
                                            : for_jurisdictions(base_.as_written, base_.references, options.jurisdictions)),
      rules_(options.jurisdictions.empty() ? base_.rules : chosen_) {}

Judgement::Judgement(const RuleBase& base, const Patient& patient, const ScreenOptions& options)
    : in_force(base, options),
      facts(understand(patient, *in_force.base().terminology)),
      evaluation(evaluate(*in_force.base().terminology, in_force.rules(), in_force.base().strata, facts)) {}

}  // namespace theriac::detail
