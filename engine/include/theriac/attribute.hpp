// From a complaint to what of this regimen can cause it: the findings that end in it, and the drugs of which it is known, likeliest first. What is
// not listed here is not cleared by that. Pure, like `screen`.
//
//     if (const auto answer = attribute(rules, patient, "back pain")) std::cout << attribute_text(*answer, style);
#pragma once

#include "theriac/report.hpp"
#include "theriac/screen.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac {

// When the complaint began, beside the start of the drug and the time in which it usually begins.
enum class Onset : std::uint8_t { fits, not_known, early, late, before_the_drug };
std::string_view to_string(Onset onset);  // "" where it is not known

struct Candidate {
  std::string drug;       // the ingredient; "" of a finding
  std::string shown;      // as the list has it
  std::string frequency;  // "very common"; "" where it is named and not counted
  std::string effect;     // what it is known for: the complaint, a kind of it, or what the complaint is a kind of
  std::string named_for;  // the drug or class that the attribution names
  std::string at;         // where it stands in the rules
  std::optional<When> since;
  std::optional<std::int64_t> days;  // from the start to as_of, where the start is exact
  std::string usually;               // "within 4 weeks", "after 1 week, within 4 weeks" of a start; "" where nobody said
  Onset onset = Onset::not_known;
  bool not_sure_taken = false;
  std::optional<Finding> finding;
};

struct Attribution {
  std::string complaint;             // as it was asked
  std::optional<When> began;         // when, as it was asked
  std::vector<std::string> effects;  // what it was understood as
  std::vector<Candidate> candidates;
  std::vector<std::string> nothing_known;  // drugs that are taken and of which the rules name nothing like it
  std::vector<std::string> not_counted;    // "diclofenac gel: counts as local"
  std::size_t drugs = 0, without_start = 0;
  Screening screening;
};

// Nothing where no effect is named so. `began`: when the complaint did, where that is known.
std::optional<Attribution> attribute(const RuleBase& rules, const Patient& patient, std::string_view complaint, const ScreenOptions& options = {},
                                     std::optional<When> began = {});

std::string attribute_text(const Attribution& answer, const TextStyle& style = {});
// Schema theriac.attribution/1.
std::string attribute_json(const Attribution& answer);

}  // namespace theriac
