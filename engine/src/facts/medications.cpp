// The medication list → exposures, and for every entry a line in `screened` or `not_screened` (both, for a combination with an unknown part).
#include "facts/medication.hpp"
#include "facts/medication_lines.hpp"
#include "facts/understand.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::MedicationLine;

void append(std::string& line, const std::optional<Said>& said) {
  if (said) line += " " + said->text;
}

// The phase that holds on the day; before the first of them the first.
const Phase* phase_now(const MedicationEntry& entry, Minutes as_of) {
  for (const auto& phase : entry.phases) {
    if (!phase.until || phase.until->latest >= as_of) return &phase;
  }
  return entry.phases.empty() ? nullptr : &entry.phases.back();
}

// What is said of the dose, as one line: the drug's own words, or its fields put behind one another.
std::string dose_line(const MedicationEntry& entry, const MedicationLine& drug_line, Minutes as_of) {
  if (entry.free_text) return entry.text.text;
  std::string line = "x";
  const auto& drug = entry.drug.text;
  if (drug_line.name.end < drug.size()) line += " " + drug.substr(drug_line.name.end);
  append(line, entry.strength);
  const auto* phase = phase_now(entry, as_of);
  if (phase != nullptr)
    append(line, phase->dose);
  else
    append(line, entry.dose ? entry.dose : entry.quantity);
  append(line, entry.frequency);
  return line;
}

class Entry {
 public:
  Entry(const Patient& patient, std::size_t number, const Terminology& terminology, Facts& facts)
      : patient_(patient), terminology_(terminology), facts_(facts), number_(static_cast<std::int32_t>(number)), as_of_(patient.as_of) {
    const auto& stated = patient.medications[number];
    drug_line_ = medication_line(stated.drug.text);
    dose_text_ = dose_line(stated, drug_line_, as_of_);
    line_ = stated.free_text ? drug_line_ : medication_line(dose_text_);
    if (!line_.form) line_.form = drug_line_.form;
    if (!line_.route) line_.route = drug_line_.route;
    entry_ = with_course(stated, line_, as_of_, facts.not_understood);
  }

  void read() {
    const auto named = named_drugs(entry_.drug.text, drug_line_, entry_.rxcui, terminology_);
    course_ = course_of(entry_, as_of_, facts_.not_understood);
    taper();
    if (named.ingredients.empty()) return unknown_drug();
    unknown_parts(named.unknown_parts);
    say_what_is_refused();
    const auto said = said_route(entry_, line_, terminology_);
    if (said.not_read) understand_not("route", *entry_.route, "not a route that is known");
    screened_.entry = number_;
    screened_.text = entry_.text.text;
    screened_.counts_as = Exposes::local;
    for (std::size_t i = 0; i < named.ingredients.size(); ++i) expose(named, i, said);
    finish(named);
  }

 private:
  void understand_not(std::string kind, const Said& said, std::string reason) {
    facts_.not_understood.push_back({std::move(kind), said.text, std::move(reason), said.at.to_string()});
  }

  grammar::Place place() const { return entry_.at.source ? entry_.at : entry_.text.at; }

  void not_screened(std::string reason, const std::string& what, const std::vector<Terminology::Suggestion>& suggestions) {
    NotScreened entry{number_, entry_.text.text, std::move(reason), {}, place()};
    for (const auto& suggestion : suggestions) entry.suggestions.push_back(suggestion.name);
    facts_.not_screened.push_back(std::move(entry));
    if (course_.presence == Presence::present || course_.presence == Presence::unknown) facts_.unrecognised.push_back(what);
  }

  // One entry, one word about it, however many parts nobody knows.
  void unknown_parts(const std::vector<std::string>& parts) {
    if (parts.empty()) return;
    std::string all;
    for (const auto& part : parts) all += (all.empty() ? "" : ", ") + part;
    not_screened("part of it is not known: " + all, all,
                 parts.size() == 1 ? terminology_.suggest(parts.front(), drug_kinds()) : std::vector<Terminology::Suggestion>{});
  }

  void unknown_drug() {
    if (entry_.drug.text.size() > longest_medication) return not_screened("too long for one medication", entry_.text.text, {});
    const auto reason = entry_.rxcui && entry_.rxcui->text == entry_.drug.text ? "code not known" : "name not known";
    not_screened(reason, entry_.text.text, {});
    facts_.not_screened.back().suggestions = drug_suggestions(entry_.drug.text, drug_line_, terminology_);
  }

