#include "evaluate/items.hpp"

#include "evaluate/abrupt_stop.hpp"
#include "evaluate/count.hpp"
#include "evaluate/drug.hpp"
#include "evaluate/sum.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace theriac::detail {
namespace {

template <class T>
void unite(std::vector<T>& to, const std::vector<T>& more) {
  std::vector<T> united;
  std::set_union(to.begin(), to.end(), more.begin(), more.end(), std::back_inserter(united));
  to = std::move(united);
}

// A drug of which a state is derived is a choice a derivation, and brings what that derivation matched.
std::vector<Choice> by_derivation(const World& world, std::vector<Choice> choices, EffectId state) {
  std::vector<Choice> result;
  for (const auto& choice : choices) {
    for (std::size_t i = 0; i < world.derived.size(); ++i) {
      const auto& fact = world.derived[i];
      if (!world.tells(fact, state, choice.ingredients.front())) continue;
      auto one = choice;
      AllOf all;
      all.add(choice.judged);
      all.add(fact.judged);
      one.judged = all.take();
      one.derived.push_back(static_cast<std::int64_t>(i));
      unite(one.brought_exposures, fact.exposures);
      unite(one.brought, fact.ingredients);
      result.push_back(std::move(one));
    }
  }
  return result;
}

bool asks_for_a_state(const DrugAlternative& alternative) {
  return std::any_of(alternative.tests.begin(), alternative.tests.end(),
                     [](const DrugTest& test) { return std::holds_alternative<IsDerived>(test); });
}

// Without its states, which are judged a derivation at a time.
DrugMatch match_bare(const World& world, const DrugAlternative& alternative, const Exposure& exposure) {
  auto bare = alternative;
  std::erase_if(bare.tests, [](const DrugTest& test) { return std::holds_alternative<IsDerived>(test); });
  return match(world, bare, exposure, Routes::systemic_or_gut);
}

std::vector<Choice> choices(const World& world, const DrugItem& item, const std::vector<ConceptId>* among) {
  std::vector<Choice> result;
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    if (among != nullptr && !std::binary_search(among->begin(), among->end(), exposure.what)) continue;
    for (const auto& alternative : item.any_of) {
      auto matched =
          asks_for_a_state(alternative) ? match_bare(world, alternative, exposure) : match(world, alternative, exposure, Routes::systemic_or_gut);
      if (matched.judged.truth == Truth::no) continue;
      std::vector<Choice> found{{{i}, {exposure.what}, std::move(matched.judged), matched.window, &alternative, {}, false}};
      for (const auto& test : alternative.tests) {
        if (const auto* is = std::get_if<IsDerived>(&test)) found = by_derivation(world, std::move(found), is->state);
      }
      std::move(found.begin(), found.end(), std::back_inserter(result));
    }
  }
  return result;
}

std::vector<Choice> choices(const World& world, const EffectItem& item, const std::vector<ConceptId>* /*among*/) {
  std::vector<Choice> result;
  for (std::size_t i = 0; i < world.derived.size(); ++i) {
    const auto& fact = world.derived[i];
    const bool fits = std::any_of(item.any_of.begin(), item.any_of.end(), [&](EffectId of) { return world.terms.is_kind_of(fact.effect, of); });
    if (fits) result.push_back({fact.exposures, fact.ingredients, fact.judged, std::nullopt, nullptr, {static_cast<std::int64_t>(i)}, true});
  }
  return result;
}

void keep(std::vector<Choice>& result, Counted&& counted, bool may_share) {
  if (counted.judged.truth == Truth::no) return;
  result.push_back({std::move(counted.exposures), std::move(counted.ingredients), std::move(counted.judged), std::nullopt, nullptr, {}, may_share});
}

std::vector<Choice> choices(const World& world, const SameItem& item, const std::vector<ConceptId>* /*among*/) {
  std::vector<Choice> result;
  std::set<ConceptId> ingredients;
  for (const auto& exposure : world.facts.exposures) {
    if (world.terms.at(exposure.what).kind == ConceptKind::ingredient) ingredients.insert(exposure.what);
  }
  for (const auto ingredient : ingredients) keep(result, count_entries(world, ingredient, item.at_least), false);
  return result;
}

std::vector<Choice> choices(const World& world, const AbruptStopItem& item, const std::vector<ConceptId>* /*among*/) {
  return abrupt_stops(world, item);
}

std::vector<Choice> choices(const World&, const GuardItem&, const std::vector<ConceptId>*) { return {}; }

std::vector<Choice> choices(const World&, const CountItem&, const std::vector<ConceptId>*) { return {}; }

std::vector<Choice> choices(const World&, const SumItem&, const std::vector<ConceptId>*) { return {}; }

}  // namespace

bool binds(const ResolvedItem& item) { return !std::holds_alternative<GuardItem>(item.what); }

bool counts_ingredients(const ResolvedItem& item) {
  const auto* same = std::get_if<SameItem>(&item.what);
  return std::holds_alternative<CountItem>(item.what) || std::holds_alternative<SumItem>(item.what) || (same != nullptr && !same->members.empty());
}

std::vector<Choice> choices_of(const World& world, const ResolvedItem& item, const std::vector<ConceptId>* among) {
  return std::visit([&](const auto& what) { return choices(world, what, among); }, item.what);
}

std::vector<Choice> counts_of(const World& world, const ResolvedItem& item, const std::vector<ConceptId>& without,
                              const std::vector<std::uint32_t>& beside) {
  std::vector<Choice> result;
  CountOptions options{.without = without, .beside = beside};
  if (const auto* count = std::get_if<CountItem>(&item.what)) keep(result, count_ingredients(world, count->any_of, count->at_least, options), true);
  if (const auto* sum = std::get_if<SumItem>(&item.what)) keep(result, add_up(world, sum->sum, Adds::item, options).counted, true);
  const auto* same = std::get_if<SameItem>(&item.what);
  if (same == nullptr) return result;
  options.unnamed_count = false;
  for (const auto member : same->members) {
    DrugAlternative alternative;
    alternative.concept_id = member;
    keep(result, count_ingredients(world, {alternative}, same->at_least, options), true);
  }
  return result;
}

}  // namespace theriac::detail
