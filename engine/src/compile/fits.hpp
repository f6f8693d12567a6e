// Does everything that an image's rules and vocabulary point at exist? Asked of bytes that may be anybody's, before anything follows a pointer.
#pragma once

#include "evaluate/evaluate.hpp"
#include "resolve/resolved.hpp"

#include <vector>

namespace theriac::detail {

bool fits(const TerminologyData& terminology, const std::vector<ResolvedRule>& rules, const std::vector<ResolvedAttribution>& attributions,
          const Strata& strata);

}  // namespace theriac::detail
