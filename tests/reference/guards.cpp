// The leaves of guards, and how they combine.
#include "reference/world.hpp"

namespace theriac::reference {

using namespace detail;

namespace {

Range wider(const std::optional<Range>& known, const Range& value) {
  if (!known) return value;
  const auto further = [](const auto& a, bool a_open, const auto& b, bool b_open, bool low, bool& open) {
    open = false;
    if (!a || !b) return std::optional<Fraction>();
    if (!less(*a, *b) && !less(*b, *a)) return open = a_open && b_open, a;
    const bool first = less(*a, *b) == low;
    return open = first ? a_open : b_open, first ? a : b;
  };
  Range both;
  both.low = further(known->low, known->low_open, value.low, value.low_open, true, both.low_open);
  both.high = further(known->high, known->high_open, value.high, value.high_open, false, both.high_open);
  return both;
}

}  // namespace

Answer World::guard(const ResolvedGuard& asked, Context context) const {
  using Kind = ResolvedGuard::Kind;
  if (asked.kind == Kind::leaf) return leaf(asked.leaf, context);
  if (asked.kind == Kind::negation) context.any_route = true;
  std::vector<Answer> children;
  for (const ResolvedGuard& child : asked.children) children.push_back(guard(child, context));
  switch (asked.kind) {
    case Kind::any_of: return any(children);
    case Kind::count: return asked.points.empty() ? at_least(asked.at_least, children) : reaching(asked, children);
    case Kind::negation: return negate(all(children));
    default: return all(children);
  }
}

Answer World::unlisted() const {
  Needs needs;
  for (const std::string& text : facts.unrecognised) needs.insert({"medication", text, false});
  if (!facts.medications_complete) needs.insert({"medication", "other medications", false});
  return settled(needs.empty() ? Truth::no : Truth::open, needs);
}

Answer World::leaf(const Leaf& asked, const Context& context) const {
  if (const auto* c = std::get_if<HasCondition>(&asked)) return condition(*c, context);
  if (const auto* m = std::get_if<Measures>(&asked)) return measured(*m);
  if (const auto* d = std::get_if<TakesDrug>(&asked)) return takes(*d, context);
  if (const auto* a = std::get_if<HasAllergy>(&asked)) return allergic(*a, context);
  if (const auto* s = std::get_if<SummedDrugs>(&asked)) return added_up(*s, false, {}, {}, context).answer;
  if (const auto* c = std::get_if<CountDrugs>(&asked)) return count({.at_least = c->at_least, .any_of = c->any_of}, context).answer;
  if (const auto* s = std::get_if<IsSex>(&asked)) {
    if (facts.sex == "female" || facts.sex == "male") return known((facts.sex == "female") == s->female);
    return missing(Truth::possible, "patient", "sex");
  }
  if (const auto* e = std::get_if<HasEffect>(&asked)) {
    std::vector<Answer> each;
    for (const Derived& fact : derived)
      if (kind_of(fact.effect, e->effect)) each.push_back(fact.answer);
    return any(each);
  }
  if (const auto* n = std::get_if<NoRecent>(&asked)) {
    const bool some = !usable(n->observation, n->within, false).empty(), surely = !usable(n->observation, n->within, true).empty();
    if (surely || !some) return known(!surely);
    return missing(Truth::possible, "observation", terms.at(n->observation).name);
  }
  if (const auto* t = std::get_if<Trend>(&asked)) return trend(*t);
  if (const auto* v = std::get_if<TableValue>(&asked))
    return by_table(v->table, [&](const Rational& value) {
      if (!v->of) return known(holds(range(Interval::exactly(value)), v->order, Fraction(v->limit)) == Truth::yes);
      Measures held = *v->of;
      held.order = v->order;
      held.limit = value;
      return measured(held);
    });
  return apart(std::get<HoursApart>(asked), context);
}

Answer World::condition(const HasCondition& asked, const Context& context) const {
  std::vector<Answer> either{stated_condition(asked, context)};
  for (const EffectId state : asked.derived) either.push_back(derived_so(state, ""));
  return any(either);
}

Answer World::stated_condition(const HasCondition& asked, const Context& context) const {
  const When now{facts.as_of, facts.as_of};
  const std::string& its_name = terms.at(asked.condition).name;
  const std::string kind = terms.at(asked.condition).genetic ? "genotype" : "condition";
  std::vector<Answer> stated;
  bool absent = facts.conditions_complete && !terms.at(asked.condition).genetic, itself = false;
  for (const ConditionFact& fact : facts.conditions) {
    if (fact.truth == Truth::no) absent = absent || kind_of(asked.condition, fact.what);
    if (fact.truth == Truth::no || !kind_of(fact.what, asked.condition)) continue;
    itself = itself || (fact.truth == Truth::yes && fact.what == asked.condition);
    std::vector<Answer> parts{missing(fact.truth, terms.at(fact.what).genetic ? "genotype" : "condition", terms.at(fact.what).name)};
    const Needs date{{"date", "date of " + terms.at(fact.what).name, true}};
    const When on = fact.onset.value_or(now);
    const auto time = [&](Truth t) { parts.push_back(settled(fact.onset ? t : Truth::possible, date)); };
    if (asked.within) time(std::min(before(now, later(on, *asked.within)), !before(now, on)));
    if (asked.length) time(asked.length->first ? before(later(on, asked.length->second), now) : before(now, later(on, asked.length->second)));
    stated.push_back(all(parts));
  }
  const Answer found = any(stated);
  if (found.truth != Truth::no || itself) return found;
  Truth t = stated.empty() ? facts.has(asked.condition, terms).truth : absent ? Truth::no : Truth::open;  // another kind of it may be there
  const auto& ask = context.rule->ask_for;
  if (t == Truth::open && std::count(ask.begin(), ask.end(), asked.condition) > 0) t = Truth::possible;
  return missing(t, kind, its_name);
}

std::vector<const ObservationFact*> World::usable(ObservationId what, const std::optional<Span_>& within, bool certainly) const {
  const std::uint32_t validity = terms.at(what).validity_days;
  std::vector<const ObservationFact*> result;
  for (const ObservationFact& fact : facts.observations) {
    if (fact.what != what) continue;
    const When on = fact.when.value_or(When{facts.as_of, facts.as_of});
    const Minutes counts = certainly ? on.earliest : on.latest;
    const Span_ span = within.value_or(Span_{validity, "day"});
    const bool fresh = (!within && validity == 0) || later(counts, span) > facts.as_of;
    if (on.earliest <= facts.as_of && fresh) result.push_back(&fact);
  }
  return result;
}

Answer World::measured(const Measures& asked) const {
  const Fraction limit(asked.limit);
  if (asked.of != Measures::Of::observation) {
    const Answer undecided = missing(Truth::possible, "patient", "age");
    if (!facts.age) return undecided;
    using Of = Measures::Of;
    const bool in_days = asked.of == Of::age_weeks || asked.of == Of::age_days;
    std::int64_t low = facts.age->months_low, high = facts.age->months_high;
    if (in_days && facts.age->days_low >= 0) low = facts.age->days_low, high = facts.age->days_high;
    else if (in_days) low = low / 12 * 365 + low % 12 * 28, ++high, high = high / 12 * 366 + high % 12 * 31 - 1;
    const std::int64_t unit = asked.of == Of::age_years ? 12 : asked.of == Of::age_weeks ? 7 : 1;
    const Range age{.low = Fraction(low / unit, 1), .high = Fraction(high / unit, 1)};
    const Truth t = holds(age, asked.order, limit);
    return t == Truth::possible ? undecided : known(t == Truth::yes);
  }
  const Answer undecided = missing(Truth::possible, "observation", terms.at(asked.observation).name);
  const auto value = newest(asked.observation, asked.within);
  if (!value) return undecided;
  const Truth t = holds(*value, asked.order, limit);
  if (t != Truth::possible) return known(t == Truth::yes);
  const Truth bare = holds(*newest(asked.observation, asked.within, true), asked.order, limit);
  return missing(bare == Truth::yes ? Truth::listed : bare == Truth::no ? Truth::open : Truth::possible, "observation", terms.at(asked.observation).name);
}

std::optional<Range> World::newest(ObservationId what, const std::optional<Span_>& within, bool without) const {
  const auto when = [&](const ObservationFact* fact) { return fact->when.value_or(When{facts.as_of, facts.as_of}); };
  const auto maybe = usable(what, within, false), surely = usable(what, within, true);
  Minutes newest = always_before;
  for (const auto* fact : maybe) newest = std::max(newest, when(fact).earliest);
  std::optional<Range> hull;
  for (const auto* fact : maybe) {
    if (when(fact).latest < newest) continue;  // certainly older than another
    if (std::count(surely.begin(), surely.end(), fact) == 0) return std::nullopt;
    hull = wider(hull, range(without ? fact->listed.value_or(fact->value) : fact->value));
  }
  return hull;
}

Answer World::takes(const TakesDrug& asked, const Context& context) const {
  using Which = TakesDrug::Which;
  std::vector<Answer> each;
  if (asked.which == Which::item && asked.any_of.empty()) return known(true);
  std::set<ConceptId> bound;
  for (const Choice& choice : *context.binding) {
    bound.insert(choice.drugs.begin(), choice.drugs.end());
    bound.insert(choice.brought.begin(), choice.brought.end());
  }
  for (std::size_t e = 0; e < facts.exposures.size(); ++e) {
    if (asked.which == Which::item && !context.binding->at(asked.item).exposures.contains(e)) continue;
    if (asked.which == Which::other && bound.contains(facts.exposures[e].what)) continue;
    for (const DrugAlternative& phrase : asked.any_of) {
      Context its = context;
      its.any_route = context.any_route || asked.which == Which::item;  // what was matched was matched by its route
      Window window;
      std::vector<Answer> parts{matches(phrase, e, its, window)};
      const bool stopped = std::any_of(phrase.tests.begin(), phrase.tests.end(), [](const DrugTest& t) { return std::holds_alternative<StoppedWithin>(t); });
      if (asked.which != Which::item || stopped) parts.push_back(meet({window}));
      each.push_back(all(parts));
    }
  }
  if (asked.which != Which::item) each.push_back(unlisted());
  return any(each);
}

Answer World::allergic(const HasAllergy& asked, const Context& context) const {
  std::vector<Answer> each;
  std::set<ConceptId> named;
  for (const DrugAlternative& phrase : asked.any_of)
    if (phrase.concept_id) named.insert(*phrase.concept_id);
  for (const AllergyFact& fact : facts.allergies) {
    std::vector<Answer> to_it;
    for (const ConceptId to : fact.to) {
      for (const ConceptId id : named) to_it.insert(to_it.end(), {member(id, to), member(to, id)});
      if (asked.to_item)
        for (const ConceptId drug : context.binding->at(*asked.to_item).drugs) to_it.push_back(member(drug, to));
    }
    each.push_back(all({any(to_it), missing(asked.intolerance ? fact.intolerance : fact.allergy, "allergy", "allergy or intolerance to " + fact.shown)}));
  }
  if (asked.to_item) named.insert(context.binding->at(*asked.to_item).drugs.begin(), context.binding->at(*asked.to_item).drugs.end());
  for (const ConceptId id : named)
    if (!facts.allergies_known) each.push_back(missing(Truth::open, "allergy", terms.at(id).name));
  return any(each);
}

}  // namespace theriac::reference
