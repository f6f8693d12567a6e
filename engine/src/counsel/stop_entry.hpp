// An entry of the list that is stopped today, or never begun: for whoever asks what would be if it were.
#pragma once

#include "facts/facts.hpp"

#include <string>

namespace theriac::detail {

// What had begun is stopped on as_of, in the way that is said, and keeps the start that its words told; what had not begun never does.
void stop_entry(Patient& patient, const Exposure& exposure, MedicationEntry::Ended ended, const std::string& said_by);
bool has_begun(const Exposure& exposure, Minutes as_of);

}  // namespace theriac::detail
