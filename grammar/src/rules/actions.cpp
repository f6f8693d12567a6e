#include "rules/actions.hpp"

#include "rules/lexical.hpp"
#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::array words = {"flag"sv,     "prefer"sv, "now"sv,      "avoid"sv,   "stop"sv,  "taper"sv, "reduce"sv, "switch"sv, "start"sv,
                              "separate"sv, "delay"sv,  "continue"sv, "monitor"sv, "check"sv, "give"sv,  "ask"sv,    "inform"sv};
constexpr std::size_t first_verb = 3;
// `avoid` alone says enough; `monitor` alone does not.
constexpr std::array verbs_alone = {"avoid"sv, "stop"sv, "taper"sv, "reduce"sv, "separate"sv, "delay"sv, "continue"sv};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& list, std::string_view word, std::size_t from = 0) {
  return std::find(list.begin() + static_cast<std::ptrdiff_t>(from), list.end(), word) != list.end();
}

Span first_word(const Context& context, Span range) {
  const auto text = context.slice(range);
  return {range.begin, range.begin + static_cast<std::uint32_t>(std::max<std::size_t>(word_length(text), text.empty() ? 0 : 1))};
}

bool follows_semicolon(const Context& context, Span word) { return trimmed(context.slice({context.statement.begin, word.begin})).ends_with(';'); }

void report_unknown_action(const Context& context, Span word, bool now) {
  const auto text = context.slice(word);
  auto& diagnostic = context.report(
      Code::TH1004, word, now ? "expected a verb such as `stop` after `now`" : "unknown action `" + std::string(text) + "`", now ? "not a verb" : "");
  const auto near = nearest(text, std::span(words).subspan(now ? first_verb : 0));
  if (follows_semicolon(context, word) && !now && !near)
    diagnostic.help.emplace_back("`;` ends an action and the next one opens with its verb; write a comma to go on with the same action");
  if (!near) {
    diagnostic.help.emplace_back(
        "an action is `flag …`, `prefer …`, or avoid, stop, taper, reduce, switch, start, separate, delay, continue, monitor, check, give, ask or "
        "inform and a text");
    return;
  }
  diagnostic.help.push_back("did you mean `" + *near + "`?");
  diagnostic.edits.push_back({context.place(word), *near});
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool is_date(std::string_view text) {
  constexpr std::array days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [text](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char byte : text.substr(at, length)) value = is_digit(byte) && value >= 0 ? value * 10 + (byte - '0') : -1;
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 1 || month < 1 || month > 12) return false;
  return day >= 1 && day <= days[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

bool is_version(std::string_view text) {
  int parts = 0;
  while (!text.empty()) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 9) return false;
    ++parts;
    text.remove_prefix(digits);
    if (text.empty()) break;
    if (text.front() != '.' || text.size() == 1) return false;
    text.remove_prefix(1);
  }
  return parts == 3;
}

// Where the word `source` and one word after it end the range, outside parentheses and back-quotes; the range's end otherwise.
std::uint32_t find_source(const Context& context, Span range) {
  auto source = range.end;
  int depth = 0;
  std::size_t after = 0;
  for (auto at = range.begin; at < range.end;) {
    at += static_cast<std::uint32_t>(blanks_before(context.slice({at, range.end})));
    const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(token_length(context.slice({at, range.end})), 1));
    const auto token = context.slice({at, std::min(at + length, range.end)});
    depth += token == "(" ? 1 : token == ")" ? -1 : 0;
    if (token == "source" && depth == 0) {
      source = at;
      after = 0;
    } else if (!token.empty()) {
      ++after;
    }
    at += length;
  }
  return after == 1 ? source : range.end;
}

// `because: …`: the colon would be taken for a part of the text.
bool report_colon(const Context& context, Span text) {
  const auto slice = context.slice(text);
  if (!slice.starts_with(':') || sign_length(slice) != 1) return false;
  const Span colon{text.begin, text.begin + 1};
  auto& diagnostic = context.report(Code::TH1001, colon, "no colon stands here", "remove it");
  diagnostic.edits.push_back({context.place(colon), {}});
  return true;
}

}  // namespace

