#include "support/describe.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace theriac::testing {

using namespace detail;

namespace {

std::string date(Minutes instant) {
  if (instant == always_before) return "always";
  if (instant == always_after) return "ever";
  const Minutes days = (instant - day_zero) / minutes_per_day;
  return fmt::format("{}{}d", days < 0 ? "" : "+", days);
}
std::string date(const When& when) { return when.earliest == when.latest ? date(when.earliest) : "(" + date(when.earliest) + ".." + date(when.latest) + ")"; }
std::string length(const Span_& span) { return fmt::format("{} {}", span.count, span.unit); }
std::string number(const Rational& r) { return r.denominator() == 1 ? std::to_string(r.numerator()) : fmt::format("{}/{}", r.numerator(), r.denominator()); }
std::string interval(const Interval& i) {
  return fmt::format("{}{},{}{}", i.low_open ? "(" : "[", i.low ? number(*i.low) : "-", i.high ? number(*i.high) : "-", i.high_open ? ")" : "]");
}
constexpr const char* orders[] = {"<", "<=", "=", "!=", ">=", ">"};

template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;

struct Words {
  const Terminology& terms;

  std::string test(const DrugTest& test) const {
    return std::visit(Cases{[this](const IsDerived& t) { return "is-derived " + terms.at(t.state).name; },
                            [](const DoseTest& t) {
                              constexpr const char* of[] = {"total daily", "maximum daily", "single", "interval", "cumulative"};
                              const std::string per = t.per ? " per body" : "";
                              if (t.table) return fmt::format("{} dose {} table of {} rows{}", of[static_cast<int>(t.of)], orders[static_cast<int>(t.order)], t.table->rows.size(), per);
                              return fmt::format("{} dose {} {} {}{}", of[static_cast<int>(t.of)], orders[static_cast<int>(t.order)], number(t.limit), t.unit.text, per);
                            },
                            [](const StoppedWithin& t) { return "stopped within " + length(t.within); },
                            [](const StartedWithin& t) { return "started within " + length(t.within); },
                            [](const TakenFor& t) { return (t.longer ? "longer than " : "shorter than ") + length(t.than) + (t.or_equal ? " or just so" : "") + (t.so_far ? " so far" : ""); },
                            [](const ChangedWithin& t) { return "changed within " + length(t.within); },
                            [](const EventRelative& t) {
                              constexpr const char* events[] = {"started", "stopped", "changed"};
                              return fmt::format("{} {} #{}{}", events[static_cast<int>(t.event)], t.after ? "after" : "before", t.item, t.within ? " within " + length(*t.within) : "");
                            }},
                      test);
  }
  std::string drug(const DrugAlternative& a) const {
    std::string out;
    for (const RouteId route : a.routes) out += terms.at(route).name + " ";
    if (a.as_needed) out += *a.as_needed ? "as-needed " : "regular ";
    out += a.concept_id ? terms.at(*a.concept_id).name : "drug";
    if (!a.except.empty()) out += " except (" + drugs(a.except) + ")";
    for (const DrugTest& each : a.tests) out += " " + test(each);
    return out;
  }
  std::string drugs(const std::vector<DrugAlternative>& of) const {
    std::string out;
    for (const DrugAlternative& each : of) out += (out.empty() ? "" : " or ") + drug(each);
    return out;
  }
  std::string sum(const SummedDrugs& of) const {
    constexpr const char* by[] = {"sum of ", "max of ", "count of "};
    std::string out = by[static_cast<int>(of.by)] + terms.at(of.sum).name + " over (" + drugs(of.any_of) + ")";
    for (const auto& limit : of.limits) out += fmt::format(" {} {}", orders[static_cast<int>(limit.order)], number(limit.value));
    return out;
  }
  std::string leaf(const decltype(ResolvedGuard::leaf)& of) const {
    return std::visit(
        Cases{[&](const HasCondition& l) {
                return terms.at(l.condition).name + (l.within ? " within " + length(*l.within) : "") +
                       (l.length ? (l.length->first ? " longer than " : " shorter than ") + length(l.length->second) : "");
              },
              [&](const Measures& l) {
                constexpr const char* ages[] = {"age", "age in months", "age in weeks", "age in days"};
                const std::string of_what = l.of == Measures::Of::observation ? terms.at(l.observation).name : ages[static_cast<int>(l.of) - 1];
                return fmt::format("{} {} {}{}", of_what, orders[static_cast<int>(l.order)], number(l.limit), l.within ? " within " + length(*l.within) : "");
              },
              [](const IsSex& l) { return std::string(l.female ? "female" : "male"); },
              [&](const TakesDrug& l) {
                constexpr const char* which[] = {"", "other ", "any ", "item "};
                return which[static_cast<int>(l.which)] + (l.which == TakesDrug::Which::item ? fmt::format("#{} ", l.item) : "") + drugs(l.any_of);
              },
              [&](const HasAllergy& l) { return (l.intolerance ? "intolerance to " : "allergy to ") + (l.to_item ? fmt::format("#{}", *l.to_item) : drugs(l.any_of)); },
              [&](const HasEffect& l) { return "effect " + terms.at(l.effect).name; },
              [&](const NoRecent& l) { return "unknown(" + terms.at(l.observation).name + (l.within ? " within " + length(*l.within) : "") + ")"; },
              [&](const Trend& l) {
                return fmt::format("{} {} {}{} within {}", terms.at(l.observation).name, l.rising ? "rising" : "falling", number(l.by), l.percent ? " %" : "", length(l.within));
              },
              [](const TableValue& l) { return fmt::format("table of {} rows {} {}", l.table.rows.size(), orders[static_cast<int>(l.order)], number(l.limit)); },
              [](const HoursApart& l) { return "at least " + length(l.by) + " apart"; },
              [&](const SummedDrugs& l) { return sum(l); },
              [&](const CountDrugs& l) { return fmt::format("at least {} of ({})", l.at_least, drugs(l.any_of)); }},
        of);
  }
  std::string guard(const ResolvedGuard& g) const {
    using Kind = ResolvedGuard::Kind;
    if (g.kind == Kind::leaf) return leaf(g.leaf);
    std::string out;
    for (const ResolvedGuard& child : g.children) out += (out.empty() ? "" : g.kind == Kind::any_of ? " or " : g.kind == Kind::count ? ", " : " and ") + guard(child);
    if (g.kind == Kind::negation) return "no [" + out + "]";
    if (g.kind == Kind::count && !g.points.empty()) {
      std::string points;
      for (const Rational& each : g.points) points += " " + number(each);
      return fmt::format("{} {} of{} for [{}]", g.beyond ? "more than" : "at least", number(g.limit), points, out);
    }
    if (g.kind == Kind::count) return fmt::format("at least {} of [{}]", g.at_least, out);
    return "[" + out + "]";
  }
  std::string item(const ResolvedItem& i) const {
    return std::visit(Cases{[&](const DrugItem& w) { return drugs(w.any_of); },
                            [&](const EffectItem& w) {
                              std::string out = "effect";
                              for (const EffectId e : w.any_of) out += " " + terms.at(e).name;
                              return out;
                            },
                            [&](const CountItem& w) { return fmt::format("at least {} of ({})", w.at_least, drugs(w.any_of)); },
                            [&](const SumItem& w) { return sum(w.sum); },
                            [&](const SameItem& w) {
                              std::string out = fmt::format("at least {} of the same", w.at_least);
                              for (const ConceptId c : w.members) out += " " + terms.at(c).name;
                              return out;
                            },
                            [&](const AbruptStopItem& w) {
                              return "abrupt stop of " + drugs(w.any_of) + (w.after_longer_than ? " after longer than " + length(*w.after_longer_than) : "");
                            },
                            [&](const GuardItem& w) { return "{" + guard(w.guard) + "}"; }},
                      i.what);
  }
  std::string heads(const std::vector<ResolvedHead>& of) const {
    std::string out;
    for (const ResolvedHead& head : of)
      out += fmt::format("{}{}{} [{}]", out.empty() ? "" : ", ", terms.at(head.effect).name, head.of_item ? fmt::format(" of #{}", *head.of_item) : "", to_string(head.severity));
    return out;
  }
  std::string rule(const ResolvedRule& r) const {
    std::string out = r.label + ": ";
    for (std::size_t i = 0; i < r.items.size(); ++i) out += (i > 0 ? " + " : "") + item(r.items[i]);
    out += " in " + guard(r.guard) + " -> " + heads(r.heads) + "\n";
    for (const ResolvedGuard& g : r.unless) out += "  unless " + guard(g) + "\n";
    for (const ResolvedException& x : r.exceptions) {
      constexpr const char* kinds[] = {"silent", "lower to ", ""};
      std::string against;
      for (const std::uint32_t each : x.exceptions) against += " but not if " + r.exceptions[each].label;
      out += fmt::format("  {} {} when {}{}: {}{}{}\n", x.top ? "exception" : "nested", x.label, guard(x.when), against, kinds[static_cast<int>(x.kind)],
                         x.kind == ResolvedException::Kind::lower ? to_string(x.lower_to) : "", heads(x.heads));
    }
    for (const ResolvedShift& s : r.shifts) out += fmt::format("  {} to {} if {}\n", s.raise ? "raise" : "lower", to_string(s.to), guard(s.guard));
    for (const ResolvedFlag& f : r.flags) out += "  flag " + terms.at(f.flag) + " in " + guard(f.guard) + "\n";
    for (const ConditionId c : r.ask_for) out += "  ask for " + terms.at(c).name + "\n";
    for (const ResolvedAction& a : r.actions) out += std::string("  ") + (a.now ? "now " : "") + a.text + "\n";
    return out;
  }
};

std::string exposure(const Exposure& e, const Terminology& terms) {
  constexpr const char* presence[] = {"present", "unknown", "past", "never", "not mentioned"};
  constexpr const char* ended[] = {"?", "abruptly", "tapered"};
  std::string out = fmt::format("  entry {}: {} {} {} {} [{} .. {})", e.entry, terms.at(e.what).name, presence[static_cast<int>(e.presence)], to_string(e.exposes),
                                e.route ? terms.at(*e.route).name : "no route", e.start_given ? date(e.start) : "?", e.end_given || e.end.latest == always_after ? date(e.end) : "? " + date(e.end));
  if (e.proposed) out += " proposed";
  if (e.as_needed) out += " as-needed";
  if (e.stop_is_ours) out += " stop-is-ours";
  out += fmt::format(" ended {}", ended[static_cast<int>(e.ended)]);
  out += e.dose.known() ? fmt::format(" {} {}/day", interval(e.dose.per_day), e.dose.unit.dimension == Dimension{} ? "tablet" : "mg") : " dose?";
  if (e.dose.single) out += " single " + interval(*e.dose.single);
  constexpr const char* change[] = {"not changed", "", "perhaps changed", "", "changed"};
  if (e.change.truth != Truth::open) out += fmt::format(" {}{}", change[static_cast<int>(e.change.truth)], e.change.when ? " on " + date(*e.change.when) : "");
  for (const TimeOfDay& time : e.times) out += fmt::format(" at {}..{} min", time.earliest, time.latest);
  return out + "\n";
}

std::string vocabulary(const Terminology& terms) {
  std::string out;
  for (const Concept& c : terms.data().concepts) {
    out += fmt::format("  {}{}", c.name, c.kind == ConceptKind::drug_class ? fmt::format(" (class, family {})", index(c.family)) : "");
    for (const IsA& edge : c.is) out += " < " + terms.at(edge.parent).name;
    for (const auto& [family, source] : c.reviewed) out += fmt::format(" reviewed:{}", index(family));
    out += "\n";
  }
  for (const Condition& c : terms.data().conditions)
    for (const ConditionId id : c.is) out += "  condition " + c.name + " < " + terms.at(id).name + "\n";
  for (const Effect& e : terms.data().effects)
    for (const EffectId id : e.is) out += "  effect " + e.name + " < " + terms.at(id).name + "\n";
  return out;
}

}  // namespace

