// Changes of when: a drug that has not begun begins later, two are taken further apart in the day.
#include "counsel/fix_edits.hpp"
#include "counsel/stop_entry.hpp"
#include "facts/understand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace theriac::detail {
namespace {

// ---- later

Minutes next_midnight(Minutes instant) {
  const auto over = ((instant % minutes_per_day) + minutes_per_day) % minutes_per_day;
  return over == 0 ? instant : instant - over + minutes_per_day;
}

// When what rules say of a stopped drug has passed, and why then.
class Dates {
 public:
  Dates(const EditMaking& making, const std::set<ConceptId>& drugs, std::size_t entry) : making_(making), entry_(static_cast<std::int32_t>(entry)) {
    for (const auto& rule : making.rules) {
      bool reads = false;
      each_phrase(rule, [&](const DrugAlternative& phrase) {
        reads = reads || std::any_of(drugs.begin(), drugs.end(), [&](ConceptId drug) { return may_name(making.terms, {phrase}, drug); });
      });
      if (!reads) continue;
      each_phrase(rule, [&](const DrugAlternative& phrase) {
        for (const auto& test : phrase.tests) {
          if (const auto* stopped = std::get_if<StoppedWithin>(&test)) look_at(phrase, stopped->within);
        }
      });
    }
    for (const auto& exposure : making.facts.exposures) {
      if (may_be_taken(exposure.presence) && exposure.end.latest < always_after) add(exposure.end.latest, exposure.shown + " ends then");
    }
  }
  const std::map<Minutes, std::string>& all() const { return dates_; }

 private:
  void look_at(const DrugAlternative& phrase, const Span_& within) {
    for (const auto& exposure : making_.facts.exposures) {
      if (exposure.entry == entry_ || exposure.presence == Presence::never || exposure.presence == Presence::not_mentioned) continue;
      if (!may_name(making_.terms, {phrase}, exposure.what)) continue;
      const auto length = fmt::format("{} {}{}", within.count, within.unit, within.count == 1 ? "" : "s");
      const bool past = exposure.presence == Presence::past;
      if (exposure.end.latest < always_after)
        add(shift(exposure.end.latest, within.count, within.unit),
            fmt::format("{} {} {}, {}", exposure.shown, past ? "stopped" : "stops", format_date(exposure.end.latest), length));
      if (!past)
        add(shift(making_.facts.as_of, within.count, within.unit),
            fmt::format("{} after the last dose of {}, if that is today", length, exposure.shown));
    }
  }
  // Of several reasons for one date the first in words, so that the order of the list makes no difference.
  void add(Minutes instant, const std::string& why) {
    const auto day = next_midnight(instant);
    if (day <= making_.facts.as_of) return;
    const auto [at, is_new] = dates_.emplace(day, why);
    if (!is_new) at->second = std::min(at->second, why);
  }

