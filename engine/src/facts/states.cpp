#include "facts/states.hpp"

#include "facts/names.hpp"
#include "theriac/grammar/dosage.hpp"

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

constexpr std::int64_t second_from = 14, third_from = 28, latest_week = 45;  // completed weeks
constexpr std::int64_t frail_from = 5, fit_to = 3;                           // of the Clinical Frailty Scale; 4 is very mild frailty

// One field, and the states and measurements that it tells.
class Field {
 public:
  Field(const HabitEntry& field, const Terminology& terminology, Facts& facts) : field_(field), terminology_(terminology), facts_(facts) {}

  const std::string& text() const { return field_.value.text; }

  void state(std::string_view name, Truth truth) {
    const auto found = exactly(name, {NameKind::condition}, terminology_);
    if (found) facts_.conditions.push_back({make_id<ConditionId>(found->id), truth, std::nullopt, field_.name.text + ": " + text(), field_.value.at});
  }

  void measured(std::string_view name, const Interval& value) {
    const auto found = exactly(name, {NameKind::observation}, terminology_);
    if (found) facts_.observations.push_back({make_id<ObservationId>(found->id), value, std::nullopt, text(), field_.value.at});
  }

  void not_understood(std::string kind, std::string reason) {
    facts_.not_understood.push_back({std::move(kind), text(), std::move(reason), field_.value.at.to_string()});
  }

 private:
  const HabitEntry& field_;
  const Terminology& terminology_;
  Facts& facts_;
};

std::optional<std::int64_t> whole(std::string_view text) {
  const auto value = Rational::parse(trimmed(text));
  if (!value || value->denominator() != 1) return std::nullopt;
  return value->numerator();
}

// ---- pregnancy

void trimester(Field& field, std::int64_t which) {
  constexpr std::array<std::string_view, 3> names = {"first trimester", "second trimester", "third trimester"};
  for (std::size_t i = 0; i < names.size(); ++i) field.state(names[i], static_cast<std::int64_t>(i) + 1 == which ? Truth::yes : Truth::no);
}

// "9", "9+3": weeks, and days of the week begun.
std::optional<Rational> weeks_of(std::string_view text) {
  const auto plus = text.find('+');
  const auto weeks = Rational::parse(trimmed(text.substr(0, plus)));
  if (!weeks || plus == std::string_view::npos) return weeks;
  const auto days = whole(text.substr(plus + 1));
  if (!days || *days < 0 || *days > 6 || weeks->denominator() != 1) return std::nullopt;
  return Rational::make(weeks->numerator() * 7 + *days, 7);
}

bool by_weeks(Field& field, std::string_view text) {
  const auto at = lower(text).find("week");
  if (at == std::string::npos) return false;
  const auto weeks = weeks_of(text.substr(0, at));
  if (!weeks || *weeks < Rational{0} || *weeks > Rational{latest_week}) return false;
  trimester(field, *weeks < Rational{second_from} ? 1 : *weeks < Rational{third_from} ? 2 : 3);
  field.measured("pregnancy weeks", Interval::exactly(*weeks));
  return true;
}

bool by_trimester(Field& field, std::string_view text) {
  if (lower(text).rfind("trimester ", 0) != 0) return false;
  const auto which = whole(text.substr(10));
  if (!which || *which < 1 || *which > 3) return false;
  const std::array<std::int64_t, 4> from = {0, second_from, third_from, latest_week};
  const auto i = static_cast<std::size_t>(*which);
  trimester(field, *which);
  field.measured("pregnancy weeks", {Rational{from[i - 1]}, Rational{from[i]}, false, *which < 3});
  return true;
}

// ---- alcohol

struct Drink {
  std::string_view word;
  std::array<std::string_view, 2> units;  // UK units, 8 g each: from the smallest and weakest to the largest and strongest that is usual
};
// A longer name before one that it begins with.
constexpr std::array<Drink, 13> drinks = {{{"units of alcohol", {"1", "1"}},
                                           {"units", {"1", "1"}},
                                           {"unit", {"1", "1"}},
                                           {"glasses of wine", {"1.5", "3.3"}},
                                           {"glass of wine", {"1.5", "3.3"}},
                                           {"bottles of wine", {"9", "10.5"}},
                                           {"bottle of wine", {"9", "10.5"}},
                                           {"pint", {"2", "3"}},
                                           {"beer", {"1.7", "3"}},
                                           {"shot", {"1", "2"}},
                                           {"alcoholic drink", {"1", "3.3"}},
                                           {"standard drink", {"1", "3.3"}},
                                           {"drink", {"1", "3.3"}}}};

