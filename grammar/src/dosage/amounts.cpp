// Numbers with their units: strengths, doses, daily maxima.
#include "dosage/parts.hpp"
#include "dosage/words.hpp"

namespace theriac::grammar::dosage {
namespace {

// Good enough to tell a range from two strengths; no locale can change it.
double value_of(const std::string& decimal) {
  double value = 0;
  double place = 0;
  for (const char c : decimal) {
    if (c == '.') {
      place = 1;
    } else if (place > 0) {
      place /= 10;
      value += place * (c - '0');
    } else {
      value = value * 10 + (c - '0');
    }
  }
  return value;
}

// "2 (two)", "two (2)": behind the number in brackets.
std::size_t end_of_repeat(const Tokens& tokens, const std::string& number, std::size_t at) {
  if (!is_sign(tokens, at, "(") || !is_sign(tokens, at + 2, ")")) return at;
  const bool same = number_word(word_at(tokens, at + 1)) == number || (is_number(tokens, at + 1) && tokens[at + 1].text == number);
  return same ? at + 3 : at;
}

// One number in digits or words, with "and a half" behind it.
std::optional<Numbers> read_one(const Tokens& tokens, std::size_t at) {
  Numbers number;
  if (is_number(tokens, at)) {
    number = {tokens[at].text, tokens[at].text, at + 1, tokens[at].readings};
  } else if (const auto word = number_word(word_at(tokens, at)); !word.empty()) {
    number = {std::string(word), std::string(word), at + 1, {}};
  } else {
    return std::nullopt;
  }
  const std::size_t part = number.end + (is_sign(tokens, number.end, "-") ? 1 : 0);
  const bool half = is_word(tokens, part, "half"), quarter = is_word(tokens, part, "quarter");
  if (number.low == "1" && (half || quarter)) return Numbers{half ? "0.5" : "0.25", half ? "0.5" : "0.25", part + 1, {}};  // "one-half tablet"
  number.end = end_of_repeat(tokens, number.low, number.end);
  const bool whole = number.low.find('.') == std::string::npos;
  if (whole && is_word(tokens, number.end, "and") && is_word(tokens, number.end + 1, "a") && is_word(tokens, number.end + 2, "half")) {
    number.low += ".5";
    number.high = number.low;
    number.end += 3;
  }
  return number;
}

// "1 000 mg" and "2 500 mg" look alike; one is a thousand, the other two of 500.
bool looks_grouped(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at) || !is_number(tokens, at + 1) || tokens[at + 1].glued) return false;
  const auto& first = tokens[at].text;
  const auto& second = tokens[at + 1].text;
  return first.size() <= 3 && second.size() == 3 && first.find('.') == std::string::npos && second.find('.') == std::string::npos;
}

// The word after a stroke or "per" in a unit: "h", "24h", "5 mL", "kg", "puff". Canonical text, empty where it is none.
std::string read_denominator(const Tokens& tokens, std::size_t& at) {
  std::size_t next = at;
  std::string number;
  if (is_number(tokens, next) && tokens[next].readings.empty()) number = tokens[next++].text;
  const auto word = word_at(tokens, next);
  if (word.empty()) return {};
  std::string unit;
  if (const auto time = time_unit(word); !time.empty()) {
    unit = time == "hour" ? "h" : time == "minute" ? "min" : std::string(time);
  } else if (const auto* found = find_unit(word)) {
    const bool mass = found->canonical == "mg" || found->canonical == "g" || found->canonical == "mcg" || found->canonical == "unit";
    if (mass && !number.empty()) return {};  // "500 mg/125 mg" is two strengths
    unit = std::string(found->canonical);
  } else {
    return {};
  }
  at = next + 1;
  return number == "1" ? unit : number + unit;
}

struct UnitRead {
  std::string text;
  const UnitWord* word = nullptr;
  std::size_t end = 0;
};

