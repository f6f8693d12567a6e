// The patient of an example inside a rule: "oxycodone 10 mg twice daily, diazepam 5 mg at night; 82 years, female, sleep apnea unknown". Medications
// (`none` if none), then facts. Lists are complete: what is not written is absent; an age or a measurement that is not written is unknown. Times
// count from the day of the example, 2025-01-01. Stricter than the reading of a patient's list: what cannot be read, or names nothing in the
// vocabulary, is an error (TH7001).
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/patient.hpp"
#include "theriac/terminology.hpp"

#include <string_view>

namespace theriac::detail {

// `place`: where the text stands.
Patient read_example(std::string_view text, const Terminology& terminology, grammar::Diagnostics& diagnostics, const grammar::Place& place);

}  // namespace theriac::detail
