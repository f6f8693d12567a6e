// When and for how long: durations, dates, "stopped 20 days ago".
#include "dosage/parts.hpp"
#include "dosage/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace theriac::grammar::dosage {
namespace {

std::optional<int> digits(const Tokens& tokens, std::size_t at, std::size_t least, std::size_t most) {
  if (!is_number(tokens, at) || !tokens[at].readings.empty()) return std::nullopt;
  const auto& text = tokens[at].text;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.size() < least || text.size() > most) return std::nullopt;
  return value;
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string iso(int year, int month, int day) { return std::to_string(year) + "-" + two(month) + (day > 0 ? "-" + two(day) : ""); }

std::optional<Date> iso_date(const Tokens& tokens, std::size_t at) {
  const auto year = digits(tokens, at, 4, 4);
  if (!year || *year < 1900 || *year > 2199) return std::nullopt;
  const auto joined = [&tokens](std::size_t i) { return is_sign(tokens, i, "-") && tokens[i].glued && i + 1 < tokens.size() && tokens[i + 1].glued; };
  const auto month = joined(at + 1) ? digits(tokens, at + 2, 1, 2) : std::nullopt;
  if (!month) return Date{std::to_string(*year), "", at + 1};
  const auto day = joined(at + 3) ? digits(tokens, at + 4, 1, 2) : std::nullopt;
  if (!day) return Date{iso(*year, *month, 0), "", at + 3};
  return Date{iso(*year, *month, *day), "", at + 5};
}

// "25/11/2024" is a day first; "10/11/2024" could be either.
std::optional<Date> stroke_date(std::string_view text, const Tokens& tokens, std::size_t at) {
  const bool stroke = is_sign(tokens, at + 1, "/") && is_sign(tokens, at + 3, "/");
  const auto first = digits(tokens, at, 1, 2);
  const auto second = stroke ? digits(tokens, at + 2, 1, 2) : std::nullopt;
  const auto year = second ? digits(tokens, at + 4, 4, 4) : std::nullopt;
  if (!first || !year) return std::nullopt;
  Date date;
  date.end = at + 5;
  if (*first > 12 || *first == *second) {
    date.iso = iso(*year, *second, *first);
  } else if (*second > 12) {
    date.iso = iso(*year, *first, *second);
  } else {
    const auto span = span_of(tokens, at, date.end);
    date.refused =
        std::string(text.substr(span.begin, span.end - span.begin)) + ": " + iso(*year, *second, *first) + " or " + iso(*year, *first, *second) + "?";
  }
  return date;
}

// "15 Nov 2024", "Nov 2024", "November 15, 2024".
std::optional<Date> named_date(const Tokens& tokens, std::size_t at) {
  const auto day = digits(tokens, at, 1, 2);
  std::size_t next = at + (day ? 1 : 0);
  const auto month = month_name(word_at(tokens, next));
  if (!month) return std::nullopt;
  ++next;
  std::optional<int> later_day;
  if (!day && digits(tokens, next, 1, 2)) {
    later_day = digits(tokens, next, 1, 2);
    ++next;
    if (is_sign(tokens, next, ",")) ++next;
  }
  const auto year = digits(tokens, next, 4, 4);
  if (!year) return std::nullopt;
  return Date{iso(*year, *month, day ? *day : later_day ? *later_day : 0), "", next + 1};
}

struct CourseWord {
  enum class Means : std::uint8_t { stopped, stops, started, starts, state } means{};
  std::string_view status;  // "" where the words say no status
};

struct CoursePhrase {
  std::array<std::string_view, 3> words;
  CourseWord word;
};

const std::vector<CoursePhrase>& course_phrases() {
  using M = CourseWord::Means;
  static const std::vector<CoursePhrase> phrases{{{"no", "longer", "taking"}, {M::stopped, "stopped"}},
                                                 {{"no", "longer", "taken"}, {M::stopped, "stopped"}},
                                                 {{"due", "to", "start"}, {M::starts, "proposed"}},
                                                 {{"due", "to", "stop"}, {M::stops, "to stop"}},
                                                 {{"to", "be", "started"}, {M::starts, "proposed"}},
                                                 {{"to", "be", "stopped"}, {M::stops, "to stop"}},
                                                 {{"on", "hold", ""}, {M::stopped, "held"}},
                                                 {{"to", "start", ""}, {M::starts, "proposed"}},
                                                 {{"will", "start", ""}, {M::starts, "proposed"}},
                                                 {{"to", "stop", ""}, {M::stops, "to stop"}},
                                                 {{"will", "stop", ""}, {M::stops, "to stop"}},
                                                 {{"not", "taken", ""}, {M::state, "not taken"}},
                                                 {{"not", "taking", ""}, {M::state, "not taken"}},
                                                 {{"never", "taken", ""}, {M::state, "not taken"}},
                                                 {{"new", "order", ""}, {M::state, "proposed"}},
                                                 {{"taken", "since", ""}, {M::started, ""}},
                                                 {{"started", "", ""}, {M::started, ""}},
                                                 {{"commenced", "", ""}, {M::started, ""}},
                                                 {{"since", "", ""}, {M::started, ""}},
                                                 {{"starts", "", ""}, {M::starts, "proposed"}},
                                                 {{"starting", "", ""}, {M::starts, "proposed"}},
                                                 {{"start", "", ""}, {M::starts, "proposed"}},
                                                 {{"stopped", "", ""}, {M::stopped, "stopped"}},
                                                 {{"discontinued", "", ""}, {M::stopped, "stopped"}},
                                                 {{"ceased", "", ""}, {M::stopped, "stopped"}},
                                                 {{"completed", "", ""}, {M::stopped, "completed"}},
                                                 {{"finished", "", ""}, {M::stopped, "completed"}},
                                                 {{"ended", "", ""}, {M::stopped, "completed"}},
                                                 {{"held", "", ""}, {M::stopped, "held"}},
                                                 {{"withheld", "", ""}, {M::stopped, "held"}},
                                                 {{"paused", "", ""}, {M::stopped, "held"}},
                                                 {{"suspended", "", ""}, {M::stopped, "held"}},
                                                 {{"stops", "", ""}, {M::stops, "to stop"}},
                                                 {{"stopping", "", ""}, {M::stops, "to stop"}},
                                                 {{"until", "", ""}, {M::stops, ""}},
                                                 {{"till", "", ""}, {M::stops, ""}},
                                                 {{"proposed", "", ""}, {M::state, "proposed"}},
                                                 {{"planned", "", ""}, {M::state, "proposed"}},
                                                 {{"declined", "", ""}, {M::state, "not taken"}},
                                                 {{"unverified", "", ""}, {M::state, "unknown"}},
                                                 {{"unconfirmed", "", ""}, {M::state, "unknown"}}};
  return phrases;
}

const CourseWord* course_word(const Tokens& tokens, std::size_t at, std::size_t& end) {
  for (const auto& phrase : course_phrases()) {
    std::size_t next = at;
    bool fits = true;
    for (const auto word : phrase.words) {
      if (word.empty()) break;
      fits = fits && is_word(tokens, next++, word);
    }
    if (!fits) continue;
    end = next;
    return &phrase.word;
  }
  return nullptr;
}

// "20 days ago", "yesterday", "today"; in the future "in 5 days", "tomorrow".
std::optional<Length> read_ago(const Tokens& tokens, std::size_t at) {
  if (is_word(tokens, at, "yesterday")) return Length{{1, "day", tokens[at].span}, at + 1};
  if (is_word(tokens, at, "today")) return Length{{0, "day", tokens[at].span}, at + 1};
  const auto length = read_length(tokens, at);
  if (!length || !is_word(tokens, length->end, "ago")) return std::nullopt;
  return Length{length->duration, length->end + 1};
}
std::optional<Length> read_in(const Tokens& tokens, std::size_t at) {
  if (is_word(tokens, at, "tomorrow")) return Length{{1, "day", tokens[at].span}, at + 1};
  if (is_word(tokens, at, "today")) return Length{{0, "day", tokens[at].span}, at + 1};
  if (!is_word(tokens, at, "in")) return std::nullopt;
  return read_length(tokens, at + 1);
}

}  // namespace

