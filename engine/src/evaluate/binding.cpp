#include "evaluate/binding.hpp"

#include "evaluate/dose.hpp"
#include "evaluate/drug.hpp"
#include "evaluate/items.hpp"
#include "evaluate/rating.hpp"
#include "evaluate/sum.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace theriac::detail {
namespace {

// ---- what one binding says

class Application {
 public:
  Application(const World& world, const ResolvedRule& rule, std::uint32_t index) : world_(world), rule_(rule), index_(index) {}

  RuleResult run() {
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (!binds(rule_.items[i]) || counts_ingredients(rule_.items[i])) continue;
      choices_.emplace_back(i, choices_of(world_, rule_.items[i]));
      if (choices_.back().second.empty()) return {};
    }
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (counts_ingredients(rule_.items[i])) counts_.push_back(i);
    }
    binding_.choices.assign(rule_.items.size(), nullptr);
    search(0);
    return finish();
  }

 private:
  using Key = std::tuple<std::int32_t, std::uint32_t, std::int64_t>;  // exception, head, of

  void search(std::size_t next) {
    if (next == choices_.size()) return count(0);
    try_each(choices_[next].first, choices_[next].second, [&] { search(next + 1); });
  }

  static void add_exposures(std::vector<std::uint32_t>& to, const Choice& choice) {
    merge_sorted(to, choice.exposures);
    merge_sorted(to, choice.brought_exposures);
  }

  // Of the items that do not count.
  std::vector<std::uint32_t> exposures_matched() const {
    std::vector<std::uint32_t> result;
    for (const auto& [item, options] : choices_) add_exposures(result, *binding_.choices[item]);
    return result;
  }

  // Counts come last: they count what no drug item has.
  void count(std::size_t next) {
    if (next == counts_.size()) return judge_binding();
    const auto item = counts_[next];
    try_each(item, counts_of(world_, rule_.items[item], matched(), exposures_matched()), [&] { count(next + 1); });
  }

  template <class Then>
  void try_each(std::size_t item, const std::vector<Choice>& options, const Then& then) {
    for (const auto& choice : options) {
      if (!disjoint(choice)) continue;
      const auto before = binding_.ingredients;
      binding_.choices[item] = &choice;
      merge_sorted(binding_.ingredients, choice.ingredients);
      merge_sorted(binding_.ingredients, choice.brought);
      then();
      binding_.ingredients = before;
      binding_.choices[item] = nullptr;
    }
  }

  // Ingredients that drug items have, sorted.
  std::vector<ConceptId> matched() const {
    std::vector<ConceptId> result;
    for (const auto* choice : binding_.choices) {
      if (choice != nullptr && !choice->may_share) merge_sorted(result, choice->ingredients);
    }
    return result;
  }

  // Drugs of different items differ; two effects or counts may share.
  bool disjoint(const Choice& choice) const {
    for (const auto* other : binding_.choices) {
      if (other == nullptr || (other->may_share && choice.may_share)) continue;
      std::vector<ConceptId> common;
      std::set_intersection(other->ingredients.begin(), other->ingredients.end(), choice.ingredients.begin(), choice.ingredients.end(),
                            std::back_inserter(common));
      if (!common.empty()) return false;
    }
    return true;
  }

  std::vector<std::uint32_t> exposures() const {
    std::vector<std::uint32_t> all;
    for (const auto* choice : binding_.choices) {
      if (choice != nullptr) add_exposures(all, *choice);
    }
    return all;
  }

  // A count looks to this itself, with what stands beside it.
  bool all_of_one_entry(const std::vector<std::uint32_t>& exposures) const {
    if (binding_.ingredients.size() < 2 || !counts_.empty()) return false;
    const auto entry = world_.exposure(exposures.front()).entry;
    return entry >= 0 && std::all_of(exposures.begin(), exposures.end(), [&](auto i) { return world_.exposure(i).entry == entry; });
  }

  Judged time() const {
    std::vector<Window> windows;
    Needs imprecise;
    for (const auto* choice : binding_.choices) {
      if (choice == nullptr || !choice->window) continue;
      windows.push_back(*choice->window);
      for (const auto i : choice->exposures) add(imprecise, imprecise_dates(world_, world_.exposure(i), *choice->window));
    }
    const auto meets = share_an_instant(windows, world_.facts.as_of);
    if (meets == Decided::unknown) return {Truth::possible, imprecise};
    return Judged::known(meets == Decided::yes);
  }

  // With two or more drugs, at least one is taken or proposed.
  Judged somebody_present(const std::vector<std::uint32_t>& exposures) const {
    const auto drug_items = std::count_if(binding_.choices.begin(), binding_.choices.end(), [](const Choice* choice) { return choice != nullptr; });
    if (drug_items < 2 || exposures.size() < 2) return Judged::known(true);
    AnyOf any;
    for (const auto i : exposures) {
      if (world_.exposure(i).presence != Presence::past) any.add(presence_of(world_, world_.exposure(i)));
    }
    return any.take();
  }

  GuardContext context(bool exception, std::vector<Proof>* seen = nullptr) const { return {world_, rule_, &binding_, exception, false, false, seen}; }

  Judged guards(std::vector<Proof>* seen = nullptr) const {
    AllOf all;
    for (const auto& item : rule_.items) {
      if (const auto* guard = std::get_if<GuardItem>(&item.what)) all.add(judge(guard->guard, context(false, seen)));
    }
    all.add(judge(rule_.guard, context(false, seen)));
    return all.take();
  }

  Judged body(const std::vector<std::uint32_t>& exposures) const {
    AllOf all;
    for (const auto* choice : binding_.choices) {
      if (choice == nullptr) continue;
      all.add(choice->judged);
      if (choice->alternative == nullptr || !has_relations(*choice->alternative)) continue;
      for (const auto i : choice->exposures) all.add(relations_hold(world_, *choice->alternative, world_.exposure(i), binding_));
    }
    all.add(time());
    all.add(somebody_present(exposures));
    if (!all.is_no()) all.add(guards());
    return all.take();
  }

  Judged exception_holds(std::size_t i) const {
    const auto& exception = rule_.exceptions[i];
    AllOf all;
    all.add(judge(exception.when, context(true)));
    AnyOf against;
    for (const auto inner : exception.exceptions) against.add(exception_holds(inner));
    all.add(negation(against.take()));
    return all.take();
  }

  Exceptions exceptions() const {
    Exceptions result;
    for (const auto& guard : rule_.unless) result.unless.push_back(judge(guard, context(true)));
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) result.holds.push_back(exception_holds(i));
    return result;
  }

  // What stands against a head: all but the exception that the head replaces by.
  Judged against(const Exceptions& exceptions, std::int32_t replacing) const {
    AnyOf any;
    for (const auto& each : exceptions.unless) any.add(each);
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      const auto& exception = rule_.exceptions[i];
      if (exception.top && exception.kind != ResolvedException::Kind::lower && static_cast<std::int32_t>(i) != replacing)
        any.add(exceptions.holds[i]);
    }
    return any.take();
  }

  Shifts shifts(const Exceptions& exceptions) const {
    Shifts result;
    const auto lower = [&](Severity to, const ResolvedGuard& why, const Judged& holds) {
      if (holds.truth == Truth::yes) result.lowered.push_back({to, why.text, {}, why.at.to_string()});
    };
    for (const auto& shift : rule_.shifts) {
      const auto holds = judge(shift.guard, context(!shift.raise));
      if (!shift.raise)
        lower(shift.to, shift.guard, holds);
      else if (holds.truth == Truth::yes)
        result.raised.push_back({shift.to, reason(shift.guard), {}, shift.guard.at.to_string()});
      else if (holds.truth != Truth::no)
        result.could_raise.push_back({shift.to, shift.guard.text, holds.needs, shift.guard.at.to_string()});
    }
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      const auto& exception = rule_.exceptions[i];
      if (exception.top && exception.kind == ResolvedException::Kind::lower) lower(exception.lower_to, exception.when, exceptions.holds[i]);
    }
    for (auto* list : {&result.raised, &result.lowered, &result.could_raise}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return result;
  }

  Flags flags() const {
    std::set<FlagId> stand, possible;
    for (const auto& flag : rule_.flags) {
      const auto holds = judge(flag.guard, context(false)).truth;
      if (holds >= Truth::listed)
        stand.insert(flag.flag);
      else if (holds == Truth::possible)
        possible.insert(flag.flag);
    }
    for (const auto flag : stand) possible.erase(flag);
    return {{stand.begin(), stand.end()}, {possible.begin(), possible.end()}};
  }

  void judge_binding() {
    const auto drugs = exposures();
    if (all_of_one_entry(drugs)) return;
    const auto holds = body(drugs);
    if (holds.truth == Truth::no) return;
    const auto excepted = exceptions();
    for (std::uint32_t head = 0; head < rule_.heads.size(); ++head) {
      conclude({-1, head, 0}, rule_.heads[head], holds, against(excepted, -1), excepted, drugs);
    }
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      const auto& exception = rule_.exceptions[i];
      if (!exception.top || exception.kind != ResolvedException::Kind::replace) continue;
      AllOf replaced;
      replaced.add(holds);
      replaced.add(excepted.holds[i]);
      const auto body_and = replaced.take();
      if (body_and.truth == Truth::no) continue;
      const auto which = static_cast<std::int32_t>(i);
      for (std::uint32_t head = 0; head < exception.heads.size(); ++head) {
        conclude({which, head, 0}, exception.heads[head], body_and, against(excepted, which), excepted, drugs);
      }
    }
  }

  void conclude(Key key, const ResolvedHead& head, const Judged& holds, const Judged& exception, const Exceptions& excepted,
                const std::vector<std::uint32_t>& drugs) {
    if (!head.of_item) return conclude_for(key, head, holds, exception, excepted, drugs);
    const auto* choice = *head.of_item < binding_.choices.size() ? binding_.choices[*head.of_item] : nullptr;
    if (choice == nullptr) return;
    for (const auto of : choice->ingredients) {
      std::get<2>(key) = static_cast<std::int64_t>(of) + 1;
      conclude_for(key, head, holds, exception, excepted, drugs);
    }
  }

  void conclude_for(const Key& key, const ResolvedHead& head, const Judged& holds, const Judged& exception, const Exceptions& excepted,
                    const std::vector<std::uint32_t>& drugs) {
    const auto says = verdict(holds.truth, exception.truth);
    if (says == Verdict::silent) return note_silenced(holds, excepted);
    auto& supports = found_[key];
    auto at = supports.find(binding_.ingredients);
    auto rated = rate(head.severity, shifts(excepted));
    note_worse(said_[key][binding_.ingredients], says, rated, holds, exception);
    note_way(ways_[key][binding_.ingredients][says], holds, exception, drugs);
    if (at != supports.end() && at->second.verdict > says) return;
    const bool first = at == supports.end() || at->second.verdict < says;
    if (first) {
      at = supports.insert_or_assign(binding_.ingredients, Support{}).first;
      open(at->second, says);
    }
    extend(at->second, std::move(rated), holds, exception, drugs);
  }

  // The first binding of a support at its verdict: it is the one that is shown.
  void open(Support& support, Verdict says) const {
    support.ingredients = binding_.ingredients;
    support.verdict = says;
    support.items.resize(rule_.items.size());
    for (const auto* choice : binding_.choices) {
      if (choice != nullptr) support.derived.insert(support.derived.end(), choice->derived.begin(), choice->derived.end());
    }
    if (says > Verdict::open) support.premises = facts_that_counted();
  }

  // The rows of tables that gave a limit to a matched drug, with their places.
  void tell_rows(std::vector<Proof>& seen) const {
    for (const auto* choice : binding_.choices) {
      if (choice == nullptr || choice->alternative == nullptr) continue;
      for (const auto& test : choice->alternative->tests) {
        if (const auto* dose = std::get_if<DoseTest>(&test); dose != nullptr && dose->table) tell_rows_of(world_, *dose->table, seen);
      }
    }
  }

  // The patient's facts behind the guard, the raises and the flags, each once.
  std::vector<Proof> facts_that_counted() const {
    auto seen = told_sums(world_, rule_, {.without = matched(), .beside = exposures_matched()});
    guards(&seen);
    tell_rows(seen);
    const auto look = [&](const ResolvedGuard& guard, Truth enough) {
      std::vector<Proof> facts;
      if (judge(guard, context(false, &facts)).truth >= enough) seen.insert(seen.end(), facts.begin(), facts.end());
    };
    for (const auto& shift : rule_.shifts) {
      if (shift.raise) look(shift.guard, Truth::yes);
    }
    for (const auto& flag : rule_.flags) look(flag.guard, Truth::listed);
    std::vector<Proof> once;
    for (auto& fact : seen) {
      const bool told = std::any_of(once.begin(), once.end(), [&](const Proof& each) { return each.fact == fact.fact && each.at == fact.at; });
      if (!told) once.push_back(std::move(fact));
    }
    return once;
  }

  // A raise in the words of the patient's list, where a fact of the list decided it.
  std::string reason(const ResolvedGuard& guard) const {
    std::vector<Proof> seen;
    judge(guard, context(false, &seen));
    if (seen.empty() || seen.front().value.empty()) return guard.text;
    const auto names = world_.terms.find(seen.front().fact);
    const bool measured = std::any_of(names.begin(), names.end(), [](const Name& name) { return name.kind == NameKind::observation; });
    return measured || !seen.front().because.empty() ? seen.front().fact + " " + seen.front().value : seen.front().value;
  }

  void extend(Support& support, Rated&& rated, const Judged& holds, const Judged& exception, const std::vector<std::uint32_t>& drugs) const {
    add(support.needs, holds.needs);
    add(support.against, exception.needs);
    merge_sorted(support.exposures, drugs);
    support.severity = std::max(support.severity, rated.severity);
    merge_sorted(support.raised, rated.shifts.raised);
    merge_sorted(support.lowered, rated.shifts.lowered);
    merge_sorted(support.could_raise, rated.shifts.could_raise);
    const auto flagged = flags();
    merge_sorted(support.flags, flagged.stand);
    merge_sorted(support.flags_possible, flagged.possible);
    for (std::size_t i = 0; i < binding_.choices.size(); ++i) {
      if (binding_.choices[i] != nullptr) merge_sorted(support.items[i], binding_.choices[i]->exposures);
    }
  }

  void note_silenced(const Judged& holds, const Exceptions& excepted) {
    if (holds.truth < Truth::listed) return;
    for (std::size_t i = 0; i < excepted.unless.size(); ++i) {
      if (excepted.unless[i].truth >= Truth::listed) silenced_.insert({index_, "unless " + rule_.unless[i].text, binding_.ingredients});
    }
    for (std::size_t i = 0; i < excepted.holds.size(); ++i) {
      if (rule_.exceptions[i].top && excepted.holds[i].truth >= Truth::listed)
        silenced_.insert({index_, rule_.exceptions[i].label, binding_.ingredients});
    }
  }

  RuleResult finish() {
    RuleResult result;
    for (auto& [key, supports] : found_) {
      Derivation derivation{index_, std::get<1>(key), std::get<0>(key), std::nullopt, {}};
      if (std::get<2>(key) > 0) derivation.of = make_id<ConceptId>(static_cast<std::size_t>(std::get<2>(key) - 1));
      for (auto& [ingredients, support] : supports) {
        raise_by_less_sure(support, said_[key][ingredients]);
        support.less_sure = less_sure_ways(support, ways_[key][ingredients]);
        derivation.supports.push_back(std::move(support));
      }
      result.derivations.push_back(std::move(derivation));
    }
    result.silenced.assign(silenced_.begin(), silenced_.end());
    return result;
  }

  const World& world_;
  const ResolvedRule& rule_;
  std::uint32_t index_;
  std::vector<std::pair<std::size_t, std::vector<Choice>>> choices_;  // item, its choices
  std::vector<std::size_t> counts_;                                   // items that count ingredients
  Binding binding_;
  std::map<Key, std::map<std::vector<ConceptId>, Support>> found_;
  std::map<Key, std::map<std::vector<ConceptId>, std::vector<Said>>> said_;
  std::map<Key, std::map<std::vector<ConceptId>, Ways>> ways_;
  std::set<SilencedSupport> silenced_;
};

}  // namespace

RuleResult apply(const World& world, const ResolvedRule& rule, std::uint32_t index) { return Application(world, rule, index).run(); }

}  // namespace theriac::detail
