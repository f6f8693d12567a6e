// A patient, understood: every stated thing as a typed fact with its place, or in `not_screened` / `not_understood` with the reason. Made once a
// screening from Patient and Terminology; knows no rules. Deterministic: entries keep their order.
#pragma once

#include "theriac/patient.hpp"
#include "theriac/terminology.hpp"

namespace theriac::detail {

// not_mentioned: a habit of which nothing was said, though it may be there.
enum class Presence : std::uint8_t { present, unknown, past, never, not_mentioned };
inline bool is_unsure(Presence presence) { return presence == Presence::unknown || presence == Presence::not_mentioned; }
inline bool may_be_taken(Presence presence) { return presence == Presence::present || is_unsure(presence); }

// The interval of what an amount may be, in one unit; not known where `why_unknown` says why.
struct DoseFact {
  Interval per_day;  // total daily dose
  std::optional<Interval> single;
  Unit unit;                // per_day's mass/unit, without "/day"
  std::string why_unknown;  // "" where known
  std::optional<Interval> every{};  // hours from one administration to the next, as a mean; as needed: at least. None: not known
  bool known() const { return why_unknown.empty(); }
};

// The minute of the day at which one administration may be: [earliest, latest]. Past midnight the count goes on, so "at night" ends at 25 h. Not
// said: the whole day.
struct TimeOfDay {
  std::int32_t earliest = 0;
  std::int32_t latest = 24 * 60 - 1;
  bool operator==(const TimeOfDay&) const = default;
};

// What is known of the last change of a drug's dose.
struct DoseChange {
  Truth truth = Truth::open;   // open: nobody mentioned one
  std::optional<When> when{};  // none: nobody said when
};

// One active ingredient of one entry (or of a habit), or the class that an entry names instead of an ingredient.
struct Exposure {
  ConceptId what{};
  std::int32_t entry = -1;  // index into Patient::medications; −1: a habit
  Exposes exposes = Exposes::systemic;
  std::optional<RouteId> route;
  bool route_assumed = false;
  Presence presence = Presence::present;
  bool proposed = false;  // not yet begun, present all the same
  bool as_needed = false;
  // When it is in the body's way: [start, end). No start given: always_before, and `start_given` false. Taking: end is always_after.
  When start{always_before, always_before};
  When end{always_after, always_after};
  bool start_given = false;
  bool end_given = false;     // a past exposure without it: the stop is not known, end = {always_before, as_of}
  bool stop_is_ours = false;  // planned stop, to stop
  MedicationEntry::Ended ended = MedicationEntry::Ended::unknown;
  DoseFact dose;
  std::vector<TimeOfDay> times;  // one an administration of a day on which it is taken; empty (a habit): nothing is said, not even how many
  DoseChange change;
  std::string shown;  // as people see it: "clonazepam (Klonopin)"
  grammar::Place at;
};

struct ConditionFact {
  ConditionId what{};
  Truth truth = Truth::yes;  // yes: has it; no: asked and not there; possible: to be found out
  std::optional<When> onset;
  std::string shown;  // the words of the list
  grammar::Place at;
};

// Something without which a quantity is not worked out, or not exactly.
struct Missing {
  std::string kind;     // observation · patient · condition
  std::string input;    // "serum creatinine", "age"
  std::string because;  // "not given", "412 days old"
  bool asked = true;    // false: merely not mentioned
};

// What a quantity was worked out from.
struct UsedInput {
  std::string name, value, unit;  // as stated
  std::optional<When> when;
  grammar::Place at;
};

struct ObservationFact {
  ObservationId what{};
  Interval value;  // in the observation's own unit
  std::optional<When> when;
  std::string shown;  // "1.2 mg/dL"
  grammar::Place at;
  std::string value_said{}, unit_said{};
  // Of a quantity that was worked out, else empty.
  std::string formula{}, range_said{};
  std::vector<UsedInput> inputs{};
  std::vector<Missing> inexact{};    // what would make it exact
  std::optional<Interval> listed{};  // where something not mentioned makes a difference: the value if it is not there
};

// A quantity for which there is a formula that gives nothing here.
struct NotDerived {
  ObservationId what{};
  std::string because;  // "Cockcroft-Gault, actual weight does not hold with dialysis"; "" where inputs are missing
  std::vector<Missing> missing;
};

struct AllergyFact {
  std::vector<ConceptId> to;
  std::string shown, reaction;
  grammar::Place at;
  Truth allergy = Truth::yes;           // possible: it may be an intolerance alone
  Truth intolerance = Truth::possible;  // possible: nobody said which of the two
};

struct Screened {
  std::int32_t entry = 0;
  std::string text;
  std::vector<ConceptId> ingredients;
  std::string matched_by;  // name · brand · combination · code · class
  std::string shown;       // "clonazepam (Klonopin)"
  std::string status;      // taking · proposed · held · stopped · completed · to stop · not taken · prohibited · unknown
  Exposes counts_as = Exposes::systemic;
  DoseFact dose;
  bool as_needed = false;
  std::string not_read;  // words of the line that nothing here could read
  std::string remark;    // "stopped 115 days ago", "route assumed: oral"
};

struct NotScreened {
  std::int32_t entry = 0;
  std::string text;
  std::string reason;
  std::vector<std::string> suggestions;
  grammar::Place at;
};

struct NotConfirmed {
  std::int32_t entry = 0;
  std::string because;
};

struct Facts {
  Minutes as_of = 0;
  std::vector<Exposure> exposures;
  std::vector<ConditionFact> conditions;      // states too
  std::vector<ObservationFact> observations;  // stated, then worked out
  std::vector<NotDerived> not_derived;
  std::vector<AllergyFact> allergies;
  std::optional<Age> age;
  std::string sex;                   // female · male · other · unknown
  bool medications_complete = true;  // as declared; entries that nothing knew stand in `unrecognised`
  bool conditions_complete = false;
  bool allergies_known = false;           // a list declared complete, or "none known"
  std::vector<std::string> unrecognised;  // texts of entries that nothing knew: each could be anything

  // Is the condition, or a kind of it, there? Answers yes/no/possible from what was stated; else what silence means: `no` in a complete list, `open`
  // in another; `possible` for pregnancy where sex, age and conditions leave it possible. The fact that decided, where there is one.
  struct Answer {
    Truth truth = Truth::no;
    const ConditionFact* fact = nullptr;
  };
  Answer has(ConditionId condition, const Terminology& terminology) const;

  std::vector<Screened> screened;
  std::vector<NotScreened> not_screened;
  std::vector<NotConfirmed> not_confirmed;
  std::vector<NotUnderstood> not_understood;
  std::vector<std::string> assumed;  // beside the adapter's own
};

Facts understand(const Patient& patient, const Terminology& terminology);

}  // namespace theriac::detail