  // "2,5 mg: 2.5 mg or 25 mg?" → what, and why not.
  void say_what_is_refused() {
    for (const auto& refused : line_.refused) {
      const auto colon = refused.find(": ");
      const auto at = entry_.dose && !entry_.free_text ? entry_.dose->at : entry_.text.at;
      facts_.not_understood.push_back(
          {"dose", refused.substr(0, colon), colon == std::string::npos ? "" : refused.substr(colon + 2), at.to_string()});
    }
  }

  bool as_needed() const { return entry_.as_needed.value_or(line_.as_needed); }

  void expose(const NamedDrugs& named, std::size_t i, const SaidRoute& said) {
    const auto drug = named.ingredients[i];
    const auto text = entry_.free_text ? entry_.text.text : entry_.drug.text + (entry_.form ? " " + entry_.form->text : "") + " " + dose_text_;
    const auto way = way_of(drug, text, said, named.combination, terminology_);
    Exposure exposure;
    exposure.what = drug;
    exposure.entry = number_;
    exposure.exposes = exposes(drug, way, terminology_);
    exposure.route = way.route;
    exposure.route_assumed = way.assumed;
    exposure.presence = course_.presence;
    exposure.proposed = course_.proposed;
    exposure.as_needed = as_needed();
    exposure.start = course_.start;
    exposure.end = course_.end;
    exposure.start_given = course_.start_given;
    exposure.end_given = course_.end_given;
    exposure.stop_is_ours = course_.stop_is_ours;
    exposure.ended = course_.ended;
    const DoseContext context{i,
                              named.ingredients.size(),
                              named.order_is_told,
                              as_needed(),
                              entry_.taken == "partly",
                              body_if_asked(),
                              known_until(named),
                              unread_of_dose(named)};
    exposure.dose = with_also_said(dose_of(line_, context), entry_.also_said, context, terminology_, facts_.not_understood);
    exposure.times = times_of_day(line_, as_needed());
    exposure.shown = shown_as(drug, named.said, terminology_) + form_shown(exposure.exposes);
    exposure.at = place();
    screened_.counts_as = std::min(screened_.counts_as, exposure.exposes);
    if (i == 0) {
      screened_.dose = exposure.dose;
      if (way.assumed) route_remark_ = "route assumed: " + terminology_.at(*way.route).name;
    }
    if (named.ingredients.size() > 1) screened_.dose.why_unknown = "several ingredients";
    facts_.exposures.push_back(std::move(exposure));
  }

  // Worked out only for a dose per kilogram or square metre.
  Body body_if_asked() const {
    const auto by_size = [](const grammar::Amount& amount) {
      return amount.unit.find("/kg") != std::string::npos || amount.unit.find("/m2") != std::string::npos;
    };
    const bool asked =
        std::any_of(line_.strengths.begin(), line_.strengths.end(), by_size) || (line_.dose && by_size(*line_.dose)) ||
        std::any_of(line_.frequencies.begin(), line_.frequencies.end(), [&](const grammar::Frequency& f) { return f.dose && by_size(*f.dose); });
    return asked ? body_of(patient_, terminology_) : Body{};
  }

  std::string unread_of_dose(const NamedDrugs& named) const {
    const auto& text = entry_.free_text ? entry_.text.text : dose_text_;
    if (!line_.not_placed.empty()) return text.substr(line_.not_placed.front().begin, line_.not_placed.front().end - line_.not_placed.front().begin);
    if (entry_.free_text) return named.not_read_of_dose.empty() ? std::string() : named.not_read_of_dose.front();
    for (const auto& span : line_.not_read) {
      if (span.begin >= drug_end()) return text.substr(span.begin, span.end - span.begin);
    }
    return named.not_read_of_dose.empty() ? std::string() : named.not_read_of_dose.front();  // the drug's own words
  }

  // People say "diclofenac gel" of what counts only where it is put.
  std::string form_shown(Exposes exposure) const {
    if (exposure != Exposes::local) return {};
    if (entry_.form) return " " + entry_.form->text;
    return line_.form ? " " + *line_.form : std::string();
  }

