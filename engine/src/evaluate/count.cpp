#include "evaluate/count.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

struct Standing {
  std::uint32_t exposure = 0;
  std::uint32_t member = 0;  // what is counted: an ingredient, or an entry
  DrugMatch match;
};

struct Tally {
  const World& world;
  std::vector<Standing> standing;
  std::size_t unnamed = 0;  // ingredients that might be there, each merely open
  bool one_entry_is_no = true;
};

std::vector<Minutes> instants(const Tally& tally) {
  const Minutes now = tally.world.facts.as_of;
  std::set<Minutes> result{now};
  for (const auto& each : tally.standing) {
    for (const auto at : {each.match.window.start.earliest, each.match.window.start.latest}) {
      if (at > now) result.insert(at);
    }
  }
  return {result.begin(), result.end()};
}

Truth truth_at(const Standing& standing, Minutes instant) {
  const auto holds = holds_at(standing.match.window, instant);
  if (holds == Decided::no) return Truth::no;
  return both(standing.match.judged.truth, holds == Decided::yes ? Truth::yes : Truth::possible);
}

struct AtInstant {
  Truth truth = Truth::no;
  std::set<std::uint32_t> members;
};

// Do the members at or above a truth come from at least two entries?
bool of_several_entries(const Tally& tally, const std::map<std::uint32_t, Truth>& members, Truth at_or_above, Minutes instant) {
  std::set<std::int64_t> entries;
  for (const auto& each : tally.standing) {
    const auto member = members.find(each.member);
    if (member == members.end() || member->second < at_or_above || truth_at(each, instant) == Truth::no) continue;
    const auto entry = tally.world.exposure(each.exposure).entry;
    entries.insert(entry >= 0 ? entry : -1 - static_cast<std::int64_t>(each.exposure));
  }
  return entries.size() > 1;
}

// The largest truth at which k members of more than one entry stand.
AtInstant count_at(const Tally& tally, std::size_t k, Minutes instant) {
  std::map<std::uint32_t, Truth> members;
  for (const auto& each : tally.standing) {
    const auto truth = truth_at(each, instant);
    if (truth == Truth::no) continue;
    auto& best = members[each.member];
    best = either(best, truth);
  }
  for (const auto level : {Truth::yes, Truth::listed, Truth::possible, Truth::open}) {
    AtInstant result{level, {}};
    for (const auto& [member, truth] : members) {
      if (truth >= level) result.members.insert(member);
    }
    const auto unnamed = level == Truth::open ? tally.unnamed : 0;
    if (result.members.size() + unnamed < k) continue;
    if (k < 2 || !tally.one_entry_is_no || unnamed > 0 || of_several_entries(tally, members, level, instant)) return result;
  }
  return {};
}

Counted finish(const Tally& tally, std::size_t k, bool unlisted) {
  Truth best = Truth::no;
  std::set<std::uint32_t> members;
  for (const auto instant : instants(tally)) {
    auto here = count_at(tally, k, instant);
    if (here.truth == Truth::no || here.truth < best) continue;
    if (here.truth > best) members.clear();
    best = here.truth;
    members.merge(here.members);
  }
  Counted result;
  result.judged.truth = best;
  std::set<ConceptId> ingredients;
  std::set<std::uint32_t> exposures;
  for (const auto& each : tally.standing) {
    if (best != Truth::yes && best != Truth::no) {
      add(result.judged.needs, each.match.judged.needs);
      add(result.judged.needs, imprecise_dates(tally.world, tally.world.exposure(each.exposure)));
    }
    if (!members.contains(each.member)) continue;
    ingredients.insert(tally.world.exposure(each.exposure).what);
    exposures.insert(each.exposure);
  }
  if (best != Truth::yes && best != Truth::no && unlisted) add(result.judged.needs, tally.world.unlisted_drugs());
  result.ingredients.assign(ingredients.begin(), ingredients.end());
  result.exposures.assign(exposures.begin(), exposures.end());
  return result;
}

}  // namespace

Counted count_ingredients(const World& world, const std::vector<DrugAlternative>& any_of, std::size_t at_least, Routes routes, bool unnamed_count) {
  Tally tally{world, {}, 0, true};
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    for (const auto& alternative : any_of) {
      auto matched = match(world, alternative, exposure, routes);
      if (matched.judged.truth == Truth::no) continue;
      tally.standing.push_back({i, static_cast<std::uint32_t>(exposure.what), std::move(matched)});
    }
  }
  const bool unlisted = unnamed_count && world.drugs_unlisted();
  if (unlisted) tally.unnamed = world.facts.unrecognised.size();
  if (unlisted && !world.facts.medications_complete) tally.unnamed = at_least;
  return finish(tally, at_least, unlisted);
}

Counted count_entries(const World& world, ConceptId ingredient, std::size_t at_least) {
  Tally tally{world, {}, 0, false};
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
