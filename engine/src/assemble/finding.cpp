#include "assemble/finding.hpp"

#include "assemble/advice.hpp"
#include "assemble/kept_words.hpp"
#include "assemble/proof.hpp"
#include "assemble/values.hpp"
#include "terminology/sha256.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

std::string join(const std::vector<std::string>& parts, std::string_view by) {
  std::string result;
  for (const auto& part : parts) {
    if (!result.empty()) result += by;
    result += part;
  }
  return result;
}

// Which drug each named role was given to.
std::vector<std::pair<std::string, std::vector<std::string>>> roles_of(const AssembleContext& context, const Draft& draft) {
  std::map<std::string, std::set<std::string>> roles;
  const auto& rule = context.rules[draft.rule];
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    if (rule.items[i].role.empty()) continue;
    for (const auto* support : draft.every_support) {
      for (const auto exposure : support->items[i]) roles[rule.items[i].role].insert(context.name(context.facts.exposures[exposure].what));
    }
  }
  std::vector<std::pair<std::string, std::vector<std::string>>> result;
  for (const auto& [role, drugs] : roles) result.emplace_back(role, std::vector<std::string>(drugs.begin(), drugs.end()));
  return result;
}

// Never values, dates, severity, entry order or rule version: a decision on a finding is found again.
std::string identity(const Finding& finding) {
  std::string text =
      finding.rule + "\n" + finding.effect + "\n" + (finding.status >= Verdict::unless ? "holds" : to_string(finding.status).data()) + "\n";
  text += join(finding.drugs, ",") + "\n" + finding.of_drug;
  for (const auto& [role, drugs] : finding.roles) text += "\n" + role + "=" + join(drugs, ",");
  return "f-" + sha256_hex(text).substr(0, 16);
}

std::vector<SeverityShift> shifts_of(const AssembleContext& context, const std::vector<Shifted>& shifts) {
  std::vector<SeverityShift> result;
  for (const auto& shift : shifts) result.push_back({shift.to, shift.because, told_needs(context, shift.needs), shift.at});
  return result;
}

std::size_t enough(const ResolvedRule& rule, const Draft& draft) {
  std::size_t fewest = draft.supports.empty() ? 0 : draft.supports.front()->ingredients.size();
  for (const auto* support : draft.supports) fewest = std::min(fewest, support->ingredients.size());
  for (const auto& item : rule.items) {
    if (const auto* count = std::get_if<CountItem>(&item.what); count != nullptr && rule.items.size() == 1)
      return std::min<std::size_t>(fewest, count->at_least);
  }
  return fewest;
}

void tell_supports(const AssembleContext& context, const Draft& draft, Finding& finding) {
  finding.supports = supports_told(context, draft);
  finding.supports_total = finding.supports.size();
  if (finding.supports.size() > most_supports_written) finding.supports.resize(most_supports_written);
}

void tell_drugs(const AssembleContext& context, const Draft& draft, Finding& finding) {
  auto ids = draft.ingredients;
  std::sort(ids.begin(), ids.end(), [&](ConceptId a, ConceptId b) { return context.name(a) < context.name(b); });
  for (const auto id : ids) {
    finding.drugs.push_back(context.name(id));
    finding.shown.push_back(context.shown(id));
  }
  std::set<std::int32_t> entries;
  for (const auto exposure : draft.exposures) {
    if (context.facts.exposures[exposure].entry >= 0) entries.insert(context.facts.exposures[exposure].entry);
  }
  finding.entries.assign(entries.begin(), entries.end());
  finding.roles = roles_of(context, draft);
  if (draft.of) finding.of_drug = context.name(*draft.of);
}

void tell_sources(const AssembleContext& context, const ResolvedRule& rule, Finding& finding) {
  std::set<std::string> jurisdictions;
  for (const auto& use : rule.sources) {
    const auto at = context.base.references.find(use.key);
    if (at == context.base.references.end()) {
      finding.sources.push_back({use.key, "", "", "", "", "no"});
      continue;
    }
    const auto& reference = at->second;
    finding.sources.push_back({reference.key, reference.kind, reference.jurisdiction, reference.place, reference.url, reference.seen});
    if (!reference.jurisdiction.empty()) jurisdictions.insert(reference.jurisdiction);
    if (use.severity && *use.severity > finding.base) {
      finding.disputed.push_back(reference.jurisdiction + " says " + std::string(to_string(*use.severity)));
    }
  }
  finding.jurisdictions.assign(jurisdictions.begin(), jurisdictions.end());
}

void tell_flags(const AssembleContext& context, const Draft& draft, Finding& finding) {
  for (const auto flag : draft.flags) finding.flags.push_back(context.terms().at(flag));
  for (const auto flag : draft.flags_possible) finding.flags_possible.push_back(context.terms().at(flag));
  std::sort(finding.flags.begin(), finding.flags.end());
  std::sort(finding.flags_possible.begin(), finding.flags_possible.end());
}

// What, if it were so, would silence it or make it untrue.
std::vector<std::string> unless_of(const Draft& draft) {
  std::set<std::string> result;
  if (draft.verdict != Verdict::unless) return {};
  for (const auto& need : draft.against) result.insert(need.input);
  for (const auto& need : draft.needs) result.insert(need.input);
  return {result.begin(), result.end()};
}

