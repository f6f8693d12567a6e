// What to do about a group: one item a drug, one verb said once, and nothing that the report said before.
#pragma once

#include "report/page.hpp"
#include "theriac/screening.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace theriac::detail {

// What earlier groups of this report have told.
struct Told {
  std::map<std::string, std::pair<bool, std::string>> advice;  // drug and words → told as urgent, the group
  std::set<std::string> never_abrupt;                          // drugs
};

struct AdviceStyle {
  std::size_t most = 0;             // of a group's plan, what names no drug; the rest is counted
  bool all = false;                 // everything, in the words of each rule
  std::string_view rest = "--all";  // where what is counted stands
};

struct AdviceItems {
  std::vector<std::string> now, plan;
};
// `findings`: those of the group, shown or not.
AdviceItems advice_items(const ProblemGroup& group, const std::vector<const Finding*>& findings, const AdviceStyle& style, Told& told);
void write_advice(Page& page, const ProblemGroup& group, const std::vector<const Finding*>& findings, const AdviceStyle& style, Told& told);

}  // namespace theriac::detail
