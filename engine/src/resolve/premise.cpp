// Rules that say nothing: a premise that cannot hold, and exceptions that always do.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::size_t most_compared = 64;  // parts of one premise, pair by pair

// What the premise says of the patient, part by part.
std::vector<const ResolvedGuard*> held_by(const ResolvedRule& rule) {
  std::vector<const ResolvedGuard*> held;
  add_conjuncts(rule.guard, held);
  for (const auto& item : rule.items) {
    if (const auto* fact = std::get_if<GuardItem>(&item.what)) add_conjuncts(fact->guard, held);
  }
  return held;
}

// "the drug matched there", with no test on it
bool is_the_match(const ResolvedGuard& guard) {
  const auto* takes = guard.kind == ResolvedGuard::Kind::leaf ? std::get_if<TakesDrug>(&guard.leaf) : nullptr;
  return takes != nullptr && takes->which == TakesDrug::Which::item && takes->any_of.empty();
}

class Implied {
 public:
  Implied(const Run& run, const ResolvedRule& rule) : run_(run), held_(held_by(rule)) {}

  bool operator()(const ResolvedGuard& guard) const {
    using Kind = ResolvedGuard::Kind;
    const auto implied = [&](const ResolvedGuard& child) { return (*this)(child); };
    if (guard.kind == Kind::all_of) return !guard.children.empty() && std::all_of(guard.children.begin(), guard.children.end(), implied);
    if (guard.kind == Kind::any_of && std::any_of(guard.children.begin(), guard.children.end(), implied)) return true;
    if (is_the_match(guard)) return true;
    if (held_.size() > most_compared) return false;
    return std::any_of(held_.begin(), held_.end(), [&](const ResolvedGuard* other) { return same_guard(run_, guard, *other); });
  }

 private:
  const Run& run_;
  std::vector<const ResolvedGuard*> held_;
};

bool refuse(Run& run, const grammar::Place& at, std::string message) {
  run.report.add(grammar::diagnose(Code::TH4005, at, std::move(message)));
  return false;
}

bool check_premise(Run& run, const ResolvedRule& rule) {
  const auto held = held_by(rule);
  for (const auto* part : held) {
    if (part->kind == ResolvedGuard::Kind::negation && is_the_match(part->children.front())) {
      return refuse(run, part->at, "the rule matches this drug, so it never fires");
    }
  }
  if (held.size() > most_compared) return true;
  for (std::size_t i = 0; i < held.size(); ++i) {
    for (std::size_t j = i + 1; j < held.size(); ++j) {
      if (can_hold_together(run, *held[i], *held[j])) continue;
      auto diagnostic = grammar::diagnose(Code::TH4005, held[j]->at, "this can never hold beside the other condition");
      diagnostic.secondary.push_back({held[i]->at, "that one"});
      run.report.add(std::move(diagnostic));
      return false;
    }
  }
  return true;
}

}  // namespace

bool check_rule(Run& run, const ResolvedRule& rule) {
  if (!check_premise(run, rule)) return false;
  for (const auto& unless : rule.unless) {
    if (!check_exception(run, rule, unless)) return false;
  }
  return true;
}

bool check_exception(Run& run, const ResolvedRule& rule, const ResolvedGuard& when) {
  if (!Implied(run, rule)(when)) return true;
  return refuse(run, when.at, "the rule's own premise makes this true, so the rule never fires");
}

}  // namespace theriac::detail