std::optional<Length> read_length(const Tokens& tokens, std::size_t at) {
  const auto numbers = read_numbers(tokens, at);
  if (!numbers || numbers->low != numbers->high || !numbers->readings.empty()) return std::nullopt;
  std::uint32_t count = 0;
  const auto& text = numbers->low;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || end != text.data() + text.size() || count > 100000) return std::nullopt;
  auto next = numbers->end;
  if (is_sign(tokens, next, "-") && tokens[next].glued) ++next;
  const auto unit = time_unit(word_at(tokens, next));
  if (unit.empty()) return std::nullopt;
  const auto span = span_of(tokens, at, next + 1);
  if (unit == "fortnight") return Length{{count * 2, "week", span}, next + 1};
  return Length{{count, std::string(unit), span}, next + 1};
}

std::optional<Length> read_duration(const Tokens& tokens, std::size_t at, bool behind_times) {
  const bool opened = is_word(tokens, at, "for") || is_word(tokens, at, "x");
  std::size_t start = opened ? at + 1 : at;
  if (is_word(tokens, start, "the") &&
      (is_word(tokens, start + 1, "last") || is_word(tokens, start + 1, "past") || is_word(tokens, start + 1, "next")))
    start += 2;
  if (is_word(tokens, start, "another")) ++start;
  if (is_number(tokens, start) && is_sign(tokens, start + 1, "/") && is_number(tokens, start + 2)) {  // 5/7, 2/52, 3/12
    const auto& below = tokens[start + 2].text;
    const std::string unit = below == "7" ? "day" : below == "52" ? "week" : below == "12" ? "month" : "";
    const auto count = digits(tokens, start, 1, 3);
    if ((opened || behind_times) && !unit.empty() && count)
      return Length{{static_cast<std::uint32_t>(*count), unit, span_of(tokens, at, start + 3)}, start + 3};
  }
  auto length = read_length(tokens, start);
  if (!length) return std::nullopt;
  if (is_word(tokens, length->end, "course")) {
    ++length->end;
  } else if (!opened || is_word(tokens, length->end, "ago")) {
    return std::nullopt;
  }
  length->duration.span = span_of(tokens, at, length->end);
  return length;
}

