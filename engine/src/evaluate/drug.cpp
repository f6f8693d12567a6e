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

// Until when was it taken? Of an uncertain one nobody knows.
When taken_until(const Exposure& exposure, Minutes now) {
  if (exposure.presence == Presence::past) return exposure.end;
  const bool ends = exposure.end.latest < always_after;
  const When until{std::max(now, ends ? exposure.end.earliest : now), std::max(now, ends ? exposure.end.latest : now)};
  return is_unsure(exposure.presence) ? When{always_before, until.latest} : until;
}

When taken_so_far_until(const Exposure& exposure, Minutes now) {
  if (exposure.presence == Presence::past) return exposure.end;
  const When until{std::min(now, exposure.end.earliest), std::min(now, exposure.end.latest)};
  return is_unsure(exposure.presence) ? When{always_before, until.latest} : until;
}

Judged taken_for(const World& world, const TakenFor& test, const Exposure& exposure) {
  const When until = test.so_far ? taken_so_far_until(exposure, world.facts.as_of) : taken_until(exposure, world.facts.as_of);
  const When mark = plus(exposure.start, test.than);
  const bool mark_first = test.longer != test.or_equal;  // "at least" is "not shorter"
  auto answer = !exposure.start_given ? Decided::unknown : mark_first ? before(mark, until) : before(until, mark);
  if (test.or_equal && answer != Decided::unknown) answer = answer == Decided::yes ? Decided::no : Decided::yes;
  Judged missing{Truth::possible, {}};
  if (!exposure.start_given || !exact(exposure.start)) add(missing.needs, date_missing(world, exposure, "start").needs);
  if (is_unsure(exposure.presence))
    add(missing.needs, presence_of(world, exposure).needs);
  else if (!exact(until))
    add(missing.needs, date_missing(world, exposure, "stop").needs);
  return decided(answer, missing);
}

Judged change_date_missing(const World& world, const Exposure& exposure) {
  return Judged::missing(Truth::possible, "date", "date of the dose change of " + world.name(exposure.what), "not given");
}

// Has its dose been changed at all?
Judged dose_changed(const World& world, const Exposure& exposure) {
  const auto& name = world.name(exposure.what);
  switch (exposure.change.truth) {
    case Truth::yes:
    case Truth::no:
      return Judged::known(exposure.change.truth == Truth::yes);
    case Truth::possible:
      return Judged::missing(Truth::possible, "dose", "dose of " + name, "not known before and after");
    default:
      return Judged::missing(Truth::open, "dose", "dose change of " + name, "not mentioned");
  }
}

Judged changed_within(const World& world, const ChangedWithin& test, const Exposure& exposure) {
  AllOf all;
  all.add(dose_changed(world, exposure));
  const auto missing = change_date_missing(world, exposure);
  if (!exposure.change.when) {
    if (exposure.change.truth >= Truth::possible) all.add(missing);
    return all.take();
  }
  const When now{world.facts.as_of, world.facts.as_of};
  all.add(decided(before(now, plus(*exposure.change.when, test.within)), missing));
  all.add(negation(decided(before(now, *exposure.change.when), missing)));
  return all.take();
}

// One test that needs no other drug. Tests that change the window, or need the binding, hold here.
Judged test_holds(const World& world, const DrugTest& test, const Exposure& exposure) {
  if (const auto* dose = std::get_if<DoseTest>(&test)) return dose_holds(world, *dose, exposure);
  if (const auto* started = std::get_if<StartedWithin>(&test)) return started_within(world, *started, exposure);
  if (const auto* taken = std::get_if<TakenFor>(&test)) return taken_for(world, *taken, exposure);
  if (const auto* is = std::get_if<IsDerived>(&test)) return world.is_derived(is->state, exposure.what);
  if (const auto* changed = std::get_if<ChangedWithin>(&test)) return changed_within(world, *changed, exposure);
  return Judged::known(true);
}

// A date of an exposure, with what is missing where it is not exact.
struct Event {
  std::optional<When> at;
  Needs missing;
};

