// What why-not says is missing is all that is missing: a rule in which its false and blocked guards are granted speaks of those very drugs.
#include "counsel/nearest.hpp"
#include "support/describe.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace theriac;
using namespace theriac::testing;
using namespace theriac::detail;

namespace {

bool is_in_the_way(const Premise& premise) { return premise.blocks || premise.holds < Truth::listed; }

ResolvedGuard never() {
  ResolvedGuard out;
  out.kind = ResolvedGuard::Kind::negation;
  out.children = {ResolvedGuard{}};
  return out;
}

// The rule without what stands in the way; nothing where that is no guard. Guards are told in the order in which they stand.
class Granting {
 public:
  Granting(const ResolvedRule& rule, const NearMiss& near) : rule_(rule) {
    for (const auto& premise : near.premises) {
      if (premise.kind == "guard" || premise.kind == "unless" || premise.kind == "exception")
        guards_.push_back(&premise);
      else
        other_ = other_ || is_in_the_way(premise);
      some_ = some_ || is_in_the_way(premise);
    }
  }

  std::optional<ResolvedRule> run() {
    if (other_ || !some_) return {};
    for (auto& item : rule_.items) {
      if (auto* guard = std::get_if<GuardItem>(&item.what)) grant(guard->guard);
    }
    grant(rule_.guard);
    for (auto& guard : rule_.unless) deny(guard);
    for (auto& exception : rule_.exceptions) {
      if (exception.top && exception.kind != ResolvedException::Kind::lower) deny(exception.when);
    }
    return at_ == guards_.size() ? std::optional(rule_) : std::nullopt;
  }

 private:
  bool next() { return at_ < guards_.size() && is_in_the_way(*guards_[at_++]); }

  void grant(ResolvedGuard& guard) {
    if (guard.kind == ResolvedGuard::Kind::all_of) {
      for (auto& child : guard.children) grant(child);
    } else if (next()) {
      guard = ResolvedGuard{};
    }
  }
  void deny(ResolvedGuard& guard) {
    if (next()) guard = never();
  }

  ResolvedRule rule_;
  std::vector<const Premise*> guards_;
  std::size_t at_ = 0;
  bool other_ = false, some_ = false;
};

// A head that names the drug of an item says nothing where the item has brought none.
bool says_nothing_without_drugs(const ResolvedRule& rule) {
  return std::all_of(rule.heads.begin(), rule.heads.end(), [](const ResolvedHead& head) { return head.of_item.has_value(); });
}

bool speaks_of(const Evaluation& evaluation, std::uint32_t rule, const std::vector<std::string>& drugs, const Terminology& terms) {
  for (const auto& derivation : evaluation.derivations) {
    if (derivation.rule != rule) continue;
    for (const auto& support : derivation.supports) {
      std::vector<std::string> names;
      for (const auto id : support.ingredients) names.push_back(terms.at(id).name);
      std::sort(names.begin(), names.end());
      if (support.verdict >= Verdict::unless && names == drugs) return true;
    }
  }
  return false;
}

struct Seen {
  std::size_t silent = 0, granted = 0, guards = 0;
};

std::string wrong_with(const Case& what, Seen& seen) {
  const auto ran = run(what);
  if (!ran.refused.empty()) return {};
  const World world{*what.terms, what.facts, ran.evaluation.facts};
  for (std::uint32_t i = 0; i < what.rules.size(); ++i) {
    for (const auto& near : nearest(world, what.rules[i], most_near)) {
      ++seen.silent;
      auto granted = Granting(what.rules[i], near).run();
      if (!granted || (near.drugs.empty() && says_nothing_without_drugs(*granted))) continue;
      ++seen.granted;
      auto changed = what;
      changed.rules[i] = std::move(*granted);
      const auto again = run(changed);
      if (!again.refused.empty()) continue;
      if (!speaks_of(again.evaluation, i, near.drugs, *what.terms)) return fmt::format("rule {} of {}", i, fmt::join(near.drugs, ", "));
    }
  }
  return {};
}

}  // namespace

TEST_CASE("what why-not finds in the way of a rule, granted, makes the rule speak of those drugs") {
  Seen seen;
  const auto wrong = search(
      cases_wanted(3000), [](std::uint64_t seed) { return generate(seed); }, [&](const Case& what) { return wrong_with(what, seen); });
  CHECK_EQ(wrong, "");
  MESSAGE(seen.silent << " near misses, " << seen.granted << " with nothing but guards in the way");
  CHECK(seen.granted > 200);
}
