// One rule: its clauses in turn, every mistake of each, then what they say together.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

class RuleReader {
 public:
  RuleReader(Run& run, grammar::SourcePtr source, RuleDraft& into) : run_(run), draft_(into), rule_(into.rule) {
    draft_.scope.source = std::move(source);
  }

  bool read(const grammar::Rule& rule, const grammar::Statement& statement) {
    rule_.at = place(statement.span);
    draft_.labelled = rule.label.has_value();
    if (rule.label) rule_.label = rule.label->text;
    draft_.block = draft_.scope.words(statement.span).rfind("rule ", 0) == 0;
    auto items = items_of(run_, draft_.scope, rule.premise);
    bool good = items.has_value();
    if (items) rule_.items = std::move(*items);
    // Without its items a guard cannot be judged against them; its own mistakes are still found.
    draft_.scope.items = items ? &rule_.items : nullptr;
    good = check_items() && good;
    good = premise(rule.premise) && good;
    good = unless(rule) && good;
    good = outcomes(rule) && good;
    good = actions(rule) && good;
    good = shifts(rule) && good;
    good = metadata_of(run_, draft_.scope, rule, statement, rule_) && good;
    return good && check_rule(run_, rule_);
  }

 private:
  grammar::Place place(grammar::Span span) const { return draft_.scope.place(span); }

  bool premise(const grammar::Premise& premise) {
    std::vector<ResolvedGuard> guards;
    for (const auto& attached : premise.guards) {
      if (auto guard = sound_guard(attached.guard, Standing::premise)) guards.push_back(std::move(*guard));
    }
    if (guards.size() != premise.guards.size()) return false;
    if (guards.size() == 1) {
      rule_.guard = std::move(guards.front());
    } else if (!guards.empty()) {
      const grammar::Span span{premise.guards.front().guard.span.begin, premise.guards.back().guard.span.end};
      rule_.guard = all_of(std::move(guards), draft_.scope.words(span), place(span));
    }
    return true;
  }

  bool unless(const grammar::Rule& rule) {
    bool good = !rule.premise.unless || add_unless(*rule.premise.unless);
    for (const auto& guard : rule.unless) good = add_unless(guard) && good;
    return good;
  }

  bool add_unless(const grammar::Guard& guard) {
    auto resolved = sound_guard(guard, Standing::unless);
    if (!resolved) return false;
    rule_.unless.push_back(std::move(*resolved));
    return true;
  }

  bool outcomes(const grammar::Rule& rule) {
    bool good = true;
    for (const auto& outcome : rule.outcomes) {
      auto heads = heads_of(run_, draft_.scope, outcome, &rule_.evidence);
      good = good && heads.has_value();
      if (heads) std::move(heads->begin(), heads->end(), std::back_inserter(rule_.heads));
    }
    return good;
  }

  bool actions(const grammar::Rule& rule) {
    bool good = true;
    for (const auto& action : rule.actions) good = std::visit([&](const auto& what) { return add(what); }, action) && good;
    return good;
  }
  bool add(const grammar::Flag& flag) {
    auto resolved = flag_of(run_, draft_.scope, flag);
    if (!resolved || !check_guard(run_, draft_.scope, resolved->guard, Standing::flag)) return false;
    rule_.flags.push_back(std::move(*resolved));
    return true;
  }
  bool add(const grammar::Prefer& prefer) { return keep(preference_of(run_, draft_.scope, prefer)); }
  bool add(const grammar::Advice& advice) { return keep(action_of(run_, draft_.scope, advice)); }
  bool keep(std::optional<ResolvedAction> action) {
    if (!action) return false;
    rule_.actions.push_back(std::move(*action));
    return true;
  }

  bool shifts(const grammar::Rule& rule) {
    bool good = true;
    for (const auto& shift : rule.shifts) good = add(shift) && good;
    return good;
  }

  bool add(const grammar::Shift& shift) {
    ResolvedShift result;
    result.raise = shift.raise;
    const auto to = severity_of(run_, draft_.scope, shift.to);
    auto guard = sound_guard(shift.guard, Standing::shift);
    bool good = to && guard;
    if (shift.source) {
      good = source_known(run_, draft_.scope, *shift.source) && good;
      result.source = shift.source->text;
    }
    if (!good) return false;
    result.to = *to;
    result.guard = std::move(*guard);
    const bool moves = std::any_of(rule_.heads.begin(), rule_.heads.end(),
                                   [&](const ResolvedHead& head) { return shift.raise ? head.severity < *to : head.severity > *to; });
    if (!moves && !rule_.heads.empty()) return refuse_idle(shift);
    rule_.shifts.push_back(std::move(result));
    return true;
  }

  bool refuse_idle(const grammar::Shift& shift) {
    const auto own = to_string(rule_.heads.front().severity);
    auto diagnostic =
        grammar::diagnose(Code::TH6002, place(shift.to.span),
                          fmt::format("to {} to {} changes nothing: the rule is {}", shift.raise ? "raise" : "lower", shift.to.text, own));
    if (rule_.heads.front().severity == Severity::unrated) diagnostic.help.push_back("write the rule's own severity after its effect: `[moderate]`");
    run_.report.add(std::move(diagnostic));
    return false;
  }

  // A guard, and whether it may stand here.
  std::optional<ResolvedGuard> sound_guard(const grammar::Guard& written, Standing standing) {
    auto guard = guard_from(run_, draft_.scope, written);
    if (guard && !check_guard(run_, draft_.scope, *guard, standing)) guard.reset();
    return guard;
  }

  bool check_items() {
    bool good = true;
    for (const auto& item : rule_.items) {
      if (const auto* fact = std::get_if<GuardItem>(&item.what)) good = check_guard(run_, draft_.scope, fact->guard, Standing::premise) && good;
    }
    return good;
  }

  Run& run_;
  RuleDraft& draft_;
  ResolvedRule& rule_;
};

}  // namespace

std::optional<RuleDraft> rule_of(Run& run, const grammar::SourcePtr& source, const grammar::Rule& rule, const grammar::Statement& statement) {
  RuleDraft draft;
  if (!RuleReader(run, source, draft).read(rule, statement)) return std::nullopt;
  draft.scope.items = nullptr;  // the draft moves; set again where it is needed
  return draft;
}

std::optional<ResolvedAttribution> attribution_of(Run& run, const grammar::SourcePtr& source, const grammar::Attribution& attribution,
                                                  grammar::Span span) {
  const Scope scope{source, nullptr, {}};
  ResolvedAttribution result;
  const auto effect = effect_of(run, scope, attribution.effect);
  const auto drugs = plain_drug(run, scope, attribution.to);
  const auto tags = tags_of(run, scope, attribution.tags, TagsOf::attribution);
  if (!effect || !drugs || !tags) return std::nullopt;
  if (drugs->size() != 1 || !drugs->front().concept_id || !drugs->front().except.empty()) {
    run.report.add(grammar::diagnose(Code::TH2004, scope.place(attribution.to.span),
                                     fmt::format("`{}` is not one drug or class", attribution.to.text()), "write an attribution for each"));
    return std::nullopt;
  }
  result.effect = *effect;
  result.to = *drugs->front().concept_id;
  result.frequency = tags->frequency;
  result.onset_after = tags->onset_after;
  result.onset_within = tags->onset_within;
  result.at = scope.place(span);
  return result;
}

}  // namespace theriac::detail
