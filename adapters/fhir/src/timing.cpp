// Timing → words.
#include "dosage.hpp"

#include <algorithm>
#include <array>

namespace theriac::fhir {
namespace {

using Pairs = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string look_up(const std::array<Pairs, N>& table, const std::string& key) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Pairs& each) { return each.first == key; });
  return found == table.end() ? std::string() : std::string(found->second);
}

// v3-GTSAbbreviation, and what stands in its place in practice.
std::string words_of_code(const std::string& code) {
  constexpr std::array<Pairs, 18> codes = {{{"BID", "twice daily"},
                                            {"TID", "3 times daily"},
                                            {"QID", "4 times daily"},
                                            {"QD", "once daily"},
                                            {"QOD", "every other day"},
                                            {"AM", "in the morning"},
                                            {"PM", "in the evening"},
                                            {"BED", "at bedtime"},
                                            {"HS", "at bedtime"},
                                            {"WK", "weekly"},
                                            {"MO", "monthly"},
                                            {"Q1H", "every hour"},
                                            {"Q2H", "every 2 hours"},
                                            {"Q3H", "every 3 hours"},
                                            {"Q4H", "every 4 hours"},
                                            {"Q6H", "every 6 hours"},
                                            {"Q8H", "every 8 hours"},
                                            {"Q12H", "every 12 hours"}}};
  return look_up(codes, code);
}

// EventTiming; "" for those that no words stand for.
std::string words_of_event(const std::string& when) {
  constexpr std::array<Pairs, 24> events = {{{"MORN", "in the morning"},
                                             {"MORN.early", "in the morning"},
                                             {"MORN.late", "in the morning"},
                                             {"WAKE", "in the morning"},
                                             {"NOON", "at noon"},
                                             {"AFT", "in the afternoon"},
                                             {"AFT.early", "in the afternoon"},
                                             {"AFT.late", "in the afternoon"},
                                             {"EVE", "in the evening"},
                                             {"EVE.early", "in the evening"},
                                             {"EVE.late", "in the evening"},
                                             {"NIGHT", "at night"},
                                             {"HS", "at bedtime"},
                                             {"CM", "with breakfast"},
                                             {"ACM", "before breakfast"},
                                             {"PCM", "after breakfast"},
                                             {"CD", "with lunch"},
                                             {"ACD", "before lunch"},
                                             {"PCD", "after lunch"},
                                             {"CV", "with dinner"},
                                             {"ACV", "before dinner"},
                                             {"PCV", "after dinner"},
                                             {"PHS", "at night"},
                                             {"IMD", "stat"}}};
  return look_up(events, when);
}

std::string unit_words(const std::string& unit, bool many) {
  constexpr std::array<Pairs, 7> units = {
      {{"s", "second"}, {"min", "minute"}, {"h", "hour"}, {"d", "day"}, {"wk", "week"}, {"mo", "month"}, {"a", "year"}}};
  const auto word = look_up(units, unit);
  return word.empty() || !many ? word : word + "s";
}

std::string join_and(const std::vector<std::string>& words) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) result += (i == 0 ? "" : " and ") + words[i];
  return result;
}

std::string with_range(const std::string& low, const std::string& high) { return high.empty() || high == low ? low : low + "-" + high; }

// "08:00:00" → "at 08:00".
std::string times_of_day(const std::vector<Item>& times) {
  std::vector<std::string> words;
  for (const auto& time : times) words.push_back("at " + time.text().substr(0, 5));
  return join_and(words);
}

std::string events(const std::vector<Item>& when) {
  std::vector<std::string> words;
  for (const auto& each : when) {
    words.push_back(words_of_event(each.text()));
    if (words.back().empty()) return "?";
  }
  return join_and(words);
}

// C, AC, PC: at meals, nobody knows how many.
bool at_meals(const Item& when) { return when.is("C") || when.is("AC") || when.is("PC"); }

