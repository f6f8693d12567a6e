#include "rules/limits.hpp"

#include "rules/lexical.hpp"

#include <utf8proc.h>

#include <fmt/format.h>

namespace theriac::grammar::detail {
namespace {

struct Character {
  utf8proc_int32_t point = -1;
  std::uint32_t length = 1;
};

Character character_at(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return {static_cast<unsigned char>(text[at]), 1};
  Character result;
  const auto length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &result.point);
  if (length > 0) result.length = static_cast<std::uint32_t>(length);
  return result;
}

// Control characters, zero-width and direction marks: they make two texts that look alike differ.
bool is_invisible(utf8proc_int32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xAD) return true;
  return (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

bool report_invisible(const Context& context) {
  const auto text = context.slice(context.statement);
  for (std::size_t at = 0; at < text.size();) {
    const auto character = character_at(text, at);
    if (character.point < 0) return true;  // not UTF-8: the file's one report says so
    if (is_invisible(character.point)) {
      const auto begin = context.statement.begin + static_cast<std::uint32_t>(at);
      auto& diagnostic = context.report(Code::TH1001, {begin, begin + character.length},
                                        fmt::format("an invisible character (U+{:04X})", static_cast<unsigned>(character.point)));
      diagnostic.help.emplace_back("remove it: two names that look the same must be the same");
      diagnostic.edits.push_back({context.place({begin, begin + character.length}), {}});
      return true;
    }
    at += character.length;
  }
  return false;
}

bool report_nesting(const Context& context) {
  std::uint32_t depth = 0;
  for (auto at = context.statement.begin; at < context.statement.end; ++at) {
    if (context.masked[at] == ')' && depth > 0) --depth;
    if (context.masked[at] != '(' || ++depth <= deepest_nesting) continue;
    auto& diagnostic = context.report(Code::TH1005, {at, at + 1}, fmt::format("nested more than {} deep", deepest_nesting));
    diagnostic.help.emplace_back("give the inner part a name: `class …` or `population …`");
    return true;
  }
  return false;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = character_at(text, at);
    if (character.point < 0) return at;
    at += character.length;
  }
  return std::nullopt;
}

bool within_limits(const Context& context) {
  const auto size = context.statement.end - context.statement.begin;
  if (size > longest_statement) {
    const auto begin = context.statement.begin;
    auto& diagnostic =
        context.report(Code::TH1011, {begin, begin + 1}, fmt::format("a statement of {} bytes; at most {} are read", size, longest_statement));
    diagnostic.help.emplace_back("a line in column 0 opens the next statement; long lists can be split with `class … includes …`");
    return false;
  }
  return !report_invisible(context) && !report_nesting(context);
}

}  // namespace theriac::grammar::detail
