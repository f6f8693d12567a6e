#include "theriac/live.hpp"

#include "assemble/assembled.hpp"
#include "assemble/kept_words.hpp"

namespace theriac {

using namespace detail;

// What no edit changes.
struct LiveScreening::Base {
  Base(std::shared_ptr<const RuleBase> of, const ScreenOptions& options)
      : rules(std::move(of)),
        in_force(*rules, options),
        again(*rules->compiled().terminology, in_force.rules(), rules->compiled().strata, rules->compiled().reads()) {}
  Base(const Base&) = delete;
  Base& operator=(const Base&) = delete;
  ~Base() = default;

  std::shared_ptr<const RuleBase> rules;
  RulesInForce in_force;
  Again again;

  Settled settle(const Patient& patient, const Settled* before) const {
    return again.settle(understand(patient, *rules->compiled().terminology), before);
  }
};

struct LiveScreening::State {
  Patient patient;
  Settled settled;
  std::shared_ptr<KeptWords> words;
};

MedicationEntry medication(std::string line) {
  MedicationEntry entry;
  entry.free_text = true;
  entry.text = entry.drug = {std::move(line), {}};
  return entry;
}

LiveScreening::LiveScreening(std::shared_ptr<const RuleBase> rules, Patient patient, ScreenOptions options)
    : base_(std::make_shared<const Base>(std::move(rules), options)) {
  auto settled = base_->settle(patient, nullptr);
  state_ = std::make_shared<const State>(State{std::move(patient), std::move(settled), std::make_shared<KeptWords>()});
}

const Patient& LiveScreening::patient() const { return state_->patient; }
std::size_t LiveScreening::rules_judged() const { return state_->settled.judged; }

void LiveScreening::edit(const std::function<void(Patient&)>& how) {
  auto patient = state_->patient;
  how(patient);
  auto settled = base_->settle(patient, &state_->settled);
  auto words = std::make_shared<KeptWords>(*state_->words, settled);
  state_ = std::make_shared<const State>(State{std::move(patient), std::move(settled), std::move(words)});
}

Screening LiveScreening::screening() const {
  const auto& settled = state_->settled;
  const auto evaluation = base_->again.evaluation(settled);
  return screening_of({base_->rules->compiled(), base_->in_force.rules(), settled.facts, evaluation, {&base_->again, &settled, state_->words.get()}},
                      state_->patient);
}

Brief LiveScreening::brief() const {
  const auto& settled = state_->settled;
  const auto evaluation = base_->again.evaluation(settled);
  return brief_of({base_->rules->compiled(), base_->in_force.rules(), settled.facts, evaluation, {&base_->again, &settled}}, state_->patient);
}

}  // namespace theriac
