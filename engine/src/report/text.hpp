// The blocks of the text report, in the order in which they are read.
#pragma once

#include "report/page.hpp"
#include "theriac/report.hpp"

namespace theriac::detail {

// Who, when, how much of the list was screened; what was not; what counts as what.
void write_header(Page& page, const Screening& screening);
void write_not_covered(Page& page, const Screening& screening);
void write_counted(Page& page, const Screening& screening, const TextStyle& style);

// Groups by problem. At most `findings_a_group` of those below major are shown, the others are counted.
void write_groups(Page& page, const Screening& screening, const TextStyle& style, std::size_t findings_a_group);

// What kept silent, what waits for a value, what was not looked at, what could still be.
void write_quiet(Page& page, const Screening& screening, const TextStyle& style);
void write_undecided(Page& page, const Screening& screening, const TextStyle& style);
void write_not_checked(Page& page, const Screening& screening);
void write_open(Page& page, const Screening& screening, const TextStyle& style);

// With `all` only: what was folded and silenced, and what was taken for granted.
void write_rest(Page& page, const Screening& screening);

// Counts, the rule base, the disclaimer and where to read on.
void write_closing(Page& page, const Screening& screening, const TextStyle& style);

}  // namespace theriac::detail
