// One line of a batch: a patient, or what is wrong with it. The plan answers what it can, the whole way the rest. One instance a thread.
#pragma once

#include "theriac/brief.hpp"
#include "theriac/plan_lines.hpp"
#include "theriac/regimen/quick.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::cli {

struct BatchOptions {
  std::optional<Minutes> as_of;
  Minutes today = 0;
  std::vector<std::string> jurisdictions;
  BriefStyle style;
  bool whole = false;  // whole screenings
  bool strict = false;
  bool by_plan = true;  // false: everything goes the whole way
};

struct BatchTally {
  std::uint64_t patients = 0, findings = 0, bad_lines = 0, incomplete = 0;
  std::vector<std::uint64_t> by_rule;  // patients with a finding of the rule, in the order of RuleBase::labels
  BatchTally& operator+=(const BatchTally& more);
};

class BatchLine {
 public:
  // `words`: shared with the lines of other threads, or none.
  BatchLine(std::shared_ptr<const RuleBase> rules, std::shared_ptr<const Plan> plan, BatchOptions options,
            std::shared_ptr<regimen::QuickWords> words);
  // Appends the answers to whole lines, of which the first has this number, to `out`; nothing for an empty line. How many were answered.
  std::uint64_t answer(std::uint64_t number, std::string_view lines, std::string& out);
  BatchTally tally() const;

 private:
  struct Numbered {
    std::array<std::uint64_t, regimen::QuickLines::at_once> numbers{};
    std::array<std::string_view, regimen::QuickLines::at_once> lines{};
    std::size_t count = 0;
  };
  void answer_some(const Numbered& some, std::string& out);
  bool by_plan(std::size_t line, std::string& out);
  void whole_way(std::uint64_t number, std::string_view line, std::string& out);
  void bad(std::uint64_t number, std::string_view why, std::string& out);

  std::shared_ptr<const RuleBase> rules_;
  BatchOptions options_;
  std::optional<regimen::QuickLines> quick_;
  std::optional<PlanLines> lines_;
  std::vector<std::uint32_t> rule_of_head_;
  std::map<std::string, std::uint32_t, std::less<>> rule_of_label_;
  struct Counted {
    std::uint64_t last = 0;  // the patient who was counted last
    std::uint64_t patients = 0;
  };
  void told(Counted& counted);
  std::vector<Counted> by_label_;  // of those who went the whole way
  std::vector<Counted> by_head_;   // of the others; the heads of one rule stand in a row and are told together
  BatchTally tally_;               // without what is counted by rule
};

}  // namespace theriac::cli
