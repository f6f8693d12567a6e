// The difference between two screenings: of two patients, or of one under two rule bases, each new, changed and gone finding with the smallest changes
// that it comes from. Pure, like `screen`.
//
//     std::cout << diff_text(diff(rules, before, after), style);
#pragma once

#include "theriac/what_if.hpp"

#include <optional>
#include <string>
#include <vector>

namespace theriac {

struct Difference {
  std::string patient;                         // id, or where it was read from
  std::vector<std::string> changed;            // of the person and the list: "eGFR 60 → 28", "with ibuprofen 400 mg tid"
  Compared compared;
  std::vector<std::vector<std::string>> blame; // a list for each of `compared.changes`: the fewest of what changed without which it would be as before
};
// Between two states of a patient.
Difference diff(const RuleBase& rules, const Patient& before, const Patient& after, const ScreenOptions& options = {});
// Of one patient between two rule bases, which may have vocabularies of their own.
Difference diff(const RuleBase& before, const RuleBase& after, const Patient& patient, const ScreenOptions& options = {});

// What a change of the rules is, whoever takes what.
struct RuleChange {
  enum class Is : std::uint8_t { added, changed, gone } is{};
  std::string rule, before, after;  // as sentences
};
std::vector<RuleChange> diff_rules(const RuleBase& before, const RuleBase& after);

std::string diff_text(const Difference& difference, const TextStyle& style = {});
std::string diff_text(const std::vector<RuleChange>& changes, const TextStyle& style = {});
// Schema theriac.diff/1: what became of the rules, where rules are compared, and of each patient.
std::string diff_json(const std::vector<RuleChange>& rules, const std::vector<Difference>& patients);

}  // namespace theriac
