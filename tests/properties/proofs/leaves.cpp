// What a finding rests on, it needs: without the entries that it tells of one of its drugs, or with one of its facts made false, that derivation is
// gone.
#include "resolve/parts.hpp"
#include "support/describe.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

using namespace theriac;
using namespace theriac::testing;
using namespace theriac::detail;

namespace {

using Kind = ResolvedGuard::Kind;

struct Seen {
  std::size_t supports = 0, removed = 0, falsified = 0;
};

// How sure the rule still is of these drugs, by its own heads.
Verdict verdict_of(const Evaluation& evaluation, const Draft& draft, const Support& support) {
  Verdict best = Verdict::silent;
  for (const auto& derivation : evaluation.derivations) {
    if (derivation.rule != draft.rule || derivation.exception != draft.exception || derivation.head != draft.head || derivation.of != draft.of)
      continue;
    for (const auto& each : derivation.supports) {
      if (each.ingredients == support.ingredients) best = std::max(best, each.verdict);
    }
  }
  return best;
}

std::string named(const Case& what, const Draft& draft, const Support& support) {
  std::vector<std::string> drugs;
  for (const auto id : support.ingredients) drugs.push_back(what.terms->at(id).name);
  return fmt::format("{} of {}", what.rules[draft.rule].label, fmt::join(drugs, ", "));
}

// ---- entries

// A lower dose, or one drug fewer, can make another premise true; what is taken as needed adds nothing to a sum beside a regular entry of its drug,
// and does without it.
bool asks_for_less(const Case& what) {
  bool less = false;
  const bool as_needed = std::any_of(what.facts.exposures.begin(), what.facts.exposures.end(), [](const Exposure& e) { return e.as_needed; });
  const auto sums = [&](const SummedDrugs& sum) {
    less = less || as_needed;
    for (const auto& limit : sum.limits) less = less || (limit.order != Order::greater && limit.order != Order::greater_equal);
  };
  for (const auto& rule : what.rules) {
    each_dose_test(rule, [&](const DoseTest& /*test*/) { less = true; });
    each_guard(rule, [&](const ResolvedGuard& guard) {
      each_leaf(guard, [&](const auto& leaf) {
        if (const auto* sum = std::get_if<SummedDrugs>(&leaf)) sums(*sum);
      });
    });
    for (const auto& item : rule.items) {
      if (const auto* sum = std::get_if<SumItem>(&item.what)) sums(sum->sum);
    }
  }
  return less;
}

std::string stands_without_its_entries(const Case& what, Seen& seen) {
  if (asks_for_less(what)) return {};
  const auto ran = run(what);
  for (const auto& draft : ran.drafts) {
    if (draft.verdict == Verdict::open) continue;
    for (const auto* support : draft.supports) {
      ++seen.supports;
      for (const auto drug : support->ingredients) {
        auto changed = what;
        changed.facts.exposures.clear();
        for (std::uint32_t i = 0; i < what.facts.exposures.size(); ++i) {
          const bool told = std::binary_search(support->exposures.begin(), support->exposures.end(), i);
          if (!told || what.facts.exposures[i].what != drug) changed.facts.exposures.push_back(what.facts.exposures[i]);
        }
        ++seen.removed;
        const auto after = verdict_of(run(changed).evaluation, draft, *support);
        if (after >= support->verdict)
          return fmt::format("{} is {} without its entries of {}\n", named(what, draft, *support), to_string(after), what.terms->at(drug).name);
      }
    }
  }
  return {};
}

// ---- facts

// Makes guards false, or true, by what is stated of the patient. Twice the same fact: it would undo itself.
class Stating {
 public:
  explicit Stating(const Case& what) : case_(what) {}

  // Whether it could be done by simple facts alone.
  bool deny(const ResolvedGuard& guard) {
    switch (guard.kind) {
      case Kind::leaf:
        return leaf(guard, false);
      case Kind::any_of:
        return !guard.children.empty() && std::all_of(guard.children.begin(), guard.children.end(), [&](const auto& child) { return deny(child); });
      case Kind::negation:
        return guard.children.front().kind == Kind::leaf && leaf(guard.children.front(), true);
      default:
        return false;
    }
  }

  Case result() && { return std::move(case_); }

