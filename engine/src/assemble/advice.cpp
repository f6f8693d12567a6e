#include "assemble/advice.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

// From the most cautious to the least. What changes a drug comes first; what only accompanies it is never merged away.
constexpr std::array<std::string_view, 14> verbs = {"avoid",    "taper", "stop", "switch",  "reduce", "separate", "delay",
                                                    "continue", "start", "give", "monitor", "check",  "ask",      "inform"};
constexpr std::size_t changes_the_drug = 7;        // verbs before this one compete for a drug
constexpr std::size_t changes_the_treatment = 10;  // what comes from this one on only watches over it

std::size_t caution(std::string_view verb) { return static_cast<std::size_t>(std::find(verbs.begin(), verbs.end(), verb) - verbs.begin()); }

std::vector<ConceptId> drugs_of(const AssembleContext& context, const Draft& draft, const ResolvedAction& action) {
  std::set<ConceptId> drugs;
  for (const auto item : action.items) {
    for (const auto* support : draft.every_support) {
      if (item >= support->items.size()) continue;
      for (const auto exposure : support->items[item]) drugs.insert(context.facts.exposures[exposure].what);
    }
  }
  // A drug phrase that is no item: those of the finding's drugs that it names, else the drug itself (`give naloxone`).
  for (const auto named : action.concepts) {
    bool matched = false;
    for (const auto ingredient : draft.ingredients) {
      if (context.terms().membership(ingredient, named) != Truth::yes) continue;
      drugs.insert(ingredient);
      matched = true;
    }
    if (!matched) drugs.insert(named);
  }
  return {drugs.begin(), drugs.end()};
}

bool takes_away(std::string_view verb) { return verb == "stop" || verb == "taper" || verb == "reduce" || verb == "switch" || verb == "avoid"; }

// An action says of some of its drugs that they must never be stopped at once, and not of the others: then it is two.
void advise(const AssembleContext& context, const Draft& draft, const ResolvedAction& action, std::vector<ActionAdvice>& out) {
  auto drugs = drugs_of(context, draft, action);
  const auto harmed = [&](ConceptId drug) { return takes_away(action.verb) && context.terms().at(drug).taper; };
  const auto others = std::stable_partition(drugs.begin(), drugs.end(), harmed);
  const auto add = [&](auto begin, auto end, std::string verb, std::string never) {
    out.push_back({std::move(verb), context.names({begin, end}), action.to, action.now, std::move(never), action.text});
  };
  if (others != drugs.begin()) add(drugs.begin(), others, action.verb == "stop" ? "taper" : action.verb, "abrupt stop");
  if (others != drugs.end() || drugs.empty()) add(others, drugs.end(), action.verb, "");
}

bool same_words(const GroupAction& action, const ActionAdvice& advice) {
  return action.now == advice.now && action.verb == advice.verb && action.to == advice.to && action.text == advice.text &&
         action.drugs == advice.drugs;
}

// Does it ask for a change of treatment that the group does not ask for yet, nor for a more cautious one?
bool changes_more(const ProblemGroup& group, const ActionAdvice& advice) {
  if (caution(advice.verb) >= changes_the_treatment) return false;
  const auto asked = [&](const std::string* drug) {
    return std::any_of(group.actions.begin(), group.actions.end(), [&](const GroupAction& action) {
      if (drug == nullptr)
        return action.drugs.empty() && action.verb == advice.verb && (caution(advice.verb) < changes_the_drug || action.text == advice.text);
      return std::find(action.drugs.begin(), action.drugs.end(), *drug) != action.drugs.end() && caution(action.verb) <= caution(advice.verb);
    });
  };
  if (advice.drugs.empty()) return !asked(nullptr);
  return std::any_of(advice.drugs.begin(), advice.drugs.end(), [&](const std::string& drug) { return !asked(&drug); });
}

// For each drug that verbs compete for, the index of the action that keeps it.
std::map<std::string, std::size_t> most_cautious(const std::vector<GroupAction>& actions) {
  std::map<std::string, std::size_t> keeps;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (caution(actions[i].verb) >= changes_the_drug) continue;
    for (const auto& drug : actions[i].drugs) {
      const auto [at, fresh] = keeps.emplace(drug, i);
      if (!fresh && caution(actions[i].verb) < caution(actions[at->second].verb)) at->second = i;
    }
  }
  return keeps;
}

}  // namespace

std::vector<ActionAdvice> advice_of(const AssembleContext& context, const Draft& draft) {
  std::vector<ActionAdvice> result;
  for (const auto& action : context.rules[draft.rule].actions) advise(context, draft, action, result);
  return result;
}

void merge_advice(ProblemGroup& group, const std::vector<ActionAdvice>& actions, const std::string& ref) {
  for (const auto& advice : actions) {
    const auto at = std::find_if(group.actions.begin(), group.actions.end(), [&](const GroupAction& action) { return same_words(action, advice); });
    if (at != group.actions.end()) {
      if (std::find(at->for_refs.begin(), at->for_refs.end(), ref) == at->for_refs.end()) at->for_refs.push_back(ref);
    } else {
      group.actions.push_back({advice.now, advice.verb, advice.to, advice.text, advice.drugs, {ref}});
    }
  }
}

void merge_besides(ProblemGroup& group, Finding& finding) {
  std::vector<Besides> kept;
  for (auto& each : finding.besides) {
    if (std::none_of(each.actions.begin(), each.actions.end(), [&](const ActionAdvice& advice) { return changes_more(group, advice); })) continue;
    merge_advice(group, each.actions, finding.ref);
    kept.push_back(std::move(each));
  }
  finding.besides = std::move(kept);
}

void settle_advice(ProblemGroup& group) {
  const auto keeps = most_cautious(group.actions);
  for (std::size_t i = 0; i < group.actions.size(); ++i) {
    auto& action = group.actions[i];
    if (caution(action.verb) >= changes_the_drug || action.drugs.empty()) continue;
    std::erase_if(action.drugs, [&](const std::string& drug) { return keeps.at(drug) != i; });
    if (action.drugs.empty()) action.verb.clear();
  }
  std::erase_if(group.actions, [](const GroupAction& action) { return action.verb.empty(); });
  std::stable_sort(group.actions.begin(), group.actions.end(), [](const GroupAction& a, const GroupAction& b) {
    if (a.now != b.now) return a.now;
    return caution(a.verb) < caution(b.verb);
  });
}

}  // namespace theriac::detail
