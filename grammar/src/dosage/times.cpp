// How often: "q6-8h", "every other day", "3 times a week", "on Mondays", "in the morning and at night".
#include "dosage/parts.hpp"
#include "dosage/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace theriac::grammar::dosage {
namespace {

std::optional<std::uint32_t> whole(const std::string& decimal) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  if (error != std::errc{} || end != decimal.data() + decimal.size() || value == 0 || value > 10000) return std::nullopt;
  return value;
}

Often make(Often::Kind kind, const OftenWord& word, Span span, std::size_t end) {
  Often often;
  often.kind = kind;
  often.frequency = {
      std::string(word.low), std::string(word.high), std::string(word.per), std::string(word.per_unit), std::string(word.when), std::nullopt, span};
  often.end = end;
  return often;
}

Often::Kind kind_of(const OftenWord& word) {
  if (word.low.empty()) return Often::Kind::vague;
  return word.when.empty() ? Often::Kind::count : Often::Kind::time_of_day;
}

// Once in low to high units: "every 6 to 8 hours" is 3 to 4 times a day, "every 2 to 3 days" 2 to 3 times in 6 days.
std::optional<Often> every(const Numbers& numbers, std::string_view unit, Span span, std::size_t end) {
  auto low = whole(numbers.low);
  auto high = whole(numbers.high);
  if (!low || !high || *low > *high || !numbers.readings.empty()) return std::nullopt;
  if (unit == "fortnight") {
    unit = "week";
    *low *= 2;
    *high *= 2;
  }
  Often often;
  often.kind = Often::Kind::count;
  often.end = end;
  auto& f = often.frequency;
  f.span = span;
  f.per_unit = std::string(unit);
  if (unit == "hour" && 24 % *low == 0 && 24 % *high == 0) {
    f.times_low = std::to_string(24 / *high);
    f.times_high = std::to_string(24 / *low);
    f.per_unit = "day";
  } else if (*low == *high) {
    f.per = std::to_string(*low);
  } else {
    f.times_low = std::to_string(*low);
    f.times_high = std::to_string(*high);
    f.per = std::to_string(*low * *high);
  }
  return often;
}

// "q6h", "q 4-6 hours", "every 72 h", "every 2 weeks", "each 8 hours".
std::optional<Often> read_every(const Tokens& tokens, std::size_t at) {
  const auto word = word_at(tokens, at);
  if (word != "q" && word != "every" && word != "each") return std::nullopt;
  const auto numbers = read_numbers(tokens, at + 1);
  if (!numbers) return std::nullopt;
  const auto unit = time_unit(word_at(tokens, numbers->end));
  if (unit.empty()) return std::nullopt;
  return every(*numbers, unit, span_of(tokens, at, numbers->end + 1), numbers->end + 1);
}

// "8 hourly", "4-6 hourly", "3-monthly", "2 weekly".
std::optional<Often> read_hourly(const Tokens& tokens, std::size_t at) {
  const auto numbers = read_numbers(tokens, at);
  if (!numbers) return std::nullopt;
  auto next = numbers->end;
  const bool hyphen = is_sign(tokens, next, "-");
  if (hyphen) ++next;
  const auto word = word_at(tokens, next);
  if (word == "hourly" || word == "hrly") return every(*numbers, "hour", span_of(tokens, at, next + 1), next + 1);
  if (!hyphen) return std::nullopt;  // "2 weekly" may be two of them, once a week
  if (word == "weekly") return every(*numbers, "week", span_of(tokens, at, next + 1), next + 1);
  if (word == "monthly") return every(*numbers, "month", span_of(tokens, at, next + 1), next + 1);
  if (word == "yearly") return every(*numbers, "year", span_of(tokens, at, next + 1), next + 1);
  return std::nullopt;
}

struct Period {
  std::string per = "1";
  std::string unit;
  std::size_t end = 0;
};

// "a day", "/24h", "per week", "daily", "in 24 hours", "every 2 weeks".
std::optional<Period> read_period(const Tokens& tokens, std::size_t at) {
  const auto word = word_at(tokens, at);
  if (word == "daily") return Period{"1", "day", at + 1};
  if (word == "weekly") return Period{"1", "week", at + 1};
  if (word == "monthly") return Period{"1", "month", at + 1};
  if (word == "yearly") return Period{"1", "year", at + 1};
  const bool opens = is_sign(tokens, at, "/") || word == "a" || word == "per" || word == "each" || word == "every" || word == "in" ||
                     word == "within" || word == "an";
  if (!opens) return std::nullopt;
  Period period;
  auto next = at + 1;
  if (is_number(tokens, next)) {
    if (!whole(tokens[next].text) || !tokens[next].readings.empty()) return std::nullopt;
    period.per = tokens[next++].text;
  }
  const auto unit = time_unit(word_at(tokens, next));
  if (unit.empty()) return std::nullopt;
  period.unit = std::string(unit);
  if (unit == "fortnight") {
    if (period.per != "1") return std::nullopt;
    period = {"2", "week", 0};
  }
  if (period.unit == "hour" && period.per == "24") period = {"1", "day", 0};
  period.end = next + 1;
  return period;
}

