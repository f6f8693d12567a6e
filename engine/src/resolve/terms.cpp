// One term (a phrase with its tests) → what it asks: a drug, an effect, or a fact of the patient.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

// A term whose phrase is covered.
struct Term {
  Run& run;
  const Scope& scope;
  const grammar::Term& written;
  const Cover& cover;

  grammar::Place place() const { return scope.place(written.span); }
  std::string words() const { return scope.words(written.span); }
  const Meaning& last() const { return cover.back().meaning; }
};

bool refuse_test(const Term& term, const grammar::Test& test, std::string_view noun) {
  term.run.report.add(
      grammar::diagnose(Code::TH2004, term.scope.place(test.span), fmt::format("`{}` does not go with {}", term.scope.words(test.span), noun)));
  return false;
}

bool refuse_except(const Term& term, std::string_view noun) {
  if (term.written.except.empty()) return true;
  auto diagnostic = grammar::diagnose(Code::TH2004, term.place(), fmt::format("`except` does not go with {}", noun));
  diagnostic.help.push_back("it takes drugs out of a class; for anything else write `unless`");
  term.run.report.add(std::move(diagnostic));
  return false;
}

bool read_condition_test(const Term& term, const grammar::Test& test, HasCondition& into) {
  if (const auto* within = std::get_if<grammar::Within>(&test.what)) {
    into.within = span_of(term.run, term.scope, within->duration);
    return into.within.has_value();
  }
  if (const auto* length = std::get_if<grammar::Length>(&test.what)) {
    const auto span = span_of(term.run, term.scope, length->than);
    if (span) into.length = std::pair(length->longer, *span);
    return span.has_value();
  }
  return refuse_test(term, test, "a condition");
}

std::optional<ResolvedGuard> condition_guard(const Term& term) {
  HasCondition condition{static_cast<ConditionId>(term.last().id), std::nullopt, std::nullopt};
  bool good = refuse_except(term, "a condition");
  for (const auto& test : term.written.tests) good = read_condition_test(term, test, condition) && good;
  if (!good) return std::nullopt;
  if (!condition.within && !condition.length) condition.derived = derived_conditions(term.run, condition.condition);
  return leaf_guard(std::move(condition), term.words(), term.place());
}

std::optional<ResolvedGuard> population_guard(const Term& term) {
  bool good = refuse_except(term, "a population");
  for (const auto& test : term.written.tests) good = refuse_test(term, test, "a population") && good;
  const auto* body = guard_of(term.run, term.last().id, term.scope.place(term.written.phrase.span));
  if (!good || body == nullptr) return std::nullopt;
  auto guard = *body;
  guard.text = term.words();
  guard.at = term.place();
  return guard;
}

std::optional<ResolvedGuard> sex_guard(const Term& term) {
  bool good = refuse_except(term, "the sex");
  for (const auto& test : term.written.tests) good = refuse_test(term, test, "the sex") && good;
  if (!good) return std::nullopt;
  return leaf_guard(IsSex{term.last().id == 1}, term.words(), term.place());
}

std::optional<ResolvedGuard> joined(const Term& term, std::vector<ResolvedGuard> parts) {
  if (parts.empty()) return std::nullopt;
  if (parts.size() == 1) return std::move(parts.front());
  return all_of(std::move(parts), term.words(), term.place());
}

std::optional<ResolvedGuard> several(const Term& term, std::vector<Measures> measures) {
  std::vector<ResolvedGuard> parts;
  for (auto& one : measures) parts.push_back(leaf_guard(std::move(one), term.words(), term.place()));
  return joined(term, std::move(parts));
}

std::optional<ResolvedGuard> age_guard(const Term& term) {
  bool good = refuse_except(term, "the age");
  std::vector<Measures> measures;
  for (const auto& test : term.written.tests) {
    if (!is_compared({test}) || std::holds_alternative<grammar::Trend>(test.what)) {
      good = refuse_test(term, test, "the age");
      continue;
    }
    const auto limits = age_limits(term.run, term.scope, test);
    good = good && limits.has_value();
    if (!limits) continue;
    for (const auto& one : *limits) measures.push_back({one.of, {}, one.limit.order, one.limit.value, std::nullopt});
  }
  if (!good) return std::nullopt;
  return several(term, std::move(measures));
}

std::optional<ResolvedGuard> observation_guard(const Term& term) {
  const auto observation = static_cast<ObservationId>(term.last().id);
  bool good = refuse_except(term, "a measurement");
  std::optional<Span_> within;
  std::vector<Measures> measures;
  std::vector<Trend> trends;
  std::vector<const grammar::Comparison*> by_table;
  for (const auto& test : term.written.tests) {
    const auto* comparison = std::get_if<grammar::Comparison>(&test.what);
    if (comparison != nullptr && std::holds_alternative<grammar::Phrase>(comparison->right)) {
      by_table.push_back(comparison);
      continue;
    }
    if (const auto* written = std::get_if<grammar::Trend>(&test.what)) {
      auto trend = trend_of(term.run, term.scope, test, *written, observation);
      good = good && trend.has_value();
      if (trend) trends.push_back(std::move(*trend));
    } else if (const auto* time = std::get_if<grammar::Within>(&test.what)) {
      within = span_of(term.run, term.scope, time->duration);
      good = good && within.has_value();
    } else if (is_compared({test})) {
      const auto limits = observation_limits(term.run, term.scope, test, observation);
      good = good && limits.has_value();
      if (!limits) continue;
      for (const auto& limit : *limits) measures.push_back({Measures::Of::observation, observation, limit.order, limit.value, std::nullopt});
    } else {
      good = refuse_test(term, test, "a measurement");
    }
  }
  if (!good) return std::nullopt;
  for (auto& one : measures) one.within = within;
  std::vector<ResolvedGuard> parts;
  for (auto& one : measures) parts.push_back(leaf_guard(std::move(one), term.words(), term.place()));
  for (const auto* comparison : by_table) {
    auto held = held_against_table(term.run, term.scope, term.written, *comparison, observation, within);
    if (!held) return std::nullopt;
    parts.push_back(std::move(*held));
  }
  for (auto& one : trends) parts.push_back(leaf_guard(std::move(one), term.words(), term.place()));
  auto guard = joined(term, std::move(parts));
  const auto during = term.run.terminology->at(observation).during;
  if (!guard || !during) return guard;
  HasCondition while_it_holds{*during, std::nullopt, std::nullopt, derived_conditions(term.run, *during)};
  std::vector<ResolvedGuard> both;
  both.push_back(leaf_guard(std::move(while_it_holds), term.words(), term.place()));
  both.push_back(std::move(*guard));
  return all_of(std::move(both), term.words(), term.place());
}

