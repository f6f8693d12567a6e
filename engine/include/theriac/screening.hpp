// What a screening says: the contract's JSON as values. Everything that the text shows stands here. Nothing here depends on time, host or order of
// input.
#pragma once

#include "theriac/patient.hpp"
#include "theriac/rule_base.hpp"
#include "theriac/truth.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace theriac {

// An input that would decide something.
struct Need {
  std::string kind;     // observation · patient · condition · dose · date · status · medication · allergy · time
  std::string input;    // "eGFR", "age", "stop date of phenelzine"
  std::string because;  // "not given", "412 days old"
  std::int32_t within_days = -1;
  bool asked = true;  // false: merely not mentioned
  std::string of{};   // the quantity that it is missing for; "" where it is needed itself
  auto operator<=>(const Need&) const = default;
};

// One premise of a rule, for certain drugs, and what it comes to.
struct Premise {
  std::string kind;                   // drug · count · effect · sum · stop · time · entry · guard · unless · exception
  std::string text;                   // the rule's words
  Truth holds{};                      // as the rule needs it: of an exception that holds it is `no`
  std::string value;                  // what was read: "20 mg/day is not > 20 mg/day"
  std::string at;                     // where that stands in the input; "" where nothing was read
  std::string in_rule;                // where the rule says it
  std::vector<Need> needs;            // what is missing, where it is neither yes nor no
  bool blocks = false;                // an exception that holds
  std::vector<std::string> drugs;     // that it matches, sorted
  std::vector<std::int32_t> entries;  // theirs, sorted; habits have none
};

struct Proof {
  std::string fact;              // "diazepam is a benzodiazepine"
  std::string value;             // "82 years"; may be empty
  std::vector<std::string> via;  // names along the is-a graph
  std::string at;                // "ada.yaml:15:5"
  std::string element;           // of FHIR: "MedicationRequest/123.status"
  std::string resource;          // of FHIR: "MedicationRequest/123"
  std::string rule;              // of a derived fact
  std::vector<Proof> because;
  std::vector<Premise> premises{};  // of a rule: each of its premises, with the drugs that show it
};

struct SeverityShift {
  Severity to{};
  std::string because;
  std::vector<Need> needs;  // of could_raise
  std::string at{};         // where the rule says so; "" where another entry of the list would raise it
};

struct ActionAdvice {
  std::string verb;
  std::vector<std::string> drugs;
  std::string to;
  bool now = false;
  std::string never;  // "abrupt stop", or ""
  std::string text;
  bool operator==(const ActionAdvice&) const = default;
};

// What is asked for with a finding for a reason of its own.
struct Besides {
  std::string title;  // of the rule
  std::vector<ActionAdvice> actions;
  std::string folded;  // id of the finding that stands in this one; "" where another rule says the same
};

struct FindingSource {
  std::string key, kind, jurisdiction, place, url, seen;
};

struct Finding {
  std::string ref;  // "1a"
  std::string id;   // "f-3c9a1e…"
  std::string rule, rule_version, rule_status, title;
  std::string effect, problem;
  std::string of_drug;  // the drug of the role that the effect names; "" where none
  Severity severity{}, base{};
  std::vector<SeverityShift> raised, lowered, could_raise;
  Verdict status{};
  std::vector<std::string> unless;                 // what would silence it
  std::vector<Need> needs;                         // of a possible one
  std::vector<std::string> drugs;                  // sorted
  std::vector<std::string> shown;                  // the same, as the list has them
  std::vector<std::int32_t> entries;               // sorted
  std::vector<std::vector<std::string>> supports;  // at most 300
  std::size_t supports_total = 0;
  std::size_t enough = 0;  // drugs that suffice
  std::vector<std::pair<std::string, std::vector<std::string>>> roles;
  std::vector<std::string> flags;
  std::vector<std::string> flags_possible;  // would be flagged if a missing fact were so
  std::string summary, mechanism, patient_text;
  std::vector<ActionAdvice> actions;
  std::vector<Proof> premises;    // facts of the patient other than drugs
  std::vector<std::string> also;     // other rules that say the same
  std::vector<Besides> besides;      // what those and the findings that stand in this one ask for, where nothing else of the group does
  std::vector<std::string> jurisdictions;
  std::vector<std::string> disputed;
  std::string evidence;
  std::vector<FindingSource> sources;
  Proof derivation;
  std::string within;  // id of the finding that it is folded into
};