// What other rules say of the same.
void tell_merged(const AssembleContext& context, const Draft& draft, Finding& finding) {
  for (const auto& other : draft.merged) {
    if (other.rule != draft.rule) finding.besides.push_back({context.rules[other.rule].title, advice_of(context, other), ""});
  }
  for (const auto rule : draft.also()) finding.also.push_back(context.rules[rule].label);
  std::sort(finding.also.begin(), finding.also.end());
}

// What is slow to tell; kept where somebody keeps it.
void tell_lasting(const AssembleContext& context, const World& world, const Draft& draft, Finding& finding) {
  const auto anew = [&] {
    KeptWords::Words words;
    if (!draft.supports.empty()) words.proof = prove(context, world, draft.rule, draft.exception, draft.every_support);
    words.id = identity(finding);
    return words;
  };
  auto words = context.kept.words == nullptr ? anew() : context.kept.words->of(draft, anew);
  finding.derivation = std::move(words.proof);
  finding.id = std::move(words.id);
}

std::vector<Need> asked(const Needs& needs) {
  std::vector<Need> result;
  for (const auto& need : needs) {
    if (need.asked) result.push_back(need);
  }
  return result;
}

}  // namespace

std::vector<std::vector<std::string>> supports_told(const AssembleContext& context, const Draft& draft) {
  std::vector<std::vector<std::string>> result;
  for (const auto* support : draft.supports) result.push_back(context.names(support->ingredients));
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

Finding finding_of(const AssembleContext& context, const World& world, const Draft& draft) {
  const auto& rule = context.rules[draft.rule];
  const auto& effect = context.terms().at(draft.effect);
  Finding finding;
  finding.rule = rule.label;
  finding.rule_version = rule.version;
  finding.rule_status = rule.status;
  finding.title = rule.title;
  finding.effect = effect.name;
  finding.problem = effect.problem ? context.terms().at(*effect.problem) : effect.name;
  finding.severity = draft.severity;
  finding.base = draft.base;
  finding.raised = shifts_of(context, draft.raised);
  finding.lowered = shifts_of(context, draft.lowered);
  finding.could_raise = shifts_of(context, draft.could_raise);
  finding.status = draft.verdict;
  finding.unless = unless_of(draft);
  finding.needs = draft.verdict == Verdict::possible ? asked(draft.needs) : draft.verdict == Verdict::open ? draft.needs : Needs{};
  finding.needs = told_needs(context, finding.needs);
  tell_drugs(context, draft, finding);
  tell_supports(context, draft, finding);
  finding.enough = enough(rule, draft);
  tell_flags(context, draft, finding);
  finding.summary = (finding.shown.empty() ? rule.title : join(finding.shown, " + ")) + ": " + finding.effect;
  finding.mechanism = rule.because;
  finding.patient_text = rule.tell_patient;
  finding.actions = advice_of(context, draft);
  tell_merged(context, draft, finding);
  finding.evidence = rule.evidence;
  const auto& head = draft.exception < 0 ? rule.heads[draft.head] : rule.exceptions[static_cast<std::size_t>(draft.exception)].heads[draft.head];
  if (head.disputed) finding.disputed.push_back(rule.because.empty() ? "the claim is disputed" : rule.because);
  tell_sources(context, rule, finding);
  if (!draft.supports.empty()) finding.premises = draft.supports.front()->premises;
  tell_lasting(context, world, draft, finding);
  return finding;
}

void tell_folded(std::vector<Finding>& findings, const std::vector<Finding>& folded) {
  for (const auto& small : folded) {
    if (small.status < Verdict::unless || small.severity < Severity::moderate) continue;
    const auto big = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.id == small.within; });
    if (big != findings.end()) big->besides.push_back({small.title, small.actions, small.id});
  }
}

std::vector<ProblemGroup> group_by_problem(std::vector<Finding>& findings, const std::vector<Finding>& undecided) {
  std::vector<ProblemGroup> groups;
  const auto heading_of = [&](const Finding& finding) -> ProblemGroup& {
    const auto at = std::find_if(groups.begin(), groups.end(), [&](const ProblemGroup& group) { return group.problem == finding.problem; });
    if (at != groups.end()) return *at;
    if (groups.size() == most_groups) return groups.back();
    groups.push_back({});
    groups.back().problem = finding.problem;
    groups.back().ref = std::to_string(groups.size());
    return groups.back();
  };
  for (auto& finding : findings) {  // in the order of the report, so groups come worst first
    auto& group = heading_of(finding);
    const auto letter = group.findings.size();
    finding.ref = group.ref + (letter < 26 ? std::string(1, static_cast<char>('a' + letter)) : "z" + std::to_string(letter - 24));
    group.findings.push_back(finding.id);
    group.severity = std::max(group.severity, finding.severity);
    group.drugs.insert(group.drugs.end(), finding.drugs.begin(), finding.drugs.end());
    group.flags.insert(group.flags.end(), finding.flags.begin(), finding.flags.end());
    merge_advice(group, finding.actions, finding.ref);
  }
  for (auto& finding : findings) merge_besides(heading_of(finding), finding);
  for (const auto& finding : undecided) {
    const auto at = std::find_if(groups.begin(), groups.end(), [&](const ProblemGroup& group) { return group.problem == finding.problem; });
    if (at != groups.end()) at->undecided.push_back(finding.id);
  }
  for (auto& group : groups) {
    for (auto* list : {&group.drugs, &group.flags}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    settle_advice(group);
  }
  return groups;
}

}  // namespace theriac::detail
