// Input that is made of resources (FHIR): every place that the screening names is told by resource and element too.
#pragma once

#include "theriac/patient.hpp"
#include "theriac/screening.hpp"

namespace theriac::detail {

void name_elements(Screening& screening, const Patient& patient);

}  // namespace theriac::detail