// "3 x day", "3 times week": one of them, for "x 3 days" says how long.
std::optional<Period> read_bare_period(const Tokens& tokens, std::size_t at) {
  const auto word = word_at(tokens, at);
  if (word != "day" && word != "week" && word != "month") return std::nullopt;
  return Period{"1", std::string(word), at + 1};
}

std::optional<Numbers> read_count_words(const Tokens& tokens, std::size_t at) {
  const auto count = [&tokens](std::size_t i) -> std::string {
    const auto word = word_at(tokens, i);
    return word == "once" ? "1" : word == "twice" ? "2" : word == "thrice" ? "3" : "";
  };
  Numbers numbers{count(at), count(at), at + 1, {}};
  if (numbers.low.empty()) return std::nullopt;
  if ((is_word(tokens, at + 1, "or") || is_word(tokens, at + 1, "to")) && !count(at + 2).empty())
    return Numbers{numbers.low, count(at + 2), at + 3, {}};
  return numbers;
}

// "3 times a day", "2x daily", "1-2 times per week", "3/day", "twice in 24 hours", "once or twice daily", "up to 4 times a day".
std::optional<Often> read_times(const Tokens& tokens, std::size_t at) {
  std::size_t start = at;
  const bool up_to = is_word(tokens, at, "up") && is_word(tokens, at + 1, "to");
  if (up_to) start += 2;
  auto numbers = read_count_words(tokens, start);
  bool times = numbers.has_value();
  if (!numbers) {
    if (is_word(tokens, start, "x") && is_number(tokens, start + 1)) ++start, times = true;  // "x 2 daily"
    numbers = read_numbers(tokens, start);
    if (!numbers) return std::nullopt;
    const auto word = word_at(tokens, numbers->end);
    if (word == "times" || word == "time" || word == "x") {
      ++numbers->end;
      times = true;
    }
  }
  if (is_sign(tokens, numbers->end, "-")) ++numbers->end;
  auto period = read_period(tokens, numbers->end);
  if (!period && times) period = read_bare_period(tokens, numbers->end);
  if (!period || !whole(numbers->low) || !whole(numbers->high) || !numbers->readings.empty()) return std::nullopt;
  if (!times && is_word(tokens, numbers->end)) {
    const auto word = word_at(tokens, numbers->end);
    if (word != "a" && word != "per" && word != "in") return std::nullopt;  // "2 daily" is two of them, daily
  }
  Often often;
  often.kind = Often::Kind::count;
  often.end = period->end;
  often.frequency = {up_to ? "0" : numbers->low, numbers->high, period->per, period->unit, "", std::nullopt, span_of(tokens, at, period->end)};
  return often;
}

void add_day(std::vector<std::string>& days, std::string_view day) {
  if (std::find(days.begin(), days.end(), day) == days.end()) days.emplace_back(day);
}