  std::string shown(const NamedDrugs& named) const {
    if (named.ingredients.size() == 1) return shown_as(named.ingredients[0], named.said, terminology_) + form_shown(screened_.counts_as);
    std::string names;
    for (const auto id : named.ingredients) names += (names.empty() ? "" : " + ") + terminology_.at(id).name;
    const bool says_more = named.combination && !terminology_.find(named.said).empty() && !named.order_is_told;
    return says_more ? names + " (" + named.said + ")" : names;
  }

  // Byte of the dose's text behind the drug's name: a number in it is none of the dose's ("vitamin B 12").
  std::size_t known_until(const NamedDrugs& named) const {
    if (entry_.free_text) return named.known_until;
    return named.known_until > drug_line_.name.end ? 2 + named.known_until - drug_line_.name.end : 0;
  }

  // Byte of `dose_text_` behind the words of the drug ("x" and what follows its name).
  std::size_t drug_end() const { return 2 + entry_.drug.text.size() - std::min<std::size_t>(drug_line_.name.end, entry_.drug.text.size()); }

  void remark(const std::string& words) {
    if (!words.empty()) screened_.remark += (screened_.remark.empty() ? "" : "; ") + words;
  }

  void finish(const NamedDrugs& named) {
    screened_.ingredients = named.ingredients;
    screened_.matched_by = named.matched_by;
    screened_.shown = shown(named);
    screened_.status = course_.status;
    screened_.as_needed = as_needed();
    screened_.remark = course_.remark;
    const bool counts = course_.presence == Presence::present || course_.presence == Presence::unknown;
    if (counts) remark(route_remark_);
    remark(entry_.remark);
    auto unread = named.not_read;
    if (!entry_.free_text) {
      for (const auto& span : line_.not_read) {
        if (span.begin < drug_end()) continue;  // the drug's own words: `named` has read them, or said so
        unread.push_back(dose_text_.substr(span.begin, span.end - span.begin));
      }
    }
    std::sort(unread.begin(), unread.end());
    unread.erase(std::unique(unread.begin(), unread.end()), unread.end());
    for (const auto& words : unread) screened_.not_read += (screened_.not_read.empty() ? "" : ", ") + words;
    facts_.screened.push_back(std::move(screened_));
    if (!course_.not_confirmed.empty()) facts_.not_confirmed.push_back({number_, course_.not_confirmed});
  }

  std::optional<Rational> most_per_day(const std::string& dose) const {
    const auto line = medication_line("x " + dose);
    const auto fact = dose_of(line, {});
    if (fact.known()) return fact.per_day.high;
    return fact.single ? fact.single->high : std::nullopt;
  }

  // Falling phases, or a lower dose shortly before the end, are a taper.
  void taper() {
    if (course_.ended != MedicationEntry::Ended::unknown) return;
    std::vector<Rational> doses;
    for (const auto& phase : entry_.phases) {
      if (const auto most = most_per_day(phase.dose.text)) doses.push_back(*most);
    }
    const bool whole = doses.size() == entry_.phases.size() && doses.size() > 1;
    if (whole && std::is_sorted(doses.rbegin(), doses.rend()) && doses.back() < doses.front()) course_.ended = MedicationEntry::Ended::tapered;
    if (!entry_.previous_dose || !entry_.changed || !course_.end_given) return;
    const auto before = most_per_day(entry_.previous_dose->text);
    const auto after = entry_.dose ? most_per_day(entry_.dose->text) : std::nullopt;
    const bool lately = entry_.changed->earliest >= course_.end.earliest - 14 * minutes_per_day;
    if (before && after && *after < *before && lately) course_.ended = MedicationEntry::Ended::tapered;
  }

  const Patient& patient_;
  const Terminology& terminology_;
  Facts& facts_;
  std::int32_t number_;
  Minutes as_of_;
  MedicationLine drug_line_, line_;
  std::string dose_text_;
  MedicationEntry entry_;
  Course course_;
  Screened screened_;
  std::string route_remark_;
};

}  // namespace

void understand_medications(const Patient& patient, const Terminology& terminology, Facts& facts) {
  facts.medications_complete = patient.complete.medications;
  for (std::size_t i = 0; i < patient.medications.size(); ++i) Entry(patient, i, terminology, facts).read();
}

}  // namespace theriac::detail
