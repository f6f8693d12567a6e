#include "evaluate/abrupt_stop.hpp"

#include "evaluate/drug.hpp"

#include <algorithm>
#include <map>

namespace theriac::detail {
namespace {

// Is the exposure what the phrase names, whatever its presence?
Judged named(const World& world, const AbruptStopItem& item, const Exposure& exposure) {
  AnyOf any;
  for (const auto& alternative : item.any_of) any.add(is_kind(world, alternative, exposure, Routes::systemic_or_gut));
  return any.take();
}

bool ends(const Exposure& exposure) { return exposure.end.latest < always_after; }

struct Run {
  std::vector<std::uint32_t> exposures;
  const Exposure* first = nullptr;  // the earliest to start
  const Exposure* last = nullptr;   // the latest to end
};

// The last run of these exposures; nothing where it is not over and no end is planned.
std::optional<Run> last_run(const World& world, std::vector<std::uint32_t> of) {
  std::sort(of.begin(), of.end(), [&](auto a, auto b) {
    const auto& x = world.exposure(a);
    const auto& y = world.exposure(b);
    return std::tie(x.start.earliest, x.end.latest, a) < std::tie(y.start.earliest, y.end.latest, b);
  });
  Run run;
  for (const auto i : of) {
    const auto& exposure = world.exposure(i);
    if (run.last != nullptr && exposure.start.earliest > run.last->end.latest + run_gap) run = {};
    run.exposures.push_back(i);
    if (run.first == nullptr) run.first = &exposure;
    if (run.last == nullptr || exposure.end.latest > run.last->end.latest) run.last = &exposure;
  }
  if (run.last == nullptr || !ends(*run.last)) return std::nullopt;
  std::sort(run.exposures.begin(), run.exposures.end());
  return run;
}

Judged missing_date(const World& world, const Exposure& exposure, std::string_view which) {
  return Judged::missing(Truth::possible, "date", std::string(which) + " date of " + world.name(exposure.what), "not given");
}

Judged recent(const World& world, const Run& run) {
  const Minutes limit = world.facts.as_of - stop_is_recent;
  if (run.last->end.earliest > limit) return Judged::known(true);
  return run.last->end.latest > limit ? missing_date(world, *run.last, "stop") : Judged::known(false);
}

Judged long_enough(const World& world, const Run& run, const AbruptStopItem& item) {
  if (!item.after_longer_than) return Judged::known(true);
  if (!run.first->start_given) return missing_date(world, *run.first, "start");
  const auto answer = before(plus(run.first->start, *item.after_longer_than), run.last->end);
  return answer == Decided::unknown ? missing_date(world, *run.last, "stop") : Judged::known(answer == Decided::yes);
}

Judged abrupt(const World& world, const Run& run) {
  const auto& last = *run.last;
  if (last.ended == MedicationEntry::Ended::tapered) return Judged::known(false);
  if (last.stop_is_ours || last.ended == MedicationEntry::Ended::abruptly) return Judged::known(true);
  return Judged::missing(Truth::possible, "status", "how " + world.name(last.what) + " was stopped", "not given");
}

// A drug of the same phrase, of another entry, begun within a week of the end.
bool switched(const World& world, const Run& run, const AbruptStopItem& item) {
  const auto& end = run.last->end;
  return std::any_of(world.facts.exposures.begin(), world.facts.exposures.end(), [&](const Exposure& other) {
    if (!other.start_given || other.presence == Presence::never || other.entry == run.last->entry) return false;
    if (other.start.latest < end.earliest - switch_window || other.start.earliest > end.latest + switch_window) return false;
    return named(world, item, other).truth != Truth::no;
  });
}

}  // namespace

std::vector<Choice> abrupt_stops(const World& world, const AbruptStopItem& item) {
  std::map<ConceptId, std::vector<std::uint32_t>> by_ingredient;
  std::map<ConceptId, AnyOf> membership;
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    if (exposure.presence == Presence::never || exposure.presence == Presence::unknown) continue;
    const auto fits = named(world, item, exposure);
    if (fits.truth == Truth::no) continue;
    by_ingredient[exposure.what].push_back(i);
    membership[exposure.what].add(fits);
  }
  std::vector<Choice> result;
  for (const auto& [ingredient, exposures] : by_ingredient) {
    const auto run = last_run(world, exposures);
    if (!run || switched(world, *run, item)) continue;
    AllOf all;
    all.add(membership[ingredient].take());
    all.add(recent(world, *run));
    all.add(long_enough(world, *run, item));
    all.add(abrupt(world, *run));
    auto judged = all.take();
    if (judged.truth != Truth::no) result.push_back({run->exposures, {ingredient}, std::move(judged), std::nullopt, nullptr, -1});
  }
  return result;
}

}  // namespace theriac::detail
