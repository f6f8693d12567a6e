// Bindings, verdicts, ranks.
#include "reference/reference.hpp"

namespace theriac::reference {

using namespace detail;

namespace {

class Binder {
 public:
  using Visit = std::function<void(const Binding&)>;
  Binder(const World& world, const ResolvedRule& rule, std::size_t index, Supports& into, const Visit& visit = {})
      : world_(world), rule_(rule), index_(index), into_(into), visit_(visit) {}
  void run() { bind(0); }

 private:
  Context context(bool any_route = false) const { return {&rule_, &binding_, any_route}; }

  // One choice an item; counts are left for when the others stand.
  void bind(std::size_t i) {
    if (i == rule_.items.size()) return judge_binding();
    for (const Choice& choice : choices(rule_.items[i])) {
      binding_.push_back(choice);
      bind(i + 1);
      binding_.pop_back();
    }
  }

  std::vector<Choice> choices(const ResolvedItem& item) const {
    std::vector<Choice> result;
    const auto& exposures = world_.facts.exposures;
    if (const auto* drug = std::get_if<DrugItem>(&item.what)) {
      for (std::size_t e = 0; e < exposures.size(); ++e)
        for (const DrugAlternative& phrase : drug->any_of) {
          Choice choice{.exposures = {e}, .drugs = {exposures[e].what}};
          choice.alternative = &phrase;
          add_derivations(choice, phrase.tests, 0, result);
        }
    } else if (const auto* effect = std::get_if<EffectItem>(&item.what)) {
      for (const Derived& fact : world_.derived)
        if (std::any_of(effect->any_of.begin(), effect->any_of.end(), [&](EffectId id) { return world_.kind_of(fact.effect, id); }))
          result.push_back({.exposures = fact.exposures, .drugs = fact.drugs, .answer = fact.answer});
    } else if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) {
      result = world_.abrupt_stops(*stop, context());
    } else if (const auto* same = std::get_if<SameItem>(&item.what); same != nullptr && same->members.empty()) {
      std::set<ConceptId> drugs;
      for (const Exposure& e : exposures)
        if (world_.terms.at(e.what).kind == ConceptKind::ingredient) drugs.insert(e.what);
      for (const ConceptId each : drugs)
        result.push_back(world_.count({.at_least = same->at_least, .any_of = {DrugAlternative{}}, .unnamed = false, .of_entries = true, .only = each}, context()));
    } else if (same != nullptr) {
      for (const ConceptId member : same->members) result.push_back({.level = member});
    } else {
      result.emplace_back();
    }
    return result;
  }

  // `overexposed opioid`: one choice for each way in which rules derive it, with what that way brings.
  void add_derivations(const Choice& choice, const std::vector<DrugTest>& tests, std::size_t next, std::vector<Choice>& into) const {
    while (next < tests.size() && !std::holds_alternative<IsDerived>(tests[next])) ++next;
    if (next == tests.size()) return into.push_back(choice);
    for (const Derived& fact : world_.derived) {
      if (!world_.kind_of(fact.effect, std::get<IsDerived>(tests[next]).state) || fact.of_drug != world_.terms.at(*choice.drugs.begin()).name) continue;
      Choice with = choice;
      with.states.push_back(fact.answer);
      with.brought.insert(fact.drugs.begin(), fact.drugs.end());
      with.brought_exposures.insert(fact.exposures.begin(), fact.exposures.end());
      add_derivations(with, tests, next + 1, into);
    }
  }

