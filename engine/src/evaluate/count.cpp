#include "evaluate/count.hpp"

#include "evaluate/standing.hpp"

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

struct Tally {
  const World& world;
  std::vector<Standing> standing;
  std::size_t unnamed = 0;  // ingredients that might be there, each merely open
  bool one_entry_is_no = true;
  std::set<std::int64_t> beside{};  // entries of the other items
};

struct AtInstant {
  Truth truth = Truth::no;
  std::set<std::uint32_t> members;
};

// The largest truth at or above which k members stand, not all of one entry where they are to be two or stand beside other items.
AtInstant count_at(const Tally& tally, std::size_t k, Minutes instant) {
  for (const auto level : {Truth::yes, Truth::listed, Truth::possible, Truth::open}) {
    AtInstant result{level, {}};
    auto entries = tally.beside;
    for (const auto& each : tally.standing) {
      if (truth_at(each, instant) < level) continue;
      result.members.insert(each.member);
      entries.insert(entry_of(tally.world, each.exposure));
    }
    const auto unnamed = level == Truth::open ? tally.unnamed : 0;
    if (result.members.size() + unnamed < k) continue;
    if ((k < 2 && tally.beside.empty()) || !tally.one_entry_is_no || entries.size() + unnamed > 1) return result;
  }
  return {};
}

Counted finish(const Tally& tally, std::size_t k, bool unlisted) {
  Counted result;
  std::set<ConceptId> ingredients;
  std::set<std::uint32_t> exposures;
  Needs needs;
  for (const auto instant : instants(tally.world, tally.standing)) {
    for (const auto& each : tally.standing) missing_at(tally.world, each, instant, needs);
    const auto here = count_at(tally, k, instant);
    if (here.truth == Truth::no || here.truth < result.judged.truth) continue;
    if (here.truth > result.judged.truth) {
      ingredients.clear();
      exposures.clear();
    }
    result.judged.truth = here.truth;
    for (const auto& each : tally.standing) {
      if (!here.members.contains(each.member) || truth_at(each, instant) == Truth::no) continue;
      ingredients.insert(tally.world.exposure(each.exposure).what);
      exposures.insert(each.exposure);
    }
  }
  if (unlisted) add(needs, tally.world.unlisted_drugs());
  if (result.judged.truth != Truth::yes && result.judged.truth != Truth::no) result.judged.needs = std::move(needs);
  result.ingredients.assign(ingredients.begin(), ingredients.end());
  result.exposures.assign(exposures.begin(), exposures.end());
  return result;
}

}  // namespace

Counted count_ingredients(const World& world, const std::vector<DrugAlternative>& any_of, std::size_t at_least, const CountOptions& options) {
  Tally tally{world, {}, 0, true, {}};
  for (const auto i : options.beside) tally.beside.insert(entry_of(world, i));
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    if (std::binary_search(options.without.begin(), options.without.end(), exposure.what)) continue;
    for (const auto& alternative : any_of) {
      auto matched = match(world, alternative, exposure, options.routes);
      if (matched.judged.truth == Truth::no) continue;
      tally.standing.push_back({i, static_cast<std::uint32_t>(exposure.what), std::move(matched)});
    }
  }
  const bool unlisted = options.unnamed_count && world.drugs_unlisted();
  if (unlisted) tally.unnamed = world.facts.unrecognised.size();
  if (unlisted && !world.facts.medications_complete) tally.unnamed = at_least;
  return finish(tally, at_least, unlisted);
}

Counted count_entries(const World& world, ConceptId ingredient, std::size_t at_least) {
  Tally tally{world, {}, 0, false, {}};
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    if (exposure.what != ingredient) continue;
    auto matched = match(world, DrugAlternative{}, exposure, Routes::systemic_or_gut);
    if (matched.judged.truth == Truth::no) continue;
    tally.standing.push_back({i, static_cast<std::uint32_t>(exposure.entry), std::move(matched)});
  }
  return finish(tally, at_least, false);
}

}  // namespace theriac::detail
