// "twice daily, morning and night" says one thing twice; "in the morning and at night" says two things; "twice daily q6h" contradicts itself.
#include "dosage/parts.hpp"

#include <algorithm>
#include <charconv>

namespace theriac::grammar::dosage {
namespace {

long number(const std::string& text) {
  long value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Hours where the period has a fixed number of them, else 0.
long hours(const Frequency& frequency) {
  const long per = number(frequency.per);
  if (frequency.per_unit == "hour") return per;
  if (frequency.per_unit == "day") return per * 24;
  if (frequency.per_unit == "week") return per * 168;
  return 0;
}

bool same_rate(const Frequency& a, const Frequency& b) {
  const long x = hours(a);
  const long y = hours(b);
  if (x == 0 || y == 0) return a.times_low == b.times_low && a.times_high == b.times_high && a.per == b.per && a.per_unit == b.per_unit;
  return number(a.times_low) * y == number(b.times_low) * x && number(a.times_high) * y == number(b.times_high) * x;
}

void add_when(Frequency& frequency, const std::string& when) {
  if (when.empty() || frequency.when.find(when) != std::string::npos) return;
  frequency.when += (frequency.when.empty() ? "" : " and ") + when;
}

// "twice daily on Mondays" is two times a week.
bool restrict_to_days(Frequency& frequency, const Frequency& days) {
  if (frequency.per_unit == "week" && frequency.per == "1") return frequency.times_high == days.times_high;
  if (frequency.per_unit != "day" || frequency.per != "1") return false;
  frequency.times_low = std::to_string(number(frequency.times_low) * number(days.times_low));
  frequency.times_high = std::to_string(number(frequency.times_high) * number(days.times_high));
  frequency.per_unit = "week";
  return true;
}

void contradiction(std::string_view text, const Frequency& a, const Frequency& b, std::vector<std::string>& refused) {
  const auto words = [text](const Span& span) { return std::string(text.substr(span.begin, span.end - span.begin)); };
  refused.push_back(words(a.span) + ", " + words(b.span) + ": which of the two?");
}

// Morning, noon, evening, night: the parts of the day that a word or a clock time may be in, as bits.
struct Moment {
  unsigned parts = 0;
  int precise = 0;  // a clock time says more than a meal, a meal more than "in the morning"
};

Moment moment_of(std::string_view when) {
  constexpr unsigned morning = 1, noon = 2, evening = 4, night = 8;
  if (when == "in the morning") return {morning, 0};
  if (when == "with breakfast") return {morning, 1};
  if (when == "at noon") return {noon, 0};
  if (when == "with lunch") return {noon, 1};
  if (when == "in the evening") return {evening, 0};
  if (when == "with dinner") return {evening, 1};
  if (when == "at night") return {night, 0};
  if (when.substr(0, 3) != "at ") return {};
  long hour = number(std::string(when.substr(3)));
  const bool am = when.ends_with(" am"), pm = when.ends_with(" pm");
  if ((am || pm) && hour == 12) hour = 0;
  if (pm) hour += 12;
  return {hour < 5 || hour >= 22 ? night : hour < 11 ? morning : hour < 16 ? noon : hour < 19 ? evening : evening | night, 2};
}

bool joins(std::string_view between) {
  return between.find("and") != std::string_view::npos || between.find_first_of("&+/") != std::string_view::npos;
}

// "every morning before breakfast", "in the evening at 18:00" are one moment. "In the evening at bedtime" may be one or two: the reason, else "".
std::string fold_moments(std::string_view text, std::vector<Often>& said) {
  const auto is_moment = [](const Often& often) { return often.kind == Often::Kind::time_of_day; };
  const auto moments = std::count_if(said.begin(), said.end(), is_moment);
  for (std::size_t i = 1; i < said.size();) {
    auto &first = said[i - 1].frequency, &second = said[i].frequency;
    const auto a = moment_of(first.when), b = moment_of(second.when);
    const auto gap = second.span.begin > first.span.end ? text.substr(first.span.end, second.span.begin - first.span.end) : std::string_view{};
    const bool separate = !is_moment(said[i - 1]) || !is_moment(said[i]) || (a.precise == 2 && b.precise == 2) || joins(gap);
    if (!separate && (a.parts & b.parts) != 0) {
      if (b.precise > a.precise) first.when = second.when;
      first.span.end = std::max(first.span.end, second.span.end);
      said.erase(said.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    if (!separate && moments == 2 && ((a.parts | b.parts) & 3U) == 0 && a.parts != 0 && b.parts != 0)
      return std::string(text.substr(first.span.begin, second.span.end - first.span.begin)) + ": once or 2 times a day?";
    ++i;
  }
  return {};
}

// A count first; then the times of day that spell it out.
std::vector<Frequency> merge_counts(std::string_view text, const std::vector<Often>& said, Frequency count, std::vector<std::string>& refused) {
  long times_of_day = 0;
  for (const auto& often : said) {
    if (often.kind == Often::Kind::count && !same_rate(often.frequency, count)) {
      contradiction(text, count, often.frequency, refused);
      return {};
    }
    if (often.kind == Often::Kind::time_of_day) ++times_of_day;
  }
  const bool once_a_day = count.times_high == "1" && count.per == "1" && count.per_unit == "day";
  if (once_a_day && times_of_day > 1) {  // "daily, in the morning and at night"
    refused.push_back(std::string(text.substr(count.span.begin, count.span.end - count.span.begin)) + ": once or " + std::to_string(times_of_day) +
                      " times a day?");
    return {};
  }
  for (const auto& often : said) {
    if (often.kind == Often::Kind::weekdays && !restrict_to_days(count, often.frequency)) {
      contradiction(text, count, often.frequency, refused);
      return {};
    }
    if (often.kind != Often::Kind::count) add_when(count, often.frequency.when);
    count.span = {std::min(count.span.begin, often.frequency.span.begin), std::max(count.span.end, often.frequency.span.end)};
  }
  return {count};
}

}  // namespace

std::vector<Frequency> merge_often(std::string_view text, const std::vector<Often>& every, std::vector<std::string>& refused) {
  auto said = every;
  if (const auto why = fold_moments(text, said); !why.empty()) {
    refused.push_back(why);
    return {};
  }
  const auto is = [](Often::Kind kind) { return [kind](const Often& often) { return often.kind == kind; }; };
  if (const auto count = std::find_if(said.begin(), said.end(), is(Often::Kind::count)); count != said.end())
    return merge_counts(text, said, count->frequency, refused);
  const auto days = std::find_if(said.begin(), said.end(), is(Often::Kind::weekdays));
  const auto other_days = days == said.end() ? days : std::find_if(days + 1, said.end(), is(Often::Kind::weekdays));
  if (other_days != said.end()) {
    contradiction(text, days->frequency, other_days->frequency, refused);
    return {};
  }
  std::vector<Frequency> merged;
  for (const auto& often : said) {
    if (often.kind != Often::Kind::time_of_day) continue;
    const bool again = std::any_of(merged.begin(), merged.end(), [&often](const Frequency& f) { return f.when == often.frequency.when; });
    if (!again) merged.push_back(often.frequency);
  }
  if (days != said.end() && merged.empty()) return {days->frequency};
  for (auto& frequency : merged) {
    if (days != said.end() && restrict_to_days(frequency, days->frequency)) add_when(frequency, days->frequency.when);
  }
  for (const auto& often : said) {
    if (often.kind != Often::Kind::vague) continue;
    if (merged.empty())
      merged.push_back(often.frequency);
    else if (often.frequency.when != "as directed")
      add_when(merged.front(), often.frequency.when);
  }
  return merged;
}

}  // namespace theriac::grammar::dosage
