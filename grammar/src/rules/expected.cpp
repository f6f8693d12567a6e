// From "the production stopped here and wanted that" to a message: what was expected after which word, what stands there instead, and how to write
// it.
#include "rules/lexical.hpp"
#include "rules/productions.hpp"

#include <algorithm>
#include <array>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

struct Found {
  Span span;
  std::string text;    // empty: nothing more in the statement
  bool inside = true;  // within the production's range
};

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text == "`") return "a back-quote";
  if (text.starts_with('`') && text.size() <= longest) return std::string(text);
  if (text.size() <= longest) return "`" + std::string(text) + "`";
  auto cut = longest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return "`" + std::string(text.substr(0, cut)) + "…`";
}

Found found_at(const Context& context, Span range, std::uint32_t offset) {
  const auto end = context.statement.end;
  const auto rest = context.masked.substr(offset, end - offset);
  const auto begin = offset + static_cast<std::uint32_t>(blanks_before(rest));
  const auto length = static_cast<std::uint32_t>(token_length(context.masked.substr(begin, end - begin)));
  if (begin < range.end) return {{begin, begin + std::max(length, 1U)}, std::string(context.slice({begin, begin + length})), true};
  // Past the range: the sign that ended it (`→`, `;`) is shown, a word of the next clause is not.
  const auto next = context.slice({begin, begin + length});
  if (!next.empty() && sign_length(next) > 0) return {{begin, begin + length}, std::string(next), false};
  return {{range.end, range.end + 1}, {}, false};
}

// The last word or sign of `text`.
std::string_view last_token(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return {};
  for (std::size_t length = 1; length <= std::min<std::size_t>(text.size(), 3); ++length) {
    const auto tail = text.substr(text.size() - length);
    if (sign_length(tail) == length && tail != "`" && tail != "\"") return tail;
  }
  const auto blank = text.rfind(' ');
  auto word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  while (!word.empty() && sign_length(word) > 0 && word.front() != '`') word.remove_prefix(sign_length(word));
  return word;
}

struct Hint {
  std::string_view expected;
  std::string_view help;
};
constexpr std::array hints = {
    Hint{"a duration such as `14 days`", "write a whole number and minutes, hours, days, weeks, months or years"},
    Hint{"a whole number from 1", "write for example `at least 3 of CNS-active drug`"},
    Hint{"an amount such as `30 %`", "write for example `creatinine rising 30 % within 14 days`"},
    Hint{"a number with its unit, or the name of a quantity", "write for example `eGFR < 30 mL/min/1.73m2`"},
    Hint{"the upper end of the range, such as `60 mL/min`", "write for example `30 to 60 mL/min`, or `30 to <60 mL/min` without the upper end"},
    Hint{"`=` or `includes`", "write for example `class sedating antidepressant = mirtazapine, trazodone`"},
    Hint{"`fires`, `silent` or `unknown`", "write for example `example fires: oxycodone 10 mg twice daily, diazepam 5 mg at night`"},
    Hint{"a label of one word", "write for example `rule opioid-benzo \"Opioid with a benzodiazepine\":`"},
    Hint{"the end of the line", "clauses stand on indented lines of their own"},
    Hint{"a patient: medications, then `;` and facts", "write for example `diazepam 5 mg at night; 82 years`, or `none` for no medications"},
};

std::string_view hint_for(std::string_view expected) {
  const auto* const found = std::find_if(hints.begin(), hints.end(), [expected](const Hint& line) { return line.expected == expected; });
  return found == hints.end() ? std::string_view{} : found->help;
}

bool is_arrow(std::string_view text) { return text == "→" || text == "⇒" || text == "->" || text == "=>"; }

bool wants_name(std::string_view expected) {
  return expected.find("name") != std::string_view::npos || expected.find("condition") != std::string_view::npos;
}

// Where a reserved word may have been meant as part of a name; `or or` was not.
bool may_belong_to_name(std::string_view word) { return is_reserved(word) && !is_keyword(word, "or") && !is_keyword(word, "and"); }

bool any_open(std::string_view text) { return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')'); }

std::string help_with_name(std::string_view found) {
  if (may_belong_to_name(found))
    return "`" + std::string(found) + "` is a reserved word; in a name, hyphenate it (`drug-" + lower_ascii(found) +
           "-…`) or put the name in back-quotes";
  if (is_number(found)) return "no name opens with a number; say first what is compared: `age >= 65 years`";
  return {};
}

