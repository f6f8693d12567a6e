// Runs the examples that stand inside rules. Only the verdict of the rule itself counts; the rules that it reads are evaluated with it.
#include "compile/clauses.hpp"
#include "compile/compiled.hpp"
#include "facts/example.hpp"

#include <algorithm>
#include <set>

namespace theriac {
namespace {

using namespace detail;

using Expect = ResolvedExample::Expect;

std::string_view words(Expect expect) {
  if (expect == Expect::fires) return "fires";
  return expect == Expect::silent ? "silent" : "unknown";
}

struct Outcome {
  Verdict verdict = Verdict::silent;
  Severity severity{};
  Needs needs;
};

Outcome outcome_of(const Evaluation& evaluation, std::uint32_t rule) {
  Outcome best;
  for (const auto& derivation : evaluation.derivations) {
    if (derivation.rule != rule) continue;
    for (const auto& support : derivation.supports) {
      if (support.verdict < best.verdict) continue;
      if (support.verdict > best.verdict) best = {};
      best.verdict = support.verdict;
      best.severity = std::max(best.severity, support.severity);
      add(best.needs, support.needs);
      add(best.needs, support.against);
    }
  }
  return best;
}

Expect found(const Outcome& outcome) {
  if (outcome.verdict == Verdict::certain) return Expect::fires;
  return outcome.verdict <= Verdict::open ? Expect::silent : Expect::unknown;
}

std::string said(const Outcome& outcome) {
  std::string text(words(found(outcome)));
  if (outcome.needs.empty()) return text;
  text += ", because these are not known: ";
  for (std::size_t i = 0; i < outcome.needs.size(); ++i) text += (i > 0 ? ", " : "") + outcome.needs[i].input;
  return text;
}

std::optional<Severity> severity_tag(const ResolvedExample& example) {
  for (const auto severity : {Severity::info, Severity::minor, Severity::moderate, Severity::major, Severity::contraindicated}) {
    if (std::find(example.tags.begin(), example.tags.end(), to_string(severity)) != example.tags.end()) return severity;
  }
  return std::nullopt;
}

void run(const RuleBase::Compiled& base, std::uint32_t index, const ResolvedExample& example, Clauses& clauses, ExampleRun& result) {
  const auto& rule = base.as_written()[index];
  grammar::Diagnostics unreadable;
  const auto patient = read_example(example.patient, *base.terminology, unreadable, example.at);
  if (!unreadable.empty()) {
    ++result.failed;
    result.diagnostics.insert(result.diagnostics.end(), unreadable.begin(), unreadable.end());
    return;
  }
  auto facts = understand(patient, *base.terminology);
  for (auto& exposure : facts.exposures) {  // its lists are complete: a change of dose that is not written was none
    if (exposure.change.truth == Truth::open) exposure.change.truth = Truth::no;
  }
  const auto evaluation = evaluate(*base.terminology, base.as_written(), base.strata, facts);
  clauses.see({*base.terminology, facts, evaluation.facts});
  const auto outcome = outcome_of(evaluation, index);
  std::string wrong;
  if (found(outcome) != example.expect) {
    wrong = "expected " + std::string(words(example.expect)) + ", found " + said(outcome);
  } else if (const auto severity = severity_tag(example); severity && outcome.severity != *severity) {
    wrong = "expected " + std::string(to_string(*severity)) + ", found " + std::string(to_string(outcome.severity));
  }
  if (wrong.empty()) {
    ++result.passed;
    return;
  }
  ++result.failed;
  result.diagnostics.push_back(grammar::diagnose(grammar::Code::TH7002, example.at, "example of `" + rule.label + "` failed", wrong));
}

bool has(const ResolvedRule& rule, Expect expect) {
  return std::any_of(rule.examples.begin(), rule.examples.end(), [&](const ResolvedExample& example) { return example.expect == expect; });
}

}  // namespace

ExampleRun run_examples(const RuleBase& rules) {
  const auto& base = rules.compiled();
  ExampleRun result;
  for (std::uint32_t i = 0; i < base.as_written().size(); ++i) {
    const auto& rule = base.as_written()[i];
    if (!has(rule, Expect::fires) || !has(rule, Expect::silent)) ++result.rules_without_examples;
    Clauses clauses(*base.terminology, rule);
    for (const auto& example : rule.examples) run(base, i, example, clauses, result);
    result.clauses.insert(result.clauses.end(), clauses.seen().begin(), clauses.seen().end());
  }
  grammar::sort_by_place(result.diagnostics);
  const auto place = [](const ClauseSeen& clause) { return std::pair(clause.at.source ? clause.at.source->name() : "", clause.at.span.begin); };
  std::stable_sort(result.clauses.begin(), result.clauses.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return result;
}

}  // namespace theriac
