// One entry of the medication list, taken apart: which drugs it names, how it is taken, when, how much. Steps of `understand`, each in its own file.
#pragma once

#include "facts/body.hpp"
#include "facts/facts.hpp"
#include "facts/names.hpp"

#include "theriac/grammar/dosage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace theriac::detail {

// ---- what is taken (drug_names.cpp)
// ---------------------------------------------------------------------------------------------------------------------- A longer text is no one
// medication; it is not screened.
inline constexpr std::size_t longest_medication = 2000;

struct NamedDrugs {
  std::vector<ConceptId> ingredients;  // in the order of the text; a class for an entry that names only a class
  bool order_is_told = false;          // strengths may be given to them in this order
  std::optional<CombinationId> combination;
  std::string matched_by;                     // name · brand · combination · code · class; "" where nothing is known
  std::string said;                           // the words that were known: "Klonopin"
  std::vector<std::string> not_read;          // words that nothing reads
  std::vector<std::string> not_read_of_dose;  // those of them and of the unknown parts behind the name
  std::vector<std::string> unknown_parts;     // of a combination: "X" in "paracetamol/X"
  std::size_t known_until = 0;                // byte after the name, in the text
};
// `text`: the line, or the drug as stated; `line`: its reading.
NamedDrugs named_drugs(std::string_view text, const grammar::MedicationLine& line, const std::optional<Said>& rxcui, const Terminology& terminology);
// "clonazepam (Klonopin)".
std::string shown_as(ConceptId ingredient, const std::string& said, const Terminology& terminology);
std::vector<std::string> drug_suggestions(std::string_view text, const grammar::MedicationLine& line, const Terminology& terminology);

// ---- when it is taken (presence.cpp)
// ---------------------------------------------------------------------------------------------------------------------- What the words of a free
// line say of status and dates, put into the entry's own fields where these say nothing.
MedicationEntry with_course(const MedicationEntry& entry, const grammar::MedicationLine& line, Minutes as_of,
                            std::vector<NotUnderstood>& not_understood);

struct Course {
  Presence presence = Presence::present;
  bool proposed = false;
  When start{always_before, always_before};
  When end{always_after, always_after};
  bool start_given = false, end_given = false, stop_is_ours = false;
  MedicationEntry::Ended ended = MedicationEntry::Ended::unknown;
  std::string status;         // as Screened::status
  std::string remark;         // "stopped 115 days ago"
  std::string not_confirmed;  // why, or ""
};
Course course_of(const MedicationEntry& entry, Minutes as_of, std::vector<NotUnderstood>& not_understood);

// ---- by which way (route.cpp)
// -----------------------------------------------------------------------------------------------------------------------------
struct Way {
  std::optional<RouteId> route;
  std::optional<Exposes> by_formulation;  // stated for this formulation of the drug
  bool assumed = false;
};
struct SaidRoute {
  std::optional<RouteId> route;  // in words
  std::optional<RouteId> by_form;
  bool not_read = false;  // words for a route that nothing knows
};
SaidRoute said_route(const MedicationEntry& entry, const grammar::MedicationLine& line, const Terminology& terminology);
Way way_of(ConceptId drug, std::string_view text, const SaidRoute& said, const std::optional<CombinationId>& combination,
           const Terminology& terminology);
Exposes exposes(ConceptId drug, const Way& way, const Terminology& terminology);

// ---- how much (dose.cpp)
// ----------------------------------------------------------------------------------------------------------------------------------
struct DoseContext {
  std::size_t ingredient = 0;  // which of them
  std::size_t ingredients = 1;
  bool order_is_told = false;
  bool as_needed = false;
  bool partly = false;          // taken partly
  Body body;                    // asked for only where the line has a dose by size
  std::size_t known_until = 0;  // byte after the drug's name in the line
  std::string unread;           // words about the dose that nothing reads: a number beside them is not trusted
};
DoseFact dose_of(const grammar::MedicationLine& line, const DoseContext& context);
// With what the record says elsewhere of the same course (also_said.cpp).
DoseFact with_also_said(DoseFact dose, const std::vector<Said>& lines, const DoseContext& context, const Terminology& terminology,
                        std::vector<NotUnderstood>& not_understood);

// ---- at what times of the day (times_of_day.cpp)
// ----------------------------------------------------------------------------------------------------------------------------------
// Never empty. As needed it is any time.
std::vector<TimeOfDay> times_of_day(const grammar::MedicationLine& line, bool as_needed);

}  // namespace theriac::detail