// A state by its word alone: the patient's. One of a drug asks for the drug.
std::optional<ResolvedGuard> state_guard(const Term& term) {
  bool good = refuse_except(term, "a state");
  for (const auto& test : term.written.tests) good = refuse_test(term, test, "a state") && good;
  const auto& state = term.run.states[term.last().id];
  if (good && state.of_patient) return leaf_guard(HasEffect{state.effect}, term.words(), term.place());
  if (good) {
    auto diagnostic = grammar::diagnose(Code::TH2004, term.place(), fmt::format("`{}` is said of a drug: say of which", state.name));
    diagnostic.help.push_back(fmt::format("write the drug or role, as in `{} opioid` or `victim is {}`", state.name, state.name));
    term.run.report.add(std::move(diagnostic));
  }
  return std::nullopt;
}

std::optional<EffectId> effect_term(const Term& term) {
  bool good = refuse_except(term, "an effect");
  for (const auto& test : term.written.tests) good = refuse_test(term, test, "an effect") && good;
  if (!good) return std::nullopt;
  return static_cast<EffectId>(term.last().id);
}

// The words after `allergy to`, as a phrase of their own.
std::optional<ResolvedGuard> allergy_guard(const Term& term) {
  bool good = refuse_except(term, "an allergy");
  for (const auto& test : term.written.tests) good = refuse_test(term, test, "an allergy") && good;
  if (!good) return std::nullopt;
  HasAllergy allergy;
  allergy.intolerance = term.cover.front().meaning.id == 1;
  if (term.last().kind == Kind::role) {
    allergy.to_item = term.last().id;
  } else {
    grammar::Phrase substance;
    const auto first = term.written.phrase.words.begin() + static_cast<std::ptrdiff_t>(term.cover.front().end);
    substance.words.assign(first, term.written.phrase.words.end());
    substance.span = {substance.words.front().span.begin, substance.words.back().span.end};
    auto drugs = plain_drug(term.run, term.scope, substance);
    if (!drugs) return std::nullopt;
    allergy.any_of = std::move(*drugs);
  }
  return leaf_guard(std::move(allergy), term.words(), term.place());
}

std::optional<TermMeaning> wrapped(std::optional<ResolvedGuard> guard) {
  if (!guard) return std::nullopt;
  return TermMeaning{std::move(*guard)};
}

std::optional<TermMeaning> meaning_of(const Term& term) {
  if (term.cover.front().meaning.kind == Kind::allergy_to) return wrapped(allergy_guard(term));
  switch (term.last().kind) {
    case Kind::condition:
      return wrapped(condition_guard(term));
    case Kind::population:
      return wrapped(population_guard(term));
    case Kind::sex:
      return wrapped(sex_guard(term));
    case Kind::age:
      return wrapped(age_guard(term));
    case Kind::score:
      if (!refuse_except(term, "a score")) return std::nullopt;
      return score_term(term.run, term.scope, term.last().id, term.written);
    case Kind::table:
      if (!refuse_except(term, "a table")) return std::nullopt;
      return wrapped(table_guard(term.run, term.scope, term.last().id, term.written));
    case Kind::observation:
      return wrapped(observation_guard(term));
    case Kind::state:
      return wrapped(state_guard(term));
    case Kind::effect: {
      const auto effect = effect_term(term);
      if (!effect) return std::nullopt;
      return TermMeaning{*effect};
    }
    default:
      break;
  }
  if (term.last().kind == Kind::summed) {
    auto sum = summed_of(term.run, term.scope, term.cover, term.written);
    if (!sum) return std::nullopt;
    return TermMeaning{std::move(*sum)};
  }
  auto drug = drug_of(term.run, term.scope, term.cover, term.written);
  if (!drug) return std::nullopt;
  return TermMeaning{std::move(*drug)};
}

}  // namespace

bool is_compared(const std::vector<grammar::Test>& tests) {
  return std::any_of(tests.begin(), tests.end(), [](const grammar::Test& test) {
    return std::holds_alternative<grammar::Comparison>(test.what) || std::holds_alternative<grammar::Range>(test.what) ||
           std::holds_alternative<grammar::Trend>(test.what);
  });
}

std::optional<TermMeaning> term_of(Run& run, const Scope& scope, const grammar::Term& term, Shape::Of position) {
  if (is_patient(term.phrase) && !term.tests.empty()) return wrapped(patient_guard(run, scope, term));
  const auto covered = cover_of(run, scope, term.phrase, {position, is_compared(term.tests)});
  if (!covered) return std::nullopt;
  return meaning_of({run, scope, term, *covered});
}

}  // namespace theriac::detail
