// Status and dates → is it taken, and when (semantics.md, "Presence").
#include "facts/medication.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Duration;
using grammar::MedicationLine;

constexpr When never_starts{always_before, always_before};
constexpr When never_ends{always_after, always_after};

When shifted(Minutes from, const Duration& by, std::int64_t sign) {
  const auto instant = shift(from, sign * static_cast<std::int64_t>(by.count), by.unit);
  return {instant, instant};
}

std::optional<Status> status_word(const std::optional<std::string>& word) {
  if (!word) return std::nullopt;
  for (const auto status :
       {Status::proposed, Status::held, Status::stopped, Status::completed, Status::to_stop, Status::not_taken, Status::unknown}) {
    if (to_string(status) == *word) return status;
  }
  return std::nullopt;
}

std::optional<When> read_date(const std::optional<std::string>& date, const MedicationEntry& entry, std::vector<NotUnderstood>& not_understood) {
  if (!date) return std::nullopt;
  const auto when = parse_date(*date);
  if (!when) not_understood.push_back({"medication", *date, "there is no such date", entry.at.to_string()});
  return when;
}

std::string ago(Minutes then, Minutes now) {
  const auto days = (now - then) / minutes_per_day;
  if (days == 0) return "today";
  return std::to_string(days) + (days == 1 ? " day ago" : " days ago");
}
std::string ahead(Minutes then, Minutes now) {
  const auto days = (then - now + minutes_per_day - 1) / minutes_per_day;
  if (days <= 0) return "today";
  return "in " + std::to_string(days) + (days == 1 ? " day" : " days");
}
std::string when_past(const std::string& what, const std::optional<When>& when, Minutes as_of) {
  if (!when) return what + ", date not given";
  if (when->earliest != when->latest) return what + " between " + format_date(when->earliest) + " and " + format_date(when->latest);
  return what + " " + ago(when->earliest, as_of);
}

// Of a date that is said to lie in the past, the part that does.
When not_after(When when, Minutes as_of) {
  when.latest = std::max(when.earliest, std::min(when.latest, as_of));
  return when;
}

void set_end(Course& course, When end, bool ours) {
  course.end = end;
  course.end_given = true;
  course.stop_is_ours = ours;
}

void past(Course& course, const MedicationEntry& entry, const std::optional<When>& stop, std::string_view word, Minutes as_of) {
  course.presence = Presence::past;
  course.status = std::string(word);
  course.remark = when_past(course.status, stop, as_of);
  if (stop) return set_end(course, not_after(*stop, as_of), false);
  course.end = {entry.start ? std::min(entry.start->earliest, as_of) : always_before, as_of};
}

void taking(Course& course, const MedicationEntry& entry, Minutes as_of, std::vector<NotUnderstood>& not_understood) {
  course.status = "taking";
  if (!entry.stop) return;
  if (entry.stop->latest >= as_of) {
    const Minutes a_day = entry.stop->latest == as_of ? minutes_per_day : 0;  // taken through its last day
    set_end(course, {std::max(entry.stop->earliest, as_of) + a_day, entry.stop->latest + a_day}, true);
    course.remark = "until " + format_date(entry.stop->latest);
    return;
  }
  course.presence = Presence::unknown;
  course.status = "unknown";
  course.not_confirmed = "active, but its stop lies in the past";
  set_end(course, {entry.stop->earliest, always_after}, false);
  const auto said = entry.stop_said ? *entry.stop_said : Said{format_date(entry.stop->latest), entry.at};
  not_understood.push_back({"medication", said.text, "the stop of a drug that is listed as active lies in the past", said.at.to_string()});
}

void stopped(Course& course, const MedicationEntry& entry, std::string_view word, Minutes as_of) {
  const auto stop = entry.stop ? entry.stop : entry.last_taken;
  if (!stop || stop->earliest <= as_of) return past(course, entry, stop, word, as_of);
  course.status = "taking";
  course.remark = "stops " + ahead(stop->earliest, as_of);
  set_end(course, *stop, true);
}