struct ScreenedEntry {
  std::int32_t entry = 0;
  std::string text;
  std::vector<std::string> ingredients;
  std::string matched_by, shown, status, counts_as, remark, not_read;
  std::optional<std::string> dose_low, dose_high;
  std::string dose_unit, dose_unknown;
  bool as_needed = false;
  std::vector<std::string> not_reviewed;
  std::vector<std::string> resources;  // of FHIR: "MedicationRequest/123"
};

struct NotScreenedEntry {
  std::int32_t entry = 0;
  std::string text, reason, at, element, path;
  std::vector<std::string> suggestions;
  std::vector<std::string> resources;
};

struct OpenChecks {
  std::string kind;  // condition · allergy · membership …
  std::size_t checks = 0;
  Severity worst{};
  std::vector<std::string> names;
};

struct Coverage {
  std::vector<ScreenedEntry> screened;
  std::vector<NotScreenedEntry> not_screened;
  std::vector<std::pair<std::int32_t, std::string>> not_confirmed;
  std::vector<NotUnderstood> not_understood;
  std::vector<std::pair<std::string, std::string>> not_checked;  // check, because
  std::vector<OpenChecks> open;
  std::vector<std::string> given;   // statements of the file that were relied on: "medication list complete"
  std::vector<std::string> habits;  // those that count as exposures, as stated: "alcohol: 1 glass of wine nightly"
};

struct AskFor {
  std::vector<std::string> inputs;
  std::vector<std::string> settles;  // finding ids
  std::vector<std::string> narrows;
  Severity worst{};
};

struct Quiet {
  std::string rule, effect;
  std::vector<std::string> drugs, shown;
  struct Because {
    std::string kind, literal, value, at;  // kind: threshold · route · status · time · exception · dispute
  };
  std::vector<Because> because;
};

struct Silenced {
  std::string rule, by;
  std::vector<std::string> drugs;
};

struct GroupAction {
  bool now = false;
  std::string verb, to, text;
  std::vector<std::string> drugs;
  std::vector<std::string> for_refs;
};

struct ProblemGroup {
  std::string ref, problem;
  Severity severity{};
  std::vector<std::string> drugs;
  std::vector<std::string> findings, undecided;  // ids
  std::vector<std::string> flags;
  std::vector<GroupAction> actions;
};

// A quantity that a formula gave.
struct DerivedValue {
  std::string name, value, unit, formula;
  std::string range;                 // "2 to 7 with what is not mentioned"; "" where that makes no difference
  std::vector<std::string> used_by;  // references of findings whose rules read it
  struct Input {
    std::string name, value, unit, date;
    std::int64_t days_old = -1;  // -1: no date
    std::string at;
  };
  std::vector<Input> inputs;
};

struct Screening {
  bool complete = false;
  std::string engine_version;
  RuleBaseInfo rule_base;
  std::string terminology_version, terminology_sha256;
  std::size_t ingredients = 0;
  std::string source, source_sha256, as_of_from;
  std::vector<std::string> assumed;
  Minutes as_of = 0;
  std::string patient_id, age, sex, weight;  // "" where not stated
  std::string deceased, deceased_at;         // "" where nobody says so
  std::vector<DerivedValue> values;          // that rules read
  std::string patient_reference;             // of FHIR: "Patient/123"
  Coverage coverage;
  std::vector<Finding> findings;  // certain and unless
  std::vector<Finding> folded;
  std::vector<Finding> undecided;  // possible
  std::vector<Finding> open;       // for --all: true only if something not mentioned is present
  std::vector<AskFor> ask_for;
  std::vector<Quiet> quiet;
  std::vector<Silenced> silenced;
  std::vector<ProblemGroup> groups;
  std::size_t count(Severity severity) const;  // among findings
};

}  // namespace theriac
