// Counts and abrupt stops.
#include "reference/world.hpp"

#include <map>

namespace theriac::reference {

using namespace detail;

namespace {

struct Standing {
  std::size_t exposure;
  Answer answer;
  Window window;
};

struct Tally {  // of one instant
  Truth truth = Truth::no;
  std::set<ConceptId> drugs;
  std::set<std::size_t> exposures;
};

Truth stands(const Window& window, Minutes t) { return std::min(!before({t, t}, window.start), before({t, t}, window.end)); }
Truth at(const Standing& each, Minutes t) { return std::min(each.answer.truth, stands(each.window, t)); }

}  // namespace

Choice World::count(const Count& what, const Context& context) const {
  std::vector<Standing> all_of;
  std::set<Minutes> instants{facts.as_of};
  for (std::size_t e = 0; e < facts.exposures.size(); ++e) {
    const ConceptId drug = facts.exposures[e].what;
    if (what.without.contains(drug) || (what.only && *what.only != drug)) continue;
    for (const DrugAlternative& phrase : what.any_of) {
      Window window;
      const Answer answer = matches(phrase, e, context, window);
      if (answer.truth == Truth::no) continue;
      for (const Minutes start : {window.start.earliest, window.start.latest})
        if (start > facts.as_of) instants.insert(start);
      all_of.push_back({e, answer, window});
    }
  }
  const std::size_t unnamed = !what.unnamed ? 0 : facts.unrecognised.size() + (facts.medications_complete ? 0 : what.at_least);
  Needs needs = what.unnamed ? unlisted().needs : Needs{};
  Choice result{.answer = known(false)};
  for (const Minutes t : instants) {
    Tally tally;
    for (const Truth level : {Truth::open, Truth::possible, Truth::listed, Truth::yes}) {  // the highest level that holds is the last to be written
      Tally here{level, {}, {}};
      const std::size_t strangers = level == Truth::open ? unnamed : 0;
      for (const Standing& each : all_of) {
        if (at(each, t) < level) continue;
        here.drugs.insert(facts.exposures[each.exposure].what);
        here.exposures.insert(each.exposure);
      }
      auto together = here.exposures;
      together.insert(what.beside.begin(), what.beside.end());
      const bool apart = entries(together).size() + strangers > 1, one_will_do = what.at_least < 2 && what.beside.empty();
      const std::size_t counted = (what.of_entries ? entries(here.exposures).size() : here.drugs.size()) + strangers;
      if (counted >= what.at_least && (one_will_do || apart)) tally = here;
    }
    for (const Standing& each : all_of) {
      if (at(each, t) == Truth::no) continue;
      unite(needs, each.answer.needs);
      if (stands(each.window, t) == Truth::possible) unite(needs, each.window.dates);
      if (!what.of_entries && tally.drugs.contains(facts.exposures[each.exposure].what)) tally.exposures.insert(each.exposure);
    }
    if (tally.truth < result.answer.truth || tally.truth == Truth::no) continue;
    if (tally.truth > result.answer.truth) result = Choice{.answer = {tally.truth, {}}};
    result.drugs.insert(tally.drugs.begin(), tally.drugs.end());
    result.exposures.insert(tally.exposures.begin(), tally.exposures.end());
  }
  result.answer = settled(result.answer.truth, needs);
  return result;
}

std::vector<Choice> World::abrupt_stops(const AbruptStopItem& item, const Context& context) const {
  std::set<ConceptId> drugs;
  std::vector<Choice> result;
  for (const Exposure& e : facts.exposures) drugs.insert(e.what);
  for (const ConceptId drug : drugs)
    if (auto choice = abrupt_stop(item, drug, context)) result.push_back(*choice);
  return result;
}

std::optional<Choice> World::abrupt_stop(const AbruptStopItem& item, ConceptId drug, const Context& context) const {
  const auto named = [&](std::size_t e) {
    std::vector<Answer> each;
    for (const DrugAlternative& phrase : item.any_of) each.push_back(is_what(phrase, e, context));
    return all({any(each), known(facts.exposures[e].presence != Presence::never)});
  };
  std::vector<std::size_t> its, run;
  for (std::size_t e = 0; e < facts.exposures.size(); ++e)
    if (facts.exposures[e].what == drug && named(e).truth > Truth::no) its.push_back(e);
  std::stable_sort(its.begin(), its.end(),
                   [&](std::size_t a, std::size_t b) { return facts.exposures[a].start.earliest < facts.exposures[b].start.earliest; });
  constexpr Minutes week = Minutes{7} * 1440;
  When end{always_before, always_before};
  for (const std::size_t e : its) {
    const Exposure& x = facts.exposures[e];
    if (x.start.earliest - end.latest > week) run.clear(), end = {always_before, always_before};
    run.push_back(e);
    end = {std::max(end.earliest, x.end.earliest), std::max(end.latest, x.end.latest)};
  }
  if (run.empty()) return std::nullopt;
  const Exposure& first = facts.exposures[run.front()];
  std::vector<Answer> is, ended, switched;
  Needs stop, start = start_date(run.front());
  for (const std::size_t e : run) {
    const Exposure& x = facts.exposures[e];
    if (x.presence == Presence::present && x.end.latest == always_after) return std::nullopt;
    is.push_back(named(e));
    unite(stop, stop_date(e));
    if (x.end.latest != end.latest) continue;
    const Truth abrupt = x.ended == MedicationEntry::Ended::tapered                      ? Truth::no
                         : x.stop_is_ours || x.ended == MedicationEntry::Ended::abruptly ? Truth::yes
                                                                                         : Truth::possible;
    ended.push_back(missing(abrupt, "status", "how " + name(e) + " was stopped"));
  }
  std::vector<Answer> parts{any(is), any(ended)};
  for (const std::size_t e : run) parts.push_back(presence(e));
  parts.push_back(settled(before(days_on({facts.as_of, facts.as_of}, -14), end), stop));
  if (item.after_longer_than) {
    unite(start, stop);
    parts.push_back(settled(first.start_given ? before(later(first.start, *item.after_longer_than), end) : Truth::possible, start));
  }
  const auto of_run = entries({run.begin(), run.end()});
  for (std::size_t e = 0; e < facts.exposures.size(); ++e) {
    const Exposure& x = facts.exposures[e];
    if (of_run.contains(*entries({e}).begin())) continue;
    Truth near = std::min(!before(days_on(end, 7), x.start), !before(x.start, days_on(end, -7)));
    if (!x.start_given) near = std::min(Truth::possible, !before(x.end, days_on(end, -7)));
    Needs dates = start_date(e);
    unite(dates, stop);
    switched.push_back(all({named(e), presence(e), settled(near, dates)}));
  }
  parts.push_back(negate(any(switched)));
  Choice choice{.drugs = {drug}, .answer = all(parts)};
  choice.exposures.insert(run.begin(), run.end());
  if (choice.answer.truth == Truth::no) return std::nullopt;
  return choice;
}

}  // namespace theriac::reference