std::span<const std::string_view> action_words() { return words; }
bool opens_action(std::string_view word) { return contains(words, word); }

std::optional<Action> read_action(const Context& context, Span range) {
  const auto whole = trimmed(context.masked, range);
  auto word = first_word(context, whole);
  if (whole.begin == whole.end) {
    report_expected(context, whole, whole.begin, "an action");
    return std::nullopt;
  }
  if (context.slice(word) == "flag") return read_flag(context, whole);
  if (context.slice(word) == "prefer") return read_prefer(context, whole);
  Advice advice;
  advice.span = whole;
  advice.now = context.slice(word) == "now";
  if (advice.now) word = first_word(context, trimmed(context.masked, {word.end, whole.end}));
  if (word.begin == word.end) {
    report_expected(context, whole, whole.end, "an action such as `stop`");
    return std::nullopt;
  }
  advice.verb = std::string(context.slice(word));
  if (!contains(words, advice.verb, first_verb)) {
    report_unknown_action(context, word, advice.now);
    return std::nullopt;
  }
  const auto text = trimmed(context.masked, {word.end, whole.end});
  if (text.begin == text.end && !contains(verbs_alone, advice.verb)) {
    context.report(Code::TH1001, word, "`" + advice.verb + "` does not say what to " + advice.verb)
        .help.push_back("write what, in your own words, after `" + advice.verb + "`");
    return std::nullopt;
  }
  if (report_colon(context, text)) return std::nullopt;
  advice.text = {squeezed(context.slice(text)), text};
  return advice;
}

std::optional<Text> read_text(const Context& context, Span range, std::string_view expected) {
  const auto inner = trimmed(context.masked, range);
  if (report_colon(context, inner)) return std::nullopt;
  if (inner.begin != inner.end) return Text{squeezed(context.slice(inner)), inner};
  report_expected(context, {context.statement.begin, range.end}, range.end, expected);
  return std::nullopt;
}

std::optional<Tag> read_tag(const Context& context, Span range, std::string_view expected) {
  auto text = read_text(context, range, expected);
  if (!text) return std::nullopt;
  return Tag{std::move(text->text), text->span};
}

std::optional<Tag> read_one_word(const Context& context, Span range, std::string_view expected) {
  const auto inner = trimmed(context.masked, range);
  const auto text = context.slice(inner);
  const auto length = static_cast<std::uint32_t>(word_length(text));
  if (length > 0 && length == text.size()) return Tag{std::string(text), inner};
  if (length == 0) {
    report_expected(context, {context.statement.begin, range.end}, inner.begin == inner.end ? range.end : inner.begin, expected);
  } else {
    report_expected(context, inner, inner.begin + length, "the end of the line");
  }
  return std::nullopt;
}

std::optional<Tag> read_date(const Context& context, Span range) {
  auto tag = read_one_word(context, range, "a date such as `2027-01-31`");
  if (!tag || is_date(tag->text)) return tag;
  context.report(Code::TH3003, tag->span, "`" + tag->text + "` is not a date", "not a day of the calendar as year-month-day")
      .help.emplace_back("write year, month and day, for example `2027-01-31`");
  return std::nullopt;
}

std::optional<Tag> read_version(const Context& context, Span range) {
  auto tag = read_one_word(context, range, "a version such as `1.0.0`");
  if (!tag || is_version(tag->text)) return tag;
  context.report(Code::TH6002, tag->span, "`" + tag->text + "` is not a version").help.emplace_back("write three numbers, for example `1.0.0`");
  return std::nullopt;
}

std::optional<Shift> read_shift_with_source(const Context& context, Span range) {
  const auto source = find_source(context, range);
  auto shift = read_shift(context, {range.begin, source});
  if (!shift || source == range.end) return shift;
  shift->source = read_one_word(context, {source + static_cast<std::uint32_t>("source"sv.size()), range.end}, "the key of a source");
  shift->span = trimmed(context.masked, range);
  return shift;
}

}  // namespace theriac::grammar::detail
