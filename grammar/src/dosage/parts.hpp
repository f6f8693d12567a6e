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

struct Length {
  Duration duration;
  std::size_t end = 0;
};
// "6 weeks", "a week", "6-week"; nothing for a range.
std::optional<Length> read_length(const Tokens& tokens, std::size_t at);
// "for 6 weeks", "x 7 days", "for 5/7", "7 day course".
std::optional<Length> read_duration(const Tokens& tokens, std::size_t at);

struct Date {
  std::string iso;  // "" where it is refused
  std::string refused;
  std::size_t end = 0;
};
// "2024-11-15", "2024-11", "2019", "15 Nov 2024", "25/11/2024"; 10/11/2024 is refused.
std::optional<Date> read_date(std::string_view text, const Tokens& tokens, std::size_t at);

// "stopped 20 days ago", "held", "starts in 5 days", "since 2019": writes what it read into the line. The token after it, or 0.
std::size_t read_course(std::string_view text, const Tokens& tokens, std::size_t at, MedicationLine& line);

}  // namespace theriac::grammar::dosage