  // Of drug items and counts, now that the binding stands. A count counts what no drug item has.
  void complete() {
    std::set<ConceptId> taken;
    std::set<std::size_t> beside;
    for (std::size_t i = 0; i < binding_.size(); ++i) {
      Choice& choice = binding_[i];
      const auto& what = rule_.items[i].what;
      beside.insert(choice.exposures.begin(), choice.exposures.end());
      beside.insert(choice.brought_exposures.begin(), choice.brought_exposures.end());
      if (choice.alternative != nullptr) {
        Window window;
        DrugAlternative bare = *choice.alternative;
        std::erase_if(bare.tests, [](const DrugTest& test) { return std::holds_alternative<IsDerived>(test); });
        std::vector<Answer> parts = choice.states;
        parts.push_back(world_.matches(bare, *choice.exposures.begin(), context(), window));
        choice.answer = all(parts);
        choice.window = window;
      }
      if (std::holds_alternative<DrugItem>(what) || std::holds_alternative<AbruptStopItem>(what) || is_same_drug(what)) taken.insert(choice.drugs.begin(), choice.drugs.end());
    }
    for (std::size_t i = 0; i < binding_.size(); ++i) {
      const auto& what = rule_.items[i].what;
      if (const auto* count = std::get_if<CountItem>(&what))
        binding_[i] = world_.count({.at_least = count->at_least, .any_of = count->any_of, .without = taken, .beside = beside}, context());
      if (const auto* sum = std::get_if<SumItem>(&what)) binding_[i] = world_.added_up(sum->sum, true, taken, beside, context());
      if (const auto* same = std::get_if<SameItem>(&what); same != nullptr && !same->members.empty()) {
        DrugAlternative member;
        member.concept_id = binding_[i].level;
        binding_[i] = world_.count({.at_least = same->at_least, .any_of = {member}, .unnamed = false, .without = taken, .beside = beside}, context());
      }
    }
  }

  static bool is_same_drug(const decltype(ResolvedItem::what)& what) {
    const auto* same = std::get_if<SameItem>(&what);
    return same != nullptr && same->members.empty();
  }
  bool shares(std::size_t i) const {  // counts and effects may have a drug in common with one another
    const auto& what = rule_.items[i].what;
    return std::holds_alternative<EffectItem>(what) || std::holds_alternative<CountItem>(what) || std::holds_alternative<SumItem>(what) || (std::holds_alternative<SameItem>(what) && !is_same_drug(what));
  }

  bool is_binding() const {
    std::set<ConceptId> drugs;
    std::set<std::size_t> exposures;
    bool counts = false;  // a count looks to its entries itself
    for (std::size_t i = 0; i < binding_.size(); ++i) {
      if (binding_[i].answer.truth == Truth::no) return false;
      for (std::size_t j = 0; j < i; ++j)
        if (!(shares(i) && shares(j)))
          for (const ConceptId drug : binding_[i].drugs)
            if (binding_[j].drugs.contains(drug)) return false;
      drugs.insert(binding_[i].drugs.begin(), binding_[i].drugs.end());
      drugs.insert(binding_[i].brought.begin(), binding_[i].brought.end());
      exposures.insert(binding_[i].exposures.begin(), binding_[i].exposures.end());
      exposures.insert(binding_[i].brought_exposures.begin(), binding_[i].brought_exposures.end());
      counts = counts || (shares(i) && !std::holds_alternative<EffectItem>(rule_.items[i].what));
    }
    return drugs.size() < 2 || counts || world_.entries(exposures).size() > 1;
  }

  // Is one of them taken or to be taken?
  Answer somebody_takes_it() const {
    std::size_t binding_items = 0;
    std::set<std::size_t> exposures;
    std::vector<Answer> each;
    for (std::size_t i = 0; i < binding_.size(); ++i) {
      binding_items += std::holds_alternative<GuardItem>(rule_.items[i].what) ? 0U : 1U;
      exposures.insert(binding_[i].exposures.begin(), binding_[i].exposures.end());
      exposures.insert(binding_[i].brought_exposures.begin(), binding_[i].brought_exposures.end());
    }
    for (const std::size_t e : exposures)
      if (world_.facts.exposures[e].presence != Presence::past) each.push_back(world_.presence(e));
    return binding_items < 2 || exposures.size() < 2 ? known(true) : any(each);
  }

  Answer exception_holds(std::size_t i) const {
    const ResolvedException& exception = rule_.exceptions[i];
    std::vector<Answer> against;
    for (const std::uint32_t each : exception.exceptions) against.push_back(exception_holds(each));
    return all({world_.guard(exception.when, context(true)), negate(any(against))});
  }

  Answer silenced(std::optional<std::size_t> but) const {
    std::vector<Answer> each;
    for (const ResolvedGuard& guard : rule_.unless) each.push_back(world_.guard(guard, context(true)));
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i)
      if (rule_.exceptions[i].top && rule_.exceptions[i].kind != ResolvedException::Kind::lower && but != i) each.push_back(exception_holds(i));
    return any(each);
  }

