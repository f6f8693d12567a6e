#include "evaluate/again.hpp"

#include "evaluate/changes.hpp"
#include "evaluate/settle.hpp"

#include <algorithm>
#include <iterator>

namespace theriac::detail {

// One way through the strata.
class Pass {
 public:
  Pass(const Again& again, Settled& after, const Settled* before) : again_(again), after_(after), before_(before), world_{again.terms_, after.facts} {
    const auto rules = again.rules_.size();
    after_.kept.resize(rules);
    if (before_ == nullptr) {
      changes_.marks.assign(rules, 1);
      return;
    }
    changes_ = changes(before_->facts, after_.facts, again_.index_, rules);
    number_facts_of_before();
  }

  void run() {
    for (const auto& stratum : again_.strata_.strata) {
      judge(stratum);
      place(stratum);
      tell_readers(stratum);
    }
    after_.touched = std::move(changes_.marks);
    after_.new_entries = std::move(changes_.new_entries);
  }

 private:
  using Fresh = std::vector<std::shared_ptr<const Kept>>;

  bool is_marked(std::uint32_t rule) const { return changes_.marks[rule] != 0; }
  const Kept* kept_before(std::uint32_t rule) const { return before_ == nullptr ? nullptr : before_->kept[rule].get(); }

  // Where the facts of each rule began, in the order in which they were added.
  void number_facts_of_before() {
    first_before_.resize(again_.rules_.size());
    std::int64_t next = 0;
    for (const auto& stratum : again_.strata_.strata) {
      for (const auto rule : stratum.rules) {
        first_before_[rule] = next;
        if (const auto* kept = kept_before(rule)) next += static_cast<std::int64_t>(kept->facts.size());
      }
    }
    moved_by_.resize(static_cast<std::size_t>(next));
  }

  std::shared_ptr<const Kept> keep(RuleResult result) const {
    if (result.derivations.empty() && result.silenced.empty()) return nullptr;
    auto facts = facts_of(again_.rules_, result);
    return std::make_shared<const Kept>(Kept{std::move(result), std::move(facts)});
  }

  // The rules that are marked; all of a stratum that reads what it derives, where one of it is.
  void judge(const Strata::Stratum& stratum) {
    const auto earlier = world_.derived.size();
    const auto is_touched = [&](std::uint32_t rule) { return is_marked(rule); };
    if (stratum.cyclic && std::any_of(stratum.rules.begin(), stratum.rules.end(), is_touched)) {
      auto results = settle(world_, again_.rules_, stratum);
      for (std::size_t i = 0; i < results.size(); ++i) {
        changes_.marks[stratum.rules[i]] = 1;
        after_.kept[stratum.rules[i]] = keep(std::move(results[i]));
      }
      after_.judged += results.size();
      world_.derived.resize(earlier);
      return;
    }
    for (const auto rule : stratum.rules) {
      if (!is_marked(rule)) continue;
      after_.kept[rule] = keep(apply(world_, again_.rules_[rule], rule));
      ++after_.judged;
    }
  }

  // Facts in the order of the rules. First how far those of before move, since what is taken over may rest on facts of its own stratum.
  void place(const Strata::Stratum& stratum) {
    auto next = static_cast<std::int64_t>(world_.derived.size());
    for (const auto rule : stratum.rules) {
      const auto* kept = is_marked(rule) ? after_.kept[rule].get() : kept_before(rule);
      if (kept == nullptr) continue;
      for (std::size_t i = 0; !is_marked(rule) && i < kept->facts.size(); ++i) {
        moved_by_[static_cast<std::size_t>(first_before_[rule]) + i] = next - first_before_[rule];
      }
      next += static_cast<std::int64_t>(kept->facts.size());
    }
    for (const auto rule : stratum.rules) {
      if (!is_marked(rule)) after_.kept[rule] = taken_over(rule);
      const auto* kept = after_.kept[rule].get();
      if (kept != nullptr) world_.derived.insert(world_.derived.end(), kept->facts.begin(), kept->facts.end());
    }
  }

  std::shared_ptr<const Kept> taken_over(std::uint32_t rule) const {
    const auto& kept = before_->kept[rule];
    if (!kept || (!changes_.exposures_moved && stays(*kept))) return kept;
    auto moved = *kept;
    for (auto& derivation : moved.result.derivations) {
      for (auto& support : derivation.supports) move(support);
    }
    for (auto& fact : moved.facts) move(fact.exposures);
    return std::make_shared<const Kept>(std::move(moved));
  }

  bool stays(const Kept& kept) const {
    for (const auto& derivation : kept.result.derivations) {
      for (const auto& support : derivation.supports) {
        const auto moves = [&](std::int64_t fact) { return fact >= 0 && moved_by_[static_cast<std::size_t>(fact)] != 0; };
        if (std::any_of(support.derived.begin(), support.derived.end(), moves)) return false;
      }
    }
    return true;
  }

  void move(Support& support) const {
    move(support.exposures);
    for (auto& item : support.items) move(item);
    for (auto& way : support.less_sure) move(way.exposures);
    for (auto& fact : support.derived) {
      if (fact >= 0) fact += moved_by_[static_cast<std::size_t>(fact)];
    }
  }
  void move(std::vector<std::uint32_t>& exposures) const {
    for (auto& exposure : exposures) exposure = changes_.new_exposures[exposure];
  }

  // Who reads what a rule that was judged again derives, or did.
  void tell_readers(const Strata::Stratum& stratum) {
    if (before_ == nullptr) return;
    for (const auto rule : stratum.rules) {
      if (!is_marked(rule)) continue;
      const auto has_facts = [](const Kept* kept) { return kept != nullptr && !kept->facts.empty(); };
      if (has_facts(after_.kept[rule].get()) || has_facts(kept_before(rule))) again_.index_.mark_effects_of(rule, changes_.marks);
    }
  }

  const Again& again_;
  Settled& after_;
  const Settled* before_;
  World world_;
  Changes changes_;
  std::vector<std::int64_t> first_before_;  // by rule: the number of its first fact
  std::vector<std::int64_t> moved_by_;      // by fact of before
};

Settled Again::settle(Facts facts, const Settled* before) const {
  Settled after;
  after.facts = std::move(facts);
  Pass(*this, after, before).run();
  return after;
}

Evaluation Again::evaluation(const Settled& settled) const {
  Evaluation result;
  for (const auto& stratum : strata_.strata) {
    for (const auto rule : stratum.rules) {
      const auto* kept = settled.kept[rule].get();
      if (kept == nullptr) continue;
      const auto& [derivations, silenced] = kept->result;
      result.derivations.insert(result.derivations.end(), derivations.begin(), derivations.end());
      result.silenced.insert(result.silenced.end(), silenced.begin(), silenced.end());
      result.facts.insert(result.facts.end(), kept->facts.begin(), kept->facts.end());
    }
  }
  put_in_order(result);
  return result;
}

}  // namespace theriac::detail
