#include "support/shrink.hpp"

namespace theriac::testing {

using namespace detail;

namespace {

// Every way to take one thing away, as edits of a case. Collected afresh after each success, since places move.
using Edits = std::vector<std::function<void(Case&)>>;

template <class Get>
void each_removed(Edits& edits, std::size_t size, Get get) {
  for (std::size_t i = size; i-- > 0;)
    edits.push_back([get, i](Case& c) {
      auto& list = get(c);
      if (i < list.size()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    });
}

template <class Get>
void alternatives_cut(Edits& edits, const std::vector<DrugAlternative>& now, Get get) {
  if (now.size() > 1) each_removed(edits, now.size(), get);
  for (std::size_t a = 0; a < now.size(); ++a) {
    each_removed(edits, now[a].except.size(), [get, a](Case& c) -> auto& { return get(c)[a].except; });
    each_removed(edits, now[a].tests.size(), [get, a](Case& c) -> auto& { return get(c)[a].tests; });
    if (!now[a].routes.empty()) edits.push_back([get, a](Case& c) { get(c)[a].routes.clear(); });
    if (now[a].as_needed) edits.push_back([get, a](Case& c) { get(c)[a].as_needed.reset(); });
  }
}

using GetGuard = std::function<ResolvedGuard&(Case&)>;

void guard_cut(Edits& edits, const ResolvedGuard& now, const GetGuard& get) {
  using Kind = ResolvedGuard::Kind;
  if (now.kind == Kind::all_of && now.children.empty()) return;
  edits.push_back([get](Case& c) { get(c) = ResolvedGuard{}; });
  for (std::size_t i = 0; i < now.children.size(); ++i) {
    edits.push_back([get, i](Case& c) {
      ResolvedGuard child = get(c).children[i];
      get(c) = std::move(child);
    });
    guard_cut(edits, now.children[i], [get, i](Case& c) -> ResolvedGuard& { return get(c).children[i]; });
  }
  if (now.kind != Kind::negation && now.kind != Kind::leaf && now.children.size() > 1)
    each_removed(edits, now.children.size(), [get](Case& c) -> auto& { return get(c).children; });
  if (now.kind != Kind::leaf) return;
  if (const auto* takes = std::get_if<TakesDrug>(&now.leaf))
    alternatives_cut(edits, takes->any_of, [get](Case& c) -> auto& { return std::get<TakesDrug>(get(c).leaf).any_of; });
  if (const auto* count = std::get_if<CountDrugs>(&now.leaf))
    alternatives_cut(edits, count->any_of, [get](Case& c) -> auto& { return std::get<CountDrugs>(get(c).leaf).any_of; });
  if (const auto* sum = std::get_if<SummedDrugs>(&now.leaf))
    alternatives_cut(edits, sum->any_of, [get](Case& c) -> auto& { return std::get<SummedDrugs>(get(c).leaf).any_of; });
}

void items_cut(Edits& edits, const ResolvedRule& rule, std::size_t r) {
  each_removed(edits, rule.items.size(), [r](Case& c) -> auto& { return c.rules[r].items; });
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    if (const auto* drug = std::get_if<DrugItem>(&rule.items[i].what))
      alternatives_cut(edits, drug->any_of, [r, i](Case& c) -> auto& { return std::get<DrugItem>(c.rules[r].items[i].what).any_of; });
    if (const auto* count = std::get_if<CountItem>(&rule.items[i].what))
      alternatives_cut(edits, count->any_of, [r, i](Case& c) -> auto& { return std::get<CountItem>(c.rules[r].items[i].what).any_of; });
    if (const auto* sum = std::get_if<SumItem>(&rule.items[i].what))
      alternatives_cut(edits, sum->sum.any_of, [r, i](Case& c) -> auto& { return std::get<SumItem>(c.rules[r].items[i].what).sum.any_of; });
    if (const auto* stop = std::get_if<AbruptStopItem>(&rule.items[i].what))
      alternatives_cut(edits, stop->any_of, [r, i](Case& c) -> auto& { return std::get<AbruptStopItem>(c.rules[r].items[i].what).any_of; });
    if (const auto* guard = std::get_if<GuardItem>(&rule.items[i].what))
      guard_cut(edits, guard->guard, [r, i](Case& c) -> ResolvedGuard& { return std::get<GuardItem>(c.rules[r].items[i].what).guard; });
  }
}

void rule_cut(Edits& edits, const ResolvedRule& rule, std::size_t r) {
  items_cut(edits, rule, r);
  guard_cut(edits, rule.guard, [r](Case& c) -> ResolvedGuard& { return c.rules[r].guard; });
  each_removed(edits, rule.unless.size(), [r](Case& c) -> auto& { return c.rules[r].unless; });
  for (std::size_t i = 0; i < rule.unless.size(); ++i) guard_cut(edits, rule.unless[i], [r, i](Case& c) -> ResolvedGuard& { return c.rules[r].unless[i]; });
  if (!rule.exceptions.empty()) {
    edits.push_back([r](Case& c) { c.rules[r].exceptions.clear(); });
    edits.push_back([r](Case& c) { c.rules[r].exceptions.pop_back(); });
  }
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    guard_cut(edits, rule.exceptions[i].when, [r, i](Case& c) -> ResolvedGuard& { return c.rules[r].exceptions[i].when; });
    if (!rule.exceptions[i].exceptions.empty()) edits.push_back([r, i](Case& c) { c.rules[r].exceptions[i].exceptions.clear(); });
  }
  if (rule.heads.size() > 1) each_removed(edits, rule.heads.size(), [r](Case& c) -> auto& { return c.rules[r].heads; });
  each_removed(edits, rule.shifts.size(), [r](Case& c) -> auto& { return c.rules[r].shifts; });
  for (std::size_t i = 0; i < rule.shifts.size(); ++i) guard_cut(edits, rule.shifts[i].guard, [r, i](Case& c) -> ResolvedGuard& { return c.rules[r].shifts[i].guard; });
  each_removed(edits, rule.flags.size(), [r](Case& c) -> auto& { return c.rules[r].flags; });
  for (std::size_t i = 0; i < rule.flags.size(); ++i) guard_cut(edits, rule.flags[i].guard, [r, i](Case& c) -> ResolvedGuard& { return c.rules[r].flags[i].guard; });
  each_removed(edits, rule.ask_for.size(), [r](Case& c) -> auto& { return c.rules[r].ask_for; });
  each_removed(edits, rule.actions.size(), [r](Case& c) -> auto& { return c.rules[r].actions; });
}

Edits all_edits(const Case& now) {
  Edits edits;
  each_removed(edits, now.rules.size(), [](Case& c) -> auto& { return c.rules; });
  each_removed(edits, now.facts.exposures.size(), [](Case& c) -> auto& { return c.facts.exposures; });
  each_removed(edits, now.facts.conditions.size(), [](Case& c) -> auto& { return c.facts.conditions; });
  each_removed(edits, now.facts.observations.size(), [](Case& c) -> auto& { return c.facts.observations; });
  each_removed(edits, now.facts.allergies.size(), [](Case& c) -> auto& { return c.facts.allergies; });
  each_removed(edits, now.facts.unrecognised.size(), [](Case& c) -> auto& { return c.facts.unrecognised; });
  for (std::size_t r = 0; r < now.rules.size(); ++r) rule_cut(edits, now.rules[r], r);
  return edits;
}

}  // namespace

Case shrink(Case failing, const std::function<bool(const Case&)>& still_fails) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (const auto& edit : all_edits(failing)) {
      Case candidate = failing;
      edit(candidate);
      bool sound = true;
      for (const ResolvedRule& rule : candidate.rules) sound = sound && is_sound(rule);
      if (!sound || !still_fails(candidate)) continue;
      failing = std::move(candidate);
      smaller = true;
      break;
    }
  }
  return failing;
}

}  // namespace theriac::testing
