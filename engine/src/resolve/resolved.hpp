// Rules with their meaning: every phrase is an id, every number a quantity, every drug phrase a flat list of alternatives. What resolving produces and both
// evaluators read. Plain values. Places point into rule files, for proofs and messages.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/ids.hpp"
#include "theriac/patient.hpp"
#include "theriac/quantity.hpp"
#include "theriac/rule_base.hpp"
#include "theriac/terminology.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace theriac::detail {

struct Span_ {  // calendar-aware length of time
  std::int64_t count = 0;
  std::string unit;  // minute hour day week month year
};

// ---- measurements ------------------------------------------------------------------------------------------------------------------------------------
struct Measures {
  enum class Of : std::uint8_t { observation, age_years, age_months, age_weeks, age_days } of{};
  ObservationId observation{};
  Order order{};
  Rational limit;                        // in the observation's own unit; completed years, months, weeks or days of age
  std::optional<Span_> within;           // else the observation's validity
};
// A decision table that gives a limit: the value of the one row whose cells hold.
struct LimitTable {
  struct Row {
    std::vector<Measures> cells;         // all must hold
    bool otherwise = false;              // and no row above
    Rational limit;                      // in the unit of the test
    std::string text;
    grammar::Place at;
  };
  std::string name;
  std::vector<Row> rows;
  bool complete = false;                 // some row holds whatever the values are
};

// ---- drugs ---------------------------------------------------------------------------------------------------------------------------------------------
struct DoseTest {
  // duration and so_far are what an author may name; they are resolved to TakenFor.
  enum class Of : std::uint8_t { total_daily, maximum_daily, single, interval, cumulative, duration, so_far } of{};
  Order order{};
  Rational limit;
  Unit unit;                       // "mg/day" for daily doses, "h" for the time between two
  std::optional<LimitTable> table{};  // where given, the row that holds gives the limit
  std::optional<ObservationId> per{}; // the limit is for each kilogram (square metre) of this
};
struct StoppedWithin { Span_ within; };  // counts in [stop, stop + D)
struct StartedWithin { Span_ within; };  // 0 ≤ as_of − start < D, judged at the instant the binding meets
struct TakenFor {                        // until the later of as_of and the planned stop; so_far: until as_of at most
  bool longer = true;
  Span_ than;
  bool or_equal = false;
  bool so_far = false;
};
struct IsDerived { EffectId state{}; };  // rules derive of this drug that it is so: an effect marked as a state
struct ChangedWithin { Span_ within; };  // 0 ≤ as_of − change of the dose < D
struct EventRelative {                   // starts (stops, has its dose changed) after the start of the drug matched by item; within D of it
  enum class Event : std::uint8_t { started, stopped, changed } event{};
  bool after = true;
  std::uint32_t item = 0;
  std::optional<Span_> within;
};
using DrugTest = std::variant<DoseTest, StoppedWithin, StartedWithin, TakenFor, ChangedWithin, EventRelative, IsDerived>;

// One way in which an exposure can be what a phrase names. All parts must hold.
struct DrugAlternative {
  std::optional<ConceptId> concept_id;   // none: any drug ("drug")
  std::vector<DrugAlternative> except;
  std::vector<RouteId> routes;           // a named route: then local exposures count too
  std::vector<FormId> forms;
  std::optional<bool> as_needed;
  std::vector<DrugTest> tests;
  std::string text;                      // the author's words
  grammar::Place at;
};

// Everything that the phrase matches, added up by a table: `opioid morphine equivalent >= 50 mg/day`.
struct SummedDrugs {
  struct Limit {
    Order order{};
    Rational value;                      // in the table's unit
  };
  SumId sum{};
  std::vector<DrugAlternative> any_of;
  std::vector<Limit> limits;             // all must hold
  enum class By : std::uint8_t { sum, most, count } by{};  // added up; the largest of them; how many ingredients bring any
};

// ---- guards --------------------------------------------------------------------------------------------------------------------------------------------
struct HasCondition {
  ConditionId condition{};
  std::optional<Span_> within;           // 0 ≤ age < D
  std::optional<std::pair<bool, Span_>> length;  // longer/shorter than
  std::vector<EffectId> derived{};       // states that rules derive of the patient and that are it, or a kind of it; none beside a time
};
struct IsSex { bool female = true; };
struct TakesDrug {
  enum class Which : std::uint8_t { patient, other, any, item } which{};  // item: the drug matched there; other: not matched by this binding
  std::uint32_t item = 0;
  std::vector<DrugAlternative> any_of;   // for `item`: tests on it; may be empty (true)
};
struct HasAllergy { std::vector<DrugAlternative> any_of; std::optional<std::uint32_t> to_item; bool intolerance = false; };
struct HasEffect { EffectId effect{}; };
struct NoRecent { ObservationId observation{}; std::optional<Span_> within; };  // unknown(…): true where no usable value is there
struct Trend {                           // creatinine rising 30 % within 14 days
  ObservationId observation{};
  bool rising = true;
  bool percent = false;
  Rational by;                           // in percent, else in the observation's own unit
  Span_ within;
};
struct HoursApart { Span_ by; };         // at least so far apart within the day: what is taken of one drug of the binding, and of another
struct TableValue {                      // what the row that holds gives, against a number; where `of` is given, that against what it gives
  LimitTable table;
  Order order{};
  Rational limit;                        // in the table's unit
  std::string unit{};
  std::optional<Measures> of{};          // order and limit aside
};
struct CountDrugs { std::uint32_t at_least = 0; std::vector<DrugAlternative> any_of; };
struct ResolvedGuard;
struct CountGuards { std::uint32_t at_least = 0; };  // of the children

