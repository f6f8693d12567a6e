// Engine against reference on one case: supports with verdict, severity, needs, flags and exposures; findings in the order of the report; what is
// folded into what; which rules are refused.
#pragma once

#include "support/run.hpp"

namespace theriac::testing {

// The first difference; "" where they agree.
std::string disagreement(const Case& what);

}  // namespace theriac::testing
