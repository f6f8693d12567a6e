// "08:00", "at night", "twice daily" → one stretch of the day an administration. What is not said is the whole day, never a customary hour.
#include "facts/medication.hpp"

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Frequency;

constexpr std::int32_t hour = 60;
constexpr std::size_t most_per_day = 24;

struct Word {
  std::string_view said;
  TimeOfDay time;
};
// Wide on purpose: what is certain of these is certain of every household (docs/design/semantics.md, "Times of day").
constexpr std::array words{Word{"in the morning", {5 * hour, 12 * hour}},  Word{"with breakfast", {5 * hour, 11 * hour}},
                           Word{"at noon", {11 * hour, 15 * hour}},        Word{"with lunch", {11 * hour, 15 * hour}},
                           Word{"in the evening", {16 * hour, 22 * hour}}, Word{"with dinner", {16 * hour, 22 * hour}},
                           Word{"at night", {19 * hour, 25 * hour}}};

std::int32_t number(std::string_view digits) {
  std::int32_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9' || value > 10000) return -1;
    value = value * 10 + (c - '0');
  }
  return digits.empty() ? -1 : value;
}

// "at 8 am", "at 14:30", "at 2:30 pm".
std::optional<TimeOfDay> clock(std::string_view said) {
  if (said.substr(0, 3) != "at ") return std::nullopt;
  said.remove_prefix(3);
  const bool am = said.size() > 3 && said.substr(said.size() - 3) == " am", pm = said.size() > 3 && said.substr(said.size() - 3) == " pm";
  if (am || pm) said.remove_suffix(3);
  const auto colon = said.find(':');
  auto hours = number(said.substr(0, colon));
  const auto minutes = colon == std::string_view::npos ? 0 : number(said.substr(colon + 1));
  if (hours < 0 || minutes < 0 || minutes > 59 || hours > 24 || ((am || pm) && (hours < 1 || hours > 12))) return std::nullopt;
  if (am || pm) hours = hours % 12 + (pm ? 12 : 0);
  const auto at = (hours * hour + minutes) % (24 * hour);
  return TimeOfDay{at, at};
}

std::optional<TimeOfDay> time_said(std::string_view said) {
  for (const auto& word : words) {
    if (word.said == said) return word.time;
  }
  return clock(said);
}

// The parts of "in the morning and at night" that name a time; others ("with meals", "Monday") name none.
std::vector<TimeOfDay> times_in(std::string_view when) {
  std::vector<TimeOfDay> times;
  while (!when.empty()) {
    const auto end = when.find(" and ");
    if (const auto time = time_said(when.substr(0, end))) times.push_back(*time);
    when = end == std::string_view::npos ? std::string_view{} : when.substr(end + 5);
  }
  return times;
}

// How often on a day of use, at most. "6 times a week, on Monday, Wednesday and Friday" is twice on each of these.
std::size_t per_day(const Frequency& frequency) {
  const auto times = number(frequency.times_high), per = number(frequency.per);
  if (times < 1 || per < 1) return 1;
  const auto whole = [&](std::int32_t periods_a_day) { return static_cast<std::size_t>(std::min(times * periods_a_day, 24)); };
  if (frequency.per_unit == "hour") return per >= 24 ? 1 : whole((24 + per - 1) / per);
  if (frequency.per_unit == "minute") return most_per_day;
  if (frequency.per_unit == "day" && per == 1) return whole(1);
  if (frequency.per_unit != "week" || per != 1) return per >= times ? 1 : whole(1);
  const auto weekdays = frequency.when.find("day") == std::string::npos
                            ? std::int32_t{0}
                            : static_cast<std::int32_t>(std::count(frequency.when.begin(), frequency.when.end(), ',')) + 1;
  return weekdays > 0 && times % weekdays == 0 ? static_cast<std::size_t>(times / weekdays) : times <= 7 ? 1 : whole(1);
}

}  // namespace

std::vector<TimeOfDay> times_of_day(const grammar::MedicationLine& line, bool as_needed) {
  std::vector<TimeOfDay> all;
  if (as_needed || !line.refused.empty()) return {TimeOfDay{}};
  for (const auto& frequency : line.frequencies) {
    auto said = times_in(frequency.when);
    const auto count = frequency.times_high.empty() ? std::max<std::size_t>(1, said.size()) : per_day(frequency);
    if (said.size() > count) said.clear();  // contradicts itself
    said.resize(count);
    all.insert(all.end(), said.begin(), said.end());
  }
  if (all.empty() || all.size() > most_per_day) return {TimeOfDay{}};
  return all;
}

}  // namespace theriac::detail
