#include "evaluate/condition.hpp"

#include <algorithm>
#include <map>

namespace theriac::detail {
namespace {

Judged condition_time(const World& world, const HasCondition& leaf, const ConditionFact& fact) {
  if (!leaf.within && !leaf.length) return Judged::known(true);
  auto missing = Judged::missing(Truth::possible, "date", "date of " + world.terms.at(fact.what).name, "not given");
  if (!fact.onset) return missing;
  const When now{world.facts.as_of, world.facts.as_of};
  AllOf all;
  const auto decide = [&](Decided answer) { all.add(answer == Decided::unknown ? missing : Judged::known(answer == Decided::yes)); };
  if (leaf.within) {
    decide(before(now, plus(*fact.onset, *leaf.within)));
    all.add(negation([&] {
      const auto later = before(now, *fact.onset);
      return later == Decided::unknown ? missing : Judged::known(later == Decided::yes);
    }()));
  }
  if (leaf.length) {
    const auto mark = plus(*fact.onset, leaf.length->second);
    decide(leaf.length->first ? before(mark, now) : before(now, mark));
  }
  return all.take();
}

// What silence means: `no` in a complete list or where what it is a kind of is absent, else not mentioned.
Judged not_stated(const HasCondition& leaf, const GuardContext& context, Truth truth) {
  const auto& asked = context.rule.ask_for;
  if (truth == Truth::open && std::find(asked.begin(), asked.end(), leaf.condition) != asked.end()) truth = Truth::possible;
  if (truth == Truth::yes || truth == Truth::no) return Judged::known(truth == Truth::yes);
  const auto& condition = context.world.terms.at(leaf.condition);
  return Judged::missing(truth, std::string(condition.need()), condition.name, truth == Truth::possible ? "not known" : "not mentioned");
}

// Where only kinds of it are stated, and too long ago: may another kind be there?
Truth another_kind(const World& world, ConditionId condition) {
  const bool absent = std::any_of(world.facts.conditions.begin(), world.facts.conditions.end(),
                                  [&](const ConditionFact& fact) { return fact.truth == Truth::no && world.terms.is_kind_of(condition, fact.what); });
  const bool complete = world.facts.conditions_complete && !world.terms.at(condition).genetic;
  return absent || complete ? Truth::no : Truth::open;
}

// A rule may derive of the patient that it is so. Of several derivations the same one is named, whatever the order of the entries.
void add_derived(const HasCondition& leaf, const World& world, Found& result) {
  AnyOf any;
  any.add(result.judged);
  for (const auto state : leaf.derived) {
    for (const auto& fact : world.derived) {
      if (!world.tells(fact, state, std::nullopt)) continue;
      any.add(fact.judged);
      if (result.judged.truth >= Truth::listed || fact.judged.truth < Truth::listed) continue;
      std::map<std::string, std::string> drugs;  // with their places
      for (const auto i : fact.exposures) drugs.emplace(world.exposure(i).shown, world.exposure(i).at.to_string());
      std::string because;
      for (const auto& [shown, at] : drugs) because += (because.empty() ? "" : " + ") + shown;
      if (!result.value.empty() && result.value <= because) continue;
      result.fact = world.terms.at(leaf.condition).name;
      result.value = because;
      result.at = drugs.empty() ? "" : drugs.begin()->second;
    }
  }
  result.judged = any.take();
}

}  // namespace

Found condition_holds(const HasCondition& leaf, const GuardContext& context) {
  const auto& world = context.world;
  AnyOf any;
  Found result;
  bool stated = false, itself = false;
  for (const auto& fact : world.facts.conditions) {
    if (fact.truth == Truth::no || !world.terms.is_kind_of(fact.what, leaf.condition)) continue;
    stated = true;
    itself = itself || (fact.truth == Truth::yes && fact.what == leaf.condition);
    AllOf all;
    const auto& it = world.terms.at(fact.what);
    if (fact.truth != Truth::yes) all.add(Judged::missing(fact.truth, std::string(it.need()), it.name, "to be found out"));
    all.add(condition_time(world, leaf, fact));
    const auto holds = all.take();
    if (holds.truth >= Truth::possible && (result.fact.empty() || fact.shown < result.value)) {
      result.fact = world.terms.at(leaf.condition).name;
      result.value = fact.shown;
      result.at = fact.at.to_string();
    }
    any.add(holds);
  }
  result.judged = any.take();
  if (!stated) result.judged = not_stated(leaf, context, world.facts.has(leaf.condition, world.terms).truth);
  if (stated && !itself && result.judged.truth == Truth::no) result.judged = not_stated(leaf, context, another_kind(world, leaf.condition));
  if (!leaf.derived.empty()) add_derived(leaf, world, result);
  return result;
}

}  // namespace theriac::detail
