// The blocks of the text report, in the order in which they are read.
#pragma once

#include "report/page.hpp"
#include "theriac/report.hpp"

namespace theriac::detail {

// Who, when, how much of the list was screened; what was not; what counts as what.
void write_header(Page& page, const Screening& screening);
void write_not_covered(Page& page, const Screening& screening, const TextStyle& style);
void write_counted(Page& page, const Screening& screening, const TextStyle& style);
// Quantities that formulas gave and findings rest on.
void write_worked_out(Page& page, const Screening& screening, const TextStyle& style);

// How much is written of what is below major. What is cut is counted where it would stand, and `all` writes it.
struct Detail {
  std::size_t findings;  // lines of findings of a group
  std::size_t advice;    // advice of a group that names no drug
  std::size_t quiet;
  bool compact;  // a problem of one row beside its heading; what is open without names
};

// Groups by problem, the worst first.
void write_groups(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail);

// What kept silent, what waits for a value, what was not looked at, what could still be.
void write_quiet(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail);
void write_undecided(Page& page, const Screening& screening, const TextStyle& style);
void write_not_checked(Page& page, const Screening& screening);
void write_open(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail);

// With `all` only: what was folded and silenced, and what was taken for granted.
void write_rest(Page& page, const Screening& screening);

// Counts, the rule base, the disclaimer and where to read on.
void write_closing(Page& page, const Screening& screening, const TextStyle& style);

}  // namespace theriac::detail