 private:
  bool leaf(const ResolvedGuard& guard, bool holds) {
    if (used_) return false;  // several facts may speak of one another
    used_ = true;
    if (const auto* condition = std::get_if<HasCondition>(&guard.leaf)) return have(*condition, holds);
    if (const auto* measures = std::get_if<Measures>(&guard.leaf)) return measure(*measures, holds);
    if (const auto* sex = std::get_if<IsSex>(&guard.leaf)) {
      case_.facts.sex = sex->female == holds ? "female" : "male";
      return true;
    }
    return false;
  }

  bool have(const HasCondition& leaf, bool holds) {
    if (!leaf.derived.empty() || (holds && (leaf.within || leaf.length))) return false;
    std::erase_if(case_.facts.conditions, [&](const ConditionFact& fact) { return case_.terms->is_kind_of(fact.what, leaf.condition); });
    ConditionFact fact;
    fact.what = leaf.condition;
    fact.truth = holds ? Truth::yes : Truth::no;
    fact.shown = "stated";
    case_.facts.conditions.push_back(fact);
    case_.facts.conditions_complete = true;
    return true;
  }

  bool measure(const Measures& leaf, bool holds) {
    for (const std::int64_t by : {-1, 0, 1}) {
      const auto value = *add(leaf.limit, Rational{by});
      if ((compare(Interval::exactly(value), leaf.order, leaf.limit) == Decided::yes) != holds) continue;
      if (leaf.of == Measures::Of::observation) return observe(leaf.observation, value);
      if (leaf.of != Measures::Of::age_years) return false;
      const auto months = static_cast<std::int32_t>(value.numerator()) * 12;
      case_.facts.age = Age{months, months + 11, "stated", {}};
      return true;
    }
    return false;
  }

  bool observe(ObservationId of, const Rational& value) {
    std::erase_if(case_.facts.observations, [&](const ObservationFact& fact) { return fact.what == of; });
    ObservationFact fact;
    fact.what = of;
    fact.value = Interval::exactly(value);
    case_.facts.observations.push_back(fact);
    return true;
  }

  Case case_;
  bool used_ = false;
};

// What must hold, as the rule says it one after another.
void conjuncts(const ResolvedGuard& guard, std::vector<const ResolvedGuard*>& out) {
  if (guard.kind != Kind::all_of) return out.push_back(&guard);
  for (const auto& child : guard.children) conjuncts(child, out);
}

std::vector<const ResolvedGuard*> conjuncts(const ResolvedRule& rule) {
  std::vector<const ResolvedGuard*> out;
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) conjuncts(guard->guard, out);
  }
  conjuncts(rule.guard, out);
  return out;
}

std::string stands_on_what_is_false(const Case& what, Seen& seen) {
  const auto ran = run(what);
  for (const auto& draft : ran.drafts) {
    for (const auto* guard : conjuncts(what.rules[draft.rule])) {
      Stating stating(what);
      if (!stating.deny(*guard)) continue;
      ++seen.falsified;
      const auto after = run(std::move(stating).result());
      for (const auto* support : draft.every_support) {
        if (verdict_of(after.evaluation, draft, *support) != Verdict::silent)
          return fmt::format("{} stands with `{}` made false\n", named(what, draft, *support), guard->text);
      }
    }
  }
  return {};
}

}  // namespace

TEST_CASE("without the entries that a finding tells of one of its drugs, that derivation is gone") {
  Seen seen;
  const Knobs knobs{.negation = false, .abrupt = false, .relative = false};
  const auto wrong = search(
      cases_wanted(20000), [&](std::uint64_t seed) { return generate(seed, knobs); },
      [&](const Case& what) { return stands_without_its_entries(what, seen); });
  CHECK_EQ(wrong, "");
  MESSAGE(seen.supports << " supports, " << seen.removed << " times without the entries of one drug");
  CHECK(seen.removed > cases_wanted(20000) / 10);
}

TEST_CASE("with one of its facts made false, a derivation is gone") {
  Seen seen;
  const auto wrong = search(
      cases_wanted(20000), [](std::uint64_t seed) { return generate(seed); }, [&](const Case& what) { return stands_on_what_is_false(what, seen); });
  CHECK_EQ(wrong, "");
  MESSAGE(seen.falsified << " facts of findings made false");
  CHECK(seen.falsified > cases_wanted(20000) / 20);
}
