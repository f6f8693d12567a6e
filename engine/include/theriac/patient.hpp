// The person and the regimen, as somebody stated them: text and dates with their places, not yet understood. Adapters (regimen file, later FHIR) make it,
// `screen` understands it against a terminology. Nothing that the input said may be lost on the way: what an adapter cannot carry goes to `not_understood`.
//
// Dates are days or minutes since 1970-01-01 in the patient's own calendar, no time zones; a partial date is the interval of what it may mean.
#pragma once

#include "theriac/grammar/source.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace theriac {

// Minutes since 1970-01-01T00:00.
using Minutes = std::int64_t;
inline constexpr Minutes minutes_per_day = Minutes{24} * 60;
inline constexpr Minutes always_before = std::numeric_limits<Minutes>::min() / 4;
inline constexpr Minutes always_after = std::numeric_limits<Minutes>::max() / 4;

// The earliest and the latest instant that a date may mean; "2025-03-10" is one instant (its midnight), "2025-03" the first to the last day.
struct When {
  Minutes earliest = 0;
  Minutes latest = 0;
  bool operator==(const When&) const = default;
};
// "2025-03-10", "2025-03", "2025", "2025-03-09T18:00"; nothing for anything else and for impossible dates.
std::optional<When> parse_date(std::string_view text);
std::string format_date(Minutes instant);  // "2025-03-10", with "T18:00" where it is not midnight
std::string format_date(const When& when);  // as precise as it is: "2019", "2025-02", "2025-03-10"; else "2025-03-01 to 2025-03-04"
// Calendar arithmetic for months and years, clipped to the month's end. `unit`: minute hour day week month year.
Minutes shift(Minutes from, std::int64_t count, std::string_view unit);
// Whole calendar months from one instant to a later one, as ages are counted.
std::int32_t completed_months(Minutes from, Minutes to);

// One value as somebody wrote it.
struct Said {
  std::string text;
  grammar::Place at;
};

enum class Status : std::uint8_t { active, proposed, held, stopped, completed, to_stop, not_taken, prohibited, unknown, entered_in_error };
std::string_view to_string(Status status);

// One coding of what a record says: "http://loinc.org", "2160-0", "Creatinine".
struct Coding {
  std::string system, code, display;
};

// Where a place of the input stands in a record that is made of resources: "MedicationRequest/123.status", and the same from the top of what was read.
struct Element {
  std::uint32_t begin = 0;        // byte in the source
  std::string name, path;
  std::string resource;           // "MedicationRequest/123"
};

struct Phase {
  Said dose;
  std::optional<When> until;
};

struct MedicationEntry {
  Said text;                      // the whole line, or the drug as stated
  Said drug;                      // name, perhaps with strength and form in it; for a line equal to `text`
  bool free_text = false;         // dose, route and frequency are to be read out of `text`
  std::optional<Said> dose, strength, route, frequency, form, quantity, indication, note;
  Status status = Status::active;
  std::optional<Said> status_said;
  std::optional<When> start, stop, changed, last_taken;
  std::optional<Said> start_said, stop_said;
  std::optional<Said> previous_dose, as_needed_use;
  std::optional<bool> as_needed;
  enum class Ended : std::uint8_t { unknown, abruptly, tapered } ended = Ended::unknown;
  std::vector<Phase> phases;
  std::vector<Said> also_said;    // whole lines of the same course that the record has beside this one: where they tell another dose, both count
  std::optional<Said> rxcui;      // a code that came with it
  std::vector<Coding> codings;    // all of them, those too that nothing here knows
  std::vector<std::string> resources;  // that this entry was made of: "MedicationRequest/123", "MedicationDispense/9"
  std::string remark;             // what the record says of it beside all this: "an option, no order"
  std::optional<bool> crushed;
  std::string taken, source;      // "partly", "over the counter"
  grammar::Place at;
};

struct ConditionEntry {
  Said text;
  enum class Is : std::uint8_t { present, resolved, absent, unknown } is = Is::present;
  std::optional<When> onset;
  std::optional<Said> icd10cm;
};

struct AllergyEntry {
  Said substance;
  std::string reaction, severity;
  std::string type{};              // "intolerance", "allergy", or ""
};

struct ObservationEntry {
  Said name;
  Said value;                      // "1.2", ">60", "112/64"
  Said unit;
  std::optional<When> date;
  std::string status, timing, position;
};

struct GenotypeEntry {
  Said gene;
  Said result;
};

struct HabitEntry {
  Said name;                       // alcohol, smoking, grapefruit, driving
  Said value;                      // "1 glass of wine nightly", "never", "true"
};

// Age as completed months, and days where it was stated so finely.
struct Age {
  std::int32_t months_low = 0;
  std::int32_t months_high = 0;
  std::string text;                // "82 years"
  grammar::Place at;
  std::int32_t days_low = -1;      // completed days; −1: not stated so finely
  std::int32_t days_high = -1;
};

inline constexpr std::int32_t oldest_years = 130;
// Of somebody born then, on that day; nothing where nobody is that old. Without a place.
std::optional<Age> age_of(const When& born, Minutes on);

struct NotUnderstood {
  std::string kind;                // condition, observation, medication, allergy, patient …
  std::string text;
  std::string reason;
  std::string at;
  std::string element{}, path{};   // of FHIR: "Observation/9.valueQuantity"; the same from the top of the input
};

struct Complete {
  bool medications = true;
  bool conditions = false;
  bool allergies = false;
  bool habits = false;  // what is not among them is absent; no file declares it, examples of rules do
};

struct Patient {
  std::string id;
  Minutes as_of = 0;
  std::string as_of_from = "file";  // file · command line · today
  std::optional<Age> age;
  std::string sex = "unknown";      // female · male · other · unknown
  std::optional<grammar::Place> sex_at;
  std::optional<Said> deceased;     // "2024-05-01", or "on a day that is not given"; nothing where it was after as_of
  std::vector<HabitEntry> facts;    // other fields of the person, by their key: pregnant, breastfeeding, childbearing, renal_replacement, setting, frailty
  std::vector<Said> goals;
  std::vector<ConditionEntry> conditions;
  std::vector<AllergyEntry> allergies;
  bool no_known_allergies = false;
  std::vector<ObservationEntry> observations;  // weight and height among them
  std::vector<GenotypeEntry> genotypes;
  std::vector<HabitEntry> habits;
  Complete complete;
  std::vector<MedicationEntry> medications;
  std::vector<NotUnderstood> not_understood;
  std::vector<std::string> assumed;  // what an adapter took for granted, for the report
  std::string source;                // "ada.yaml"
  std::string sha256;                // of the bytes read
  std::vector<Element> elements;     // of FHIR: by their bytes
  grammar::SourcePtr elements_of;
  std::string reference;             // of FHIR: "Patient/123"
};

}  // namespace theriac
