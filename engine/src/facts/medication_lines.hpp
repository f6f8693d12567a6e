// Readings of medication lines, kept by their words: in a list, and from one list to the next, doses and names come again and again. Each thread
// keeps its own, few and short ones only.
#pragma once

#include "theriac/grammar/dosage.hpp"

#include <string_view>

namespace theriac::detail {

// What `grammar::read_medication_line` says of it.
grammar::MedicationLine medication_line(std::string_view text);

}  // namespace theriac::detail
