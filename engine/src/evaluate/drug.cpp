#include "evaluate/drug.hpp"

#include "evaluate/dose.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

Judged date_missing(const World& world, const Exposure& exposure, std::string_view which) {
  return Judged::missing(Truth::possible, "date", std::string(which) + " date of " + world.name(exposure.what), "not given");
}

Judged decided(Decided answer, const Judged& missing) {
  if (answer == Decided::unknown) return missing;
  return Judged::known(answer == Decided::yes);
}

Judged by_route(const World& world, const DrugAlternative& alternative, const Exposure& exposure, Routes routes) {
  if (alternative.routes.empty()) return Judged::known(routes == Routes::any || exposure.exposes != Exposes::local);
  if (!exposure.route) return Judged::missing(Truth::possible, "route", "route of " + world.name(exposure.what), "not given");
  return Judged::known(std::find(alternative.routes.begin(), alternative.routes.end(), *exposure.route) != alternative.routes.end());
}

Judged started_within(const World& world, const StartedWithin& test, const Exposure& exposure) {
  if (!exposure.start_given) return date_missing(world, exposure, "start");
  const When until = plus(exposure.start, test.within);
  const Minutes now = world.facts.as_of;
  const auto answer = until.earliest > now ? Decided::yes : until.latest <= now ? Decided::no : Decided::unknown;
  return decided(answer, date_missing(world, exposure, "start"));
}

Judged status_missing(const World& world, const Exposure& exposure) {
  return Judged::missing(Truth::possible, "status", "is " + world.name(exposure.what) + " taken", "status unknown");
}

// Until when was it taken? Of an uncertain one nobody knows.
When taken_until(const Exposure& exposure, Minutes now) {
  if (exposure.presence == Presence::past) return exposure.end;
  const bool ends = exposure.end.latest < always_after;
  const When until{std::max(now, ends ? exposure.end.earliest : now), std::max(now, ends ? exposure.end.latest : now)};
  return exposure.presence == Presence::unknown ? When{always_before, until.latest} : until;
}

Judged taken_for(const World& world, const TakenFor& test, const Exposure& exposure) {
  const When until = taken_until(exposure, world.facts.as_of);
  const When mark = plus(exposure.start, test.than);
  const auto answer = !exposure.start_given ? Decided::unknown : test.longer ? before(mark, until) : before(until, mark);
  Judged missing{Truth::possible, {}};
  if (!exposure.start_given || !exact(exposure.start)) add(missing.needs, date_missing(world, exposure, "start").needs);
  if (exposure.presence == Presence::unknown)
    add(missing.needs, status_missing(world, exposure).needs);
  else if (!exact(until))
    add(missing.needs, date_missing(world, exposure, "stop").needs);
  return decided(answer, missing);
}

// One test that needs no other drug. Tests that change the window, or need the binding, hold here.
Judged test_holds(const World& world, const DrugTest& test, const Exposure& exposure) {
  if (const auto* dose = std::get_if<DoseTest>(&test)) return dose_holds(world, *dose, exposure);
  if (const auto* started = std::get_if<StartedWithin>(&test)) return started_within(world, *started, exposure);
  if (const auto* taken = std::get_if<TakenFor>(&test)) return taken_for(world, *taken, exposure);
  if (const auto* is = std::get_if<IsDerived>(&test)) return world.is_derived(is->state, exposure.what);
  return Judged::known(true);
}

Judged started_relative(const World& world, const StartedRelative& test, const Exposure& exposure, const Exposure& other) {
  Judged missing{Truth::possible, {}};
  for (const auto* each : {&exposure, &other}) {
    if (!each->start_given || !exact(each->start)) add(missing.needs, date_missing(world, *each, "start").needs);
  }
  if (!exposure.start_given || !other.start_given) return missing;
  const When& first = test.after ? other.start : exposure.start;
  const When& second = test.after ? exposure.start : other.start;
  AllOf all;
  all.add(decided(before(first, second), missing));
  if (test.within) all.add(decided(before(second, plus(first, *test.within)), missing));
  return all.take();
}

