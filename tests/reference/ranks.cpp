// Which rules must be settled before which.
#include "reference/reference.hpp"

#include <algorithm>

namespace theriac::reference {

using namespace detail;

namespace {

// ---- ranks ----
struct Reads {
  std::set<EffectId> plain, denied;
};

void read(const std::vector<DrugAlternative>& drugs, bool denied, Reads& reads) {
  for (const DrugAlternative& drug : drugs) {
    for (const DrugTest& test : drug.tests)
      if (const auto* is = std::get_if<IsDerived>(&test)) (denied ? reads.denied : reads.plain).insert(is->state);
    read(drug.except, true, reads);
  }
}

void read(const ResolvedGuard& guard, bool denied, Reads& reads) {
  denied = denied || guard.kind == ResolvedGuard::Kind::negation;
  if (guard.kind == ResolvedGuard::Kind::leaf) {
    if (const auto* condition = std::get_if<HasCondition>(&guard.leaf)) (denied ? reads.denied : reads.plain).insert(condition->derived.begin(), condition->derived.end());
    if (const auto* takes = std::get_if<TakesDrug>(&guard.leaf)) read(takes->any_of, denied, reads);
    if (const auto* count = std::get_if<CountDrugs>(&guard.leaf)) read(count->any_of, denied, reads);
    if (const auto* sum = std::get_if<SummedDrugs>(&guard.leaf)) read(sum->any_of, true, reads);
  }
  if (const auto* effect = std::get_if<HasEffect>(&guard.leaf); effect != nullptr && guard.kind == ResolvedGuard::Kind::leaf)
    (denied ? reads.denied : reads.plain).insert(effect->effect);
  for (const ResolvedGuard& child : guard.children) read(child, denied, reads);
}

Reads reads_of(const ResolvedRule& rule) {
  Reads reads;
  for (const ResolvedItem& item : rule.items) {
    if (const auto* effect = std::get_if<EffectItem>(&item.what)) reads.plain.insert(effect->any_of.begin(), effect->any_of.end());
    if (const auto* drug = std::get_if<DrugItem>(&item.what)) read(drug->any_of, false, reads);
    if (const auto* count = std::get_if<CountItem>(&item.what)) read(count->any_of, false, reads);
    if (const auto* sum = std::get_if<SumItem>(&item.what)) read(sum->sum.any_of, true, reads);
    if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) read(stop->any_of, true, reads);
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) read(guard->guard, false, reads);
  }
  read(rule.guard, false, reads);
  for (const ResolvedGuard& guard : rule.unless) read(guard, true, reads);
  for (const ResolvedException& exception : rule.exceptions) read(exception.when, true, reads);
  for (const ResolvedShift& shift : rule.shifts) read(shift.guard, true, reads);
  for (const ResolvedFlag& flag : rule.flags) read(flag.guard, true, reads);
  return reads;
}

bool derives_any(const World& world, const ResolvedRule& rule, const std::set<EffectId>& effects) {
  std::vector<ResolvedHead> heads = rule.heads;
  for (const ResolvedException& exception : rule.exceptions) heads.insert(heads.end(), exception.heads.begin(), exception.heads.end());
  for (const ResolvedHead& head : heads)
    for (const EffectId effect : effects)
      if (world.kind_of(head.effect, effect)) return true;
  return false;
}

}  // namespace

// One more than what it denies; at least what it reads. Nothing where that never settles.
std::optional<std::vector<std::size_t>> ranks(const World& world, const std::vector<ResolvedRule>& rules) {
  std::vector<std::size_t> rank(rules.size(), 0);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t r = 0; r < rules.size(); ++r)
      for (std::size_t s = 0; s < rules.size(); ++s) {
        const Reads reads = reads_of(rules[r]);
        std::size_t least = derives_any(world, rules[s], reads.plain) ? rank[s] : 0;
        if (derives_any(world, rules[s], reads.denied)) least = std::max(least, rank[s] + 1);
        if (least <= rank[r]) continue;
        rank[r] = least;
        changed = true;
        if (least > rules.size()) return std::nullopt;
      }
  }
  return rank;
}

}  // namespace theriac::reference
