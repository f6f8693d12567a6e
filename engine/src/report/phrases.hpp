// Sentences that every form of the report says alike: the text, and the page. Everything returned here is printable.
#pragma once

#include "theriac/screening.hpp"

#include <string>
#include <vector>

namespace theriac::detail {

// What was read of the list, and how.
std::string as_of_words(const Screening& screening);
std::string entry_words(const Screening& screening, std::int32_t entry);
std::string not_screened_words(const NotScreenedEntry& entry);
std::string not_understood_words(const NotUnderstood& value);
std::string deceased_words(const Screening& screening);  // where it is recorded
// One phrase for an entry that counts other than taken and systemic; "" for the others.
std::string counted_as(const ScreenedEntry& entry);

// What stands under a finding's line: `rest`, what moved its severity, what would silence it, what is disputed.
std::vector<std::string> finding_details(const Finding& finding, const std::string& rest);

// What kept silent, what waits, what could still be.
std::string because_words(const Quiet& quiet);
std::string waiting_words(const Finding& finding);  // "metformin: lactic acidosis, contraindicated"
std::string open_words(const OpenChecks& open, const Coverage& coverage);

// The last lines: how much, by what, and who has looked at it.
std::string count_words(const Screening& screening);
std::string review_words(const Screening& screening);

}  // namespace theriac::detail