  void judge_binding() {
    const Binding before = binding_;
    complete();
    if (is_binding()) visit_ ? visit_(binding_) : judge_whole();
    binding_ = before;
  }

  void judge_whole() {
    std::vector<Answer> parts;
    std::vector<Window> windows;
    for (std::size_t i = 0; i < binding_.size(); ++i) {
      parts.push_back(binding_[i].answer);
      if (binding_[i].window) windows.push_back(*binding_[i].window);
      if (const auto* guard = std::get_if<GuardItem>(&rule_.items[i].what)) parts.push_back(world_.guard(guard->guard, context()));
    }
    parts.push_back(world_.meet(windows));
    parts.push_back(somebody_takes_it());
    parts.push_back(world_.guard(rule_.guard, context()));
    const Answer body = all(parts);
    std::size_t head = 0;
    const Answer exception = silenced({});
    for (const ResolvedHead& each : rule_.heads) emit(head++, each, body, exception);
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      if (rule_.exceptions[i].kind != ResolvedException::Kind::replace) continue;
      if (!rule_.exceptions[i].top) {
        head += rule_.exceptions[i].heads.size();
        continue;
      }
      const Answer replaced = all({body, exception_holds(i)}), others = silenced(i);
      for (const ResolvedHead& each : rule_.exceptions[i].heads) emit(head++, each, replaced, others);
    }
  }

  Support support(const ResolvedHead& head, Verdict verdict, const Answer& body, const Answer& exception) const {
    Support result{.effect = head.effect, .verdict = verdict, .severity = head.severity, .could_raise = {}, .flags = {}, .flags_possible = {},
                   .needs = body.needs, .against = exception.needs, .exposures = {}, .said = {}};
    bool raised = false;
    const auto lower = [&](Truth t, Severity to) {
      if (t == Truth::yes && !raised) result.severity = std::min(result.severity, to);
    };
    for (const ResolvedShift& shift : rule_.shifts) {
      if (!shift.raise) continue;
      const Truth t = world_.guard(shift.guard, context()).truth;
      raised = raised || t != Truth::no;
      if (t == Truth::yes) result.severity = std::max(result.severity, shift.to);
      else if (t != Truth::no) result.could_raise.insert(shift.to);
    }
    for (const ResolvedShift& shift : rule_.shifts)
      if (!shift.raise) lower(world_.guard(shift.guard, context(true)).truth, shift.to);
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i)
      if (rule_.exceptions[i].top && rule_.exceptions[i].kind == ResolvedException::Kind::lower) lower(exception_holds(i).truth, rule_.exceptions[i].lower_to);
    for (const ResolvedFlag& flag : rule_.flags) {
      const Truth t = world_.guard(flag.guard, context()).truth;
      if (t >= Truth::listed) result.flags.insert(flag.flag);
      else if (t == Truth::possible) result.flags_possible.insert(flag.flag);
    }
    for (const Choice& choice : binding_) {
      result.exposures.insert(choice.exposures.begin(), choice.exposures.end());
      result.exposures.insert(choice.brought_exposures.begin(), choice.brought_exposures.end());
    }
    Way& way = result.ways[verdict];
    way.exposures = result.exposures;
    way.needs = body.needs;
    unite(way.needs, exception.needs);
    result.said.insert({verdict, result.severity});
    for (const Severity to : result.could_raise) result.said.insert({verdict, to});
    return result;
  }

  void emit(std::size_t head, const ResolvedHead& what, const Answer& body, const Answer& exception) {
    const Verdict verdict = judge(body.truth, exception.truth);
    if (verdict == Verdict::silent) return;
    Key key{index_, head, "", {}};
    for (const Choice& choice : binding_) {
      key.drugs.insert(choice.drugs.begin(), choice.drugs.end());
      key.drugs.insert(choice.brought.begin(), choice.brought.end());
    }
    const Support found = support(what, verdict, body, exception);
    if (!what.of_item) return keep(key, found);
    for (const ConceptId drug : binding_[*what.of_item].drugs) {
      key.of_drug = world_.terms.at(drug).name;
      keep(key, found);
    }
  }

  // The best binding speaks; equally good ones speak together.
  void keep(const Key& key, const Support& found) {
    const auto [at, fresh] = into_.try_emplace(key, found);
    Support& best = at->second;
    auto said = best.said;
    said.insert(found.said.begin(), found.said.end());
    best.said = said;
    if (fresh) return;
    auto ways = best.ways;
    for (const auto& [verdict, way] : found.ways) {
      ways[verdict].exposures.insert(way.exposures.begin(), way.exposures.end());
      unite(ways[verdict].needs, way.needs);
    }
    best.ways = ways;
    if (found.verdict < best.verdict) return;
    if (found.verdict > best.verdict) {
      best = found;
      best.said = said;
      best.ways = ways;
      return;
    }
    best.severity = std::max(best.severity, found.severity);
    best.could_raise.insert(found.could_raise.begin(), found.could_raise.end());
    best.flags.insert(found.flags.begin(), found.flags.end());
    best.flags_possible.insert(found.flags_possible.begin(), found.flags_possible.end());
    unite(best.needs, found.needs);
    unite(best.against, found.against);
    best.exposures.insert(found.exposures.begin(), found.exposures.end());
  }

  const World& world_;
  const ResolvedRule& rule_;
  std::size_t index_;
  Supports& into_;
  Visit visit_;
  Binding binding_;
};

