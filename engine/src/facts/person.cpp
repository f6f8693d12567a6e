// Fields of the person, goals and habits. A state (pregnancy, palliative care, driving) says in the vocabulary which field tells it; a habit's
// substance is an exposure like any other, of no entry.
#include "facts/names.hpp"
#include "facts/states.hpp"
#include "facts/understand.hpp"
#include "theriac/grammar/dosage.hpp"

#include <algorithm>
#include <sstream>

namespace theriac::detail {
namespace {

const Kinds condition_kind{NameKind::condition};
constexpr std::int32_t youngest_to_bear = 10 * 12, oldest_to_bear = 56 * 12;

class Person {
 public:
  Person(const Patient& patient, const Terminology& terminology, Facts& facts) : patient_(patient), terminology_(terminology), facts_(facts) {}

  void read() {
    for (const auto& field : patient_.facts) read_field(field);
    for (const auto& goal : patient_.goals) read_words("goals", goal);
    for (const auto& habit : patient_.habits) read_habit(habit);
    if (!patient_.complete.habits) leave_open();
    rule_out("pregnancy", why_no_pregnancy());
    rule_out("breastfeeding", why_not_of_age());
  }

 private:
  bool reads(const Condition& condition, std::string_view field) const {
    return std::find(condition.read.begin(), condition.read.end(), field) != condition.read.end();
  }

  void state(ConditionId what, Truth truth, std::string shown, const grammar::Place& at) {
    facts_.conditions.push_back({what, truth, std::nullopt, std::move(shown), at});
  }

  void not_understood(std::string kind, const Said& said, std::string reason) {
    facts_.not_understood.push_back({std::move(kind), said.text, std::move(reason), said.at.to_string()});
  }

  void read_field(const HabitEntry& field) {
    const auto& key = field.name.text;
    if (key == "pregnant") return understand_pregnancy(field, terminology_, facts_);
    if (key == "childbearing") return understand_childbearing(field, terminology_, facts_);
    if (key == "frailty") return understand_frailty(field, terminology_, facts_);
    if (key == "renal_replacement") return read_renal_replacement(field);
    if (key == "setting") return read_words(key, field.value);
    const bool plain = says_yes(field.value.text) || says_no(field.value.text) || says_unknown(field.value.text);
    if (key == "breastfeeding" && !plain) return not_understood("patient", field.value, "write true, false or unknown");
    yes_or_no(key, field);
  }

  bool yes_or_no(std::string_view key, const HabitEntry& field) {
    bool any = false;
    const auto& conditions = terminology_.data().conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      if (!reads(conditions[i], key)) continue;
      any = true;
      const auto truth = says_no(field.value.text) ? Truth::no : says_unknown(field.value.text) ? Truth::possible : Truth::yes;
      state(make_id<ConditionId>(i), truth, field.name.text + ": " + field.value.text, field.value.at);
    }
    return any;
  }

  void read_renal_replacement(const HabitEntry& field) {
    yes_or_no(field.name.text, field);
    if (says_no(field.value.text) || says_unknown(field.value.text)) return;
    const auto words = words_of(field.value.text);
    auto found = name_inside(field.value.text, words, condition_kind, terminology_);
    if (!found && is_any(field.value.text, {"crrt", "cvvh", "cvvhd", "continuous", "hd", "pd"})) {
      if (const auto dialysis = exactly("dialysis", condition_kind, terminology_)) found = FoundName{*dialysis, "dialysis", 0, 1};
    }
    if (!found) return not_understood("patient", field.value, "write none, hemodialysis, peritoneal dialysis or CRRT");
    state(make_id<ConditionId>(found->name.id), Truth::yes, field.value.text, field.value.at);
  }

  // A goal or a setting in words: the state that they name; where a setting is stated, states that only it could tell are absent.
  void read_words(std::string_view key, const Said& said) {
    const auto words = words_of(said.text);
    const auto found = name_inside(said.text, words, condition_kind, terminology_);
    const bool known = found.has_value();
    const auto what = make_id<ConditionId>(known ? found->name.id : 0);
    if (known) state(what, Truth::yes, said.text, said.at);
    if (key != "setting") return;
    const bool plain = is_any(said.text, {"home", "own home", "ward", "hospital", "hospital ward", "community", "clinic", "outpatient",
                                          "emergency department", "inpatient"});
    if (!known && !plain) return not_understood("patient", said, "not a setting that is known; write home, care home, ward, ICU or hospice");
    const auto& conditions = terminology_.data().conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const auto id = make_id<ConditionId>(i);
      if (conditions[i].read == std::vector<std::string>{"setting"} && (!known || !terminology_.is_kind_of(what, id)))
        state(id, Truth::no, said.text, said.at);
    }
  }

  void read_habit(const HabitEntry& habit) {
    if (is_any(habit.name.text, {"smoking", "tobacco"})) understand_smoking(habit, terminology_, facts_);
    if (is_any(habit.name.text, {"alcohol"})) understand_alcohol(habit, terminology_, facts_);
    if (yes_or_no(lower(habit.name.text), habit)) return;
    const auto name = exactly(habit.name.text, {NameKind::ingredient, NameKind::brand}, terminology_);
    if (name) return expose(make_id<ConceptId>(name->id), habit);
    if (says_no(habit.value.text)) return;
    if (!is_any(habit.name.text, {"alcohol", "smoking", "grapefruit", "driving", "caffeine", "tobacco", "diet", "exercise"})) {
      not_understood("habit", habit.name, not_known(habit.name.text, {NameKind::ingredient}, terminology_));
    }
  }

