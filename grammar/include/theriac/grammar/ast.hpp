// The syntax tree of one rule file: what was written, in the order written, with the bytes it came from. Phrases are words only; what they mean is
// found afterwards (engine, resolve). Plain values, recursion through vectors. Spans are into `Parsed::source`.
//
// A statement with a mistake in any clause is absent from `statements` (a rule that lost its `unless` would fire on everyone) and counted in
// `dropped`.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/grammar/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace theriac::grammar {

struct Word {
  std::string text;  // without back-quotes
  bool quoted = false;
  Span span;
};

// A name of one or more words, in the author's spelling.
struct Phrase {
  std::vector<Word> words;
  Span span;
  std::string text() const;  // words joined by one blank
};

// Free text to the end of the clause, trimmed; continuation lines joined by one blank.
struct Text {
  std::string text;
  Span span;
};

// A decimal as written ("0.5", "1000"), never converted here.
struct Number {
  std::string text;
  Span span;
};

struct Quantity {
  Number number;
  std::string unit;  // "" where none was written; "%" and "mL/min/1.73m2" as written
  Span span;
};

// "14 days", "6 months": the unit is one of minute hour day week month year, singular.
struct Duration {
  std::uint32_t count = 0;
  std::string unit;
  Span span;
};

enum class Compare : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };

struct Comparison {
  Compare op{};
  std::variant<Quantity, Phrase> right;
};
struct Range {  // 30 to <60 mL/min
  Number low;
  bool high_excluded = false;
  Quantity high;
};
struct Trend {
  bool rising = true;
  Quantity by;
  Duration within;
};
struct Change {  // stopped within 14 days · started after amlodipine
  enum class Kind : std::uint8_t { stopped, started, changed } kind{};
  std::optional<Duration> within;
  enum class Relation : std::uint8_t { none, after, before } relation{};
  std::optional<Phrase> other;
};
struct Length {  // longer than 4 weeks
  bool longer = true;
  Duration than;
};
struct Within {
  Duration duration;
};
struct Is {
  Phrase state;
};
struct Test {
  std::variant<Comparison, Range, Trend, Change, Length, Within, Is> what;
  Span span;
};

struct UnitItem;

// phrase [except …] {test}
struct Term {
  Phrase phrase;
  std::vector<UnitItem> except;  // each: a plain name or a parenthesised list, already flattened
  std::vector<Test> tests;
  Span span;
};

struct Guard;

// at least 3 of CNS-active drug · at least 2 of the same ingredient · at least 2 of (age >= 80, weight <= 60 kg)
struct Count {
  std::uint32_t at_least = 0;
  bool same = false;
  std::optional<Phrase> of;
  std::vector<Guard> of_guards;
  Span span;
};

struct AbruptStop {
  Phrase of;
  std::optional<Duration> after_longer_than;
  Span span;
};

// "(" alternative ")" {test}
struct Group {
  std::vector<UnitItem> any_of;
  std::vector<Test> tests;
  Span span;
};

struct UnitItem {
  std::variant<Term, Count, AbruptStop, Group> what;
  Span span;
};

struct Item {
  std::vector<UnitItem> any_of;  // joined by `or`
  std::optional<Phrase> role;    // as culprit
  Span span;
};

struct Apart {  // at least 4 hours apart · less than 4 hours apart
  bool at_least = true;
  Duration by;
  Span span;
};
struct Unknown {  // unknown(lithium level within 90 days)
  Phrase of;
  std::optional<Duration> within;
  Span span;
};

// A guard as a tree: all_of and any_of have children, negation exactly one, a leaf none.
struct Guard {
  enum class Kind : std::uint8_t { leaf, all_of, any_of, negation } kind = Kind::leaf;
  std::vector<Guard> children;
  std::variant<Term, Count, Apart, Unknown> leaf;
  Span span;
};

// One connective and its guard: `in elderly`, `with eGFR < 30`, `and no statin`.
struct Attached {
  enum class Word : std::uint8_t { in, with, if_, and_ } word{};
  Guard guard;
};

struct Premise {
  std::vector<Item> items;  // joined by `+`
  std::vector<Attached> guards;
  std::optional<Guard> unless;
  Span span;
};

