// Screens one patient with one rule base. Pure: reads no clock, no file, no environment; the same input gives the same value on any number of threads.
#pragma once

#include "theriac/patient.hpp"
#include "theriac/rule_base.hpp"
#include "theriac/screening.hpp"

namespace theriac {

struct ScreenOptions {
  std::vector<std::string> jurisdictions;  // empty: all
};

Screening screen(const RuleBase& rules, const Patient& patient, const ScreenOptions& options = {});

}  // namespace theriac