std::optional<UnitRead> read_unit(const Tokens& tokens, std::size_t at) {
  std::size_t start = at;
  if (is_sign(tokens, start, "-") && tokens[start].glued) ++start;  // "5-mg tablet"
  if (is_word(tokens, start, "international")) ++start;
  if (is_word(tokens, start, "a") || is_word(tokens, start, "of")) {  // "half a tablet", "half of a tablet"
    std::size_t noun = start + 1;
    if (is_word(tokens, noun, "a")) ++noun;
    const auto* counted = find_unit(word_at(tokens, noun));
    if (counted && counted->kind == UnitKind::counted) start = noun;
  }
  const auto* word = find_unit(word_at(tokens, start));
  if (!word) return std::nullopt;
  UnitRead unit{std::string(word->canonical), word, start + 1};
  while (word->kind == UnitKind::amount && (is_sign(tokens, unit.end, "/") || is_word(tokens, unit.end, "per") || is_word(tokens, unit.end, "in"))) {
    std::size_t next = unit.end + 1;
    const bool in = is_word(tokens, unit.end, "in");  // "250 mg in 5 mL"
    const auto below = read_denominator(tokens, next);
    if (in && (below.size() < 3 || below.substr(below.size() - 2) != "mL")) break;
    if (below.empty()) break;
    unit.text += "/" + below;
    unit.end = next;
  }
  return unit;
}

std::string choices(std::string_view written, const std::vector<std::string>& readings, const std::string& unit) {
  std::string message(written);
  message += ": ";
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (i > 0) message += " or ";
    message += readings[i];
    if (!unit.empty() && readings[i].find(' ') == std::string::npos) message += " " + unit;
  }
  return message + "?";
}

std::string_view slice(std::string_view text, const Tokens& tokens, std::size_t begin, std::size_t end) {
  const auto span = span_of(tokens, begin, end);
  return text.substr(span.begin, span.end - span.begin);
}

Amounts refuse(std::string_view text, const Tokens& tokens, std::size_t at, std::size_t end, const std::vector<std::string>& readings,
               const std::string& unit) {
  Amounts amounts;
  amounts.end = end;
  amounts.refused = choices(slice(text, tokens, at, end), readings, unit);
  return amounts;
}

// "5 mg-10 mg", "5 mg to 10 mg" behind the first "5 mg".
void extend_range(const Tokens& tokens, Numbers& numbers, UnitRead& unit) {
  const bool joined =
      (is_sign(tokens, unit.end, "-") || is_word(tokens, unit.end, "to") || is_word(tokens, unit.end, "or")) && is_number(tokens, unit.end + 1);
  if (!joined || numbers.low != numbers.high || !tokens[unit.end + 1].readings.empty()) return;
  const auto second = read_unit(tokens, unit.end + 2);
  if (!second || second->text != unit.text) return;
  numbers.high = tokens[unit.end + 1].text;
  unit.end = second->end;
}

// "160/800 mg", "100/25/200 mg", "500 mg/125 mg", "80 mg + 400 mg": one strength an ingredient.
std::optional<Amounts> read_combination(const Tokens& tokens, std::size_t at) {
  Amounts result;
  std::size_t next = at;
  std::vector<std::size_t> without_unit;
  while (is_number(tokens, next) && result.amounts.size() < 6) {
    if (!tokens[next].readings.empty() || !time_unit(word_at(tokens, next + 1)).empty()) return std::nullopt;
    Amount amount{tokens[next].text, tokens[next].text, "", tokens[next].span};
    const auto unit = read_unit(tokens, next + 1);
    if (unit && unit->word->kind == UnitKind::counted) return std::nullopt;
    next = unit ? unit->end : next + 1;
    amount.unit = unit ? unit->text : "";
    if (!unit) without_unit.push_back(result.amounts.size());
    result.amounts.push_back(amount);
    const bool joined = is_sign(tokens, next, "/") || is_sign(tokens, next, "+") || (unit && is_word(tokens, next, "and"));
    const bool on = joined && is_number(tokens, next + 1);
    result.end = next;
    if (!on) break;
    ++next;
  }
  if (result.amounts.size() < 2) return std::nullopt;
  const bool none = without_unit.size() == result.amounts.size();
  const bool shared = !without_unit.empty() && without_unit.back() + 1 < result.amounts.size();
  for (const auto i : without_unit) {
    if (shared) result.amounts[i].unit = result.amounts.back().unit;
  }
  if (!none && !without_unit.empty() && !shared) return std::nullopt;
  return result;
}

