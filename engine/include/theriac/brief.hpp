// A screening in brief, for many patients: what was found, what is undecided, what was not screened; no proofs, advice or coverage. The same findings
// in the same order as `screen` gives. Pure, like `screen`.
#pragma once

#include "theriac/screen.hpp"

#include <string>
#include <vector>

namespace theriac {

struct BriefFinding {
  std::string rule, effect;
  Severity severity{};
  Verdict status{};
  std::vector<std::string> drugs;                  // sorted
  std::vector<std::vector<std::string>> supports;  // as Finding::supports
  std::size_t supports_total = 0;
  std::vector<std::string> needs;  // of what is undecided: what one would go and get, sorted
};

struct Brief {
  std::string id;
  std::vector<BriefFinding> findings, undecided;
  std::vector<NotScreenedEntry> not_screened;
  std::vector<NotUnderstood> not_understood;
};

Brief brief(const RuleBase& rules, const Patient& patient, const ScreenOptions& options = {});

struct BriefStyle {
  bool undecided = false;  // tell what is undecided, not only how much
  bool supports = false;
};
// A line of `theriac.batch/1`, with its end.
std::string brief_line(const Brief& brief, const BriefStyle& style = {});

}  // namespace theriac
