#include "assemble/draft.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <tuple>

namespace theriac::detail {
namespace {

template <class T>
void unite(std::vector<T>& to, const std::vector<T>& more) {
  std::vector<T> united;
  std::set_union(to.begin(), to.end(), more.begin(), more.end(), std::back_inserter(united));
  to = std::move(united);
}

template <class T>
bool holds_all(const std::vector<T>& big, const std::vector<T>& small) {
  return std::includes(big.begin(), big.end(), small.begin(), small.end());
}

std::vector<const Support*> of_verdict(const std::vector<Support>& supports, Verdict verdict) {
  std::vector<const Support*> result;
  for (const auto& support : supports) {
    if (support.verdict == verdict) result.push_back(&support);
  }
  return result;
}

// Does it hold another of them?
bool holds_another(const Support& support, const std::vector<const Support*>& of) {
  return std::any_of(of.begin(), of.end(), [&](const Support* other) {
    return other->ingredients.size() < support.ingredients.size() && holds_all(support.ingredients, other->ingredients);
  });
}

// Supports joined by shared ingredients, in the order of their first members.
std::vector<std::vector<const Support*>> connected(const std::vector<const Support*>& supports) {
  std::vector<std::size_t> leader(supports.size());
  std::iota(leader.begin(), leader.end(), 0U);
  const auto find = [&](std::size_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  std::map<ConceptId, std::size_t> owner;
  for (std::size_t i = 0; i < supports.size(); ++i) {
    for (const auto ingredient : supports[i]->ingredients) {
      const auto [at, fresh] = owner.emplace(ingredient, i);
      if (fresh) continue;
      const auto a = find(at->second), b = find(i);
      leader[std::max(a, b)] = std::min(a, b);
    }
  }
  std::map<std::size_t, std::vector<const Support*>> groups;
  for (std::size_t i = 0; i < supports.size(); ++i) groups[find(i)].push_back(supports[i]);
  std::vector<std::vector<const Support*>> result;
  for (auto& [first, group] : groups) result.push_back(std::move(group));
  return result;
}

void keep_above(std::vector<Shifted>& could_raise, Severity severity) {
  std::erase_if(could_raise, [&](const Shifted& raise) { return raise.to <= severity; });
}

void keep_undecided(std::vector<FlagId>& possible, const std::vector<FlagId>& stand) {
  std::erase_if(possible, [&](FlagId flag) { return std::binary_search(stand.begin(), stand.end(), flag); });
}

Draft gather(const std::vector<ResolvedRule>& rules, const Derivation& derivation, std::vector<const Support*> supports) {
  const auto& head = head_of(rules[derivation.rule], derivation);
  Draft draft;
  draft.rule = derivation.rule;
  draft.head = derivation.head;
  draft.exception = derivation.exception;
  draft.effect = head.effect;
  draft.of = derivation.of;
  draft.verdict = supports.front()->verdict;
  draft.base = head.severity;
  for (const auto* support : supports) {
    draft.severity = std::max(draft.severity, support->severity);
    unite(draft.ingredients, support->ingredients);
    unite(draft.exposures, support->exposures);
    unite(draft.raised, support->raised);
    unite(draft.lowered, support->lowered);
    unite(draft.could_raise, support->could_raise);
    unite(draft.flags, support->flags);
    unite(draft.flags_possible, support->flags_possible);
    add(draft.needs, support->needs);
    add(draft.against, support->against);
  }
  keep_above(draft.could_raise, draft.severity);
  keep_undecided(draft.flags_possible, draft.flags);
  draft.every_support = std::move(supports);
  const auto rest = std::stable_partition(draft.every_support.begin(), draft.every_support.end(),
                                          [&, all = draft.every_support](const Support* support) { return !holds_another(*support, all); });
  draft.supports.assign(draft.every_support.begin(), rest);
  return draft;
}

std::vector<Draft> group(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Evaluation& evaluation, Verdict least) {
  std::vector<Draft> drafts;
  for (const auto& derivation : evaluation.derivations) {
    if (terms.at(head_of(rules[derivation.rule], derivation).effect).state) continue;  // for other rules to read
    for (const auto verdict : {Verdict::certain, Verdict::unless, Verdict::possible, Verdict::open}) {
      if (verdict < least) break;
      for (auto& supports : connected(of_verdict(derivation.supports, verdict))) drafts.push_back(gather(rules, derivation, std::move(supports)));
    }
  }
  return drafts;
}

bool has_now(const ResolvedRule& rule) {
  return std::any_of(rule.actions.begin(), rule.actions.end(), [](const ResolvedAction& action) { return action.now; });
}

class ReportOrder {
 public:
  ReportOrder(const Terminology& terms, const std::vector<ResolvedRule>& rules) : terms_(terms), rules_(rules) {}

  bool operator()(const Draft& a, const Draft& b) const {
    if ((a.verdict == Verdict::open) != (b.verdict == Verdict::open)) return b.verdict == Verdict::open;
    if (a.severity != b.severity) return a.severity > b.severity;
    if (a.verdict != b.verdict) return a.verdict > b.verdict;
    const auto& rule_a = rules_[a.rule];
    const auto& rule_b = rules_[b.rule];
    if (has_now(rule_a) != has_now(rule_b)) return has_now(rule_a);
    if (a.ingredients.size() != b.ingredients.size()) return a.ingredients.size() > b.ingredients.size();
    if (rule_a.label != rule_b.label) return rule_a.label < rule_b.label;
    const auto names_a = names(a), names_b = names(b);
    if (names_a != names_b) return names_a < names_b;
    if (std::tie(a.exception, a.head) != std::tie(b.exception, b.head)) return std::tie(a.exception, a.head) < std::tie(b.exception, b.head);
    return name(a.of) < name(b.of);
  }

 private:
  std::string name(const std::optional<ConceptId>& of) const { return of ? terms_.at(*of).name : ""; }
  std::vector<std::string> names(const Draft& draft) const {
    std::vector<std::string> result;
    for (const auto ingredient : draft.ingredients) result.push_back(terms_.at(ingredient).name);
    std::sort(result.begin(), result.end());
    return result;
  }
  const Terminology& terms_;
  const std::vector<ResolvedRule>& rules_;
};

// The same effect on the same drugs with the same certainty is one finding, whoever says it; the first in order speaks.
std::vector<Draft> merge(std::vector<Draft> ordered) {
  using Key = std::tuple<EffectId, std::optional<ConceptId>, std::vector<ConceptId>, Verdict>;
  std::map<Key, std::size_t> first;
  std::vector<Draft> result;
  for (auto& draft : ordered) {
    const auto [at, fresh] = first.emplace(Key{draft.effect, draft.of, draft.ingredients, draft.verdict}, result.size());
    if (fresh) {
      result.push_back(std::move(draft));
      continue;
    }
    auto& speaker = result[at->second];
    unite(speaker.exposures, draft.exposures);
    unite(speaker.could_raise, draft.could_raise);
    unite(speaker.flags, draft.flags);
    unite(speaker.flags_possible, draft.flags_possible);
    add(speaker.needs, draft.needs);
    add(speaker.against, draft.against);
    keep_above(speaker.could_raise, speaker.severity);
    keep_undecided(speaker.flags_possible, speaker.flags);
    speaker.merged.push_back(std::move(draft));
  }
  return result;
}

Severity worst_case(const Draft& draft) {
  Severity worst = draft.severity;
  for (const auto& raise : draft.could_raise) worst = std::max(worst, raise.to);
  return worst;
}

// May the small one stand inside the big one without hiding anything worse or surer?
bool may_fold(const Terminology& terms, const Draft& small, const Draft& big) {
  return terms.is_kind_of(big.effect, small.effect) && big.of == small.of && holds_all(big.ingredients, small.ingredients) &&
         big.severity >= worst_case(small) && big.verdict >= small.verdict;
}

// `may_fold` is a strict partial order on merged drafts, so what stands in nothing else is well defined, and everything else stands in one of those.
void fold(const Terminology& terms, std::vector<Draft>& drafts) {
  const auto stands_in = [&](std::size_t i, std::size_t j) {
    return i != j && drafts[j].verdict != Verdict::open && may_fold(terms, drafts[i], drafts[j]);
  };
  std::vector<std::size_t> outermost;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    bool inside = false;
    for (std::size_t j = 0; j < drafts.size() && !inside; ++j) inside = stands_in(i, j);
    if (!inside) outermost.push_back(i);
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].verdict == Verdict::open) continue;
    const auto within = std::find_if(outermost.begin(), outermost.end(), [&](std::size_t j) { return stands_in(i, j); });
    if (within != outermost.end()) drafts[i].folded_into = static_cast<std::int64_t>(*within);
  }
}

}  // namespace

std::vector<std::uint32_t> Draft::also() const {
  std::vector<std::uint32_t> rules;
  for (const auto& other : merged) {
    if (other.rule != rule) unite(rules, {other.rule});
  }
  return rules;
}

std::vector<Draft> draft(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Evaluation& evaluation, Verdict least) {
  auto drafts = group(terms, rules, evaluation, least);
  std::sort(drafts.begin(), drafts.end(), ReportOrder(terms, rules));
  drafts = merge(std::move(drafts));
  fold(terms, drafts);
  return drafts;
}

}  // namespace theriac::detail
