#include "evaluate/items.hpp"

#include "evaluate/abrupt_stop.hpp"
#include "evaluate/count.hpp"
#include "evaluate/drug.hpp"
#include "evaluate/sum.hpp"

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

std::vector<Choice> choices(const World& world, const DrugItem& item) {
  std::vector<Choice> result;
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    for (const auto& alternative : item.any_of) {
      auto matched = match(world, alternative, exposure, Routes::systemic_or_gut);
      if (matched.judged.truth == Truth::no) continue;
      result.push_back({{i}, {exposure.what}, std::move(matched.judged), matched.window, &alternative, -1, false});
    }
  }
  return result;
}

std::vector<Choice> choices(const World& world, const EffectItem& item) {
  std::vector<Choice> result;
  for (std::size_t i = 0; i < world.derived.size(); ++i) {
    const auto& fact = world.derived[i];
    const bool fits = std::any_of(item.any_of.begin(), item.any_of.end(), [&](EffectId of) { return world.terms.is_kind_of(fact.effect, of); });
    if (fits) result.push_back({fact.exposures, fact.ingredients, fact.judged, std::nullopt, nullptr, static_cast<std::int64_t>(i), true});
  }
  return result;
}

void keep(std::vector<Choice>& result, Counted&& counted, bool may_share) {
  if (counted.judged.truth == Truth::no) return;
  result.push_back({std::move(counted.exposures), std::move(counted.ingredients), std::move(counted.judged), std::nullopt, nullptr, -1, may_share});
}

std::vector<Choice> choices(const World& world, const SameItem& item) {
  std::vector<Choice> result;
  std::set<ConceptId> ingredients;
  for (const auto& exposure : world.facts.exposures) {
    if (world.terms.at(exposure.what).kind == ConceptKind::ingredient) ingredients.insert(exposure.what);
  }
  for (const auto ingredient : ingredients) keep(result, count_entries(world, ingredient, item.at_least), false);
  return result;
}

std::vector<Choice> choices(const World& world, const AbruptStopItem& item) { return abrupt_stops(world, item); }

std::vector<Choice> choices(const World&, const GuardItem&) { return {}; }

std::vector<Choice> choices(const World&, const CountItem&) { return {}; }

std::vector<Choice> choices(const World&, const SumItem&) { return {}; }

}  // namespace

bool binds(const ResolvedItem& item) { return !std::holds_alternative<GuardItem>(item.what); }

bool counts_ingredients(const ResolvedItem& item) {
  const auto* same = std::get_if<SameItem>(&item.what);
  return std::holds_alternative<CountItem>(item.what) || std::holds_alternative<SumItem>(item.what) || (same != nullptr && !same->members.empty());
}

std::vector<Choice> choices_of(const World& world, const ResolvedItem& item) {
  return std::visit([&](const auto& what) { return choices(world, what); }, item.what);
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