  const EditMaking& making_;
  std::int32_t entry_;
  std::map<Minutes, std::string> dates_;
};

// ---- apart

std::vector<Span_> spans_apart(const ResolvedRule& rule) {
  std::vector<Span_> result;
  each_guard(rule, [&](const ResolvedGuard& guard) {
    each_leaf(guard, [&](const auto& leaf) {
      if (const auto* apart = std::get_if<HoursApart>(&leaf)) result.push_back(apart->by);
    });
  });
  return result;
}

std::string clock(std::int32_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

void set_time(MedicationEntry& entry, std::int32_t minute) {
  const auto words = " at " + clock(minute);
  if (entry.free_text) {
    entry.text.text += words;
    entry.drug.text = entry.text.text;
  } else if (entry.frequency) {
    entry.frequency->text += words;
  }
}

class Apart {
 public:
  Apart(const EditMaking& making, std::vector<TriedEdit>& into) : making_(making), into_(into) {}

  void run() {
    for (const auto& rule : making_.rules) {
      for (const auto& span : spans_apart(rule)) pairs(rule, span);
    }
  }

 private:
  // The one time of the day at which the entry is taken.
  std::optional<TimeOfDay> one_time(std::size_t entry) const {
    const auto taken = taken_of(making_.facts, entry);
    if (taken.empty() || taken.front()->as_needed || taken.front()->times.size() != 1) return {};
    return taken.front()->times.front();
  }

  bool reads(const ResolvedRule& rule, std::size_t entry) const {
    bool result = false;
    for (const auto drug : drugs_of(taken_of(making_.facts, entry)))
      each_phrase(rule, [&](const DrugAlternative& phrase) { result = result || may_name(making_.terms, {phrase}, drug); });
    return result;
  }

  void pairs(const ResolvedRule& rule, const Span_& span) {
    const auto gap = static_cast<std::int32_t>(shift(0, span.count, span.unit));
    for (std::size_t a = 0; a < making_.patient.medications.size(); ++a) {
      const auto first = one_time(a);
      if (!first || !reads(rule, a)) continue;
      for (std::size_t b = 0; b < making_.patient.medications.size(); ++b) {
        const auto second = one_time(b);
        if (a != b && second && reads(rule, b)) apart(a, *first, b, *second, gap);
      }
    }
  }

  // `a` first, and `b` so much later; a time that is told stays.
  void apart(std::size_t a, const TimeOfDay& first, std::size_t b, const TimeOfDay& second, std::int32_t gap) {
    constexpr std::int32_t morning = 7 * 60, end_of_day = 24 * 60;
    const bool told = first.earliest == first.latest;
    const auto at = told ? first.earliest : std::max(first.earliest, std::min(morning, first.latest));
    const auto then = std::max(at + gap, second.earliest);
    if (then >= end_of_day || then > second.latest) return;
    if (!done_.insert({a, b, at, then}).second) return;
    TriedEdit edit;
    edit.apply = [=](Patient& patient) {
      if (!told) set_time(patient.medications[a], at);
      set_time(patient.medications[b], then);
    };
    if (!is_understood(edit, a, at) || !is_understood(edit, b, then)) return;
    const auto one = taken_of(making_.facts, a), two = taken_of(making_.facts, b);
    edit.told.kind = FixEdit::Kind::separate;
    edit.told.drug = fmt::format("{}, {}", shown_of(one), shown_of(two));
    edit.told.to = fmt::format("{} at {}, {} at {}", shown_of(one), clock(at), shown_of(two), clock(then));
    edit.told.entries = {static_cast<std::int32_t>(std::min(a, b)), static_cast<std::int32_t>(std::max(a, b))};
    edit.touches = {std::min(a, b), std::max(a, b)};
    edit.drugs = drugs_of(one);
    edit.drugs.merge(drugs_of(two));
    into_.push_back(std::move(edit));
  }

  bool is_understood(const TriedEdit& edit, std::size_t entry, std::int32_t minute) const {
    auto patient = making_.patient;
    edit.apply(patient);
    const auto after = understand(patient, making_.terms);
    const auto taken = taken_of(after, entry), before = taken_of(making_.facts, entry);
    return taken.size() == before.size() && taken.front()->what == before.front()->what &&
           taken.front()->dose.per_day == before.front()->dose.per_day && taken.front()->times == std::vector<TimeOfDay>{{minute, minute}};
  }

  const EditMaking& making_;
  std::vector<TriedEdit>& into_;
  std::set<std::tuple<std::size_t, std::size_t, std::int32_t, std::int32_t>> done_;
};

}  // namespace

void add_delays(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into) {
  const auto taken = taken_of(making.facts, entry);
  if (has_begun(*taken.front(), making.facts.as_of)) return;
  const Dates dates(making, drugs_of(taken), entry);
  for (const auto& [day, why] : dates.all()) {
    if (day <= taken.front()->start.latest) continue;
    TriedEdit edit;
    edit.told.kind = FixEdit::Kind::delay;
    edit.told.drug = shown_of(taken);
    edit.told.to = format_date(day);
    edit.told.why = why;
    edit.told.entries = {static_cast<std::int32_t>(entry)};
    edit.touches = {entry};
    edit.drugs = drugs_of(taken);
    edit.apply = [entry, day = day](Patient& patient) {
      patient.medications[entry].status = Status::proposed;
      patient.medications[entry].start = When{day, day};
    };
    into.push_back(std::move(edit));
  }
}

void add_separations(const EditMaking& making, std::vector<TriedEdit>& into) { Apart(making, into).run(); }

}  // namespace theriac::detail
