// What would be said of the patient if something were otherwise: a drug more, a drug less, a value known. And, without a wish, what each missing
// value would settle: the thresholds of the rules cut a number's axis into cells, and one screening a cell says what is found there. Pure, like
// `screen`.
//
//     const auto edited = edit(rules, patient, {.without = {"diazepam"}});
//     if (edited.problems.empty()) std::cout << what_if_text(compare(rules, patient, edited.patient), style);
#pragma once

#include "theriac/report.hpp"
#include "theriac/screen.hpp"

#include <array>
#include <string>
#include <vector>

namespace theriac {

struct Edits {
  std::vector<std::string> without;  // drugs or classes: stopped on as_of, so that what speaks of stopping speaks; a habit is given up
  std::vector<std::string> with;     // lines of medication, proposed from as_of on
  std::vector<std::string> assume;   // "eGFR=45", "age=70", "falls=no": in place of what was stated
};
struct Edited {
  Patient patient;
  std::vector<std::string> problems;  // with a suggestion where there is one; then the patient is as it was
};
Edited edit(const RuleBase& rules, const Patient& patient, const Edits& edits);

// A finding of one screening and what became of it in another.
struct Change {
  enum class Is : std::uint8_t { gone, added, changed } is{};
  Finding before, after;             // the one that there is; both of a change
  std::vector<std::string> reasons;  // "without diazepam", "major → moderate", "eGFR 45 is not < 30"
};
struct Compared {
  std::vector<Change> changes;  // new, changed, gone; each in the order of the report
  Screening before, after;
  std::size_t count(Change::Is is) const;
};
Compared compare(const RuleBase& rules, const Patient& before, const Patient& after, const ScreenOptions& options = {});

// Values of one input between which nothing changes. Where what changes is worked out from it, its place is told to three figures: "≤ 1.71",
// "≥ 1.72".
struct Cell {
  std::string range;                // "< 30", "≥ 30 and < 60"; "yes"; "" where all values say the same
  std::vector<std::string> points;  // values that were screened, as `assume` takes them
  std::vector<std::string> says;    // what is found here and not in every cell: "contraindicated lactic acidosis: metformin"
  bool now = false;                 // holds the value that is stated
};
struct CellsOf {
  std::string input, unit;
  std::string value;        // as stated; "" where it is missing
  std::vector<Cell> cells;  // at least two
};
// The same of two inputs: for each stretch of the first the cells of the second.
struct CellsOfTwo {
  std::array<std::string, 2> inputs, units;
  struct Row {
    std::string range;
    std::vector<std::string> points;  // of the first that were tried; with each of them, each point of the cells
    std::vector<Cell> cells;
  };
  std::vector<Row> rows;
};
struct WhatIf {
  std::vector<CellsOf> missing;      // inputs that undecided findings ask for
  std::vector<CellsOfTwo> together;  // two that one finding asks for
  std::vector<CellsOf> known;        // stated measurements that would matter if they were otherwise
  Screening screening;
};
// At most `most_inputs` of each.
inline constexpr std::size_t most_inputs = 8, most_pairs = 4;
WhatIf what_if(const RuleBase& rules, const Patient& patient, const ScreenOptions& options = {});

std::string what_if_text(const Compared& compared, const TextStyle& style = {});
std::string what_if_text(const WhatIf& answer, const TextStyle& style = {});
// Schema theriac.what-if/1.
std::string what_if_json(const Compared& compared, const Edits& edits);
std::string what_if_json(const WhatIf& answer);

}  // namespace theriac
