// Is an exposure what a drug phrase names? Parts 1 to 6 of "A drug alternative on an exposure", and windows.
#include "reference/world.hpp"

namespace theriac::reference {

using namespace detail;

namespace {

template <class Id, class Parents>
bool reaches(Id from, Id to, const Parents& parents) {
  if (from == to) return true;
  const auto& above = parents(from);
  return std::any_of(above.begin(), above.end(), [&](Id each) { return reaches(each, to, parents); });
}

bool unsure(const Exposure& e) { return e.presence == Presence::unknown || e.presence == Presence::not_mentioned; }

}  // namespace

bool World::kind_of(EffectId what, EffectId of) const {
  return reaches(what, of, [&](EffectId id) { return terms.at(id).is; });
}
bool World::kind_of(ConditionId what, ConditionId of) const {
  return reaches(what, of, [&](ConditionId id) { return terms.at(id).is; });
}

Truth World::membership(ConceptId what, ConceptId where) const {
  const auto is_a = [&](ConceptId from, ConceptId to) {
    return reaches(from, to, [&](ConceptId id) {
      std::vector<ConceptId> above;
      for (const IsA& edge : terms.at(id).is) above.push_back(edge.parent);
      return above;
    });
  };
  if (is_a(what, where)) return Truth::yes;
  if (terms.at(what).kind == ConceptKind::drug_class) {
    for (std::size_t i = 0; i < terms.data().concepts.size(); ++i) {
      const auto each = make_id<ConceptId>(i);
      if (terms.at(each).kind == ConceptKind::ingredient && is_a(each, what) && is_a(each, where)) return Truth::possible;
    }
    return Truth::no;
  }
  if (terms.at(where).kind == ConceptKind::ingredient) return Truth::no;
  for (const auto& [family, source] : terms.at(what).reviewed)
    if (family == terms.at(where).family) return Truth::no;
  return Truth::open;
}

Answer World::member(ConceptId what, ConceptId where) const {
  const Truth t = membership(what, where);
  if (t == Truth::possible) return missing(t, "medication", "which " + terms.at(what).name);
  return missing(t, "membership", terms.at(what).name + " as " + terms.at(where).name);
}

Needs World::start_date(std::size_t exposure) const {
  const Exposure& e = facts.exposures[exposure];
  if (e.start_given && exact(e.start)) return {};
  return {{"date", "start date of " + name(exposure), true}};
}
Needs World::stop_date(std::size_t exposure) const {
  if (exact(facts.exposures[exposure].end)) return {};
  return {{"date", "stop date of " + name(exposure), true}};
}

Answer World::is_what(const DrugAlternative& phrase, std::size_t exposure, const Context& context) const {
  const Exposure& e = facts.exposures[exposure];
  std::vector<Answer> parts;
  if (phrase.concept_id) parts.push_back(member(e.what, *phrase.concept_id));
  std::vector<Answer> excepted;
  for (DrugAlternative each : phrase.except) {
    each.except.clear();
    excepted.push_back(is_what(each, exposure, {context.rule, context.binding, true}));
  }
  parts.push_back(negate(any(excepted)));
  if (!phrase.routes.empty())
    parts.push_back(e.route ? known(std::count(phrase.routes.begin(), phrase.routes.end(), *e.route) > 0)
                            : missing(Truth::possible, "route", "route of " + name(exposure)));
  else
    parts.push_back(known(context.any_route || e.exposes != Exposes::local));
  if (phrase.as_needed) parts.push_back(known(*phrase.as_needed == e.as_needed));
  for (const DrugTest& part : phrase.tests) parts.push_back(test(part, exposure, context));
  return all(parts);
}

// Whether the dose was changed, and the need that goes with its date.
Answer World::changed(std::size_t exposure) const {
  const DoseChange& change = facts.exposures[exposure].change;
  return missing(change.truth, "dose", (change.truth == Truth::open ? "dose change of " : "dose of ") + name(exposure));
}
Needs World::change_date(std::size_t exposure) const {
  const auto& when = facts.exposures[exposure].change.when;
  if (when && exact(*when)) return {};
  return {{"date", "date of the dose change of " + name(exposure), true}};
}

Answer World::relative(const EventRelative& asked, std::size_t exposure, const Context& context) const {
  using Event = EventRelative::Event;
  std::vector<Answer> each;
  for (const std::size_t other : context.binding->at(asked.item).exposures) {
    const Exposure &mine = facts.exposures[exposure], &its = facts.exposures[other];
    std::optional<When> at = mine.change.when;
    Needs dates = asked.event == Event::changed ? change_date(exposure) : asked.event == Event::stopped ? stop_date(exposure) : start_date(exposure);
    if (asked.event == Event::started) at = mine.start_given ? std::optional(mine.start) : std::nullopt;
    if (asked.event == Event::stopped) {
      at = mine.end.latest < always_after ? std::optional(mine.end) : std::nullopt;
      if (!at) dates = {{"date", "stop date of " + name(exposure), true}};
    }
    Truth t = Truth::possible;
    if (at && its.start_given) {
      const When &first = asked.after ? its.start : *at, &second = asked.after ? *at : its.start;
      t = before(first, second);
      if (asked.within) t = std::min(t, before(second, later(first, *asked.within)));
    }
    unite(dates, start_date(other));
    each.push_back(all({asked.event == Event::changed ? changed(exposure) : known(true), settled(t, dates)}));
  }
  return all(each);
}

Answer World::test(const DrugTest& asked, std::size_t exposure, const Context& context) const {
  const Exposure& e = facts.exposures[exposure];
  const When now{facts.as_of, facts.as_of};
  if (const auto* d = std::get_if<DoseTest>(&asked)) return dose(*d, exposure);
  if (const auto* started = std::get_if<StartedWithin>(&asked))
    return settled(e.start_given ? before(now, later(e.start, started->within)) : Truth::possible, start_date(exposure));
  if (const auto* relation = std::get_if<EventRelative>(&asked)) return relative(*relation, exposure, context);
  if (const auto* within = std::get_if<ChangedWithin>(&asked)) {
    std::vector<Answer> parts{changed(exposure)};
    if (const auto& on = e.change.when) parts.push_back(settled(std::min(before(now, later(*on, within->within)), !before(now, *on)), change_date(exposure)));
    else if (e.change.truth != Truth::open) parts.push_back({Truth::possible, change_date(exposure)});
    return all(parts);
  }
  if (const auto* taken = std::get_if<TakenFor>(&asked)) {
    When until = e.presence == Presence::past || e.end.latest < always_after ? e.end : now;
    if (e.presence != Presence::past) until = {std::max(until.earliest, facts.as_of), std::max(until.latest, facts.as_of)};
    if (unsure(e)) until.earliest = always_before;
    if (taken->so_far && e.presence != Presence::past) {
      until.earliest = unsure(e) ? always_before : std::min(facts.as_of, e.end.earliest);
      until.latest = std::min(facts.as_of, e.end.latest);
    }
    const When ripe = later(e.start, taken->than);
    Needs dates = start_date(exposure);
    if (unsure(e)) unite(dates, presence(exposure).needs);
    else if (!exact(until)) unite(dates, stop_date(exposure));
    const Truth longer = taken->or_equal ? !before(until, ripe) : before(ripe, until), shorter = taken->or_equal ? !before(ripe, until) : before(until, ripe);
    return settled(!e.start_given ? Truth::possible : taken->longer ? longer : shorter, dates);
  }
  if (const auto* is = std::get_if<IsDerived>(&asked)) return derived_so(is->state, name(exposure));
  return known(true);  // stopped within: a matter of the window
}

Answer World::derived_so(EffectId effect, const std::string& of_drug) const {
  std::vector<Answer> each;
  for (const Derived& fact : derived)
    if (kind_of(fact.effect, effect) && (of_drug.empty() || fact.of_drug == of_drug)) each.push_back(fact.answer);
  return any(each);
}

Answer World::presence(std::size_t exposure) const {
  const Presence is = facts.exposures[exposure].presence;
  if (is == Presence::unknown) return missing(Truth::possible, "status", "is " + name(exposure) + " taken");
  if (is == Presence::not_mentioned) return missing(Truth::open, "habit", name(exposure));
  return known(is != Presence::never);
}

Answer World::matches(const DrugAlternative& phrase, std::size_t exposure, const Context& context, Window& window) const {
  const Exposure& e = facts.exposures[exposure];
  std::vector<Answer> parts{is_what(phrase, exposure, context), presence(exposure)};
  window = {e.start, e.end, exact(e.start) ? Needs{} : start_date(exposure)};
  unite(window.dates, stop_date(exposure));
  for (const DrugTest& part : phrase.tests) {
    const auto* stopped = std::get_if<StoppedWithin>(&part);
    const auto* held_against = std::get_if<EventRelative>(&part);
    if (stopped == nullptr && (held_against == nullptr || held_against->event != EventRelative::Event::stopped)) continue;
    const When for_ever{always_after, always_after};
    if (e.end.latest < always_after) window = {e.end, stopped != nullptr ? later(e.end, stopped->within) : for_ever, stop_date(exposure)};
    else if (unsure(e)) window = Window{};
    else return known(false);
  }
  return all(parts);
}

Answer World::meet(const std::vector<Window>& windows) const {
  Minutes latest_start = facts.as_of, earliest_start = facts.as_of, earliest_end = always_after, latest_end = always_after;
  Needs dates;
  for (const Window& w : windows) {
    latest_start = std::max(latest_start, w.start.latest);
    earliest_start = std::max(earliest_start, w.start.earliest);
    earliest_end = std::min(earliest_end, w.end.earliest);
    latest_end = std::min(latest_end, w.end.latest);
    unite(dates, w.dates);
  }
  return settled(latest_start < earliest_end ? Truth::yes : earliest_start < latest_end ? Truth::possible : Truth::no, dates);
}

std::set<std::int64_t> World::entries(const std::set<std::size_t>& exposures) const {
  std::set<std::int64_t> result;
  for (const std::size_t e : exposures) result.insert(facts.exposures[e].entry >= 0 ? facts.exposures[e].entry : -1 - static_cast<std::int64_t>(e));
  return result;
}

}  // namespace theriac::reference
