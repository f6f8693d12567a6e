// Orders rules so that what a rule denies is settled before it is denied. A cycle through a negation is refused: the diagnostic prints it in the
// rules' own words, and the rules of that cycle are not loaded.
#pragma once

#include "evaluate/evaluate.hpp"

namespace theriac::detail {

struct Stratified {
  Strata strata;
  grammar::Diagnostics diagnostics;
  std::vector<std::uint32_t> refused;  // rules in a cycle through negation, ascending
};

Stratified stratify(const Terminology& terms, const std::vector<ResolvedRule>& rules);

}  // namespace theriac::detail
