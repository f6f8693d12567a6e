// A rule that waits for an effect which no rule concludes waits for ever: often the author meant a condition of the patient.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

class Conclusions {
 public:
  Conclusions(Run& run, const std::vector<RuleDraft>& drafts) : run_(run) {
    for (const auto& draft : drafts) {
      for (const auto& head : draft.rule.heads) concluded_.insert(head.effect);
      for (const auto& exception : draft.rule.exceptions) {
        for (const auto& head : exception.heads) concluded_.insert(head.effect);
      }
    }
  }

  // False where a warning was given.
  bool check(const ResolvedRule& rule) {
    sound_ = true;
    for (const auto& item : rule.items) {
      if (const auto* effects = std::get_if<EffectItem>(&item.what)) {
        if (std::none_of(effects->any_of.begin(), effects->any_of.end(), [&](EffectId one) { return is_concluded(one); }))
          warn(effects->any_of.front(), item.at);
      }
      if (const auto* drugs = drugs_of_item(item); drugs != nullptr) check(*drugs, item.at);
      if (const auto* fact = std::get_if<GuardItem>(&item.what)) check(fact->guard);
    }
    check(rule.guard);
    for (const auto& guard : rule.unless) check(guard);
    for (const auto& exception : rule.exceptions) check(exception.when);
    for (const auto& shift : rule.shifts) check(shift.guard);
    for (const auto& flag : rule.flags) check(flag.guard);
    return sound_;
  }

 private:
  void check(const std::vector<DrugAlternative>& drugs, const grammar::Place& at) {
    for (const auto& drug : drugs) {
      for (const auto& test : drug.tests) {
        const auto* is = std::get_if<IsDerived>(&test);
        if (is != nullptr && !is_concluded(is->state)) warn(is->state, at);
      }
    }
  }

  void check(const ResolvedGuard& guard) {
    for (const auto& child : guard.children) check(child);
    const auto* has = guard.kind == ResolvedGuard::Kind::leaf ? std::get_if<HasEffect>(&guard.leaf) : nullptr;
    if (has != nullptr && !is_concluded(has->effect)) warn(has->effect, guard.at);
  }

  bool is_concluded(EffectId effect) const {
    const auto declared = run_.terminology->data().effects.size();
    return std::any_of(concluded_.begin(), concluded_.end(), [&](EffectId one) {
      return one == effect || (index(one) < declared && index(effect) < declared && run_.terminology->is_kind_of(one, effect));
    });
  }

  void warn(EffectId effect, const grammar::Place& at) {
    const auto name = run_.effect_name(effect);
    auto diagnostic = grammar::diagnose(grammar::Code::TH4005, at, fmt::format("no rule here concludes `{}`, so this never holds", name),
                                        "an effect, not a condition");
    diagnostic.level = grammar::Level::warning;
    diagnostic.help.push_back(fmt::format("for a condition of the patient the terminology must have a condition of this name"));
    run_.report.add(std::move(diagnostic));
    sound_ = false;
  }

  Run& run_;
  std::set<EffectId> concluded_;
  bool sound_ = true;
};

}  // namespace

std::vector<std::size_t> waiting_for_ever(Run& run, const std::vector<RuleDraft>& drafts) {
  Conclusions conclusions(run, drafts);
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!conclusions.check(drafts[i].rule)) waiting.push_back(i);
  }
  return waiting;
}

}  // namespace theriac::detail
