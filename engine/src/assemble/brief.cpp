#include "theriac/brief.hpp"

#include "assemble/assembled.hpp"
#include "assemble/finding.hpp"
#include "assemble/values.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace theriac {
namespace {

using namespace detail;

std::vector<std::string> to_be_got(const AssembleContext& context, const Needs& needs) {
  std::vector<Need> asked;
  std::copy_if(needs.begin(), needs.end(), std::back_inserter(asked), [](const Need& need) { return need.asked; });
  std::set<std::string> inputs;
  for (const auto& need : to_get(told_needs(context, asked))) inputs.insert(need.input);
  return {inputs.begin(), inputs.end()};
}

BriefFinding in_brief(const AssembleContext& context, const Draft& draft) {
  BriefFinding finding;
  finding.rule = context.rules[draft.rule].label;
  finding.effect = context.terms().at(draft.effect).name;
  finding.severity = draft.severity;
  finding.status = draft.verdict;
  finding.drugs = context.names(draft.ingredients);
  finding.supports = supports_told(context, draft);
  finding.supports_total = finding.supports.size();
  if (finding.supports.size() > most_supports_written) finding.supports.resize(most_supports_written);
  if (draft.verdict == Verdict::possible) finding.needs = to_be_got(context, draft.needs);
  return finding;
}

}  // namespace

Brief detail::brief_of(const AssembleContext& context, const Patient& patient) {
  Brief result;
  result.id = patient.id;
  for (const auto& draft : draft(context.terms(), context.rules, context.evaluation, Verdict::possible)) {
    if (draft.folded_into >= 0) continue;
    (draft.verdict >= Verdict::unless ? result.findings : result.undecided).push_back(in_brief(context, draft));
  }
  for (const auto& entry : context.facts.not_screened) {
    result.not_screened.push_back({entry.entry, entry.text, entry.reason, entry.at.to_string(), {}, {}, entry.suggestions, {}});
  }
  result.not_understood = context.facts.not_understood;
  return result;
}

Brief brief(const RuleBase& rules, const Patient& patient, const ScreenOptions& options) {
  return brief_of(Judgement(rules, patient, options).context(), patient);
}

}  // namespace theriac
