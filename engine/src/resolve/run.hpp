// What one call of resolve() holds: the vocabulary with its declarations, what is inferred on the way, and the collected diagnostics. The functions
// of this folder work on it, each file one kind of phrase. Results are std::optional: nothing means that an error was reported (or that the cause was
// reported elsewhere, where a broken declaration is used). Private to the folder; not shared between threads.
#pragma once

#include "resolve/cover.hpp"
#include "resolve/reporter.hpp"
#include "resolve/resolved.hpp"
#include "resolve/vocabulary.hpp"
#include "theriac/grammar/parse.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace theriac::detail {

enum class Progress : std::uint8_t { untouched, under_way, done, broken };

// `class` statements of one name; the first gives the list, the others add.
struct DeclaredClass {
  struct Part {
    const grammar::ClassDeclaration* what = nullptr;  // none: a statement that did not parse
    grammar::SourcePtr source;
  };
  std::string name;
  std::vector<Part> parts;
  std::optional<ConceptId> adds_to;  // a class of the terminology that the parts add to
  grammar::Place at;
  Progress progress = Progress::untouched;
  std::vector<DrugAlternative> members;
};

struct DeclaredPopulation {
  std::string name;
  const grammar::PopulationDeclaration* what = nullptr;
  grammar::SourcePtr source;
  grammar::Place at;
  Progress progress = Progress::untouched;
  ResolvedGuard guard;
  std::size_t parts = 0;
};

// `qualifier X: drug …`
struct DeclaredQualifier {
  std::string name;
  const grammar::QualifierDeclaration* what = nullptr;
  grammar::SourcePtr source;
  grammar::Place at;
  Progress progress = Progress::untouched;
  std::vector<DrugAlternative> ways;  // in which a drug is it: any drug with routes, forms and tests
};

// `score X:` with points for guards; `score X = sum of Y over Z` with a table of the terminology.
struct DeclaredScore {
  std::string name;
  const grammar::ScoreDeclaration* what = nullptr;
  grammar::SourcePtr source;
  grammar::Place at;
  Progress progress = Progress::untouched;
  std::vector<Rational> points;
  std::vector<ResolvedGuard> guards;
  std::optional<SummedDrugs> sum;  // without limits
};

// `table X by …`: resolved at once, since it reads nothing but measurements.
struct DeclaredTable {
  std::string name;
  grammar::Place at;
  std::optional<LimitTable> table;  // none where it has a mistake
  Unit unit;
  grammar::Quantity first;  // the value of the first row, for messages
  grammar::SourcePtr source;
};

// What rules derive by `is`: `victim is overexposed` of a drug, `patient is …` of the patient.
struct DeclaredState {
  std::string name;
  bool of_patient = false;
  std::optional<ConditionId> condition;  // of the patient: the condition or state of the vocabulary that it is
  EffectId effect{};
};

// Where a phrase stands: its file, and the items that it may speak of.
struct Scope {
  grammar::SourcePtr source;
  const std::vector<ResolvedItem>* items = nullptr;
  std::vector<Role> roles;

  grammar::Place place(grammar::Span span) const { return {source, span}; }
  std::string words(grammar::Span span) const { return std::string(source->slice(span)); }
};

struct Run {
  Run(std::shared_ptr<const Terminology> given, const SourceList& known_references, bool strict)
      : terminology(std::move(given)), references(known_references), names(terminology), report(strict) {}

  std::shared_ptr<const Terminology> terminology;
  const SourceList& references;
  Vocabulary names;
  Reporter report;
  std::vector<DeclaredClass> classes;
  std::vector<DeclaredPopulation> populations;
  std::vector<DeclaredQualifier> qualifiers;
  std::vector<DeclaredState> states;
  std::vector<DeclaredScore> scores;
  std::vector<DeclaredTable> tables;
  std::map<ConceptId, std::size_t> additions;  // classes of the terminology that a declaration adds to
  // Inferred names, by normal form; ids continue those of the terminology.
  std::map<std::string, EffectId> inferred_effects;
  std::vector<Effect> new_effects;
  std::map<std::string, FlagId> inferred_flags;
  std::vector<std::string> new_flags;
  std::uint32_t not_loaded = 0;
  // What hostile text may cost: declarations inside declarations, and what all their uses expand to.
  std::uint32_t depth = 0;
  std::size_t expanded = 0;

  std::string effect_name(EffectId id) const;
  std::string flag_name(FlagId id) const;
  bool is_state(EffectId id) const;  // derived by `is`
  // The exact membership of a concept in a concept: only what the graph states.
  bool is_kind_of(ConceptId what, ConceptId of) const { return what == of || terminology->membership(what, of) == Truth::yes; }
};