struct Head {
  Phrase effect;
  std::optional<Phrase> of_role;  // increased exposure of victim
  std::optional<Phrase> is;       // victim is overexposed: `effect` holds the left side
  Span span;
};

struct Tag {
  std::string text;  // severity, evidence grade, frequency, "disputed" … checked on resolving
  Span span;
};

struct Outcome {
  std::vector<Head> heads;
  std::vector<Tag> tags;
  Span span;
};

struct Flag {
  Phrase flag;  // may open with a population: `flag elderly fall risk`
  std::optional<Guard> in;
  Span span;
};
struct Prefer {
  std::vector<Phrase> alternatives;
  std::optional<Phrase> over;
  Span span;
};
struct Advice {  // [now] verb text
  bool now = false;
  std::string verb;  // one of the verbs of the grammar
  Text text;         // drugs and target are found on resolving
  Span span;
};
using Action = std::variant<Flag, Prefer, Advice>;

struct Shift {  // raise to major if … · lower to minor if …
  bool raise = true;
  Tag to;
  Guard guard;
  std::optional<Tag> source;
  Span span;
};

struct Reference {  // source FDA-2016-opioid-benzodiazepine [major]
  Tag key;
  std::optional<Tag> severity;
};

struct Example {
  enum class Expect : std::uint8_t { fires, silent, unknown } expect{};
  std::vector<Tag> tags;
  Text patient;
  Span span;
};

struct Rule {
  std::optional<Text> label;
  std::optional<Text> title;
  Premise premise;
  std::vector<Guard> unless;  // `unless` clauses of the block; the premise's own stands in `premise`
  std::vector<Outcome> outcomes;
  std::vector<Action> actions;
  std::vector<Shift> shifts;
  std::vector<Phrase> ask_for;
  std::optional<Text> because;
  std::optional<Text> tell_patient;
  std::optional<Tag> evidence;
  std::vector<Reference> sources;
  std::optional<Tag> status;
  std::optional<Tag> version;
  std::optional<Tag> review_by;  // ISO date
  std::optional<Text> known_noise;
  std::optional<Tag> supersedes;
  std::vector<Example> examples;
};

struct ClassDeclaration {  // class A = B, C except D · class A includes B
  Phrase name;
  bool includes = false;
  std::vector<Term> members;
  std::vector<Phrase> except;
};
struct PopulationDeclaration {
  Phrase name;
  Guard guard;
};
struct QualifierDeclaration {  // qualifier new: drug started within 30 days
  Phrase name;
  Guard guard;
};
struct EffectDeclaration {
  Phrase name;
  std::vector<Tag> tags;  // `problem …`, `is …`
};
struct ScoreDeclaration {  // score X: and indented `2 if guard` · score X = sum of Y over Z
  struct Part {
    Number points;
    Guard guard;
    Span span;
  };
  struct OverDrugs {
    enum class By : std::uint8_t { sum, most, count } by{};
    Phrase of;
    Term over;
  };
  Phrase name;
  std::vector<Part> parts;
  std::optional<OverDrugs> over_drugs;  // then no parts
};
struct TableDeclaration {  // table X by A, B: a header line, then rows of cells; the last cell of a row is its value
  struct Cell {
    std::optional<Test> test;  // a comparison or a range
    bool otherwise = false;
    std::optional<Quantity> value;
    Span span;
  };
  struct Row {
    std::vector<Cell> cells;
    Span span;
  };
  Phrase name;
  std::vector<Phrase> by;
  std::vector<Phrase> header;
  std::vector<Row> rows;
};
struct ExceptionStatement {  // exception to a, b as c when guard: silent
  std::vector<Tag> to;
  std::optional<Tag> as;
  Guard when;
  enum class Kind : std::uint8_t { silent, lower, replace } kind{};
  std::optional<Tag> lower_to;
  std::optional<Outcome> outcome;
};
struct Attribution {  // attribute back pain to mirtazapine [common]
  Phrase effect;
  Phrase to;
  std::vector<Tag> tags;
};

struct Statement {
  std::variant<Rule, ClassDeclaration, PopulationDeclaration, QualifierDeclaration, EffectDeclaration, ScoreDeclaration, TableDeclaration,
               ExceptionStatement, Attribution>
      what;
  std::string documentation;  // the `##` comment above it
  Span span;
};

}  // namespace theriac::grammar
