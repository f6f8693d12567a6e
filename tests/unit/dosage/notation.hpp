// A medication line's reading as one line that anybody can edit, for tests/golden/dosage.txt.
#pragma once

#include "theriac/grammar/dosage.hpp"

#include <string>
#include <string_view>

namespace theriac::test {

inline std::string show(const grammar::Amount& amount) {
  std::string shown = amount.low;
  if (amount.high != amount.low) shown += "-" + amount.high;
  if (!amount.unit.empty()) shown += " " + amount.unit;
  return shown;
}

inline std::string show(const grammar::Frequency& f) {
  std::string shown = f.dose ? show(*f.dose) + " @ " : "";
  if (f.times_low.empty()) {
    shown += "?";
  } else if (f.per_unit == "once") {
    shown += "once";
  } else {
    shown += f.times_low + (f.times_high != f.times_low ? "-" + f.times_high : "") + "/" + (f.per != "1" ? f.per + " " : "") + f.per_unit;
  }
  return f.when.empty() ? shown : shown + " (" + f.when + ")";
}

inline std::string show(const grammar::Duration& duration) { return std::to_string(duration.count) + " " + duration.unit; }

// name; strengths joined by +; dose …; how often; route; form; prn; max …; for …; status …; dates; indication; unread; refused.
inline std::string notation(std::string_view text, const grammar::MedicationLine& line) {
  const auto words = [text](const grammar::Span& span) { return std::string(text.substr(span.begin, span.end - span.begin)); };
  std::string out = words(line.name);
  const auto add = [&out](const std::string& part) { out += "; " + part; };
  std::string strengths;
  for (const auto& strength : line.strengths) strengths += (strengths.empty() ? "" : " + ") + show(strength);
  if (!strengths.empty()) add(strengths);
  if (line.dose) add("dose " + show(*line.dose));
  for (const auto& f : line.frequencies) add(show(f));
  if (line.route) add(*line.route);
  if (line.form) add("as " + *line.form);
  if (line.as_needed) add("prn");
  if (line.maximum_per_day) add("max " + show(*line.maximum_per_day));
  if (line.duration) add("for " + show(*line.duration));
  if (line.status) add("status " + *line.status);
  if (!line.ended.empty()) add("ended " + line.ended);
  if (line.stopped_ago) add("stopped " + show(*line.stopped_ago) + " ago");
  if (line.started_ago) add("started " + show(*line.started_ago) + " ago");
  if (line.starts_in) add("starts in " + show(*line.starts_in));
  if (line.stops_in) add("stops in " + show(*line.stops_in));
  if (line.start_date) add("start " + *line.start_date);
  if (line.stop_date) add("stop " + *line.stop_date);
  if (line.indication) add("indication " + words(*line.indication));
  for (const auto& span : line.not_read) add("unread [" + words(span) + "]");
  for (const auto& refused : line.refused) add("refused [" + refused + "]");
  return out;
}

}  // namespace theriac::test
