#include "evaluate/abrupt_stop.hpp"

#include "evaluate/drug.hpp"

#include <algorithm>
#include <map>

namespace theriac::detail {
namespace {

Judged missing_date(const World& world, const Exposure& exposure, std::string_view which) {
  return Judged::missing(Truth::possible, "date", std::string(which) + " date of " + world.name(exposure.what), "not given");
}

// Is the exposure what the phrase names, whatever its presence?
Judged named(const World& world, const AbruptStopItem& item, const Exposure& exposure) {
  AnyOf any;
  for (const auto& alternative : item.any_of) any.add(is_kind(world, alternative, exposure, Routes::systemic_or_gut));
  return any.take();
}

// Exposures of one ingredient that follow one another.
struct Run {
  std::vector<std::uint32_t> exposures;
  const Exposure* first = nullptr;  // the earliest to start
  When end{always_before, always_before};
  bool over = true;  // or to be over: none is taken without an end
};

// The last run of these exposures.
Run last_run(const World& world, std::vector<std::uint32_t> of) {
  std::stable_sort(of.begin(), of.end(), [&](auto a, auto b) { return world.exposure(a).start.earliest < world.exposure(b).start.earliest; });
  Run run;
  for (const auto i : of) {
    const auto& exposure = world.exposure(i);
    if (run.first == nullptr || exposure.start.earliest > run.end.latest + run_gap) run = {.exposures = {}, .first = &exposure};
    run.exposures.push_back(i);
    run.end = {std::max(run.end.earliest, exposure.end.earliest), std::max(run.end.latest, exposure.end.latest)};
    if (exposure.presence == Presence::present && exposure.end.latest == always_after) run.over = false;
  }
  std::sort(run.exposures.begin(), run.exposures.end());
  return run;
}

Judged timed(const World& world, Decided answer, const Run& run, const Exposure* start = nullptr) {
  if (answer != Decided::unknown) return Judged::known(answer == Decided::yes);
  Judged judged{Truth::possible, {}};
  if (start != nullptr && !(start->start_given && exact(start->start))) add(judged.needs, missing_date(world, *start, "start").needs);
  for (const auto i : run.exposures) {
    if (!exact(world.exposure(i).end)) add(judged.needs, missing_date(world, world.exposure(i), "stop").needs);
  }
  return judged;
}

Judged recent(const World& world, const Run& run) {
  const Minutes limit = world.facts.as_of - stop_is_recent;
  return timed(world, before({limit, limit}, run.end), run);
}

Judged long_enough(const World& world, const Run& run, const AbruptStopItem& item) {
  if (!item.after_longer_than) return Judged::known(true);
  const auto answer = run.first->start_given ? before(plus(run.first->start, *item.after_longer_than), run.end) : Decided::unknown;
  return timed(world, answer, run, run.first);
}

// Of those that end last: one is enough.
Judged abrupt(const World& world, const Run& run) {
  AnyOf any;
  for (const auto i : run.exposures) {
    const auto& last = world.exposure(i);
    if (last.end.latest != run.end.latest) continue;
    if (last.ended == MedicationEntry::Ended::tapered)
      any.add(Judged::known(false));
    else if (last.stop_is_ours || last.ended == MedicationEntry::Ended::abruptly)
      any.add(Judged::known(true));
    else
      any.add(Judged::missing(Truth::possible, "status", "how " + world.name(last.what) + " was stopped", "not given"));
  }
  return any.take();
}

// Did the other one start within a week of the end, before or after?
Judged starts_near(const World& world, const Run& run, const Exposure& other) {
  const auto in = [](const When& when, Minutes by) { return When{when.earliest + by, when.latest + by}; };
  const auto start = other.start_given ? other.start : When{always_before, other.end.latest};  // it began before it ended
  const auto too_late = before(in(run.end, switch_window), start), too_early = before(start, in(run.end, -switch_window));
  auto answer = Decided::unknown;
  if (too_late == Decided::yes || too_early == Decided::yes)
    answer = Decided::no;
  else if (other.start_given && too_late == Decided::no && too_early == Decided::no)
    answer = Decided::yes;
  return timed(world, answer, run, &other);
}

// A drug of the same phrase, of another entry, begun within a week of the end.
Judged switched(const World& world, const Run& run, const AbruptStopItem& item) {
  const auto of_run = [&](const Exposure& other) {
    return std::any_of(run.exposures.begin(), run.exposures.end(),
                       [&](auto i) { return &world.exposure(i) == &other || (other.entry >= 0 && world.exposure(i).entry == other.entry); });
  };
  AnyOf any;
  for (const auto& other : world.facts.exposures) {
    if (of_run(other)) continue;
    AllOf all;
    all.add(named(world, item, other));
    all.add(presence_of(world, other));
    all.add(starts_near(world, run, other));
    any.add(all.take());
  }
  return any.take();
}

}  // namespace

std::vector<Choice> abrupt_stops(const World& world, const AbruptStopItem& item) {
  std::map<ConceptId, std::vector<std::uint32_t>> by_ingredient;
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    const auto& exposure = world.exposure(i);
    if (exposure.presence != Presence::never && named(world, item, exposure).truth != Truth::no) by_ingredient[exposure.what].push_back(i);
  }
  std::vector<Choice> result;
  for (const auto& [ingredient, exposures] : by_ingredient) {
    const auto run = last_run(world, exposures);
    if (!run.over) continue;
    AnyOf named_so;
    AllOf all;
    for (const auto i : run.exposures) {
      named_so.add(named(world, item, world.exposure(i)));
      all.add(presence_of(world, world.exposure(i)));
    }
    all.add(named_so.take());
    all.add(recent(world, run));
    all.add(long_enough(world, run, item));
    all.add(abrupt(world, run));
    all.add(negation(switched(world, run, item)));
    auto judged = all.take();
    if (judged.truth != Truth::no) result.push_back({run.exposures, {ingredient}, std::move(judged), std::nullopt, nullptr, {}, false});
  }
  return result;
}

}  // namespace theriac::detail