std::string describe(const Case& what) {
  const Terminology& terms = *what.terms;
  const Words words{terms};
  constexpr std::size_t few = 60;  // of a real vocabulary the names say enough
  std::string out = (terms.data().concepts.size() < few ? "vocabulary\n" + vocabulary(terms) : "") + "rules\n";
  for (const ResolvedRule& rule : what.rules) out += words.rule(rule);
  const Facts& facts = what.facts;
  out += fmt::format("patient: sex {}, {}{}{}\n", facts.sex, facts.medications_complete ? "" : "medications incomplete ", facts.conditions_complete ? "conditions complete " : "",
                     facts.allergies_known ? "allergies known" : "");
  if (facts.age) out += fmt::format("  age {}..{} months, {}..{} days\n", facts.age->months_low, facts.age->months_high, facts.age->days_low, facts.age->days_high);
  for (const Exposure& e : facts.exposures) out += exposure(e, terms);
  constexpr const char* truths[] = {"absent", "open", "to be found out", "listed", "present"};
  for (const ConditionFact& c : facts.conditions)
    out += fmt::format("  {} {}{}\n", terms.at(c.what).name, truths[static_cast<int>(c.truth)], c.onset ? " onset " + date(*c.onset) : "");
  for (const ObservationFact& o : facts.observations) out += fmt::format("  {} {}{}{}\n", terms.at(o.what).name, interval(o.value), o.listed ? " listed " + interval(*o.listed) : "", o.when ? " on " + date(*o.when) : "");
  for (const AllergyFact& a : facts.allergies)
    for (const ConceptId id : a.to) out += fmt::format("  allergy {}, intolerance {} to {}\n", truths[static_cast<int>(a.allergy)], truths[static_cast<int>(a.intolerance)], terms.at(id).name);
  for (const std::string& text : facts.unrecognised) out += "  unrecognised: " + text + "\n";
  return out;
}

}  // namespace theriac::testing
