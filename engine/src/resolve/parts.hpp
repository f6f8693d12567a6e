// The places of a rule where something is asked of the patient or of a drug, for whoever asks what a rule reads and not what it means.
#pragma once

#include "resolve/resolved.hpp"

namespace theriac::detail {

// Guards as they stand, whatever they do: items, the rule's own, `unless`, exceptions, raises and lowers, flags.
template <class Use>
void each_guard(const ResolvedRule& rule, const Use& use) {
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) use(guard->guard);
  }
  use(rule.guard);
  for (const auto& guard : rule.unless) use(guard);
  for (const auto& exception : rule.exceptions) use(exception.when);
  for (const auto& shift : rule.shifts) use(shift.guard);
  for (const auto& flag : rule.flags) use(flag.guard);
}

template <class Use>
void each_leaf(const ResolvedGuard& guard, const Use& use) {
  if (guard.kind == ResolvedGuard::Kind::leaf) return use(guard.leaf);
  for (const auto& child : guard.children) each_leaf(child, use);
}

// Tests of doses in these phrases and in what they except.
template <class Use>
void each_dose_test(const std::vector<DrugAlternative>& phrases, const Use& use) {
  for (const auto& phrase : phrases) {
    each_dose_test(phrase.except, use);
    for (const auto& test : phrase.tests) {
      if (const auto* dose = std::get_if<DoseTest>(&test)) use(*dose);
    }
  }
}

// Those of a whole rule: of its items and its guards.
template <class Use>
void each_dose_test(const ResolvedRule& rule, const Use& use) {
  const auto of_phrases = [&](const auto& what) {
    if constexpr (requires { what.any_of.front().tests; }) each_dose_test(what.any_of, use);
    if constexpr (requires { what.sum; }) {
      if constexpr (requires { what.sum.any_of; }) each_dose_test(what.sum.any_of, use);
    }
  };
  for (const auto& item : rule.items) std::visit(of_phrases, item.what);
  each_guard(rule, [&](const ResolvedGuard& guard) { each_leaf(guard, [&](const auto& leaf) { std::visit(of_phrases, leaf); }); });
}

}  // namespace theriac::detail
