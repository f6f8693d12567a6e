#include "evaluate/binding.hpp"

#include "evaluate/dose.hpp"
#include "evaluate/drug.hpp"
#include "evaluate/items.hpp"
#include "evaluate/rating.hpp"
#include "evaluate/search.hpp"
#include "evaluate/stands.hpp"
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
    each_binding(world_, rule_, [this](const Binding& binding) {
      binding_ = &binding;
      judge_binding();
    });
    return finish();
  }

 private:
  using Key = std::tuple<std::int32_t, std::uint32_t, std::int64_t>;  // exception, head, of

  GuardContext context(bool exception, std::vector<Proof>* seen = nullptr) const { return {world_, rule_, binding_, exception, false, false, seen}; }

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
    const auto drugs = exposures_of(*binding_);
    const auto holds = body_of(world_, rule_, *binding_, drugs);
    if (holds.truth == Truth::no) return;
    const auto excepted = exceptions_of(world_, rule_, *binding_);
    for (std::uint32_t head = 0; head < rule_.heads.size(); ++head) {
      conclude({-1, head, 0}, rule_.heads[head], holds, against(rule_, excepted, -1), excepted, drugs);
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
        conclude({which, head, 0}, exception.heads[head], body_and, against(rule_, excepted, which), excepted, drugs);
      }
    }
  }

  void conclude(Key key, const ResolvedHead& head, const Judged& holds, const Judged& exception, const Exceptions& excepted,
                const std::vector<std::uint32_t>& drugs) {
    if (!head.of_item) return conclude_for(key, head, holds, exception, excepted, drugs);
    const auto* choice = *head.of_item < binding_->choices.size() ? binding_->choices[*head.of_item] : nullptr;
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
    auto at = supports.find(binding_->ingredients);
    auto rated = rate(head.severity, shifts(excepted));
    note_worse(said_[key][binding_->ingredients], says, rated, holds, exception);
    note_way(ways_[key][binding_->ingredients][says], holds, exception, drugs);
    if (at != supports.end() && at->second.verdict > says) return;
    const bool first = at == supports.end() || at->second.verdict < says;
    if (first) {
      at = supports.insert_or_assign(binding_->ingredients, Support{}).first;
      open(at->second, says);
    }
    extend(at->second, std::move(rated), holds, exception, drugs);
  }

  // The first binding of a support at its verdict: it is the one that is shown.
  void open(Support& support, Verdict says) const {
    support.ingredients = binding_->ingredients;
    support.verdict = says;
    support.items.resize(rule_.items.size());
    for (const auto* choice : binding_->choices) {
      if (choice != nullptr) support.derived.insert(support.derived.end(), choice->derived.begin(), choice->derived.end());
    }
    if (says > Verdict::open) support.premises = facts_that_counted();
  }

  // The patient's facts behind the guard, the raises and the flags, each once.
  std::vector<Proof> facts_that_counted() const {
    auto seen = told_sums(world_, rule_, {.without = matched(*binding_), .beside = exposures_matched(rule_, *binding_)});
    guards_hold(world_, rule_, *binding_, &seen);
    for (const auto* choice : binding_->choices) {
      if (choice != nullptr && choice->alternative != nullptr) tell_doses_of(world_, *choice->alternative, choice->exposures, seen);
    }
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
    for (std::size_t i = 0; i < binding_->choices.size(); ++i) {
      if (binding_->choices[i] != nullptr) merge_sorted(support.items[i], binding_->choices[i]->exposures);
    }
  }

  void note_silenced(const Judged& holds, const Exceptions& excepted) {
    if (holds.truth < Truth::listed) return;
    for (std::size_t i = 0; i < excepted.unless.size(); ++i) {
      if (excepted.unless[i].truth >= Truth::listed) silenced_.insert({index_, "unless " + rule_.unless[i].text, binding_->ingredients});
    }
    for (std::size_t i = 0; i < excepted.holds.size(); ++i) {
      if (rule_.exceptions[i].top && excepted.holds[i].truth >= Truth::listed)
        silenced_.insert({index_, rule_.exceptions[i].label, binding_->ingredients});
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
  const Binding* binding_ = nullptr;
  std::map<Key, std::map<std::vector<ConceptId>, Support>> found_;
  std::map<Key, std::map<std::vector<ConceptId>, std::vector<Said>>> said_;
  std::map<Key, std::map<std::vector<ConceptId>, Ways>> ways_;
  std::set<SilencedSupport> silenced_;
};

}  // namespace

RuleResult apply(const World& world, const ResolvedRule& rule, std::uint32_t index) { return Application(world, rule, index).run(); }

}  // namespace theriac::detail
