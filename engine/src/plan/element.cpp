// What one element of a record sets, by the same code that judges whole patients.
#include "evaluate/guard.hpp"
#include "plan/program.hpp"

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

// A habit of which nothing is said makes findings that are open at most: no line tells them.
bool is_said(const Exposure& exposure) { return exposure.presence != Presence::not_mentioned; }

// Something stated that is more than a fact or a drug in use.
bool is_more(const Facts& facts) {
  return !facts.not_screened.empty() || !facts.unrecognised.empty() || !facts.not_understood.empty() || !facts.not_confirmed.empty() ||
         !facts.allergies.empty() || std::count_if(facts.exposures.begin(), facts.exposures.end(), is_said) > 1 || !facts.medications_complete;
}

// Taken now, whatever happens to the clock from here on.
bool is_in_use(const Exposure& exposure, Minutes as_of) {
  return exposure.entry >= 0 && exposure.presence == Presence::present && !exposure.proposed && !exposure.end_given && !exposure.stop_is_ours &&
         exposure.end.latest == always_after && exposure.start.latest <= as_of;
}

// Can what is stated tell otherwise of this fact than silence does? Of a condition: where it is a kind of what is stated, or holds it; sex and age
// may state conditions too.
bool is_about(const ResolvedGuard& fact, const Facts& facts, const Terminology& terms) {
  if (const auto* leaf = std::get_if<Measures>(&fact.leaf)) {
    if (leaf->of != Measures::Of::observation) return facts.age.has_value();
    return std::any_of(facts.observations.begin(), facts.observations.end(),
                       [&](const ObservationFact& each) { return each.what == leaf->observation; });
  }
  if (const auto* leaf = std::get_if<HasCondition>(&fact.leaf)) {
    return std::any_of(facts.conditions.begin(), facts.conditions.end(), [&](const ConditionFact& each) {
      return terms.is_kind_of(each.what, leaf->condition) || terms.is_kind_of(leaf->condition, each.what);
    });
  }
  return true;
}

// Of an observation that is stated, though it be undecided: another value may not speak over it.
bool is_told(const ResolvedGuard& fact, const Facts& facts) {
  const auto* leaf = std::get_if<Measures>(&fact.leaf);
  if (leaf == nullptr) return false;
  if (leaf->of != Measures::Of::observation) return facts.age.has_value();
  return std::any_of(facts.observations.begin(), facts.observations.end(),
                     [&](const ObservationFact& each) { return each.what == leaf->observation; });
}

class Setter {
 public:
  Setter(const Plan::Program& program, const Facts& facts) : program_(program), terms_(*program.base().terminology), facts_(facts) {}

  PlanElement set() {
    if (is_more(facts_)) return {};
    element_.plain = true;
    for (const auto& exposure : facts_.exposures) {
      if (is_said(exposure)) set_drug(exposure);
    }
    while (element_.slots.size() % PlanElement::at_once != 0)
      add_slot(program_.spare() + static_cast<std::uint32_t>(element_.slots.size() % PlanElement::at_once));
    if (element_.plain) set_facts();
    return element_.plain ? std::move(element_) : PlanElement{};
  }

 private:
  void set_drug(const Exposure& exposure) {
    element_.plain = is_in_use(exposure, facts_.as_of) && terms_.at(exposure.what).kind == ConceptKind::ingredient;
    if (!element_.plain) return;
    element_.dated = element_.dated || exposure.start_given;
    element_.drug = program_.place_of[index(exposure.what)];
    const auto& may_be = program_.may_be[index(exposure.what)];
    for (const auto phrase : may_be.phrases) set_phrase(phrase, exposure);
    for (const auto each : may_be.wide) add_slot(program_.first_wide() + each);
  }

  void add_slot(std::uint32_t slot) { element_.slots.push_back(static_cast<std::uint16_t>(slot)); }

  // What is merely open stays so in every finding, and an open finding is none.
  void set_phrase(std::uint32_t phrase, const Exposure& exposure) {
    const World world{terms_, facts_};
    auto truth = Truth::no;
    for (const auto& alternative : program_.phrases[phrase]) {
      truth = std::max(truth, match(world, alternative, exposure, Routes::systemic_or_gut).judged.truth);
    }
    if (truth == Truth::yes) add_slot(program_.first_phrase() + phrase);
    if (truth == Truth::listed || truth == Truth::possible) element_.plain = false;
  }

  void set_facts() {
    const bool any = !facts_.conditions.empty() || !facts_.observations.empty() || facts_.age || facts_.sex == "female" || facts_.sex == "male";
    if (!any) return;
    static const ResolvedRule no_rule;
    const World world{terms_, facts_};
    element_.dated = element_.dated || std::any_of(facts_.observations.begin(), facts_.observations.end(),
                                                   [](const ObservationFact& each) { return each.when.has_value(); });
    for (std::uint32_t i = 0; i < program_.facts.size(); ++i) {
      if (!is_about(program_.facts[i], facts_, terms_)) continue;
      const auto truth = judge(program_.facts[i], {world, no_rule}).truth;
      if (static_cast<std::uint8_t>(truth) != program_.unstated[0][i] || is_told(program_.facts[i], facts_)) element_.facts.push_back({i, truth});
    }
  }

  const Plan::Program& program_;
  const Terminology& terms_;
  const Facts& facts_;
  PlanElement element_;
};

}  // namespace

PlanElement Plan::element(const Patient& alone) const {
  const auto facts = understand(alone, *program_->base().terminology);
  return Setter(*program_, facts).set();
}

}  // namespace theriac