// ---- unknown names (unknown.cpp)
// ------------------------------------------------------------------------------------------------------------------------- Says why a phrase has no
// cover: unknown, of another kind, or of a later layer.
void report_no_cover(Run& run, const Scope& scope, const grammar::Phrase& phrase, Shape shape);
void report_ambiguous(Run& run, const Scope& scope, const grammar::Phrase& phrase, const std::vector<Cover>& readings);
// The one cover of a phrase; else reported.
std::optional<Cover> cover_of(Run& run, const Scope& scope, const grammar::Phrase& phrase, Shape shape);
// A name with a reserved word in it ("lung or breathing disease") that was read as a list: reported with back-quotes, true.
bool is_split_name(Run& run, const Scope& scope, const std::vector<grammar::Phrase>& parts, grammar::Span whole, Shape shape);

// ---- quantities (quantities.cpp)
// -------------------------------------------------------------------------------------------------------------------------
std::optional<Span_> span_of(Run& run, const Scope& scope, const grammar::Duration& duration);
Order order_of(grammar::Compare compare);
struct Limit {
  Order order{};
  Rational value;
};
// The comparisons of a test with what stands right of each: one for a comparison, two for a range.
struct Part {
  Order order{};
  const grammar::Number* number = nullptr;
  const grammar::Quantity* quantity = nullptr;  // whose unit counts
};
std::vector<Part> parts_of(const grammar::Test& test);
void report_dimension(Run& run, const Scope& scope, const grammar::Quantity& quantity, std::string what, std::string help);
// Comparisons with a number in that unit.
std::optional<std::vector<Limit>> limits_in(Run& run, const Scope& scope, const grammar::Test& test, const Unit& unit, std::string_view what);
// The comparisons that a test states, in the observation's own unit.
std::optional<std::vector<Limit>> observation_limits(Run& run, const Scope& scope, const grammar::Test& test, ObservationId observation);
// `rising 30 % within 14 days`: by a percentage of the value before, else in the observation's own unit.
std::optional<Trend> trend_of(Run& run, const Scope& scope, const grammar::Test& test, const grammar::Trend& written, ObservationId observation);
struct AgeLimit {
  Measures::Of of{};
  Limit limit;
};
std::optional<std::vector<AgeLimit>> age_limits(Run& run, const Scope& scope, const grammar::Test& test);
// The comparisons of a sum, in its own unit.
std::optional<std::vector<SummedDrugs::Limit>> sum_limits(Run& run, const Scope& scope, const grammar::Test& test, const Summed& sum,
                                                          SummedDrugs::By by);
// Comparisons with a plain number, for what is counted in points.
std::optional<std::vector<Limit>> plain_limits(Run& run, const Scope& scope, const grammar::Test& test, std::string_view what);
std::optional<Unit> unit_of(Run& run, const Scope& scope, const grammar::Quantity& quantity);
std::optional<Rational> number_of(Run& run, const Scope& scope, const grammar::Number& number);

// ---- doses (doses.cpp)
// The unit of a limit without what it is for each of: "mg/kg/day" is "mg/day" for each kilogram of the weight.
struct DoseUnit {
  Unit unit;
  std::optional<ObservationId> per;
};
std::optional<DoseUnit> dose_unit(Run& run, const Scope& scope, const grammar::Quantity& written, DoseTest::Of of);
std::optional<std::vector<DrugTest>> dose_tests(Run& run, const Scope& scope, const grammar::Test& test, DoseTest::Of of);

// ---- drugs (drugs.cpp)
// -----------------------------------------------------------------------------------------------------------------------------------
struct DrugMeaning {
  TakesDrug::Which which = TakesDrug::Which::patient;
  std::uint32_t item = 0;
  std::vector<DrugAlternative> any_of;  // of a role: qualifiers and tests on it, without a concept
};
// A covered drug phrase with its `except` and tests. `places` says where the words stand.
std::optional<DrugMeaning> drug_of(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term);
// `opioid morphine equivalent >= 50 mg/day`, `anticholinergic burden >= 3`.
std::optional<SummedDrugs> summed_of(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term);
// The same of `score X = sum of Y over Z`: what it adds up, then against what a term compares it with.
std::optional<SummedDrugs> summed_by(Run& run, const Scope& scope, const grammar::ScoreDeclaration::OverDrugs& what);
bool limit_sum(Run& run, const Scope& scope, const std::vector<grammar::Test>& tests, SummedDrugs& summed);
// A phrase alone, without tests, as alternatives.
std::optional<std::vector<DrugAlternative>> plain_drug(Run& run, const Scope& scope, const grammar::Phrase& phrase);
// `except` lists and parenthesised lists of drugs.
std::optional<std::vector<DrugAlternative>> drug_list(Run& run, const Scope& scope, const std::vector<grammar::UnitItem>& list);
bool same_drug(const DrugAlternative& a, const DrugAlternative& b);                             // tests, words and place aside
bool same_drugs(const std::vector<DrugAlternative>& a, const std::vector<DrugAlternative>& b);  // as sets
std::optional<std::vector<DrugTest>> drug_tests(Run& run, const Scope& scope, const std::vector<grammar::Test>& tests,
                                                std::optional<DoseTest::Of> quantity);
