// A screening made by hand: what the quick-start patient would give, with enough of everything for every block of the report.
#pragma once

#include "theriac/report.hpp"

namespace theriac::test {

Screening ada();            // several problems, one entry not screened
Screening nothing_found();  // complete, no findings
Screening crowded();        // more findings than a screen has lines

// Compares with tests/golden/report/NAME; with THERIAC_UPDATE=1 in the environment writes it instead.
void check_golden(const std::string& name, const std::string& text);

}  // namespace theriac::test