Supports once(World& world, const std::vector<ResolvedRule>& rules, const std::vector<std::size_t>& rank, std::size_t upto, const Supports& known_so_far) {
  world.derived = as_facts(known_so_far);
  Supports next;
  for (std::size_t r = 0; r < rules.size(); ++r)
    if (rank[r] <= upto) Binder(world, rules[r], r, next).run();
  return next;
}

// Verdicts first; then, from the settled verdicts, what is missing (a cycle of effects must not keep alive a need that nothing founds).
void settle_rank(World& world, const std::vector<ResolvedRule>& rules, const std::vector<std::size_t>& rank, std::size_t upto, Supports& supports) {
  const auto same = [](const Supports& a, const Supports& b, bool whole) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](const auto& x, const auto& y) {
             return x.first == y.first && x.second.verdict == y.second.verdict &&
                    (!whole || (x.second.needs == y.second.needs && x.second.against == y.second.against && x.second.exposures == y.second.exposures && x.second.ways == y.second.ways));
           });
  };
  constexpr int patience = 64;
  for (const bool whole : {false, true}) {
    if (whole)
      for (auto& [key, support] : supports) {
        support.needs.clear(), support.against.clear();
        for (auto& [verdict, way] : support.ways) way.needs.clear();
      }
    for (int i = 0; i < patience; ++i) {
      Supports next = once(world, rules, rank, upto, supports);
      const bool done = same(next, supports, whole);
      supports = std::move(next);
      if (done) break;
    }
  }
}

}  // namespace

std::vector<Derived> as_facts(const Supports& supports) {
  std::vector<Derived> facts;
  for (const auto& [key, support] : supports) {
    Needs needs = support.needs;
    unite(needs, support.against);
    facts.push_back({support.effect, support.exposures, key.drugs, settled(truth_of(support.verdict), needs), key.of_drug});
    std::set<std::size_t> exposures = support.exposures;
    for (auto way = support.ways.rbegin(); way != support.ways.rend(); ++way) {
      const std::size_t before = exposures.size();
      if (way->first < support.verdict) exposures.insert(way->second.exposures.begin(), way->second.exposures.end());
      if (exposures.size() > before) facts.push_back({support.effect, exposures, key.drugs, settled(truth_of(way->first), way->second.needs), key.of_drug});
    }
  }
  return facts;
}

void each_binding(const World& world, const ResolvedRule& rule, const std::function<void(const Binding&)>& visit) {
  Supports none;
  Binder(world, rule, 0, none, visit).run();
}

std::optional<Supports> derive(const std::vector<ResolvedRule>& rules, const Facts& facts, const Terminology& terms) {
  World world(facts, terms);
  const auto rank = ranks(world, rules);
  if (!rank) return std::nullopt;
  Supports supports;
  for (std::size_t upto = 0; upto <= rules.size(); ++upto)
    if (std::count(rank->begin(), rank->end(), upto) > 0) settle_rank(world, rules, *rank, upto, supports);
  // Where a less sure binding says worse, it could be raised to that.
  for (auto& [key, support] : supports)
    for (const auto& [verdict, severity] : support.said)
      if (verdict < support.verdict) support.could_raise.insert(severity);
  return supports;
}

}  // namespace theriac::reference