// How often a week the whole of these words says: "nightly", "a week", "3 times a week".
std::optional<std::int64_t> times_a_week(std::string_view words) {
  constexpr std::array<std::string_view, 11> daily = {"daily", "nightly",  "every night", "every day",     "a day",     "per day",
                                                      "/day",  "each day", "a night",     "every evening", "each night"};
  constexpr std::array<std::string_view, 5> weekly = {"weekly", "a week", "per week", "/week", "each week"};
  const auto is_one_of = [](const auto& list, std::string_view text) { return std::find(list.begin(), list.end(), text) != list.end(); };
  if (words.ends_with(" with dinner") || words.ends_with(" with meals")) words = trimmed(words.substr(0, words.rfind(" with ")));
  if (is_one_of(daily, words)) return 7;
  if (is_one_of(weekly, words)) return 1;
  constexpr std::array<std::string_view, 7> times = {"once", "twice", "3 times", "4 times", "5 times", "6 times", "7 times"};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (words.starts_with(times[i]) && is_one_of(weekly, trimmed(words.substr(times[i].size())))) return static_cast<std::int64_t>(i) + 1;
  }
  return std::nullopt;
}

std::optional<Rational> count_of(std::string_view text) {
  const auto end = text.find(' ');
  const auto word = lower(text.substr(0, end));
  constexpr std::array<std::string_view, 7> words = {"", "one", "two", "three", "four", "five", "six"};
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (word == words[i]) return Rational{static_cast<std::int64_t>(i)};
  }
  if (word == "a" || word == "an") return Rational{1};
  if (word == "half") return Rational::make(1, 2);
  return Rational::parse(word);
}

// "1 glass of wine nightly". Words that are not read leave the whole unknown: "2 pints 3 nights a week" must not become two pints.
std::optional<Interval> units_a_week(std::string_view text) {
  const auto lowered = lower(trimmed(text));
  const auto count = count_of(lowered);
  const auto blank = lowered.find(' ');
  if (!count || *count < Rational{0} || blank == std::string::npos) return std::nullopt;
  auto rest = trimmed(std::string_view(lowered).substr(blank));
  for (const std::string_view filler : {"a ", "small ", "large "}) {
    if (rest.starts_with(filler)) rest = trimmed(rest.substr(filler.size()));
  }
  const auto drink = std::find_if(drinks.begin(), drinks.end(), [&](const Drink& each) { return rest.starts_with(each.word); });
  if (drink == drinks.end()) return std::nullopt;
  rest.remove_prefix(drink->word.size());
  if (rest.starts_with("s ")) rest.remove_prefix(1);
  if (rest.starts_with(" of beer")) rest.remove_prefix(std::string_view(" of beer").size());
  const auto times = times_a_week(trimmed(rest));
  if (!times) return std::nullopt;
  const auto ends = [&](std::size_t i) {
    const auto one = multiply(*count, Rational::parse(drink->units[i]).value_or(Rational{0}));
    return one ? multiply(*one, Rational{*times}) : std::nullopt;
  };
  const auto low = ends(0), high = ends(1);
  if (!low || !high) return std::nullopt;
  return Interval{*low, *high, false, false};
}

}  // namespace

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
  const auto lowered = lower(trimmed(text));
  return std::find(words.begin(), words.end(), std::string_view(lowered)) != words.end();
}
bool says_no(std::string_view text) {
  return is_any(text, {"false", "no", "none", "never", "0", "n", "not", "nil", "absent", "abstinent", "teetotal", "does not drink", "non-smoker",
                       "nonsmoker", "non smoker", "no alcohol", "lifelong never"});
}
bool says_yes(std::string_view text) { return is_any(text, {"true", "yes", "y", "1", "present"}); }
bool says_unknown(std::string_view text) { return is_any(text, {"unknown", "not known", "?", "not asked", "unsure", "not sure"}); }
bool says_former(std::string_view text) {
  const auto lowered = lower(text);
  for (const std::string_view word : {"former", "ex-", "quit", "stopped", "gave up", "past", "previous"}) {
    if (lowered.rfind(word, 0) == 0) return true;
  }
  return is_any(text, {"ex"});
}

