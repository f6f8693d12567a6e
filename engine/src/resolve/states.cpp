// States that rules derive: `victim is overexposed`, `patient is CYP2D6 poor metaboliser`. Their names are known before any rule is resolved, so that
// a rule may read what a later one derives. A state of a drug is a qualifier of drugs; one of the patient is the condition of that name, or a word of
// its own. Inside, each is an effect that is marked as a state.
#include "resolve/run.hpp"

#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

std::optional<ConditionId> condition_named(const Run& run, const std::string& name) {
  for (const auto& meaning : run.names.find(name)) {
    if (meaning.kind == Kind::condition) return static_cast<ConditionId>(meaning.id);
  }
  return std::nullopt;
}

const DeclaredState* known_state(const Run& run, const std::string& name, bool of_patient) {
  const auto key = normalise(name);
  const auto at = std::find_if(run.states.begin(), run.states.end(), [&](const DeclaredState& state) {
    if (state.of_patient != of_patient) return false;
    return state.condition ? condition_named(run, name) == state.condition : normalise(state.name) == key;
  });
  return at == run.states.end() ? nullptr : &*at;
}

class StateDeclarer {
 public:
  explicit StateDeclarer(Run& run) : run_(run) {}

  void read(const grammar::Parsed& file) {
    source_ = file.source;
    for (const auto& statement : file.statements) {
      if (const auto* rule = std::get_if<grammar::Rule>(&statement.what)) {
        patient_is_a_role_ = std::any_of(rule->premise.items.begin(), rule->premise.items.end(),
                                         [](const grammar::Item& item) { return item.role && is_patient(*item.role); });
        for (const auto& outcome : rule->outcomes) read(outcome);
      }
      if (const auto* exception = std::get_if<grammar::ExceptionStatement>(&statement.what); exception != nullptr && exception->outcome)
        read(*exception->outcome);
    }
  }

 private:
  void read(const grammar::Outcome& outcome) {
    for (const auto& head : outcome.heads) {
      if (head.is) declare(*head.is, is_patient(head.effect) && !patient_is_a_role_);
    }
  }

  void declare(const grammar::Phrase& phrase, bool of_patient) {
    DeclaredState state;
    state.name = phrase.text();
    state.of_patient = of_patient;
    if (known_state(run_, state.name, of_patient) != nullptr) return;
    if (of_patient) state.condition = condition_named(run_, state.name);
    if (state.condition) state.name = run_.terminology->at(*state.condition).name;
    if (!state.condition && !run_.names.find(state.name).empty()) return refuse(phrase);
    Effect effect;
    effect.name = "is " + state.name;
    effect.inferred = effect.state = true;
    effect.at = {source_, phrase.span};
    state.effect = make_id<EffectId>(run_.terminology->data().effects.size() + run_.new_effects.size());
    run_.new_effects.push_back(std::move(effect));
    if (!state.condition) run_.names.declare(state.name, {Kind::state, static_cast<std::uint32_t>(run_.states.size())});
    run_.states.push_back(std::move(state));
  }

  void refuse(const grammar::Phrase& phrase) {
    const auto noun = noun_of(run_.names.find(phrase.text()).front().kind);
    run_.report.add_once("state " + normalise(phrase.text()),
                         grammar::diagnose(Code::TH2005, {source_, phrase.span}, fmt::format("`{}` is {} already", phrase.text(), noun),
                                           "a state that rules derive needs a name of its own"));
  }

  Run& run_;
  grammar::SourcePtr source_;
  bool patient_is_a_role_ = false;
};

}  // namespace

bool is_patient(const grammar::Phrase& phrase) {
  return phrase.words.size() == 1 && !phrase.words.front().quoted && normalise(phrase.words.front().text) == "patient";
}

void declare_states(Run& run, const std::vector<const grammar::Parsed*>& files) {
  StateDeclarer declarer(run);
  for (const auto* file : files) declarer.read(*file);
}

const DeclaredState* state_named(Run& run, const Scope& scope, const grammar::Phrase& phrase, bool of_patient) {
  if (const auto* known = known_state(run, phrase.text(), of_patient)) return known;
  const auto reported = "state " + normalise(phrase.text());
  if (run.report.add_use(reported, scope.place(phrase.span))) return nullptr;
  auto diagnostic = grammar::diagnose(Code::TH2001, scope.place(phrase.span), fmt::format("no rule derives `is {}`", phrase.text()),
                                      of_patient ? "of the patient" : "of a drug");
  std::vector<std::string_view> names;
  for (const auto& state : run.states) {
    if (state.of_patient == of_patient) names.push_back(state.name);
  }
  if (const auto near = grammar::nearest(phrase.text(), names)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
  run.report.add_once(reported, std::move(diagnostic));
  return nullptr;
}

std::vector<EffectId> derived_conditions(const Run& run, ConditionId condition) {
  std::vector<EffectId> result;
  for (const auto& state : run.states) {
    if (state.condition && run.terminology->is_kind_of(*state.condition, condition)) result.push_back(state.effect);
  }
  return result;
}

std::optional<ResolvedGuard> patient_guard(Run& run, const Scope& scope, const grammar::Term& term) {
  std::vector<ResolvedGuard> parts;
  for (const auto& test : term.tests) {
    const auto* is = std::get_if<grammar::Is>(&test.what);
    if (is == nullptr) {
      run.report.add(
          grammar::diagnose(Code::TH2004, scope.place(test.span), fmt::format("`{}` does not go with the patient", scope.words(test.span))));
      return std::nullopt;
    }
    if (const auto condition = condition_named(run, is->state.text())) {
      parts.push_back(leaf_guard(HasCondition{*condition, std::nullopt, std::nullopt, derived_conditions(run, *condition)}, scope.words(term.span),
                                 scope.place(term.span)));
      continue;
    }
    const auto* state = state_named(run, scope, is->state, true);
    if (state == nullptr) return std::nullopt;
    parts.push_back(leaf_guard(HasEffect{state->effect}, scope.words(term.span), scope.place(term.span)));
  }
  if (parts.size() == 1) return std::move(parts.front());
  return all_of(std::move(parts), scope.words(term.span), scope.place(term.span));
}

}  // namespace theriac::detail
