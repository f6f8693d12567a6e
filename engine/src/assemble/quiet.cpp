#include "assemble/coverage.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace theriac::detail {
namespace {

using Key = std::tuple<std::uint32_t, EffectId, std::vector<ConceptId>>;  // rule, effect, drugs

Key key_of(const Draft& draft) { return {draft.rule, draft.effect, draft.ingredients}; }

struct Candidate {
  Severity severity{};
  Quiet quiet;
  bool extends = false;  // the rule speaks already, of fewer drugs
};

Quiet describe(const AssembleContext& context, std::uint32_t rule, EffectId effect, const std::vector<ConceptId>& drugs) {
  Quiet quiet;
  quiet.rule = context.rules[rule].label;
  quiet.effect = context.terms().at(effect).name;
  quiet.drugs = context.names(drugs);
  for (const auto drug : drugs) quiet.shown.push_back(context.shown(drug));
  std::sort(quiet.shown.begin(), quiet.shown.end());
  return quiet;
}

// The drugs of one support that the exposure takes part in: enough to show that it was looked at.
const std::vector<ConceptId>& drugs_with(const Draft& draft, std::uint32_t exposure) {
  for (const auto* support : draft.every_support) {
    if (std::binary_search(support->exposures.begin(), support->exposures.end(), exposure)) return support->ingredients;
  }
  return draft.ingredients;
}

Evaluation evaluated(const AssembleContext& context, const Facts& facts) {
  const auto* again = context.kept.again;
  if (again == nullptr) return evaluate(context.terms(), context.rules, context.base.strata, facts);
  return again->evaluation(again->settle(facts, context.kept.settled));
}

// The worst that the rules would say if this one exposure counted, beyond what they say.
void if_it_counted(const AssembleContext& context, const std::set<Key>& said, std::uint32_t exposure, const Facts& facts,
                   const Quiet::Because& because, std::vector<Candidate>& candidates) {
  const auto evaluation = evaluated(context, facts);
  const AssembleContext other{context.base, context.rules, facts, evaluation};
  for (const auto& draft : detail::draft(context.terms(), context.rules, evaluation, Verdict::unless)) {
    if (draft.folded_into >= 0 || said.contains(key_of(draft))) continue;
    if (!std::binary_search(draft.exposures.begin(), draft.exposures.end(), exposure)) continue;
    auto quiet = describe(other, draft.rule, draft.effect, drugs_with(draft, exposure));
    quiet.because.push_back(because);
    const bool extends = std::any_of(said.begin(), said.end(), [&](const Key& key) { return std::get<0>(key) == draft.rule; });
    candidates.push_back({draft.severity, std::move(quiet), extends});
    return;  // drafts come worst first; one an exposure is enough to show that it was looked at
  }
}

bool is_local_only(const Exposure& exposure) { return exposure.exposes == Exposes::local && exposure.presence == Presence::present; }
bool is_over(const Exposure& exposure) { return exposure.presence == Presence::past; }

void local_exposures(const AssembleContext& context, const std::set<Key>& said, std::vector<Candidate>& candidates) {
  for (std::uint32_t i = 0; i < context.facts.exposures.size(); ++i) {
    const auto& exposure = context.facts.exposures[i];
    if (!is_local_only(exposure)) continue;
    auto facts = context.facts;
    facts.exposures[i].exposes = Exposes::systemic;
    if_it_counted(context, said, i, std::move(facts),
                  {"route", "systemic " + context.name(exposure.what), exposure.shown + " counts as local", exposure.at.to_string()}, candidates);
  }
}

void past_exposures(const AssembleContext& context, const std::set<Key>& said, std::vector<Candidate>& candidates) {
  std::set<std::tuple<ConceptId, RouteId, std::string>> tried;  // a record may hold the same course a hundred times
  for (std::uint32_t i = 0; i < context.facts.exposures.size(); ++i) {
    const auto& exposure = context.facts.exposures[i];
    if (!is_over(exposure)) continue;
    const auto value = exposure.end_given ? "stopped " + format_date(exposure.end) : "stopped";
    if (!tried.insert({exposure.what, exposure.route.value_or(RouteId{}), value}).second) continue;
    auto facts = context.facts;
    facts.exposures[i].presence = Presence::present;
    facts.exposures[i].end = {always_after, always_after};
    facts.exposures[i].end_given = false;
    if_it_counted(context, said, i, std::move(facts), {"status", "taking " + context.name(exposure.what), value, exposure.at.to_string()},
                  candidates);
  }
}

void excepted(const AssembleContext& context, std::vector<Candidate>& candidates) {
  for (const auto& silenced : context.evaluation.silenced) {
    const auto& rule = context.rules[silenced.rule];
    if (rule.heads.empty() || context.terms().at(rule.heads.front().effect).state) continue;
    auto quiet = describe(context, silenced.rule, rule.heads.front().effect, silenced.ingredients);
    quiet.because.push_back({"exception", silenced.by, "", rule.at.to_string()});
    candidates.push_back({rule.heads.front().severity, std::move(quiet), false});
  }
}

void disputed(const AssembleContext& context, const std::vector<Draft>& drafts, std::vector<Candidate>& candidates) {
  for (const auto& draft : drafts) {
    const auto& rule = context.rules[draft.rule];
    if (draft.verdict < Verdict::unless || draft.exception >= 0 || !rule.heads[draft.head].disputed) continue;
    auto quiet = describe(context, draft.rule, draft.effect, draft.ingredients);
    quiet.because.push_back({"dispute", quiet.effect, rule.because.empty() ? "the claim is disputed" : rule.because, rule.at.to_string()});
    candidates.push_back({draft.severity, std::move(quiet), false});
  }
}

}  // namespace

bool might_count(const Exposure& exposure) { return is_local_only(exposure) || is_over(exposure); }

std::vector<Quiet> quiet_rules(const AssembleContext& context, const std::vector<Draft>& drafts) {
  std::set<Key> said;
  for (const auto& draft : drafts) {
    if (draft.verdict >= Verdict::unless) said.insert(key_of(draft));
  }
  std::vector<Candidate> candidates;
  local_exposures(context, said, candidates);
  past_exposures(context, said, candidates);
  excepted(context, candidates);
  disputed(context, drafts, candidates);
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(b.severity, a.extends, a.quiet.rule, a.quiet.drugs) < std::tuple(a.severity, b.extends, b.quiet.rule, b.quiet.drugs);
  });
  std::vector<Quiet> result;
  for (auto& candidate : candidates) {
    if (result.size() == most_quiet) break;
    result.push_back(std::move(candidate.quiet));
  }
  return result;
}

}  // namespace theriac::detail
