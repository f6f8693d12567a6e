#include "evaluate/evaluate.hpp"

#include "evaluate/settle.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace theriac::detail {

std::vector<DerivedFact> facts_of(const std::vector<ResolvedRule>& rules, const RuleResult& result) {
  std::vector<DerivedFact> facts;
  for (const auto& derivation : result.derivations) {
    const auto effect = head_of(rules[derivation.rule], derivation).effect;
    for (const auto& support : derivation.supports) {
      Needs needs = support.needs;
      add(needs, support.against);
      if (support.verdict == Verdict::certain) needs.clear();
      facts.push_back(
          {derivation.rule, effect, derivation.of, support.ingredients, support.exposures, {truth_of(support.verdict), std::move(needs)}});
      for (const auto& way : support.less_sure) {
        facts.push_back({derivation.rule, effect, derivation.of, support.ingredients, way.exposures, {truth_of(way.verdict), way.needs}});
      }
    }
  }
  return facts;
}

namespace {

enum class Same : std::uint8_t { truths, everything };

bool same(const std::vector<DerivedFact>& a, const std::vector<DerivedFact>& b, Same what) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const DerivedFact& x, const DerivedFact& y) {
    const bool truths =
        x.rule == y.rule && x.effect == y.effect && x.of == y.of && x.ingredients == y.ingredients && x.judged.truth == y.judged.truth;
    return truths && (what == Same::truths || (x.exposures == y.exposures && x.judged.needs == y.judged.needs));
  });
}

// Applies the rules of a stratum once; their facts take the place of those that the stratum gave before.
std::vector<RuleResult> apply_all(World& world, const std::vector<ResolvedRule>& rules, const Strata::Stratum& stratum, std::size_t earlier) {
  std::vector<RuleResult> results;
  std::vector<DerivedFact> facts;
  for (const auto rule : stratum.rules) {
    results.push_back(apply(world, rules[rule], rule));
    auto more = facts_of(rules, results.back());
    std::move(more.begin(), more.end(), std::back_inserter(facts));
  }
  world.derived.resize(earlier);
  std::move(facts.begin(), facts.end(), std::back_inserter(world.derived));
  return results;
}

}  // namespace

// A stratum that reads what it derives is repeated until nothing changes: first until the truths stand, then, from no needs at all, until the needs
// do. Else a need that nothing founds any more would go round the cycle for ever. Truths only rise, so the end comes soon; the bound is for what must
// not happen.
std::vector<RuleResult> settle(World& world, const std::vector<ResolvedRule>& rules, const Strata::Stratum& stratum) {
  const auto earlier = world.derived.size();
  auto results = apply_all(world, rules, stratum, earlier);
  if (!stratum.cyclic) return results;
  constexpr int patience = 64;
  for (const auto what : {Same::truths, Same::everything}) {
    if (what == Same::everything) {
      for (auto i = earlier; i < world.derived.size(); ++i) world.derived[i].judged.needs.clear();
    }
    for (int i = 0; i < patience; ++i) {
      const auto before = world.derived;
      results = apply_all(world, rules, stratum, earlier);
      if (same(before, world.derived, what)) break;
    }
  }
  return results;
}

const ResolvedHead& head_of(const ResolvedRule& rule, const Derivation& derivation) {
  if (derivation.exception < 0) return rule.heads[derivation.head];
  return rule.exceptions[static_cast<std::size_t>(derivation.exception)].heads[derivation.head];
}

Needs World::unlisted_drugs() const {
  Needs needs;
  for (const auto& text : facts.unrecognised) add(needs, Need{"medication", text, "not recognised", -1, false});
  if (!facts.medications_complete) add(needs, Need{"medication", "other medications", "the list is not complete", -1, false});
  return needs;
}

Judged World::is_derived(EffectId effect, const std::optional<ConceptId>& of) const {
  AnyOf any;
  for (const auto& fact : derived) {
    if (tells(fact, effect, of)) any.add(fact.judged);
  }
  return any.take();
}

bool Binding::has(ConceptId id) const { return std::binary_search(ingredients.begin(), ingredients.end(), id); }

void put_in_order(Evaluation& evaluation) {
  std::stable_sort(evaluation.derivations.begin(), evaluation.derivations.end(), [](const Derivation& a, const Derivation& b) {
    return std::tie(a.rule, a.exception, a.head, a.of) < std::tie(b.rule, b.exception, b.head, b.of);
  });
  std::sort(evaluation.silenced.begin(), evaluation.silenced.end());
}

Evaluation evaluate(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Strata& strata, const Facts& facts) {
  World world{terms, facts};
  Evaluation result;
  for (const auto& stratum : strata.strata) {
    for (auto& applied : settle(world, rules, stratum)) {
      std::move(applied.derivations.begin(), applied.derivations.end(), std::back_inserter(result.derivations));
      std::move(applied.silenced.begin(), applied.silenced.end(), std::back_inserter(result.silenced));
    }
  }
  put_in_order(result);
  result.facts = std::move(world.derived);
  return result;
}

}  // namespace theriac::detail