std::string help_with_sign(std::string_view found, std::string_view before) {
  if (found == ")" && !any_open(before)) return "no parenthesis is open here";
  if (found == "`") return "a back-quote that opens a name must be closed on the same line";
  if (found == "\"") return "a quotation mark must be closed on the same line; names need none";
  if (found.starts_with('"')) return "names are written without quotation marks; a name that holds a reserved word goes in back-quotes";
  if (found == ":") return "no colon stands here";
  if (is_arrow(found)) return "in a block the effect stands on a line of its own: `then …`; an arrow belongs to a rule of one line";
  return {};
}

void add_operator_help(const Context& context, Diagnostic& diagnostic, Span found, std::string_view sign) {
  const std::string right = sign == "=>" ? ">=" : sign == "=<" ? "<=" : "=";
  diagnostic.help.push_back("a comparison is written `" + right + "`");
  diagnostic.edits.push_back({context.place({found.begin, found.begin + 2}), right});
}

// `mL/min/1.73 m2`
std::string help_with_unit(std::string_view before, std::string_view found) {
  if (before.find('/') == std::string_view::npos || sign_length(found) > 0 || is_reserved(found)) return {};
  return "a unit is one word: `" + std::string(before) + std::string(found) + "`";
}

void add_help(const Context& context, Diagnostic& diagnostic, const Found& found, std::string_view expected, std::string_view before) {
  if (const auto hint = hint_for(expected); !hint.empty()) diagnostic.help.emplace_back(hint);
  if (!found.inside) return;
  const auto sign = context.masked.substr(found.span.begin, 2);
  if (sign == "=>" || sign == "=<" || sign == "==") {
    add_operator_help(context, diagnostic, found.span, sign);
    return;
  }
  if (found.text == "," && expected.starts_with("`+`")) diagnostic.help.emplace_back("write `+` where both are taken, `or` where either is");
  auto help = help_with_sign(found.text, context.slice({context.statement.begin, found.span.begin}));
  if (help.empty() && wants_name(expected)) help = help_with_name(found.text);
  if (help.empty()) help = help_with_unit(before, found.text);
  if (!help.empty()) diagnostic.help.push_back(std::move(help));
}

// `1,000` and `2,5`: a comma between digits.
bool report_comma_number(const Context& context, Span range, std::uint32_t offset) {
  if (offset == range.begin || offset + 1 >= range.end || context.masked[offset] != ',') return false;
  if (!is_digit(context.masked[offset - 1]) || !is_digit(context.masked[offset + 1])) return false;
  auto begin = offset;
  while (begin > range.begin && is_digit(context.masked[begin - 1])) --begin;
  auto end = offset + 1;
  while (end < range.end && is_digit(context.masked[end])) ++end;
  const auto whole = std::string(context.slice({begin, offset}));
  const auto part = std::string(context.slice({offset + 1, end}));
  auto& diagnostic =
      context.report(Code::TH3003, {begin, end}, "a number is written without a comma", "`" + whole + part + "` or `" + whole + "." + part + "`?");
  diagnostic.help.push_back("write `" + whole + part + "` for thousands, `" + whole + "." + part + "` for a decimal");
  return true;
}

}  // namespace

Diagnostic& Context::report(Code code, Span span, std::string message, std::string label) const {
  sink->push_back(diagnose(code, place(span), std::move(message), std::move(label)));
  return sink->back();
}

void report_expected(const Context& context, Span range, std::uint32_t offset, std::string_view expected) {
  if (report_comma_number(context, range, offset)) return;
  const auto found = found_at(context, range, offset);
  const auto before = last_token(context.slice({context.statement.begin, offset}));
  auto message = "expected " + std::string(expected);
  if (!before.empty() && before != "`") message += " after " + quoted(before);
  const auto label = found.text.empty() ? std::string("nothing more stands here") : "found " + quoted(found.text);
  const bool time = expected.starts_with("a duration") && is_digit(found.text.empty() ? ' ' : found.text.front());
  auto& diagnostic = context.report(time ? Code::TH3003 : Code::TH1001, found.span, std::move(message), label);
  add_help(context, diagnostic, found, expected, before);
}

}  // namespace theriac::grammar::detail