const std::vector<DrugAlternative>* drugs_of_item(const ResolvedItem& item);  // of drug items and abrupt stops
void add_tests(std::vector<DrugAlternative>& alternatives, const std::vector<DrugTest>& tests);

// ---- declarations (declarations.cpp)
// ---------------------------------------------------------------------------------------------------------------------
void declare_all(Run& run, const std::vector<const grammar::Parsed*>& files);
// Counts what a use of a declaration expands to; false, reported, where it is too much.
bool may_expand(Run& run, std::size_t parts, const grammar::Place& used_at);
const std::vector<DrugAlternative>* members_of(Run& run, std::uint32_t declared_class, const grammar::Place& used_at);
const std::vector<DrugAlternative>* ways_of(Run& run, std::uint32_t qualifier, const grammar::Place& used_at);
const ResolvedGuard* guard_of(Run& run, std::uint32_t population, const grammar::Place& used_at);

// ---- scores and tables (scores.cpp, tables.cpp, coverage.cpp)
void declare_scores(Run& run, const std::vector<const grammar::Parsed*>& files);
void resolve_score(Run& run, std::uint32_t score, const grammar::Place& used_at);
void declare_tables(Run& run, const std::vector<const grammar::Parsed*>& files);
// `table >= 2`; a measurement against a table.
std::optional<ResolvedGuard> table_guard(Run& run, const Scope& scope, std::uint32_t table, const grammar::Term& term);
std::optional<ResolvedGuard> held_against_table(Run& run, const Scope& scope, const grammar::Term& term, const grammar::Comparison& comparison,
                                                ObservationId observation, std::optional<Span_> within);
std::optional<DoseTest> table_test(Run& run, const Scope& scope, const grammar::Comparison& comparison, DoseTest::Of of);
// Do the rows leave a value out, or do two claim one? Overlaps are an error (false), gaps a warning.
bool check_coverage(Run& run, LimitTable& table, const std::vector<Measures>& columns, const grammar::Place& at);

// ---- states that rules derive (states.cpp)
void declare_states(Run& run, const std::vector<const grammar::Parsed*>& files);
bool is_patient(const grammar::Phrase& phrase);
// The state that a head or a test after `is` names; else reported.
const DeclaredState* state_named(Run& run, const Scope& scope, const grammar::Phrase& phrase, bool of_patient);
// Those that rules derive of the patient and that are the condition, or a kind of it.
std::vector<EffectId> derived_conditions(const Run& run, ConditionId condition);
// `patient is …`
std::optional<ResolvedGuard> patient_guard(Run& run, const Scope& scope, const grammar::Term& term);

// ---- terms and guards (terms.cpp, guards.cpp)
// ------------------------------------------------------------------------------------------------------------
struct TermMeaning {
  std::variant<DrugMeaning, EffectId, ResolvedGuard, SummedDrugs> what;
};
// A comparison with a declared score.
std::optional<TermMeaning> score_term(Run& run, const Scope& scope, std::uint32_t score, const grammar::Term& term);
std::optional<TermMeaning> term_of(Run& run, const Scope& scope, const grammar::Term& term, Shape::Of position);
std::optional<ResolvedGuard> guard_from(Run& run, const Scope& scope, const grammar::Guard& guard);
std::optional<ResolvedGuard> count_guard(Run& run, const Scope& scope, const grammar::Count& count);
// Alternatives of a count whose members are all drugs; nothing, silently, where they are not.
bool counts_drugs(Run& run, const Scope& scope, const grammar::Count& count);
std::optional<std::vector<DrugAlternative>> counted_drugs(Run& run, const Scope& scope, const grammar::Count& count);
ResolvedGuard all_of(std::vector<ResolvedGuard> parts, std::string text, grammar::Place at);
bool is_compared(const std::vector<grammar::Test>& tests);
template <class Leaf>
ResolvedGuard leaf_guard(Leaf leaf, std::string text, grammar::Place at) {
  ResolvedGuard guard;
  guard.kind = ResolvedGuard::Kind::leaf;
  guard.leaf = std::move(leaf);
  guard.text = std::move(text);
  guard.at = std::move(at);
  return guard;
}

