#include "rules/header.hpp"

#include "rules/lexical.hpp"

#include <algorithm>
#include <array>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

// What word processors, habits and other notations make of an arrow; longer ones first.
constexpr std::array look_alikes = {"-->"sv, "- >"sv, "= >"sv, "==>"sv, "->>"sv, "=>>"sv, "—>"sv, "–>"sv, "−>"sv,
                                    "‑>"sv,  "‐>"sv,  "~>"sv,  ">>"sv,  "⟶"sv,   "⟹"sv,   "➔"sv,  "➜"sv,  "➝"sv,
                                    "➞"sv,   "➡"sv,   "⇨"sv,   "↦"sv,   "⟼"sv,   "⇾"sv,   "»"sv,  "›"sv,  "＞"sv};

std::size_t look_alike_length(std::string_view rest) {
  for (const auto arrow : look_alikes) {
    if (rest.starts_with(arrow)) return arrow.size();
  }
  return 0;
}

std::size_t arrow_length(std::string_view rest) {
  const bool arrow = rest.starts_with("→") || rest.starts_with("⇒") || rest.starts_with("->") || rest.starts_with("=>");
  return arrow ? sign_length(rest) : 0;
}

std::uint32_t enclosed_length(std::string_view rest) { return static_cast<std::uint32_t>(std::max(quoted_length(rest), string_length(rest))); }

// Offset of `sign` in `range` outside what is enclosed in marks; the range's end where there is none.
std::uint32_t find_sign(const Context& context, Span range, char sign) {
  for (auto at = range.begin; at < range.end;) {
    const auto rest = context.slice({at, range.end});
    if (const auto enclosed = enclosed_length(rest); enclosed > 0) {
      at += enclosed;
      continue;
    }
    if (rest.front() == sign && sign_length(rest) == 1) return at;
    ++at;
  }
  return range.end;
}

void report_extra_arrow(const Context& context, const Arrow& first, const Arrow& second) {
  const auto after = trimmed(context.slice({first.span.end, context.statement.end}));
  if (context.slice(first.span) == "=>" && !after.empty() && is_digit(after.front())) {
    auto& diagnostic = context.report(Code::TH1001, first.span, "`=>` is an arrow, not a comparison");
    diagnostic.help.emplace_back("write `>=` for at least");
    diagnostic.edits.push_back({context.place(first.span), ">="});
    return;
  }
  auto& diagnostic = context.report(Code::TH1001, second.span, "two arrows in one rule", "the second");
  diagnostic.secondary.push_back({context.place(first.span), "the first"});
  diagnostic.help.emplace_back("write two rules: an effect that one rule derives can be an item of the other");
}

// The arrow that parts premise and outcome; each further one is a mistake.
Arrow choose_arrow(const Context& context, const std::vector<Arrow>& arrows) {
  const auto real = std::find_if(arrows.rbegin(), arrows.rend(), [](const Arrow& arrow) { return !arrow.look_alike; });
  const auto chosen = real == arrows.rend() ? arrows.back() : *real;
  for (const auto& arrow : arrows) {
    if (arrow.span == chosen.span) continue;
    const bool before = arrow.span.begin < chosen.span.begin;
    report_extra_arrow(context, before ? arrow : chosen, before ? chosen : arrow);
  }
  if (chosen.look_alike) {
    auto& diagnostic =
        context.report(Code::TH1003, chosen.span, "`" + std::string(context.slice(chosen.span)) + "` is not an arrow", "looks like one");
    diagnostic.help.emplace_back("write `→` or `->`");
    diagnostic.edits.push_back({context.place(chosen.span), "→"});
  }
  return chosen;
}

bool opens_declaration(std::string_view word) {
  constexpr std::array words = {"rule"sv, "class"sv, "population"sv, "effect"sv, "exception"sv, "attribute"sv};
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<Text> read_label(const Context& context, Span range) {
  const auto inner = trimmed(context.masked, range);
  const auto text = context.slice(inner);
  if (text.empty()) {
    context.report(Code::TH1001, {range.end, range.end + 1}, "expected a label before `:`", "nothing stands before it");
    return std::nullopt;
  }
  if (word_length(text) != text.size()) {
    auto hyphenated = squeezed(text);
    std::replace(hyphenated.begin(), hyphenated.end(), ' ', '-');
    auto& diagnostic = context.report(Code::TH1001, inner, "a label is one word", "joined by hyphens");
    if (opens_declaration(text.substr(0, word_length(text)))) {
      diagnostic.primary.text = "a line with an arrow is a rule, and this its label";
      diagnostic.help.emplace_back("a declaration has no arrow");
      return std::nullopt;
    }
    const bool plain = word_length(hyphenated) == hyphenated.size();
    if (plain) diagnostic.help.push_back("write `" + hyphenated + ":`");
    if (plain) diagnostic.edits.push_back({context.place(inner), hyphenated});
    return std::nullopt;
  }
  return Text{std::string(text), inner};
}

}  // namespace

std::vector<Arrow> find_arrows(const Context& context, Span header) {
  std::vector<Arrow> arrows;
  for (auto at = header.begin; at < header.end;) {
    const auto rest = context.slice({at, header.end});
    if (rest.front() == ';') break;
    auto length = enclosed_length(rest);
    if (length == 0) {
      const auto fake = static_cast<std::uint32_t>(look_alike_length(rest));
      length = fake > 0 ? fake : static_cast<std::uint32_t>(arrow_length(rest));
      if (length > 0) arrows.push_back({{at, at + length}, fake > 0});
    }
    at += std::max(length, 1U);
  }
  return arrows;
}

ShortRule split_short_rule(const Context& context, Span header, const std::vector<Arrow>& arrows) {
  const auto arrow = choose_arrow(context, arrows);
  ShortRule rule;
  rule.premise = {header.begin, arrows.front().span.begin};
  if (const auto colon = find_sign(context, rule.premise, ':'); colon < rule.premise.end) {
    rule.label = read_label(context, {header.begin, colon});
    rule.premise.begin = colon + 1;
  }
  const auto end = find_sign(context, {arrow.span.end, header.end}, ';');
  rule.outcome = {arrow.span.end, end};
  if (end < header.end) rule.actions = split_actions(context, {end + 1, header.end});
  return rule;
}

std::vector<Span> split_actions(const Context& context, Span range) {
  std::vector<Span> parts;
  for (auto at = range.begin;;) {
    const auto end = find_sign(context, {at, range.end}, ';');
    parts.push_back(trimmed(context.masked, {at, end}));
    if (end == range.end) break;
    at = end + 1;
  }
  while (!parts.empty() && parts.back().begin == parts.back().end) parts.pop_back();
  return parts;
}

std::string label_of(const Context& context, Span header) {
  constexpr std::uint32_t far_enough = 1024;
  const Span near{header.begin, std::min(header.end, header.begin + far_enough)};
  auto text = trimmed(context.slice(near));
  const auto take_word = [&text] {
    const auto word = text.substr(0, word_length(text));
    text = trimmed(text.substr(word.size()));
    return word;
  };
  const auto first = take_word();
  if (first == "rule") return std::string(take_word());
  if (first == "exception") {
    const auto as = text.find(" as ");
    if (as == std::string_view::npos) return {};
    text = trimmed(text.substr(as + 4));
    return std::string(take_word());
  }
  return text.starts_with(':') ? std::string(first) : std::string{};
}

}  // namespace theriac::grammar::detail
