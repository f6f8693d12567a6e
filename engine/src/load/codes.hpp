// Codes of others' systems that stand in terminology files: only their form is checked.
#pragma once

#include <string_view>

namespace theriac::detail {

bool is_rxcui(std::string_view code);    // digits
bool is_icd10cm(std::string_view code);  // "G47.3", "W06"
bool is_loinc(std::string_view code);    // "2160-0", with its check digit
bool is_date(std::string_view text);     // "2026-11-22"; only the form

}  // namespace theriac::detail
