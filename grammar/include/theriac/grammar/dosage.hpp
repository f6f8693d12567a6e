// Reads the text of one medication as people write it ("diazepam 5 mg by mouth twice daily", "25 mcg/h patch every 72 h", "1-2 tabs q6h prn max
// 8/day") into its parts, with the bytes each came from. Knows no drug names: the words before the first recognised part are the name, and every word
// that is no part of anything stands in `not_read`, never guessed. Ambiguous decimals ("2,5 mg", "1,000 mg") are refused with both readings.
// Thread-safe.
#pragma once

#include "theriac/grammar/ast.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar {

struct Amount {
  std::string low, high;  // decimals as written; equal where it is no range
  std::string unit;       // "mg", "mcg/h", "tablet", "puff", "mL"; "" where none
  Span span;
  bool operator==(const Amount&) const = default;
};

struct Frequency {
  // Doses a period: "twice daily" 2 to 2 in 1 day; "q6-8h" 3 to 4 in 1 day; "every 72 h" 1 in 72 hour; "weekly" 1 in 1 week. All four empty where it
  // is said when but not how often ("with meals", "as directed").
  std::string times_low = "1", times_high = "1";
  std::string per = "1";
  std::string per_unit = "day";  // minute hour day week month year; "once" for a single dose
  std::string when;              // "at night", "with meals", "in the morning"; "" where none
  std::optional<Amount> dose;    // where doses differ: "10 mg in the morning and 20 mg at night"
  Span span;
  bool operator==(const Frequency&) const = default;
};

struct MedicationLine {
  Span name;                           // words before the first recognised part
  std::vector<Amount> strengths;       // "5 mg" first; combination strengths "160/800 mg" give two
  std::optional<Amount> dose;          // "1 tab", "two puffs", "10 mg" where it differs from the strength
  std::vector<Frequency> frequencies;  // they add up: morning and night are two
  std::optional<std::string>
      route;  // canonical word: oral, sublingual, buccal, topical, transdermal, inhaled, nasal, ophthalmic, otic, rectal, vaginal,
              // subcutaneous, intramuscular, intravenous, epidural, intrathecal, intra-articular, feeding tube, oral rinse
  std::optional<std::string> form;  // tablet, capsule, patch, gel, cream, drops, solution, suppository, inhaler, extended release …
  bool as_needed = false;
  bool divided = false;                           // "in divided doses": an amount is that of the whole day
  std::string sites_low = "1", sites_high = "1";  // "each nostril" 2 to 2; "both eyes" 1 to 2, for it may be the sum that is meant
  std::string varies;                             // why no one dose is said: "the dose changes with time", "taken in cycles"; "" else
  std::optional<Amount> maximum_per_day;          // "max 4/day", "max 4 g/day"
  std::optional<Duration> duration;               // "for 6 weeks", "x 7 days"
  std::optional<std::string> status;              // "stopped 20 days ago" → stopped · "starts in 5 days" → proposed · "held"
  std::string ended;                              // abruptly · tapered; "" where it is not said
  std::optional<Duration> stopped_ago, started_ago, starts_in, stops_in;
  std::optional<std::string> stop_date, start_date;  // "stopped 2024-11-15", as parse_date reads it
  std::optional<Span> indication;                    // the words after "for", where they are no duration: "for pain"
  std::vector<Span> not_read;
  std::vector<Span> not_placed;      // amounts among them: a second strength, a count beside a count
  std::vector<std::string> refused;  // "2,5 mg: 2.5 mg or 25 mg?"
};

MedicationLine read_medication_line(std::string_view text);

}  // namespace theriac::grammar