void to_stop(Course& course, const MedicationEntry& entry, Minutes as_of) {
  course.status = "to stop";
  if (entry.stop && entry.stop->latest > as_of) {
    set_end(course, {std::max(entry.stop->earliest, as_of), entry.stop->latest}, true);
    course.remark = "stops " + ahead(course.end.earliest, as_of);
    return;
  }
  // About to end, nobody said when: taken now, and over within a year.
  course.stop_is_ours = true;
  course.end = {as_of + 1, shift(as_of, 1, "year")};
}

void propose(Course& course, const MedicationEntry& entry, Minutes as_of) {
  course.proposed = true;
  course.status = "proposed";
  course.start = entry.start ? *entry.start : When{as_of, as_of};
  course.start_given = true;
  if (course.start.earliest > as_of) course.remark = "starts " + ahead(course.start.earliest, as_of);
  if (entry.stop && entry.stop->latest > as_of) set_end(course, *entry.stop, true);
}

void unknown(Course& course, const MedicationEntry& entry) {
  course.presence = Presence::unknown;
  course.status = "unknown";
  course.not_confirmed = "status unknown";
  if (entry.stop) set_end(course, {entry.stop->earliest, always_after}, false);
}

}  // namespace

MedicationEntry with_course(const MedicationEntry& entry, const MedicationLine& line, Minutes as_of, std::vector<NotUnderstood>& not_understood) {
  auto result = entry;
  if (!entry.phases.empty() && !entry.stop) result.stop = entry.phases.back().until;
  if (entry.status_said || entry.start || entry.stop) return result;
  if (line.ended == "abruptly") result.ended = MedicationEntry::Ended::abruptly;
  if (line.ended == "tapered") result.ended = MedicationEntry::Ended::tapered;
  if (const auto status = status_word(line.status)) result.status = *status;
  if (line.stopped_ago) result.stop = shifted(as_of, *line.stopped_ago, -1);
  if (line.stops_in) result.stop = shifted(as_of, *line.stops_in, 1);
  if (line.started_ago) result.start = shifted(as_of, *line.started_ago, -1);
  if (line.starts_in) result.start = shifted(as_of, *line.starts_in, 1);
  if (const auto stop = read_date(line.stop_date, entry, not_understood)) result.stop = stop;
  if (const auto start = read_date(line.start_date, entry, not_understood)) result.start = start;
  if (line.duration && result.start && !result.stop) {
    result.stop = When{shift(result.start->earliest, line.duration->count, line.duration->unit),
                       shift(result.start->latest, line.duration->count, line.duration->unit)};
  } else if (line.duration && result.stop && !result.start) {
    const auto back = -static_cast<std::int64_t>(line.duration->count);
    result.start = When{shift(result.stop->earliest, back, line.duration->unit), shift(result.stop->latest, back, line.duration->unit)};
  }
  if (result.start && result.status == Status::active && result.start->earliest > as_of) {
    not_understood.push_back(
        {"medication", format_date(result.start->earliest), "a start after as_of on a drug that is listed as active", entry.at.to_string()});
    result.start.reset();
  }
  return result;
}

Course course_of(const MedicationEntry& entry, Minutes as_of, std::vector<NotUnderstood>& not_understood) {
  Course course;
  course.ended = entry.ended;
  course.start = never_starts;
  course.end = never_ends;
  if (entry.start) {
    course.start = not_after(*entry.start, as_of);
    course.start_given = true;
  }
  switch (entry.status) {
    case Status::active:
      taking(course, entry, as_of, not_understood);
      break;
    case Status::proposed:
      propose(course, entry, as_of);
      break;
    case Status::stopped:
      stopped(course, entry, "stopped", as_of);
      break;
    case Status::completed:
      stopped(course, entry, "completed", as_of);
      break;
    case Status::held:
      past(course, entry, entry.stop ? entry.stop : entry.changed ? entry.changed : entry.last_taken, "held", as_of);
      break;
    case Status::to_stop:
      to_stop(course, entry, as_of);
      break;
    case Status::not_taken:
    case Status::prohibited:
    case Status::entered_in_error:
      course.presence = Presence::never;
      course.status = to_string(entry.status);
      break;
    case Status::unknown:
      unknown(course, entry);
      break;
  }
  return course;
}

}  // namespace theriac::detail
