// Recognisers of the parts of a medication line. Each looks at the tokens from `at` on and says what it read and where that ends, or nothing; none
// changes anything. The line reader (read_line.cpp) puts the parts together.
#pragma once

#include "dosage/tokens.hpp"
#include "theriac/grammar/dosage.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar::dosage {

using Tokens = std::vector<Token>;

inline bool is_word(const Tokens& tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].kind == Token::Kind::word && tokens[at].text == text;
}
inline bool is_sign(const Tokens& tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].kind == Token::Kind::sign && tokens[at].text == text;
}
inline bool is_number(const Tokens& tokens, std::size_t at) { return at < tokens.size() && tokens[at].kind == Token::Kind::number; }
inline bool is_word(const Tokens& tokens, std::size_t at) { return at < tokens.size() && tokens[at].kind == Token::Kind::word; }
// The word at `at`, or "".
inline std::string_view word_at(const Tokens& tokens, std::size_t at) {
  return is_word(tokens, at) ? std::string_view(tokens[at].text) : std::string_view{};
}
inline Span span_of(const Tokens& tokens, std::size_t begin, std::size_t end) { return {tokens[begin].span.begin, tokens[end - 1].span.end}; }

// "5", "5-10", "5 to 10", "one or two", "half", "one and a half".
struct Numbers {
  std::string low, high;
  std::size_t end = 0;
  std::vector<std::string> readings;  // not empty: it could be any of these, and is refused
};
std::optional<Numbers> read_numbers(const Tokens& tokens, std::size_t at);

// "5 mg", "5-10 mg", "160/800 mg", "10 mg/5 mL", "two puffs", "half a tablet", "2".
struct Amounts {
  std::vector<Amount> amounts;  // several: one strength an ingredient
  std::size_t end = 0;
  bool counted = false;  // tablets, puffs, or no unit
  std::string form;      // that the counted unit tells
  std::string refused;   // why it is not read, and `amounts` is empty
};
std::optional<Amounts> read_amounts(std::string_view text, const Tokens& tokens, std::size_t at);

// Does `count` of `each` come to `total`, in one unit?
bool comes_to(const Amount& count, const Amount& each, const Amount& total);

struct Often {
  enum class Kind : std::uint8_t { count, time_of_day, weekdays, vague } kind{};
  Frequency frequency;
  std::size_t end = 0;
};
std::optional<Often> read_often(const Tokens& tokens, std::size_t at);
// Everything that one dose's words say of how often, made consistent; what contradicts itself goes to `refused`.
std::vector<Frequency> merge_often(std::string_view text, const std::vector<Often>& said, std::vector<std::string>& refused);

struct Maximum {
  Amount amount;
  std::size_t end = 0;
};
std::optional<Maximum> read_maximum(std::string_view text, const Tokens& tokens, std::size_t at);

// "in divided doses", "in 3 divided doses", "divided": the token after it, or 0.
std::size_t end_of_divided(const Tokens& tokens, std::size_t at);
// "over 30 minutes" says how fast; "over 24 hours" also how often, where nothing else does. `end` 0: none.
struct Over {
  std::size_t end = 0;
  bool a_day = false;
};
Over read_over(const Tokens& tokens, std::size_t at);
// "21 of 28 days", "3 weeks on 1 week off": the token after it, or 0.
std::size_t end_of_cycle(const Tokens& tokens, std::size_t at);
// "1-0-1": so many in the morning, at noon, (in the evening,) at night. `end` 0: none.
struct Scheme {
  std::vector<Frequency> frequencies;
  std::size_t end = 0;
};
Scheme read_scheme(const Tokens& tokens, std::size_t at);
// "then", "titrate", "sliding scale" anywhere but in the name's first word and in what it is for; "then" between times of one day is none.
std::string why_dose_varies(const Tokens& tokens, const MedicationLine& line, bool within_a_day);
// After "to the left knee", "on the scalp", "to both hands"; 0 where it is none.
std::size_t end_of_site(const Tokens& tokens, std::size_t at);
std::string_view ended_word(std::string_view word);  // abruptly · tapered; "" where it is none

// A dose with the words on how often that belong to it.
struct Segment {
  std::optional<Amount> dose;
  std::vector<Often> often;
  bool linked = true;  // joined to the one before by "and" or nothing; false where unread words stand between
  bool joined_by_and = false;
};
struct Doses {
  const std::vector<Segment>& segments;
  const std::vector<Frequency>& scheme;
  bool over_a_day = false;
  bool duration_between = false;  // "40 mg for 5 days, 20 mg …"
};
// Everything that was said of doses and how often, made into the line's dose and frequencies; or why it cannot be.
void put_together(std::string_view text, const Tokens& tokens, const Doses& doses, MedicationLine& line);

struct Length {
  Duration duration;
  std::size_t end = 0;
};
// "6 weeks", "a week", "6-week"; nothing for a range.
std::optional<Length> read_length(const Tokens& tokens, std::size_t at);
// What names of products put before the drug: "24 HR", "Abuse-Deterrent", "NDA020800"; 0 where it is none.
std::size_t end_of_product_prefix(const Tokens& tokens, std::size_t at);

// "for 6 weeks", "x 7 days", "for 5/7", "7 day course"; behind what says how often also a bare "5/7".
std::optional<Length> read_duration(const Tokens& tokens, std::size_t at, bool behind_times = false);

struct Date {
  std::string iso;  // "" where it is refused
  std::string refused;
  std::size_t end = 0;
};
// After "for 7-10 days", "x 3 to 5 days", which are no one duration; 0 where it is none.
std::size_t end_of_length_range(const Tokens& tokens, std::size_t at);
// "2024-11-15", "2024-11", "2019", "15 Nov 2024", "25/11/2024"; 10/11/2024 is refused.
std::optional<Date> read_date(std::string_view text, const Tokens& tokens, std::size_t at);

// "stopped 20 days ago", "held", "starts in 5 days", "since 2019": writes what it read into the line. The token after it, or 0.
std::size_t read_course(std::string_view text, const Tokens& tokens, std::size_t at, MedicationLine& line);

}  // namespace theriac::grammar::dosage
