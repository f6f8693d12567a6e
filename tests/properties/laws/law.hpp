// What the laws share: how a case is told, every phrase of its rules, and the search for a case that breaks a law.
#pragma once

#include "support/random.hpp"
#include "support/told.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace theriac::testing {

inline Lines told_of(const Case& what) { return findings_told(what, run(what).drafts); }

// `change` gives the other case, or nothing where the law does not speak of this one.
using Change = std::function<std::optional<Case>(const Case&)>;

inline std::string says_otherwise(const Case& what, const Change& change) {
  const auto changed = change(what);
  return changed ? first_difference(told_of(what), told_of(*changed), "before", "after") : "";
}

inline void changes_nothing(const Change& change, const Knobs& knobs = {}) {
  const std::string found = search(
      cases_wanted(20000), [&](std::uint64_t seed) { return generate(seed, knobs); }, [&](const Case& what) { return says_otherwise(what, change); });
  INFO(found);
  CHECK(found.empty());
}

inline void holds(const std::function<std::string(const Case&)>& broken, const Knobs& knobs = {}) {
  const std::string found = search(
      cases_wanted(20000), [&](std::uint64_t seed) { return generate(seed, knobs); }, broken);
  INFO(found);
  CHECK(found.empty());
}

// ---- every drug phrase and every leaf of a guard in the rules ----
struct Phrases {
  std::vector<const detail::DrugAlternative*> drugs;
  std::vector<const decltype(detail::ResolvedGuard::leaf)*> leaves;
};

inline void phrases_in(const std::vector<detail::DrugAlternative>& of, Phrases& all) {
  for (const auto& each : of) {
    all.drugs.push_back(&each);
    phrases_in(each.except, all);
  }
}
inline void phrases_in(const detail::ResolvedGuard& guard, Phrases& all) {
  for (const auto& child : guard.children) phrases_in(child, all);
  if (guard.kind != detail::ResolvedGuard::Kind::leaf) return;
  all.leaves.push_back(&guard.leaf);
  if (const auto* allergy = std::get_if<detail::HasAllergy>(&guard.leaf)) phrases_in(allergy->any_of, all);
  if (const auto* drug = std::get_if<detail::TakesDrug>(&guard.leaf)) phrases_in(drug->any_of, all);
  if (const auto* count = std::get_if<detail::CountDrugs>(&guard.leaf)) phrases_in(count->any_of, all);
  if (const auto* sum = std::get_if<detail::SummedDrugs>(&guard.leaf)) phrases_in(sum->any_of, all);
}
inline Phrases phrases_of(const Case& what) {
  Phrases all;
  for (const auto& rule : what.rules) {
    for (const auto& item : rule.items) {
      if (const auto* drug = std::get_if<detail::DrugItem>(&item.what)) phrases_in(drug->any_of, all);
      if (const auto* count = std::get_if<detail::CountItem>(&item.what)) phrases_in(count->any_of, all);
      if (const auto* sum = std::get_if<detail::SumItem>(&item.what)) phrases_in(sum->sum.any_of, all);
      if (const auto* stop = std::get_if<detail::AbruptStopItem>(&item.what)) phrases_in(stop->any_of, all);
      if (const auto* guard = std::get_if<detail::GuardItem>(&item.what)) phrases_in(guard->guard, all);
    }
    phrases_in(rule.guard, all);
    for (const auto& guard : rule.unless) phrases_in(guard, all);
    for (const auto& exception : rule.exceptions) phrases_in(exception.when, all);
    for (const auto& shift : rule.shifts) phrases_in(shift.guard, all);
    for (const auto& flag : rule.flags) phrases_in(flag.guard, all);
  }
  return all;
}

inline std::int32_t next_entry(const Case& what) {
  std::int32_t next = 0;
  for (const auto& e : what.facts.exposures) next = std::max(next, e.entry + 1);
  return next;
}

using Head = std::tuple<std::uint32_t, std::int32_t, std::uint32_t, std::optional<ConceptId>>;
inline Head head_of(const detail::Derivation& d) { return {d.rule, d.exception, d.head, d.of}; }

inline bool holds_all(const std::vector<ConceptId>& big, const std::vector<ConceptId>& small) {
  return std::includes(big.begin(), big.end(), small.begin(), small.end());
}

inline Verdict verdict_in(const Ran& ran, const Head& head, const std::vector<ConceptId>& drugs, bool inside) {
  Verdict best = Verdict::silent;
  for (const auto& d : ran.evaluation.derivations)
    if (head_of(d) == head)
      for (const auto& s : d.supports)
        if (inside ? holds_all(s.ingredients, drugs) : s.ingredients == drugs) best = std::max(best, s.verdict);
  return best;
}

}  // namespace theriac::testing