  // A habit of which nothing is said, neither among the habits nor as a medication, may be there.
  void leave_open() {
    for (const auto what : terminology_.habits()) {
      const auto is_it = [what](const Exposure& exposure) { return exposure.what == what; };
      const bool said =
          std::find(denied_.begin(), denied_.end(), what) != denied_.end() || std::any_of(facts_.exposures.begin(), facts_.exposures.end(), is_it);
      if (said) continue;
      auto exposure = exposure_to(what);
      exposure.presence = Presence::not_mentioned;
      facts_.exposures.push_back(std::move(exposure));
    }
  }

  Exposure exposure_to(ConceptId what) const {
    Exposure exposure;
    exposure.what = what;
    const auto& drug = terminology_.at(what);
    exposure.route = drug.usual_route;
    if (exposure.route) exposure.exposes = terminology_.at(*exposure.route).exposure;
    for (const auto& [route, exposes] : drug.routes) {
      if (exposure.route && route == *exposure.route) exposure.exposes = exposes;
    }
    if (drug.habit) exposure.exposes = Exposes::systemic;  // it acts on the whole person, smoke too
    exposure.dose.why_unknown = "a habit";
    exposure.shown = drug.name;
    return exposure;
  }

  void expose(ConceptId what, const HabitEntry& habit) {
    if (says_no(habit.value.text)) return denied_.push_back(what);
    auto exposure = exposure_to(what);
    if (says_unknown(habit.value.text)) exposure.presence = Presence::unknown;
    if (says_former(habit.value.text)) {
      exposure.presence = Presence::past;
      exposure.end = {always_before, facts_.as_of};
      if (const auto stop = stop_said(habit)) {
        exposure.end = *stop;
        exposure.end_given = true;
      }
    }
    exposure.at = habit.value.at;
    facts_.exposures.push_back(std::move(exposure));
  }

  // "stopped 2025-01-20", "quit 3 weeks ago", "former, until 2024".
  std::optional<When> stop_said(const HabitEntry& habit) {
    std::istringstream text(habit.value.text);  // at blanks alone: a date is one word
    for (std::string word; text >> word;) {
      const auto when = word.size() < 4 ? std::nullopt : parse_date(word.substr(0, word.find_first_of(",;")));
      if (!when) continue;
      if (when->earliest <= facts_.as_of) return When{when->earliest, std::min(when->latest, facts_.as_of)};
      not_understood("habit", habit.value, "its stop lies after as_of");
      return std::nullopt;
    }
    const auto words = words_of(habit.value.text);
    if (words.size() < 3 || lower(words.back().text) != "ago") return std::nullopt;
    const auto line = grammar::read_medication_line("x stopped " + std::string(words[words.size() - 3].text) + " " +
                                                    std::string(words[words.size() - 2].text) + " ago");
    if (!line.stopped_ago) return std::nullopt;
    const auto then = shift(facts_.as_of, -static_cast<std::int64_t>(line.stopped_ago->count), line.stopped_ago->unit);
    return When{then, then};
  }

  std::string why_not_of_age() const {
    if (patient_.sex == "male") return "male";
    if (patient_.age && patient_.age->months_high < youngest_to_bear) return patient_.age->text;
    if (patient_.age && patient_.age->months_low >= oldest_to_bear) return patient_.age->text;
    return {};
  }

  std::string why_no_pregnancy() const {
    if (auto why = why_not_of_age(); !why.empty()) return why;
    for (const auto& field : patient_.facts) {
      if (field.name.text == "childbearing" && is_any(field.value.text, {"not possible"})) return "childbearing not possible";
    }
    for (const auto& fact : facts_.conditions) {
      const auto shown = normalise(fact.shown);
      if (fact.truth == Truth::yes && (shown.find("hysterectomy") != std::string::npos || shown.find("menopaus") != std::string::npos))
        return fact.shown;
    }
    return {};
  }

  void rule_out(std::string_view state_name, const std::string& why) {
    if (why.empty()) return;
    const auto found = exactly(state_name, condition_kind, terminology_);
    if (!found) return;
    const auto id = make_id<ConditionId>(found->id);
    const bool stated = std::any_of(facts_.conditions.begin(), facts_.conditions.end(),
                                    [&](const ConditionFact& fact) { return terminology_.is_kind_of(fact.what, id); });
    if (!stated) state(id, Truth::no, why, {});
    const auto potential = exactly("childbearing potential", condition_kind, terminology_);
    const bool said =
        std::any_of(patient_.facts.begin(), patient_.facts.end(), [](const HabitEntry& field) { return field.name.text == "childbearing"; });
    if (potential && !said) state(make_id<ConditionId>(potential->id), Truth::no, why, {});
  }

  const Patient& patient_;
  const Terminology& terminology_;
  Facts& facts_;
  std::vector<ConceptId> denied_{};  // habits that the patient has not
};

}  // namespace

void understand_person(const Patient& patient, const Terminology& terminology, Facts& facts) {
  facts.age = patient.age;
  facts.sex = patient.sex;
  Person(patient, terminology, facts).read();
}

}  // namespace theriac::detail