std::string_view next_day(std::string_view day) {
  static constexpr std::array<std::string_view, 8> week{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday"};
  return *(std::find(week.begin(), week.end(), day) + 1);
}

// "on Mondays", "Mon, Wed and Fri", "every Sunday", "Mon-Fri".
std::optional<Often> read_weekdays(const Tokens& tokens, std::size_t at) {
  std::size_t next = at;
  if (is_word(tokens, next, "on") || is_word(tokens, next, "every") || is_word(tokens, next, "each")) ++next;
  std::vector<std::string> days;
  std::size_t end = at;
  if (is_word(tokens, next, "mwf")) {
    days = {"Monday", "Wednesday", "Friday"};
    end = ++next;
  }
  while (true) {
    const auto day = weekday(word_at(tokens, next));
    if (day.empty()) break;
    add_day(days, day);
    end = ++next;
    const bool range =
        (is_sign(tokens, next, "-") || is_word(tokens, next, "to") || is_word(tokens, next, "through") || is_word(tokens, next, "thru")) &&
        !weekday(word_at(tokens, next + 1)).empty();
    if (range) {
      for (auto each = next_day(day); each != weekday(word_at(tokens, next + 1)); each = next_day(each)) add_day(days, each);
      ++next;
      continue;
    }
    while (is_sign(tokens, next, ",") || is_sign(tokens, next, "/") || is_sign(tokens, next, "+") || is_word(tokens, next, "and")) ++next;
  }
  if (days.empty()) return std::nullopt;
  Often often;
  often.kind = Often::Kind::weekdays;
  often.end = end;
  const auto count = std::to_string(days.size());
  std::string when;
  for (const auto& day : days) when += (when.empty() ? "" : ", ") + day;
  often.frequency = {count, count, "1", "week", when, std::nullopt, span_of(tokens, at, end)};
  return often;
}

// After "a week", "/week", "out of 7"; 0 where it is none.
std::size_t end_of_week(const Tokens& tokens, std::size_t at) {
  if (is_word(tokens, at, "out") && is_word(tokens, at + 1, "of") && is_number(tokens, at + 2) && tokens[at + 2].text == "7")
    return is_word(tokens, at + 3, "days") ? at + 4 : at + 3;
  const bool per = is_sign(tokens, at, "/") || is_word(tokens, at, "a") || is_word(tokens, at, "per") || is_word(tokens, at, "each") ||
                   is_word(tokens, at, "every");
  return per && is_word(tokens, at + 1, "week") ? at + 2 : 0;
}

// "6 days a week", "5 days/week", "5 days out of 7": on so many days, whichever they are.
std::optional<Often> read_days_a_week(const Tokens& tokens, std::size_t at) {
  const auto numbers = read_numbers(tokens, at + (is_word(tokens, at, "on") || is_word(tokens, at, "for") ? 1 : 0));
  if (!numbers || !numbers->readings.empty() || !is_word(tokens, numbers->end, "days")) return std::nullopt;
  const auto low = whole(numbers->low), high = whole(numbers->high);
  const auto end = end_of_week(tokens, numbers->end + 1);
  if (!low || !high || *high > 7 || end == 0) return std::nullopt;
  Often often;
  often.kind = Often::Kind::weekdays;
  often.end = end;
  often.frequency = {numbers->low, numbers->high, "1", "week", "", std::nullopt, span_of(tokens, at, end)};
  return often;
}

// "/day", "/24h" right behind a dose.
std::optional<Often> read_stroke(const Tokens& tokens, std::size_t at) {
  if (!is_sign(tokens, at, "/")) return std::nullopt;
  const auto period = read_period(tokens, at);
  if (!period) return std::nullopt;
  Often often;
  often.kind = Often::Kind::count;
  often.end = period->end;
  often.frequency = {"1", "1", period->per, period->unit, "", std::nullopt, span_of(tokens, at, period->end)};
  return often;
}

// "8am", "at 8 pm", "08:00", "at 20:30".
std::optional<Often> read_clock(const Tokens& tokens, std::size_t at) {
  const bool after_at = is_word(tokens, at, "at");
  std::size_t next = at + (after_at ? 1 : 0);
  if (!is_number(tokens, next) || tokens[next].text.size() > 2) return std::nullopt;
  std::string when = "at " + tokens[next].text;
  const bool colon = is_sign(tokens, next + 1, ":") && tokens[next + 1].glued && is_number(tokens, next + 2) && tokens[next + 2].text.size() == 2;
  if (colon) when += ":" + tokens[next + 2].text;
  next += colon ? 3 : 1;
  const auto half = word_at(tokens, next);
  const bool meridian = (half == "am" || half == "pm") && (after_at || colon || tokens[next].glued);
  if (!meridian && !colon) return std::nullopt;
  if (meridian) when += " " + std::string(tokens[next++].text);
  return make(Often::Kind::time_of_day, {"1", "1", "1", "day", when}, span_of(tokens, at, next), next);
}

// "30 minutes before breakfast", "1 hour after food": when, by the meal.
std::optional<Often> read_beside_meal(const Tokens& tokens, std::size_t at) {
  const auto numbers = read_numbers(tokens, at);
  if (!numbers || !numbers->readings.empty()) return std::nullopt;
  const auto unit = time_unit(word_at(tokens, numbers->end));
  const auto next = numbers->end + 1;
  if ((unit != "minute" && unit != "hour") || (!is_word(tokens, next, "before") && !is_word(tokens, next, "after"))) return std::nullopt;
  const auto phrase = often_phrase(tokens, next);
  if (!phrase) return std::nullopt;
  return make(kind_of(*phrase.value), *phrase.value, span_of(tokens, at, phrase.end), phrase.end);
}

}  // namespace

std::optional<Often> read_often(const Tokens& tokens, std::size_t at) {
  if (auto found = read_every(tokens, at)) return found;
  if (auto found = read_clock(tokens, at)) return found;
  if (auto found = read_beside_meal(tokens, at)) return found;
  if (auto found = read_hourly(tokens, at)) return found;
  if (auto found = read_days_a_week(tokens, at)) return found;
  if (auto found = read_times(tokens, at)) return found;
  if (auto found = read_weekdays(tokens, at)) return found;
  if (auto found = read_stroke(tokens, at)) return found;
  if (const auto phrase = often_phrase(tokens, at)) return make(kind_of(*phrase.value), *phrase.value, span_of(tokens, at, phrase.end), phrase.end);
  // "ON" is omni nocte where nothing follows that it could stand before.
  const bool last =
      at + 1 >= tokens.size() || (tokens[at + 1].kind == Token::Kind::sign && tokens[at + 1].text != "-") || is_word(tokens, at + 1, "prn");
  if (is_word(tokens, at, "on") && last) return make(Often::Kind::time_of_day, {"1", "1", "1", "day", "at night"}, tokens[at].span, at + 1);
  return std::nullopt;
}

}  // namespace theriac::grammar::dosage