// ---- items and rules
// -------------------------------------------------------------------------------------------------------------------------------------
std::optional<std::vector<ResolvedItem>> items_of(Run& run, Scope& scope, const grammar::Premise& premise);
std::optional<std::uint32_t> item_named(Run& run, const Scope& scope, const grammar::Phrase& phrase);  // a role or an item's very words

// ---- outcome (outcome.cpp, tags.cpp, actions.cpp)
// --------------------------------------------------------------------------------------------------------
struct Tags {
  std::optional<Severity> severity;
  std::string evidence;
  std::string frequency;
  std::optional<Span_> onset_after, onset_within;
  bool disputed = false;
};
enum class TagsOf : std::uint8_t { outcome, attribution };
std::optional<Severity> severity_named(std::string_view text);
bool is_evidence_grade(std::string_view text);
std::optional<Severity> severity_of(Run& run, const Scope& scope, const grammar::Tag& tag);
std::optional<Tags> tags_of(Run& run, const Scope& scope, const std::vector<grammar::Tag>& tags, TagsOf what);
std::optional<EffectId> effect_of(Run& run, const Scope& scope, const grammar::Phrase& phrase);
std::optional<std::vector<ResolvedHead>> heads_of(Run& run, const Scope& scope, const grammar::Outcome& outcome, std::string* evidence);
std::optional<ResolvedFlag> flag_of(Run& run, const Scope& scope, const grammar::Flag& flag);
std::optional<ResolvedAction> action_of(Run& run, const Scope& scope, const grammar::Advice& advice);
std::optional<ResolvedAction> preference_of(Run& run, const Scope& scope, const grammar::Prefer& prefer);

// ---- rules (rule.cpp, metadata.cpp, exceptions.cpp, logic.cpp)
// -------------------------------------------------------------------------------------------
struct RuleDraft {
  ResolvedRule rule;
  Scope scope;
  bool labelled = false;
  bool block = false;
};
std::optional<RuleDraft> rule_of(Run& run, const grammar::SourcePtr& source, const grammar::Rule& rule, const grammar::Statement& statement);
bool metadata_of(Run& run, const Scope& scope, const grammar::Rule& rule, const grammar::Statement& statement, ResolvedRule& into);
bool source_known(Run& run, const Scope& scope, const grammar::Tag& key);
std::optional<ResolvedAttribution> attribution_of(Run& run, const grammar::SourcePtr& source, const grammar::Attribution& attribution,
                                                  grammar::Span span);

// Where a guard stands decides what it may ask for.
enum class Standing : std::uint8_t { premise, unless, exception, shift, flag };
bool check_guard(Run& run, const Scope& scope, const ResolvedGuard& guard, Standing standing);
// The parts of a guard that must all hold.
void add_conjuncts(const ResolvedGuard& guard, std::vector<const ResolvedGuard*>& into);
// By their readings, which are unambiguous.
bool same_guard(const Run& run, const ResolvedGuard& a, const ResolvedGuard& b);
// Errors of one whole rule: its premise can never hold, or makes an exception true (premise.cpp).
bool check_rule(Run& run, const ResolvedRule& rule);
bool check_exception(Run& run, const ResolvedRule& rule, const ResolvedGuard& when);
// Can both hold at once? false only where it is plain that they cannot.
bool can_hold_together(const Run& run, const ResolvedGuard& a, const ResolvedGuard& b);

// Warns of rules that wait for an effect which no rule concludes, and says which they are.
std::vector<std::size_t> waiting_for_ever(Run& run, const std::vector<RuleDraft>& drafts);

struct ExceptionSite {
  const grammar::ExceptionStatement* what = nullptr;
  grammar::SourcePtr source;
  grammar::Span span;
  std::uint32_t statement = 0;
};
void attach_exceptions(Run& run, std::vector<RuleDraft>& drafts, const std::vector<ExceptionSite>& sites, const std::vector<std::string>& dropped);

// ---- reading (reading.cpp)
// -------------------------------------------------------------------------------------------------------------------------------
std::string reading_of(const Run& run, const ResolvedRule& rule);
std::string reading_of(const Run& run, const ResolvedGuard& guard);
std::string reading_of(const Run& run, const std::vector<DrugAlternative>& alternatives);

}  // namespace theriac::detail
