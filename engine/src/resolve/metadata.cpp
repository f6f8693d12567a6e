// Clauses that say where a rule comes from and how far it is trusted, and its examples.
#include "resolve/run.hpp"
#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;

class MetadataReader {
 public:
  MetadataReader(Run& run, const Scope& scope, ResolvedRule& into) : run_(run), scope_(scope), into_(into) {}

  bool read(const grammar::Rule& rule) {
    if (rule.title) into_.title = rule.title->text;
    if (rule.because) into_.because = rule.because->text;
    if (rule.tell_patient) into_.tell_patient = rule.tell_patient->text;
    if (rule.known_noise) into_.known_noise = rule.known_noise->text;
    if (rule.supersedes) into_.supersedes = rule.supersedes->text;
    if (rule.version) into_.version = rule.version->text;
    if (rule.review_by) into_.review_by = rule.review_by->text;
    bool good = true;
    if (rule.evidence) good = evidence(*rule.evidence) && good;
    if (rule.status) good = status(*rule.status) && good;
    for (const auto& reference : rule.sources) good = source(reference) && good;
    for (const auto& phrase : rule.ask_for) good = ask_for(phrase) && good;
    for (const auto& example : rule.examples) add(example);
    return good;
  }

 private:
  bool refuse(const grammar::Tag& tag, std::string message, std::string help) {
    auto diagnostic = grammar::diagnose(Code::TH6002, scope_.place(tag.span), std::move(message));
    diagnostic.help.push_back(std::move(help));
    run_.report.add(std::move(diagnostic));
    return false;
  }

  bool evidence(const grammar::Tag& tag) {
    if (!is_evidence_grade(tag.text))
      return refuse(tag, fmt::format("`{}` is no grade of evidence", tag.text), "one of high, moderate, low, label, theoretical");
    if (!into_.evidence.empty() && into_.evidence != tag.text) {
      return refuse(tag, fmt::format("two grades of evidence, `{}` and `{}`", into_.evidence, tag.text), "write it once");
    }
    into_.evidence = tag.text;
    return true;
  }

  bool status(const grammar::Tag& tag) {
    constexpr std::array<std::string_view, 3> known{"draft", "checked", "reviewed"};
    if (std::find(known.begin(), known.end(), tag.text) == known.end()) {
      return refuse(tag, fmt::format("`{}` is no status", tag.text), "one of draft, checked, reviewed");
    }
    into_.status = tag.text;
    return true;
  }

  bool source(const grammar::Reference& reference) {
    bool good = source_known(run_, scope_, reference.key);
    SourceUse use{reference.key.text, std::nullopt};
    if (reference.severity) {
      use.severity = severity_of(run_, scope_, *reference.severity);
      good = good && use.severity.has_value();
    }
    into_.sources.push_back(std::move(use));
    return good;
  }

  bool ask_for(const grammar::Phrase& phrase) {
    const auto& meanings = run_.names.at(phrase, 0, phrase.words.size());
    for (const auto& meaning : meanings) {
      if (meaning.kind != Meaning::Kind::condition) continue;
      into_.ask_for.push_back(static_cast<ConditionId>(meaning.id));
      return true;
    }
    if (meanings.empty()) {
      report_no_cover(run_, scope_, phrase, {Shape::Of::guard, false});
      return false;
    }
    run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(phrase.span), fmt::format("`{}` is not a condition", phrase.text()),
                                      "only conditions and states are asked for by name; what is measured is asked for anyway"));
    return false;
  }

  void add(const grammar::Example& example) {
    ResolvedExample result;
    switch (example.expect) {
      case grammar::Example::Expect::fires:
        result.expect = ResolvedExample::Expect::fires;
        break;
      case grammar::Example::Expect::silent:
        result.expect = ResolvedExample::Expect::silent;
        break;
      case grammar::Example::Expect::unknown:
        result.expect = ResolvedExample::Expect::unknown;
        break;
    }
    result.patient = example.patient.text;
    result.at = scope_.place(example.patient.span);
    for (const auto& tag : example.tags) result.tags.push_back(tag.text);
    into_.examples.push_back(std::move(result));
  }

  Run& run_;
  const Scope& scope_;
  ResolvedRule& into_;
};

bool is_block(const Scope& scope, const grammar::Statement& statement) { return scope.words(statement.span).rfind("rule ", 0) == 0; }

// Every block rule shows when it fires and when it is silent. A warning: the rule is no less right for it.
bool check_examples(Run& run, const Scope& scope, const grammar::Rule& rule, const grammar::Statement& statement) {
  using Expect = grammar::Example::Expect;
  if (!is_block(scope, statement)) return true;
  const auto has = [&](Expect expect) {
    return std::any_of(rule.examples.begin(), rule.examples.end(), [&](const grammar::Example& e) { return e.expect == expect; });
  };
  const bool fires = has(Expect::fires);
  const bool silent = has(Expect::silent);
  if (fires && silent) return true;
  const auto missing = !fires && !silent ? "a `fires` and a `silent` example" : !fires ? "a `fires` example" : "a `silent` example";
  const auto place = rule.label ? rule.label->span : statement.span;
  auto diagnostic = grammar::diagnose(Code::TH7003, scope.place(place), fmt::format("this rule lacks {}", missing));
  diagnostic.level = grammar::Level::warning;
  diagnostic.help.push_back("as in `example fires: diazepam 5 mg at night, oxycodone 10 mg twice daily`");
  run.report.add(std::move(diagnostic));
  return !run.report.strict();
}

}  // namespace

bool source_known(Run& run, const Scope& scope, const grammar::Tag& key) {
  if (run.references.empty()) {
    auto diagnostic = grammar::diagnose(Code::TH6001, scope.place(key.span), "there is no list of sources, so their keys are not checked");
    diagnostic.level = grammar::Level::warning;
    diagnostic.help.push_back("put a `sources.yaml` beside the rules");
    run.report.add_once("no references", std::move(diagnostic));
    return !run.report.strict();
  }
  const auto is_it = [&](const SourceReference& reference) { return reference.key == key.text; };
  if (std::any_of(run.references.begin(), run.references.end(), is_it)) return true;
  const auto reported = "source " + key.text;
  if (run.report.add_use(reported, scope.place(key.span))) return false;
  std::vector<std::string_view> keys;
  for (const auto& reference : run.references) keys.push_back(reference.key);
  auto diagnostic = grammar::diagnose(Code::TH6001, scope.place(key.span), fmt::format("unknown source `{}`", key.text), "not in sources.yaml");
  if (const auto near = grammar::nearest(key.text, keys)) {
    diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    diagnostic.edits.push_back({scope.place(key.span), *near});
  }
  run.report.add_once(reported, std::move(diagnostic));
  return false;
}

bool metadata_of(Run& run, const Scope& scope, const grammar::Rule& rule, const grammar::Statement& statement, ResolvedRule& into) {
  const bool good = MetadataReader(run, scope, into).read(rule);
  return check_examples(run, scope, rule, statement) && good;
}

}  // namespace theriac::detail