Event event_of(const World& world, EventRelative::Event which, const Exposure& exposure) {
  std::optional<When> at;
  Judged missing;
  switch (which) {
    case EventRelative::Event::started:
      if (exposure.start_given) at = exposure.start;
      missing = date_missing(world, exposure, "start");
      break;
    case EventRelative::Event::stopped:
      if (exposure.end.latest < always_after) at = exposure.end;
      missing = date_missing(world, exposure, "stop");
      break;
    case EventRelative::Event::changed:
      at = exposure.change.when;
      missing = change_date_missing(world, exposure);
  }
  return {at, at && exact(*at) ? Needs{} : missing.needs};
}

Judged relative(const World& world, const EventRelative& test, const Exposure& exposure, const Exposure& other) {
  const auto mine = event_of(world, test.event, exposure), its = event_of(world, EventRelative::Event::started, other);
  Judged missing{Truth::possible, mine.missing};
  add(missing.needs, its.missing);
  AllOf all;
  if (test.event == EventRelative::Event::changed) all.add(dose_changed(world, exposure));
  if (!mine.at || !its.at) {
    all.add(missing);
    return all.take();
  }
  const When& first = test.after ? *its.at : *mine.at;
  const When& second = test.after ? *mine.at : *its.at;
  all.add(decided(before(first, second), missing));
  if (test.within) all.add(decided(before(second, plus(first, *test.within)), missing));
  return all.take();
}

// The window from the stop on: of so many days, or for ever where the stop is held against another drug's start.
std::optional<Window> window_after_stop(const DrugAlternative& alternative, const Exposure& exposure) {
  for (const auto& test : alternative.tests) {
    if (const auto* stopped = std::get_if<StoppedWithin>(&test)) return Window{exposure.end, plus(exposure.end, stopped->within)};
  }
  const bool held = std::any_of(alternative.tests.begin(), alternative.tests.end(), [](const DrugTest& test) {
    const auto* relative = std::get_if<EventRelative>(&test);
    return relative != nullptr && relative->event == EventRelative::Event::stopped;
  });
  if (!held) return std::nullopt;
  return Window{exposure.end, {always_after, always_after}};
}

// Presence and window of an exposure that is of the right kind.
DrugMatch present(const World& world, const DrugAlternative& alternative, const Exposure& exposure) {
  const Judged presence = presence_of(world, exposure);
  if (presence.truth == Truth::no) return {};
  const auto after_stop = window_after_stop(alternative, exposure);
  if (!after_stop) return {presence, {exposure.start, exposure.end}};
  const bool ends = exposure.end.latest < always_after;
  if (!ends) return is_unsure(exposure.presence) ? DrugMatch{presence, {}} : DrugMatch{};
  return {presence, *after_stop};
}

}  // namespace

Judged presence_of(const World& world, const Exposure& exposure) {
  switch (exposure.presence) {
    case Presence::unknown:
      return Judged::missing(Truth::possible, "status", "is " + world.name(exposure.what) + " taken", "status unknown");
    case Presence::not_mentioned:
      return Judged::missing(Truth::open, "habit", world.name(exposure.what), "not mentioned");
    default:
      return Judged::known(exposure.presence != Presence::never);
  }
}

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
                     [](const DrugTest& test) { return std::holds_alternative<EventRelative>(test); });
}

Judged relations_hold(const World& world, const DrugAlternative& alternative, const Exposure& exposure, const Binding& binding) {
  AllOf all;
  for (const auto& test : alternative.tests) {
    const auto* asked = std::get_if<EventRelative>(&test);
    if (asked == nullptr || asked->item >= binding.choices.size() || binding.choices[asked->item] == nullptr) continue;
    for (const auto other : binding.choices[asked->item]->exposures) {
      all.add(relative(world, *asked, exposure, world.exposure(other)));
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
  if (exposure.presence == Presence::never) return {};
  auto kind = is_kind(world, alternative, exposure, routes, binding);
  if (kind.truth == Truth::no) return {};  // most are not: what is missing of them need not be said
  auto found = present(world, alternative, exposure);
  AllOf all;
  all.add(found.judged);
  all.add(kind);
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
