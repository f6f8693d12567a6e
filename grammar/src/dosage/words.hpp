// The words of medication lines: units, forms, routes, how often, and small numbers. Data only; recognisers are in the other files. A phrase is
// looked up as plain words with one blank between them, hyphens left out.
#pragma once

#include "dosage/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar::dosage {

enum class UnitKind : std::uint8_t {
  amount,   // mg, unit, mL, %: may be a strength
  counted,  // tablet, puff: how many are taken
  time,     // h, day: only below a stroke, or a duration
};
struct UnitWord {
  std::string_view canonical;
  UnitKind kind;
  std::string_view form;  // a counted unit that is a form too: "tablet"
};
const UnitWord* find_unit(std::string_view word);

// A time unit: minute hour day week month year, from "h", "hrs", "weeks" …; empty where it is none.
std::string_view time_unit(std::string_view word);

// How often, in one phrase. An empty `times`: the phrase tells when but not how often ("with meals").
struct OftenWord {
  std::string_view low, high;  // doses
  std::string_view per;        // "1"
  std::string_view per_unit;   // "day"
  std::string_view when;       // "at night"
};

template <class Value>
struct Match {
  const Value* value = nullptr;
  std::size_t end = 0;  // token after the phrase
  explicit operator bool() const { return value != nullptr; }
};
// The longest phrase that starts at token `at`.
Match<OftenWord> often_phrase(const std::vector<Token>& tokens, std::size_t at);
Match<std::string_view> route_phrase(const std::vector<Token>& tokens, std::size_t at);
Match<std::string_view> form_phrase(const std::vector<Token>& tokens, std::size_t at);
// A place on the body that an ointment goes to: after "to the", "on both" and the like.
bool body_site(std::string_view word);
// Phrases that mean "as needed".
Match<std::string_view> as_needed_phrase(const std::vector<Token>& tokens, std::size_t at);
// A time of day in one ordinary word, which a name may hold: "evening" primrose, "Night" Nurse.
bool bare_time_of_day(std::string_view word);
// Both sides of the body are treated: 2 where the dose is said of each, 1 to 2 where it may be of both together; "" where no such words stand here.
struct BothSides {
  std::string_view low, high;
};
std::optional<BothSides> both_sides(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);
// Why words of this kind leave no one dose ("then", "titrate", "sliding"); empty where they do not.
std::string_view varies_by(std::string_view word);
// Phrases about how to swallow, which change no dose: "with plenty of water", "swallow whole".
Match<std::string_view> manner_phrase(const std::vector<Token>& tokens, std::size_t at);
// Words that say nothing by themselves: "take", "of", "the", "dose".
bool is_filler(std::string_view word);

// "two" is "2", "half" is "0.5"; empty where it is none.
std::string_view number_word(std::string_view word);
// "Mondays" is "Monday"; empty where it is none.
std::string_view weekday(std::string_view word);
// 1 to 12 for a month's name or its first three letters.
std::optional<int> month_name(std::string_view word);

}  // namespace theriac::grammar::dosage