// "3/4 mg": three quarters, or 3 mg and 4 mg? Of tablets it is a part.
std::vector<std::string> two_amounts(std::string_view text, const Tokens& tokens, std::size_t at, const std::optional<UnitRead>& unit) {
  if (!is_number(tokens, at) || !unit || unit->word->kind != UnitKind::amount || tokens[at].text.rfind("0.", 0) != 0) return {};
  const auto written = text.substr(tokens[at].span.begin, tokens[at].span.end - tokens[at].span.begin);
  if (written.size() != 3 || written[1] != '/') return {};
  return {tokens[at].text + " " + unit->text, std::string(1, written[0]) + " and " + std::string(1, written[2]) + " " + unit->text};
}

bool nearly(double a, double b) { return a - b < 1e-9 * b && b - a < 1e-9 * b; }

}  // namespace

bool comes_to(const Amount& count, const Amount& each, const Amount& total) {
  const bool one_unit = each.unit == total.unit && each.low == each.high;
  return one_unit && nearly(value_of(count.low) * value_of(each.low), value_of(total.low)) &&
         nearly(value_of(count.high) * value_of(each.high), value_of(total.high));
}

std::optional<Numbers> read_numbers(const Tokens& tokens, std::size_t at) {
  auto numbers = read_one(tokens, at);
  if (!numbers) return std::nullopt;
  const bool joined = is_sign(tokens, numbers->end, "-") || is_word(tokens, numbers->end, "to") || is_word(tokens, numbers->end, "or");
  if (!joined) return numbers;
  const auto second = read_one(tokens, numbers->end + 1);
  if (!second || is_word(tokens, numbers->end + 1, "a") || is_word(tokens, numbers->end + 1, "an")) return numbers;
  numbers->high = second->high;
  numbers->end = second->end;
  if (numbers->readings.empty()) numbers->readings = second->readings;
  return numbers;
}

std::optional<Amounts> read_amounts(std::string_view text, const Tokens& tokens, std::size_t at) {
  if (auto combination = read_combination(tokens, at)) return combination;
  auto numbers = read_numbers(tokens, at);
  if (!numbers) return std::nullopt;
  const bool in_words = !is_number(tokens, at);
  const bool grouped = looks_grouped(tokens, at);
  auto unit = read_unit(tokens, grouped ? at + 2 : numbers->end);
  if (grouped && unit) {
    const auto& first = tokens[at].text;
    const auto& second = tokens[at + 1].text;
    if (second[0] == '0')
      return Amounts{{Amount{first + second, first + second, unit->text, span_of(tokens, at, unit->end)}}, unit->end, false, "", ""};
    return refuse(text, tokens, at, unit->end, {first + second + " " + unit->text, first + " of " + second + " " + unit->text}, "");
  }
  const bool article = is_word(tokens, at, "a") || is_word(tokens, at, "an");
  if (article && (!unit || unit->word->kind != UnitKind::counted)) return std::nullopt;
  if (in_words && !unit && !read_often(tokens, numbers->end)) return std::nullopt;  // "one at night", but "One Alpha"
  if (unit) extend_range(tokens, *numbers, *unit);
  const auto end = unit ? unit->end : numbers->end;
  const std::string unit_text = unit ? unit->text : "";
  if (!numbers->readings.empty()) return refuse(text, tokens, at, end, numbers->readings, unit_text);
  if (const auto two = two_amounts(text, tokens, at, unit); !two.empty()) return refuse(text, tokens, at, end, two, "");
  const double low = value_of(numbers->low);
  const double high = value_of(numbers->high);
  if (low > high) return refuse(text, tokens, at, end, {numbers->low + " to " + numbers->high, "two strengths"}, "");
  if (low > 0 && high > 10 * low)
    return refuse(text, tokens, at, end,
                  {numbers->low + " to " + numbers->high + " " + unit_text, numbers->low + " with " + numbers->high + " " + unit_text}, "");
  Amounts result;
  result.amounts = {Amount{numbers->low, numbers->high, unit_text, span_of(tokens, at, end)}};
  result.end = end;
  result.counted = !unit || unit->word->kind == UnitKind::counted;
  if (unit) result.form = std::string(unit->word->form);
  return result;
}