// frequency times a period of so many units.
std::string often(const Item& repeat, std::size_t weekdays) {
  const auto times = repeat["frequency"] ? decimal_of(repeat["frequency"]) : "1";
  const auto most = decimal_of(repeat["frequencyMax"]);
  const auto period = repeat["period"] ? decimal_of(repeat["period"]) : "";
  const auto longest = decimal_of(repeat["periodMax"]);
  const auto unit = repeat["periodUnit"].text();
  if (weekdays > 0) {
    const bool daily = (period.empty() || (period == "1" && unit == "d")) && times == "1" && most.empty();
    const bool weekly = period == "1" && unit == "wk" && times == std::to_string(weekdays) && most.empty();
    if (!daily && !weekly) return "?";
    return weekdays == 7 ? "once daily" : weekdays == 1 ? "weekly" : std::to_string(weekdays) + " times a week";
  }
  if (period.empty() || unit_words(unit, false).empty()) return repeat["frequency"] ? "?" : "";
  const bool once = times == "1" && most.empty();
  if (once) {
    if (period == "1" && longest.empty()) return unit == "d" ? "once daily" : "every " + unit_words(unit, false);
    return "every " + with_range(period, longest) + " " + unit_words(unit, true);
  }
  if (!longest.empty() && longest != period) return "?";
  const auto count = with_range(times, most) + " times ";
  if (period == "1") return unit == "d" ? count + "daily" : count + "a " + unit_words(unit, false);
  // Three times in two days is no word; where it divides evenly into hours or days it is an interval.
  return count + "every " + period + " " + unit_words(unit, true);
}

// The period is a day, or none is said.
bool each_day(const Item& repeat) { return !repeat["period"] || (repeat["period"].is("1") && repeat["periodUnit"].is("d")); }

// As often as there are times of day or events, or how often is not said.
bool as_often(const Item& repeat, std::size_t moments) {
  return !repeat["frequencyMax"] && (!repeat["frequency"] || repeat["frequency"].is(std::to_string(moments)));
}

// "08:00" every second day is no daily dose.
std::string clock_words(const Item& repeat, const std::vector<Item>& times) {
  if (!as_often(repeat, times.size())) return "?";
  if (each_day(repeat)) return times_of_day(times);
  return times.size() == 1 || repeat["frequency"] ? often(repeat, 0) : "?";
}

std::string event_words(const Item& repeat, const std::vector<Item>& when) {
  if (std::any_of(when.begin(), when.end(), at_meals)) {
    const bool says_how_often = when.size() == 1 && repeat["frequency"] && !repeat["frequency"].is("1");
    const auto count = says_how_often ? often(repeat, 0) : "";
    if (count == "?" || when.size() > 1) return "?";
    return count + (count.empty() ? "" : " ") + (when.front().is("AC") ? "before meals" : "with meals");
  }
  auto words = events(when);
  const bool once_each = !repeat["frequency"] || repeat["frequency"].is("1") || repeat["frequency"].is(std::to_string(when.size()));
  if (once_each && each_day(repeat)) return words;
  const auto count = often(repeat, 0);
  return count.empty() || count == "?" || words == "?" ? "?" : count;
}

std::string repeat_words(const Item& repeat) {
  if (repeat["count"].is("1") && !repeat["frequency"] && !repeat["when"]) return "single dose";
  const auto times = repeat.each("timeOfDay");
  const auto days = repeat.each("dayOfWeek");
  if (!times.empty() && days.empty()) return clock_words(repeat, times);
  const auto when = repeat.each("when");
  if (!when.empty() && days.empty()) return event_words(repeat, when);
  if (!days.empty() && times.size() <= 1 && when.size() <= 1) return often(repeat, days.size());
  return days.empty() ? often(repeat, 0) : "?";
}

}  // namespace

std::string timing_words(const Item& timing) {
  if (const auto repeat = timing["repeat"]) {
    auto words = repeat_words(repeat);
    if (!words.empty()) return words;
  }
  if (const auto code = timing["code"]) {
    for (const auto& coding : code.each("coding")) {
      if (auto words = words_of_code(coding["code"].text()); !words.empty()) return words;
    }
    if (auto words = words_of_code(code["text"].text()); !words.empty()) return words;
    if (const auto words = words_of(code); words) return words.text();
  }
  return timing.each("event").size() == 1 ? "single dose" : "";
}

}  // namespace theriac::fhir