void understand_pregnancy(const HabitEntry& field, const Terminology& terminology, Facts& facts) {
  Field told(field, terminology, facts);
  const auto text = trimmed(told.text());
  if (says_no(text)) return told.state("pregnancy", Truth::no);
  if (says_unknown(text)) return told.state("pregnancy", Truth::possible);
  const bool how_far = by_weeks(told, text) || by_trimester(told, text);
  if (!how_far && !says_yes(text)) {
    told.not_understood("patient", "write true, false, unknown, {trimester: 1} or {weeks: 9}");
    return told.state("pregnancy", Truth::possible);
  }
  told.state("pregnancy", Truth::yes);
  if (how_far) return;
  for (const std::string_view which : {"first trimester", "second trimester", "third trimester"}) told.state(which, Truth::possible);
}

void understand_childbearing(const HabitEntry& field, const Terminology& terminology, Facts& facts) {
  Field told(field, terminology, facts);
  const auto& text = told.text();
  if (!is_any(text, {"planning", "possible", "not possible", "unknown"})) told.not_understood("patient", "write planning, possible or not possible");
  const bool planning = is_any(text, {"planning"}), none = is_any(text, {"not possible"}), possible = is_any(text, {"possible"});
  told.state("childbearing potential", none ? Truth::no : planning || possible ? Truth::yes : Truth::possible);
  told.state("planning pregnancy", none ? Truth::no : planning ? Truth::yes : Truth::possible);
}

void understand_frailty(const HabitEntry& field, const Terminology& terminology, Facts& facts) {
  Field told(field, terminology, facts);
  const auto text = trimmed(told.text());
  const auto lowered = lower(text);
  if (says_no(text) || is_any(text, {"not frail", "fit", "robust"})) return told.state("frailty", Truth::no);
  if (says_unknown(text)) return told.state("frailty", Truth::possible);
  if (is_any(text, {"true", "yes", "frail", "mild", "moderate", "severe", "very severe"})) return told.state("frailty", Truth::yes);
  std::optional<std::int64_t> value;
  for (const std::string_view scale : {"clinical frailty scale", "cfs", "rockwood"}) {
    if (lowered.rfind(scale, 0) == 0 && !value) value = whole(text.substr(scale.size()));
  }
  if (!value || *value < 1 || *value > 9) {
    told.not_understood("patient", "write {scale: CFS, value: 1 to 9}, true, false or unknown; other scales are not read");
    return told.state("frailty", Truth::possible);
  }
  told.measured("clinical frailty scale", Interval::exactly(Rational{*value}));
  told.state("frailty", *value >= frail_from ? Truth::yes : *value <= fit_to ? Truth::no : Truth::possible);
}

void understand_smoking(const HabitEntry& habit, const Terminology& terminology, Facts& facts) {
  Field told(habit, terminology, facts);
  const auto& text = told.text();
  const bool former = says_former(text), unknown = says_unknown(text), never = says_no(text);
  told.state("current smoker", unknown ? Truth::possible : never || former ? Truth::no : Truth::yes);
  told.state("former smoker", unknown ? Truth::possible : former ? Truth::yes : Truth::no);
}

void understand_alcohol(const HabitEntry& habit, const Terminology& terminology, Facts& facts) {
  Field told(habit, terminology, facts);
  const auto& text = told.text();
  if (says_unknown(text)) return;
  if (says_no(text) || says_former(text)) return told.measured("alcohol units a week", Interval::exactly(Rational{0}));
  if (const auto units = units_a_week(text)) return told.measured("alcohol units a week", *units);
  if (says_yes(text)) return;
  const bool amount = text.find_first_of("0123456789") != std::string::npos;
  told.not_understood("habit", std::string(amount ? "an amount of alcohol that is not read" : "how much alcohol is not said") +
                                   "; write it as in 14 units a week or 1 glass of wine nightly");
}

}  // namespace theriac::detail