namespace {

// After the number of a maximum: "/day", "a day", "per 24 hours", "in 24 h", "daily".
std::size_t end_of_daily(const Tokens& tokens, std::size_t at) {
  if (is_word(tokens, at, "daily")) return at + 1;
  std::size_t next = at;
  if (is_sign(tokens, next, "/")) {
    ++next;
  } else if (is_word(tokens, next, "a") || is_word(tokens, next, "per") || is_word(tokens, next, "in") || is_word(tokens, next, "each") ||
             is_word(tokens, next, "every")) {
    ++next;
    if (is_word(tokens, next, "any") || is_word(tokens, next, "a")) ++next;
  } else {
    return 0;
  }
  if (is_word(tokens, next, "day") || is_word(tokens, next, "d")) return next + 1;
  if (is_number(tokens, next) && tokens[next].text == "24" && time_unit(word_at(tokens, next + 1)) == "hour") return next + 2;
  return 0;
}

std::size_t end_of_maximum_words(const Tokens& tokens, std::size_t at) {
  static const std::vector<std::vector<std::string_view>> phrases{{"up", "to", "a", "maximum", "of"},
                                                                  {"up", "to", "a", "max", "of"},
                                                                  {"to", "a", "maximum", "of"},
                                                                  {"to", "a", "max", "of"},
                                                                  {"not", "more", "than"},
                                                                  {"no", "more", "than"},
                                                                  {"not", "to", "exceed"},
                                                                  {"do", "not", "exceed"},
                                                                  {"max", "of"},
                                                                  {"max", "dose"},
                                                                  {"maximum", "of"},
                                                                  {"maximum", "dose"},
                                                                  {"up", "to"},
                                                                  {"max"},
                                                                  {"maximum"}};
  for (const auto& phrase : phrases) {
    bool fits = true;
    for (std::size_t i = 0; i < phrase.size() && fits; ++i) fits = is_word(tokens, at + i, phrase[i]);
    if (!fits) continue;
    auto end = at + phrase.size();
    while (is_sign(tokens, end, ".") || is_sign(tokens, end, ":")) ++end;
    return end;
  }
  return 0;
}

}  // namespace

std::optional<Maximum> read_maximum(std::string_view text, const Tokens& tokens, std::size_t at) {
  const auto start = end_of_maximum_words(tokens, at);
  if (start == 0) {  // "4 g max daily" is rare; "8/24h max" is not read
    return std::nullopt;
  }
  const auto amounts = read_amounts(text, tokens, start);
  if (!amounts || amounts->amounts.size() != 1) return std::nullopt;
  Maximum maximum{amounts->amounts[0], 0};
  if (maximum.amount.low != maximum.amount.high) return std::nullopt;
  auto& unit = maximum.amount.unit;
  for (const std::string_view daily : {"/day", "/24h"}) {
    if (unit.size() <= daily.size() || unit.substr(unit.size() - daily.size()) != daily) continue;
    unit.resize(unit.size() - daily.size());
    maximum.end = amounts->end;
  }
  if (maximum.end == 0) maximum.end = end_of_daily(tokens, amounts->end);
  if (maximum.end == 0) return std::nullopt;
  maximum.amount.span = span_of(tokens, at, maximum.end);
  return maximum;
}

}  // namespace theriac::grammar::dosage
