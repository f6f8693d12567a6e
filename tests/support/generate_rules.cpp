// Random rules, made resolved.
#include "support/generate_parts.hpp"

#include <functional>

namespace theriac::testing {

using namespace detail;

namespace {

using Guard = ResolvedGuard;

Span_ span(Random& random) {
  return random.pick<Span_>({{14, "day"}, {2, "week"}, {4, "week"}, {1, "month"}, {7, "day"}, {30, "day"}, {1, "year"}});
}
Severity severity(Random& random, bool unrated = true) {
  return static_cast<Severity>(random.between(unrated && random.chance(15) ? 0 : 1, 5));
}
Order order(Random& random) { return static_cast<Order>(random.below(6)); }

// Items of the rule so far that an index may point at: those that bind one drug.
using Items = std::vector<std::uint32_t>;

EffectId effect(Maker& maker) { return make_id<EffectId>(maker.random.below(maker.terms.data().effects.size())); }

// Rows of one measurement around the values that patients have, or with gaps and `otherwise`.
LimitTable limit_table(Random& random) {
  LimitTable table;
  table.name = "limits";
  const auto observation = make_id<ObservationId>(random.below(3));
  const auto cell = [&](Order order, std::int64_t limit) { return Measures{Measures::Of::observation, observation, order, Rational(limit), {}}; };
  const auto row = [&](std::vector<Measures> cells, bool otherwise = false) {
    table.rows.push_back({std::move(cells), otherwise, Rational(random.pick<std::int64_t>({0, 10, 20, 30, 40})), "row", {}});
  };
  const std::int64_t cut = random.pick<std::int64_t>({20, 30, 40});
  row({cell(Order::less, cut)});
  if (random.chance(50)) row({cell(Order::greater_equal, cut), cell(Order::less_equal, 60)});
  const std::size_t rest = random.below(3);
  if (rest == 0) row({}, true);
  if (rest == 1) row({cell(table.rows.size() > 1 ? Order::greater : Order::greater_equal, table.rows.size() > 1 ? 60 : cut)});
  table.complete = rest < 2;
  return table;
}

DrugTest drug_test(Maker& maker, const Items& items) {
  Random& random = maker.random;
  if (random.chance(maker.profile.effects)) return IsDerived{effect(maker)};
  const bool timed = maker.profile.times > 0;
  const std::size_t what = timed ? random.below(100) : 0;
  if (what < 25) {
    DoseTest test;
    test.of = static_cast<DoseTest::Of>(random.below(5));
    test.order = order(random);
    test.limit = Rational(random.pick<std::int64_t>({0, 10, 20, 30, 40}));
    test.unit = milligrams(test.of == DoseTest::Of::total_daily || test.of == DoseTest::Of::maximum_daily);
    if (test.of == DoseTest::Of::interval) {
      test.unit = {.text = "h", .dimension = {}, .factor = *Rational::make(1, 24)};
      test.limit = Rational(random.pick<std::int64_t>({6, 8, 12, 24, 168}));
      return test;
    }
    if (test.of == DoseTest::Of::cumulative) test.limit = Rational(random.pick<std::int64_t>({0, 60, 65, 70, 130, 140, 150, 300, 600, 4000}));
    if (random.chance(20)) {
      test.per = make_id<ObservationId>(random.below(3));
      test.limit = test.of == DoseTest::Of::cumulative ? Rational(5) : *Rational::make(random.pick<std::int64_t>({1, 2, 3, 4}), random.pick<std::int64_t>({3, 4, 6}));
    }
    if (random.chance(25)) test.table = limit_table(random);
    return test;
  }
  if (what < 60) return StoppedWithin{span(random)};
  if (what < 68) return StartedWithin{span(random)};
  if (what < 74) return ChangedWithin{span(random)};
  if (what < 85 || items.empty() || !maker.knobs.relative) return TakenFor{random.chance(70), span(random), random.chance(30), random.chance(30)};
  EventRelative test{static_cast<EventRelative::Event>(random.below(3)), random.chance(60), random.pick(items), {}};
  if (random.chance(50)) test.within = span(random);
  return test;
}

DrugAlternative alternative(Maker& maker, const Items& items, bool simple = false) {
  Random& random = maker.random;
  DrugAlternative result;
  const std::size_t kind = random.below(100);
  if (kind < 96) result.concept_id = random.pick(maker.concepts(kind < 70));
  if (simple) {
    if (random.chance(10)) result.as_needed = random.chance(50);
    if (random.chance(maker.profile.tests / 3)) result.tests.push_back(drug_test(maker, items));
    std::erase_if(result.tests, [](const DrugTest& test) { return std::holds_alternative<StoppedWithin>(test) || std::holds_alternative<EventRelative>(test); });
    return result;
  }
  for (std::size_t n = random.chance(20) ? random.between(1, 2) : 0; n > 0; --n) {
    result.except.push_back(alternative(maker, items, true));
    if (random.chance(10)) result.except.back().routes.push_back(make_id<RouteId>(random.below(3)));
  }
  if (random.chance(10)) result.routes.push_back(make_id<RouteId>(random.below(3)));
  if (random.chance(6)) result.as_needed = random.chance(50);
  if (random.chance(maker.profile.tests)) result.tests.push_back(drug_test(maker, items));
  if (random.chance(maker.profile.tests / 4)) {
    const DrugTest second = drug_test(maker, items);
    const auto* relative = std::get_if<EventRelative>(&second);
    const bool of_stop = std::holds_alternative<StoppedWithin>(second) || (relative != nullptr && relative->event == EventRelative::Event::stopped);
    if (!of_stop) result.tests.push_back(second);
  }
  return result;
}

std::vector<DrugAlternative> alternatives(Maker& maker, const Items& items) {
  std::vector<DrugAlternative> result;
  do result.push_back(alternative(maker, items));
  while (maker.random.chance(20) && result.size() < 3);
  return result;
}

SummedDrugs summed(Maker& maker) {
  Random& random = maker.random;
  SummedDrugs result;
  result.sum = make_id<SumId>(random.below(maker.terms.data().sums.size()));
  result.any_of = alternatives(maker, {});
  const bool points = maker.terms.at(result.sum).kind == Summed::Kind::points;
  // "below" denies what more drugs would add.
  const auto which = [&] { return maker.knobs.negation ? order(random) : random.pick({Order::greater, Order::greater_equal}); };
  do result.limits.push_back({which(), Rational(points ? random.pick<std::int64_t>({0, 1, 2, 3, 4}) : random.pick<std::int64_t>({0, 10, 20, 40, 60, 100}))});
  while (random.chance(15) && result.limits.size() < 2);
  if (random.chance(40)) result.by = static_cast<SummedDrugs::By>(random.below(3));
  return result;
}

// ---- guards ----
struct About {  // what a guard of this rule may speak of
  Items items;       // that bind one drug
  Items any_items;   // that bind drugs
  bool effects = true;
};

std::optional<Span_> maybe_span(Maker& maker) {
  if (!maker.random.chance(maker.profile.times / 2)) return std::nullopt;
  return span(maker.random);
}

decltype(Guard::leaf) condition_leaf(Maker& maker) {
  HasCondition leaf{make_id<ConditionId>(maker.random.below(maker.terms.data().conditions.size())), maybe_span(maker), {}};
  if (!leaf.within && maker.random.chance(maker.profile.effects)) leaf.derived.push_back(effect(maker));
  if (!leaf.within && leaf.derived.empty() && maker.random.chance(maker.profile.times / 3)) leaf.length = std::pair(maker.random.chance(60), span(maker.random));
  return leaf;
}

decltype(Guard::leaf) measure_leaf(Maker& maker) {
  Random& random = maker.random;
  Measures leaf;
  leaf.of = random.chance(30) ? Measures::Of::observation : static_cast<Measures::Of>(random.between(1, 4));
  leaf.observation = make_id<ObservationId>(random.below(3));
  leaf.order = order(random);
  constexpr std::int64_t limits[] = {30, 65, 65 * 12, 3391, 23741};
  leaf.limit = Rational(limits[static_cast<std::size_t>(leaf.of)]);
  leaf.within = maybe_span(maker);
  return leaf;
}

decltype(Guard::leaf) trend_leaf(Maker& maker) {
  Random& random = maker.random;
  Trend leaf;
  leaf.observation = make_id<ObservationId>(random.below(2));
  leaf.rising = random.chance(60);
  leaf.percent = random.chance(40);
  leaf.by = Rational(leaf.percent ? random.pick<std::int64_t>({3, 4, 50}) : random.pick<std::int64_t>({1, 2}));
  leaf.within = span(random);
  return leaf;
}

decltype(Guard::leaf) drug_leaf(Maker& maker, const About& about) {
  Random& random = maker.random;
  TakesDrug leaf;
  leaf.which = random.pick({TakesDrug::Which::patient, TakesDrug::Which::patient, TakesDrug::Which::other, TakesDrug::Which::any, TakesDrug::Which::item});
  if (leaf.which == TakesDrug::Which::other && !maker.knobs.relative) leaf.which = TakesDrug::Which::patient;
  if (leaf.which == TakesDrug::Which::item && about.any_items.empty()) leaf.which = TakesDrug::Which::patient;
  if (leaf.which == TakesDrug::Which::item) leaf.item = random.pick(about.any_items);
  if (leaf.which != TakesDrug::Which::item || random.chance(80)) leaf.any_of = alternatives(maker, about.items);
  return leaf;
}

decltype(Guard::leaf) allergy_leaf(Maker& maker, const About& about) {
  HasAllergy leaf;
  if (!about.any_items.empty() && maker.random.chance(40)) leaf.to_item = maker.random.pick(about.any_items);
  else leaf.any_of.push_back(alternative(maker, about.items, true));
  leaf.intolerance = maker.random.chance(25);
  if (!leaf.any_of.empty() && !leaf.any_of.front().concept_id) leaf.any_of.front().concept_id = make_id<ConceptId>(0);
  return leaf;
}

decltype(Guard::leaf) leaf(Maker& maker, const About& about) {
  Random& random = maker.random;
  const std::size_t what = random.below(100);
  if (about.effects && random.chance(maker.profile.effects / 2)) return HasEffect{effect(maker)};
  if (what < 35) return condition_leaf(maker);
  if (what < 40) {
    TableValue leaf{limit_table(random), order(random), Rational(random.pick<std::int64_t>({0, 10, 20, 30, 40})), {}, {}};
    if (random.chance(30)) leaf.of.emplace().observation = make_id<ObservationId>(random.below(3));
    return leaf;
  }
  if (what < 55) return measure_leaf(maker);
  if (what < 80) return drug_leaf(maker, about);
  if (what < 85) return allergy_leaf(maker, about);
  if (what < 90) return IsSex{random.chance(50)};
  if (what < 93 && maker.knobs.relative) return HoursApart{{random.pick<std::int64_t>({2, 4, 4, 12, 13}), "hour"}};
  if (what < 95 && maker.profile.times > 0) return trend_leaf(maker);
  if (what < 97 && maker.knobs.not_recent) return NoRecent{make_id<ObservationId>(random.below(3)), maybe_span(maker)};
  if (!maker.knobs.counts) return condition_leaf(maker);
  if (random.chance(40)) return summed(maker);
  return CountDrugs{static_cast<std::uint32_t>(random.between(1, 3)), alternatives(maker, {})};
}

Guard guard(Maker& maker, const About& about, int depth = 2) {
  Random& random = maker.random;
  Guard result;
  if (depth == 0 || random.chance(60)) {
    result.kind = Guard::Kind::leaf;
    result.leaf = leaf(maker, about);
  } else {
    result.kind = random.pick({Guard::Kind::all_of, Guard::Kind::any_of, Guard::Kind::count});
    const std::size_t n = random.between(1, 3);
    for (std::size_t i = 0; i < n; ++i) result.children.push_back(guard(maker, about, depth - 1));
    result.at_least = static_cast<std::uint32_t>(random.between(1, n));
    if (result.kind == Guard::Kind::count && random.chance(40)) {
      for (std::size_t i = 0; i < n; ++i) result.points.push_back(Rational(static_cast<std::int64_t>(random.below(4))));
      result.limit = Rational(static_cast<std::int64_t>(random.below(5)));
      result.beyond = random.chance(30);
    }
  }
  if (!random.chance(maker.profile.negation)) return result;
  Guard no;
  no.kind = Guard::Kind::negation;
  no.children.push_back(result);
  return no;
}

// ---- items ----
ResolvedItem item(Maker& maker, const About& about) {
  Random& random = maker.random;
  ResolvedItem result;
  const std::size_t what = random.below(100);
  if (random.chance(maker.profile.effects)) {
    EffectItem effects{{effect(maker)}};
    if (random.chance(15)) effects.any_of.push_back(effect(maker));
    result.what = effects;
  } else if (what < 74 || !maker.knobs.counts) {
    result.what = DrugItem{alternatives(maker, about.items)};
  } else if (what < 80) {
    result.what = SumItem{summed(maker)};
  } else if (what < 86) {
    result.what = CountItem{static_cast<std::uint32_t>(random.between(1, 3)), alternatives(maker, {})};
  } else if (what < 90) {
    SameItem same;
    if (random.chance(40)) same.members = {make_id<ConceptId>(0), make_id<ConceptId>(1)};
    result.what = same;
  } else if (what < (maker.profile.times > 0 ? 97 : 92) && maker.knobs.abrupt) {
    AbruptStopItem stop{alternatives(maker, {}), {}};
    if (random.chance(60)) stop.after_longer_than = span(random);
    result.what = stop;
  } else {
    result.what = GuardItem{guard(maker, about, 1)};
  }
  return result;
}

void add_items(Maker& maker, ResolvedRule& rule, About& about) {
  Random& random = maker.random;
  for (std::size_t i = 0, n = random.pick<std::size_t>({1, 1, 2, 2, 2, 2, 3}); i < n; ++i) {
    ResolvedItem next = i > 0 && random.chance(25) ? rule.items.back() : item(maker, about);  // symmetrical pairs
    const auto number = static_cast<std::uint32_t>(i);
    if (std::holds_alternative<DrugItem>(next.what)) about.items.push_back(number);
    const bool counts = std::holds_alternative<CountItem>(next.what) || std::holds_alternative<SumItem>(next.what) || std::holds_alternative<SameItem>(next.what);
    if (!std::holds_alternative<GuardItem>(next.what) && (maker.knobs.relative || !counts)) about.any_items.push_back(number);
    rule.items.push_back(std::move(next));
  }
}

std::vector<ResolvedHead> heads(Maker& maker, const About& about) {
  std::vector<ResolvedHead> result;
  do {
    ResolvedHead head;
    head.effect = effect(maker);
    head.severity = severity(maker.random);
    if (!about.any_items.empty() && maker.random.chance(15)) head.of_item = maker.random.pick(about.any_items);
    result.push_back(head);
  } while (maker.random.chance(20) && result.size() < 2);
  return result;
}

void add_exceptions(Maker& maker, ResolvedRule& rule, const About& about) {
  Random& random = maker.random;
  const std::size_t tops = random.between(1, 2), nested = random.below(2);
  for (std::size_t i = 0; i < tops + nested; ++i) {
    ResolvedException exception;
    exception.label = "x" + std::to_string(i);
    exception.when = guard(maker, about, 1);
    exception.top = i < tops;
    if (exception.top) {
      exception.kind = static_cast<ResolvedException::Kind>(random.below(3));
      if (nested > 0 && random.chance(60)) exception.exceptions.push_back(static_cast<std::uint32_t>(tops));
    }
    exception.lower_to = severity(random);
    if (exception.kind == ResolvedException::Kind::replace) exception.heads = heads(maker, about);
    rule.exceptions.push_back(std::move(exception));
  }
}

bool guards_are_sound(const Guard& guard, std::size_t items);

bool alternatives_are_sound(const std::vector<DrugAlternative>& of, std::size_t items) {
  for (const DrugAlternative& each : of) {
    for (const DrugTest& test : each.tests)
      if (const auto* relative = std::get_if<EventRelative>(&test); relative != nullptr && relative->item >= items) return false;
    if (!alternatives_are_sound(each.except, items)) return false;
  }
  return true;
}

bool guards_are_sound(const Guard& guard, std::size_t items) {
  for (const Guard& child : guard.children)
    if (!guards_are_sound(child, items)) return false;
  if (guard.kind != Guard::Kind::leaf) return guard.kind != Guard::Kind::negation || guard.children.size() == 1;
  if (const auto* drug = std::get_if<TakesDrug>(&guard.leaf))
    return (drug->which != TakesDrug::Which::item || drug->item < items) && alternatives_are_sound(drug->any_of, items);
  if (const auto* allergy = std::get_if<HasAllergy>(&guard.leaf)) return !allergy->to_item || *allergy->to_item < items;
  if (const auto* sum = std::get_if<SummedDrugs>(&guard.leaf)) return alternatives_are_sound(sum->any_of, items);
  if (const auto* count = std::get_if<CountDrugs>(&guard.leaf)) return alternatives_are_sound(count->any_of, items);
  return true;
}

}  // namespace

bool is_sound(const ResolvedRule& rule) {
  const std::size_t n = rule.items.size();
  bool sound = !rule.heads.empty() && guards_are_sound(rule.guard, n);
  for (const ResolvedItem& each : rule.items) {
    if (const auto* drug = std::get_if<DrugItem>(&each.what)) sound = sound && alternatives_are_sound(drug->any_of, n);
    if (const auto* count = std::get_if<CountItem>(&each.what)) sound = sound && alternatives_are_sound(count->any_of, n);
    if (const auto* sum = std::get_if<SumItem>(&each.what)) sound = sound && alternatives_are_sound(sum->sum.any_of, n);
    if (const auto* stop = std::get_if<AbruptStopItem>(&each.what)) sound = sound && alternatives_are_sound(stop->any_of, n);
    if (const auto* guard = std::get_if<GuardItem>(&each.what)) sound = sound && guards_are_sound(guard->guard, n);
  }
  for (const Guard& guard : rule.unless) sound = sound && guards_are_sound(guard, n);
  for (const ResolvedFlag& flag : rule.flags) sound = sound && guards_are_sound(flag.guard, n);
  for (const ResolvedShift& shift : rule.shifts) sound = sound && guards_are_sound(shift.guard, n);
  const auto heads_are_sound = [&](const std::vector<ResolvedHead>& of) {
    for (const ResolvedHead& head : of)
      if (head.of_item && *head.of_item >= n) return false;
    return true;
  };
  sound = sound && heads_are_sound(rule.heads);
  for (const ResolvedException& exception : rule.exceptions) {
    sound = sound && guards_are_sound(exception.when, n) && heads_are_sound(exception.heads);
    for (const std::uint32_t each : exception.exceptions) sound = sound && each < rule.exceptions.size();
  }
  return sound;
}

ResolvedRule vary_rule(Maker& maker, const ResolvedRule& rule, std::size_t number) {
  Random& random = maker.random;
  ResolvedRule other = rule;
  other.label = other.reading = "rule-" + std::to_string(number);
  other.heads.front().severity = severity(random);
  if (random.chance(40)) other.guard = {};
  if (random.chance(30)) other.unless.clear();
  if (random.chance(30)) other.shifts.clear();
  if (random.chance(30)) other.flags.clear();
  if (random.chance(20)) other.actions.push_back({"avoid", true, {}, {}, {}, "avoid it"});
  return other;
}

ResolvedRule make_rule(Maker& maker, std::size_t number) {
  Random& random = maker.random;
  ResolvedRule rule;
  rule.label = "rule-" + std::to_string(number);
  rule.reading = rule.label;
  About about;
  add_items(maker, rule, about);
  if (random.chance(40)) rule.guard = guard(maker, about);
  if (random.chance(maker.profile.negation)) rule.unless.push_back(guard(maker, about, 1));
  if (random.chance(maker.profile.negation)) add_exceptions(maker, rule, about);
  rule.heads = heads(maker, about);
  for (std::size_t i = random.chance(35) ? random.between(1, 2) : 0; i > 0; --i)
    rule.shifts.push_back({random.chance(65), severity(random), guard(maker, about, 1), {}});
  while (random.chance(25)) rule.flags.push_back({make_id<FlagId>(random.below(3)), random.chance(40) ? Guard{} : guard(maker, about, 1)});
  for (std::size_t i = 0; i < maker.terms.data().conditions.size(); ++i)
    if (random.chance(8)) rule.ask_for.push_back(make_id<ConditionId>(i));
  if (random.chance(20)) rule.actions.push_back({"avoid", random.chance(50), {}, {}, {}, "avoid it"});
  return rule;
}

}  // namespace theriac::testing
