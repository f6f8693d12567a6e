// Why a rule said nothing of a patient: its premises one by one for the drugs that come nearest to it, each with what was read and where it stands.
// A rule always gets an answer, one that speaks too. Pure, like `screen`; the same input gives the same value.
//
//     auto answer = why_not(rules, patient, "ssri-nsaid-bleeding");
//     if (answer) std::cout << why_not_text(*answer, style);
#pragma once

#include "theriac/report.hpp"
#include "theriac/screen.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac {

// Drugs that the rule could mean, and what each of its premises comes to with them.
struct NearMiss {
  std::vector<std::string> drugs;  // names, sorted
  std::vector<std::string> shown;  // the same, as the list has them
  std::vector<Premise> premises;   // in the order of the rule
  std::size_t not_so = 0, not_known = 0, blocked = 0;
};

struct WhyNot {
  enum class Is : std::uint8_t { fires, undecided, open, silenced, silent, not_loaded };
  Is is = Is::silent;
  std::string rule, title, reading, at, status;
  std::string because;                // of a rule that is not loaded
  std::vector<std::string> findings;  // refs, or ids where there is no ref, of what it says
  std::vector<Need> needs;            // of what is undecided or open
  std::vector<NearMiss> nearest;      // best first, at most `most_near`
  std::string source;
};
inline constexpr std::size_t most_near = 8;

std::string_view to_string(WhyNot::Is is);

// Nothing where there is no such rule.
std::optional<WhyNot> why_not(const RuleBase& rules, const Patient& patient, std::string_view rule, const ScreenOptions& options = {});
// Every rule that names drugs like these and needs nothing else that is not in the list, nearest first; `drugs` are names of the vocabulary.
std::vector<WhyNot> why_not_together(const RuleBase& rules, const Patient& patient, const std::vector<std::string>& drugs,
                                     const ScreenOptions& options = {});

std::string why_not_text(const WhyNot& answer, const TextStyle& style = {});
// Schema theriac.why-not/1: one object, whatever the number of rules.
std::string why_not_json(const std::vector<WhyNot>& answers);

}  // namespace theriac
