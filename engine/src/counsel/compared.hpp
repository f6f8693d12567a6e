// Two screenings side by side: what became of each finding.
#pragma once

#include "theriac/what_if.hpp"

namespace theriac::detail {

// The reasons of what is gone are left empty.
Compared compared(Screening before, Screening after);

// The premises of the finding's rule that do not hold of its drugs, or of what comes nearest.
std::vector<std::string> why_it_is_silent(const RuleBase& rules, const Patient& patient, const Finding& gone, const ScreenOptions& options);

}  // namespace theriac::detail
