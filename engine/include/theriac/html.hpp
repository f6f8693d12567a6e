// A screening as one page: findings with their proofs, the picture of what leads to what, what is missing, and a page for the patient. Self-contained
// (no script, nothing loaded), the words of the text report, printable. Deterministic to the byte.
#pragma once

#include "theriac/screening.hpp"

#include <string>

namespace theriac {

std::string report_html(const Screening& screening);

}  // namespace theriac
