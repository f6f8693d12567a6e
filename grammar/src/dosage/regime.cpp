// What stands around the doses of a line: divided doses, cycles, schemes of the day, and words that leave no one dose.
#include "dosage/parts.hpp"
#include "dosage/words.hpp"

#include <algorithm>

namespace theriac::grammar::dosage {

std::size_t end_of_product_prefix(const Tokens& tokens, std::size_t at) {
  if (is_number(tokens, at) && time_unit(word_at(tokens, at + 1)) == "hour") return at + 2;
  if (is_word(tokens, at, "abuse") && is_sign(tokens, at + 1, "-") && is_word(tokens, at + 2, "deterrent")) return at + 3;
  const auto word = word_at(tokens, at);
  const auto digits = word.find_first_of("0123456789");
  const auto letters = word.substr(0, digits);
  const bool approval = (letters == "nda" || letters == "anda" || letters == "bla") && word.size() == letters.size() + 6;
  return approval && word.find_first_not_of("0123456789", digits) == std::string_view::npos ? at + 1 : 0;
}

std::size_t end_of_site(const Tokens& tokens, std::size_t at) {
  if (!(is_word(tokens, at, "to") || is_word(tokens, at, "on") || is_word(tokens, at, "over"))) return 0;
  std::size_t next = at + 1;
  for (const std::string_view word : {"the", "her", "his", "affected", "painful", "both", "left", "right", "sore", "dry", "lower", "upper"}) {
    if (is_word(tokens, next, word)) ++next;
  }
  return body_site(word_at(tokens, next)) ? next + 1 : 0;
}

std::string_view ended_word(std::string_view word) {
  if (word == "abruptly" || word == "suddenly") return "abruptly";
  return word == "tapered" ? "tapered" : "";
}

std::size_t end_of_divided(const Tokens& tokens, std::size_t at) {
  std::size_t next = at + (is_word(tokens, at, "in") ? 1 : 0);
  if (const auto count = next > at ? read_numbers(tokens, next) : std::nullopt) next = count->end;
  if (!is_word(tokens, next, "divided")) return 0;
  return is_word(tokens, next + 1, "doses") || is_word(tokens, next + 1, "dose") ? next + 2 : next + 1;
}

Over read_over(const Tokens& tokens, std::size_t at) {
  if (!is_word(tokens, at, "over")) return {};
  const auto length = read_length(tokens, is_word(tokens, at + 1, "the") ? at + 2 : at + 1);
  if (!length) return {};
  const auto& duration = length->duration;
  return {length->end, (duration.unit == "hour" && duration.count == 24) || (duration.unit == "day" && duration.count == 1)};
}

std::size_t end_of_cycle(const Tokens& tokens, std::size_t at) {
  const auto first = read_numbers(tokens, at);
  if (!first) return 0;
  auto next = first->end;
  const bool of_time = !time_unit(word_at(tokens, next)).empty();
  if (of_time) ++next;
  if (of_time && is_word(tokens, next, "off")) return next + 1;
  if (of_time && is_word(tokens, next, "on") && read_length(tokens, next + 1)) return next + 1;
  if (is_word(tokens, next, "out")) ++next;
  const auto whole = is_word(tokens, next, "of") ? read_length(tokens, next + 1) : std::nullopt;
  return whole ? whole->end : 0;
}

Scheme read_scheme(const Tokens& tokens, std::size_t at) {
  std::vector<std::string> counts;
  std::size_t next = at;
  const bool glued = at + 1 < tokens.size() && tokens[at + 1].glued;  // "1-0-1" or "1 - 0 - 1" throughout
  while (is_number(tokens, next) && counts.size() < 5) {
    counts.push_back(tokens[next++].text);
    if (!is_sign(tokens, next, "-") || tokens[next].glued != glued || !is_number(tokens, next + 1) || tokens[next + 1].glued != glued) break;
    ++next;
  }
  const auto too_long = [](const std::string& count) { return count.find('.') == std::string::npos && count.size() > 2; };
  if (counts.size() < 3 || counts.size() > 4 || std::any_of(counts.begin(), counts.end(), too_long)) return {};
  if (counts.size() == 4 && std::is_sorted(counts.rbegin(), counts.rend()) && counts[0] != counts[3] && counts[3] != "0")
    return {};  // a taper: 4-3-2-1
  static constexpr std::string_view times[2][4] = {{"in the morning", "at noon", "at night", ""},
                                                   {"in the morning", "at noon", "in the evening", "at night"}};
  const auto* unit = find_unit(word_at(tokens, next));  // "8-6-10 units"
  if (unit) ++next;
  if (unit && (is_sign(tokens, next, "/") || is_word(tokens, next, "per"))) return {};
  const auto span = span_of(tokens, at, next);
  const std::string unit_text = unit ? std::string(unit->canonical) : "";
  Scheme scheme;
  scheme.end = next;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == "0") continue;
    scheme.frequencies.push_back(
        {"1", "1", "1", "day", std::string(times[counts.size() - 3][i]), Amount{counts[i], counts[i], unit_text, span}, span});
  }
  return scheme;
}

std::string why_dose_varies(const Tokens& tokens, const MedicationLine& line, bool within_a_day) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token.kind != Token::Kind::word || token.span.begin <= line.name.begin) continue;
    if (line.indication && token.span.begin >= line.indication->begin && token.span.begin < line.indication->end) continue;
    if (token.text == "then" && within_a_day) continue;
    if (token.text == "alternate" && (often_phrase(tokens, i) || (i > 0 && often_phrase(tokens, i - 1)))) continue;
    if (const auto why = varies_by(token.text); !why.empty()) return std::string(why);
  }
  return {};
}

}  // namespace theriac::grammar::dosage