const StoppedWithin* stop_test(const DrugAlternative& alternative) {
  for (const auto& test : alternative.tests) {
    if (const auto* stopped = std::get_if<StoppedWithin>(&test)) return stopped;
  }
  return nullptr;
}

// Presence and window of an exposure that is of the right kind.
DrugMatch present(const World& world, const DrugAlternative& alternative, const Exposure& exposure) {
  if (exposure.presence == Presence::never) return {};
  const Judged presence = exposure.presence == Presence::unknown ? status_missing(world, exposure) : Judged::known(true);
  const auto* stopped = stop_test(alternative);
  if (stopped == nullptr) return {presence, {exposure.start, exposure.end}};
  const bool ends = exposure.end.latest < always_after;
  if (!ends) return exposure.presence == Presence::unknown ? DrugMatch{presence, {}} : DrugMatch{};
  return {presence, {exposure.end, plus(exposure.end, stopped->within)}};
}

}  // namespace

Judged membership(const World& world, ConceptId what, ConceptId where) {
  switch (world.terms.membership(what, where)) {
    case Truth::yes:
      return Judged::known(true);
    case Truth::open:
      return Judged::missing(Truth::open, "membership", world.name(what) + " as " + world.name(where), "not reviewed");
    case Truth::possible:
      return Judged::missing(Truth::possible, "medication", "which " + world.name(what), "only the class is named");
    default:
      return Judged::known(false);
  }
}

bool has_relations(const DrugAlternative& alternative) {
  return std::any_of(alternative.tests.begin(), alternative.tests.end(),
                     [](const DrugTest& test) { return std::holds_alternative<StartedRelative>(test); });
}

Judged relations_hold(const World& world, const DrugAlternative& alternative, const Exposure& exposure, const Binding& binding) {
  AllOf all;
  for (const auto& test : alternative.tests) {
    const auto* relative = std::get_if<StartedRelative>(&test);
    if (relative == nullptr || relative->item >= binding.choices.size() || binding.choices[relative->item] == nullptr) continue;
    for (const auto other : binding.choices[relative->item]->exposures) {
      all.add(started_relative(world, *relative, exposure, world.exposure(other)));
    }
  }
  return all.take();
}

Judged is_kind(const World& world, const DrugAlternative& alternative, const Exposure& exposure, Routes routes, const Binding* binding) {
  AllOf all;
  if (alternative.concept_id) all.add(membership(world, exposure.what, *alternative.concept_id));
  if (all.is_no()) return Judged::known(false);
  if (!alternative.except.empty()) {
    AnyOf excepted;
    for (const auto& except : alternative.except) excepted.add(is_kind(world, except, exposure, Routes::any, binding));
    all.add(negation(excepted.take()));
  }
  all.add(by_route(world, alternative, exposure, routes));
  if (alternative.as_needed) all.add(Judged::known(*alternative.as_needed == exposure.as_needed));
  for (const auto& test : alternative.tests) all.add(test_holds(world, test, exposure));
  if (binding != nullptr) all.add(relations_hold(world, alternative, exposure, *binding));
  return all.take();
}

DrugMatch match(const World& world, const DrugAlternative& alternative, const Exposure& exposure, Routes routes, const Binding* binding) {
  auto found = present(world, alternative, exposure);
  if (found.judged.truth == Truth::no) return {};
  AllOf all;
  all.add(found.judged);
  all.add(is_kind(world, alternative, exposure, routes, binding));
  return {all.take(), found.window};
}

Needs imprecise_dates(const World& world, const Exposure& exposure, const Window& window) {
  Needs needs;
  const bool from_stop = window.end != exposure.end;  // what counts after the stop is reckoned from the stop alone
  if (!exact(window.start)) add(needs, date_missing(world, exposure, from_stop ? "stop" : "start").needs);
  if (!exact(window.end)) add(needs, date_missing(world, exposure, "stop").needs);
  return needs;
}

}  // namespace theriac::detail
