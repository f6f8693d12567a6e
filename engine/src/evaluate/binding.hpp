// One rule against one patient: all bindings, each judged, gathered into supports.
#pragma once

#include "evaluate/evaluate.hpp"

namespace theriac::detail {

struct RuleResult {
  std::vector<Derivation> derivations;
  std::vector<SilencedSupport> silenced;
};

RuleResult apply(const World& world, const ResolvedRule& rule, std::uint32_t index);

}  // namespace theriac::detail