struct ResolvedGuard {
  enum class Kind : std::uint8_t { leaf, all_of, any_of, negation, count } kind = Kind::all_of;  // all_of without children: true
  std::vector<ResolvedGuard> children;
  std::uint32_t at_least = 0;            // of a count
  // Of a count that is a score: what each child adds where it holds; together they reach `limit`, or go beyond it.
  std::vector<Rational> points{};
  Rational limit{};
  bool beyond = false;
  std::variant<HasCondition, Measures, IsSex, TakesDrug, HasAllergy, HasEffect, NoRecent, HoursApart, CountDrugs, SummedDrugs, Trend, TableValue>
      leaf;
  std::string text;                      // the author's words for it
  std::string population;                // "elderly" where it is the body of a population
  grammar::Place at;
};

// ---- items ---------------------------------------------------------------------------------------------------------------------------------------------
struct DrugItem { std::vector<DrugAlternative> any_of; };
struct EffectItem { std::vector<EffectId> any_of; };
struct CountItem { std::uint32_t at_least = 0; std::vector<DrugAlternative> any_of; };
struct SameItem {                        // at least 2 of the same ingredient: distinct entries of one member of the level
  std::uint32_t at_least = 2;
  std::vector<ConceptId> members;        // empty: the level is `ingredient`
};
struct SumItem { SummedDrugs sum; };    // binds all that add to it
struct AbruptStopItem { std::vector<DrugAlternative> any_of; std::optional<Span_> after_longer_than; };
struct GuardItem { ResolvedGuard guard; };  // a condition, observation or state in the drug part: binds no drug
struct ResolvedItem {
  std::variant<DrugItem, EffectItem, CountItem, SameItem, SumItem, AbruptStopItem, GuardItem> what;
  std::string role;                      // "" where none
  std::string text;
  grammar::Place at;
};

// ---- outcome -------------------------------------------------------------------------------------------------------------------------------------------
struct ResolvedHead {
  EffectId effect{};
  std::optional<std::uint32_t> of_item;  // increased exposure of victim: one finding a drug of that item
  Severity severity = Severity::unrated;
  std::string frequency;
  bool disputed = false;
};
struct ResolvedFlag { FlagId flag{}; ResolvedGuard guard; };  // guard true where none was written
struct ResolvedAction {
  std::string verb;                      // prefer becomes switch
  bool now = false;
  std::vector<std::uint32_t> items;      // leading words that are an item or role
  std::vector<ConceptId> concepts;       // leading words that are another drug phrase: `give naloxone`
  std::string to;
  std::string text;                      // what is said of the drugs: the text after the words that name them
};
struct ResolvedShift { bool raise = true; Severity to{}; ResolvedGuard guard; std::string source; };

struct ResolvedException {
  std::string label;
  ResolvedGuard when;
  enum class Kind : std::uint8_t { silent, lower, replace } kind{};
  Severity lower_to{};
  std::vector<ResolvedHead> heads;
  std::vector<std::uint32_t> exceptions; // exceptions to this exception: indexes into ResolvedRule::exceptions
  bool top = true;                       // stands against the rule itself
  grammar::Place at;
};

struct SourceUse { std::string key; std::optional<Severity> severity; };

struct ResolvedExample {
  enum class Expect : std::uint8_t { fires, silent, unknown } expect{};
  std::string patient;
  grammar::Place at;
  std::vector<std::string> tags;
};

struct ResolvedRule {
  std::string label;                     // its id: the author's, or the slug of its reading and six digits of its hash
  std::string title;
  std::vector<ResolvedItem> items;
  ResolvedGuard guard;                   // conjunction of all in/with/if/and
  std::vector<ResolvedGuard> unless;     // each silences
  std::vector<ResolvedException> exceptions;
  std::vector<ResolvedHead> heads;
  std::vector<ResolvedFlag> flags;
  std::vector<ResolvedAction> actions;
  std::vector<ResolvedShift> shifts;
  std::vector<ConditionId> ask_for;      // not mentioned counts as not known in this rule
  std::string because, tell_patient, evidence, status, version, review_by, known_noise, supersedes;
  std::vector<SourceUse> sources;
  std::vector<ResolvedExample> examples;
  std::string reading;                   // one unambiguous English sentence
  grammar::Place at;
};

struct ResolvedAttribution {
  EffectId effect{};
  ConceptId to{};
  std::string frequency;
  std::optional<Span_> onset_after, onset_within;  // how long from a start until it usually begins
  grammar::Place at;
};

struct Resolved {
  std::shared_ptr<const Terminology> terminology;  // the given one, with inferred effects and flags and classes of the rule files added
  std::vector<ResolvedRule> rules;                 // by label
  std::vector<ResolvedAttribution> attributions;
  grammar::Diagnostics diagnostics;
  std::uint32_t not_loaded = 0;
};

}  // namespace theriac::detail