std::size_t end_of_length_range(const Tokens& tokens, std::size_t at) {
  if (!is_word(tokens, at, "for") && !is_word(tokens, at, "x")) return 0;
  const auto numbers = read_numbers(tokens, at + 1);
  if (!numbers || numbers->low == numbers->high) return 0;
  return time_unit(word_at(tokens, numbers->end)).empty() ? 0 : numbers->end + 1;
}

std::optional<Date> read_date(std::string_view text, const Tokens& tokens, std::size_t at) {
  if (auto date = stroke_date(text, tokens, at)) return date;
  if (auto date = named_date(tokens, at)) return date;
  return iso_date(tokens, at);
}

std::size_t read_course(std::string_view text, const Tokens& tokens, std::size_t at, MedicationLine& line) {
  using M = CourseWord::Means;
  std::size_t end = 0;
  const auto* word = course_word(tokens, at, end);
  if (!word) return 0;
  const bool past = word->means == M::stopped || word->means == M::started;
  std::size_t next = end;
  if (is_word(tokens, next, "abruptly") || is_word(tokens, next, "suddenly")) {
    line.ended = "abruptly";
    ++next;
  }
  if (is_sign(tokens, next, ":") || is_word(tokens, next, "on") || is_word(tokens, next, "since") || is_word(tokens, next, "from")) ++next;
  const auto ago = past ? read_ago(tokens, next) : std::nullopt;
  const auto in = past || word->means == M::state ? std::nullopt : read_in(tokens, next);
  const auto date = word->means == M::state || ago || in ? std::nullopt : read_date(text, tokens, next);
  const bool dated = ago || in || date;
  if (word->status.empty() && !dated) return 0;
  if (!word->status.empty()) line.status = std::string(word->status);
  if (ago) (word->means == M::stopped ? line.stopped_ago : line.started_ago) = ago->duration;
  if (in) (word->means == M::stops ? line.stops_in : line.starts_in) = in->duration;
  if (date && date->iso.empty())
    line.refused.push_back(date->refused);
  else if (date)
    (word->means == M::stopped || word->means == M::stops ? line.stop_date : line.start_date) = date->iso;
  return ago ? ago->end : in ? in->end : date ? date->end : line.ended == "abruptly" ? std::max(end, next) : end;
}

}  // namespace theriac::grammar::dosage
