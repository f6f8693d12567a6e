// The smallest sets of changes of the medication list that leave no finding at or above a goal. Each set was screened again as a whole: it meets the
// goal, and no part of it does. It decides nothing and writes nothing; it says what a prescriber could look at first. Pure, like `screen`; the same
// input gives the same value, for what bounds the search are counts of screenings and steps, never the time that has passed.
//
//     const auto answer = fix(rules, patient, {.goal = Severity::major});
//     std::cout << fix_text(answer, style);
#pragma once

#include "theriac/what_if.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac {

struct FixEdit {
  // What each costs stands in docs/user/fix.md: a set that costs less is told first.
  enum class Kind : std::uint8_t { separate, delay, avoid, protect, reduce, omit, replace, stop, taper } kind{};
  std::string drug;                   // as the list has it; of a protecting drug its name
  std::string to;                     // the drug in its place, the dose, the date, the times of day; "" where the kind says all
  std::string why;                    // "phenelzine stopped 2025-03-02, 14 days", "listed for atrial fibrillation"; "" where there is nothing to add
  std::vector<std::int32_t> entries;  // that it changes; none of a habit and of what is added
  std::uint32_t cost = 0;
};
std::string_view to_string(FixEdit::Kind kind);

struct FixProposal {
  std::vector<FixEdit> edits;  // in the order of the list, what is added last
  std::uint32_t cost = 0;
  Patient patient;       // with the changes made
  Compared compared;     // to the screening as it stands
  std::size_t also = 0;  // sets of the same kinds of changes of the same entries, to other drugs, doses or dates, that do it too
};

struct FixOptions {
  Severity goal = Severity::major;
  std::size_t most_proposals = 5;
  std::size_t most_screenings = 1500;
  std::size_t most_steps = 200'000;  // sets of changes that are looked at, screened or not
  std::vector<std::string> jurisdictions;
};
inline constexpr std::size_t most_drugs_to_fix = 25;

struct Fix {
  Severity goal{};
  Screening before;
  std::vector<FixProposal> proposals;            // cheapest first
  std::vector<Finding> beyond;                   // at or above the goal, and no change that is tried here reaches them: the proposals leave them
  std::vector<std::string> without_alternative;  // of what the proposals take away: no other drug is listed at that dose
  bool proven = false;                           // nothing cheaper than the first proposal does it; without one: nothing that is tried here does
  bool too_many = false;                         // more drugs than are searched
  std::size_t drugs = 0, changes = 0, screenings = 0;  // looked at
};

Fix fix(const RuleBase& rules, const Patient& patient, const FixOptions& options = {});

std::string fix_text(const Fix& answer, const TextStyle& style = {});
// Schema theriac.fix/1.
std::string fix_json(const Fix& answer);

}  // namespace theriac
