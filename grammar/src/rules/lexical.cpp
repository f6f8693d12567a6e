#include "rules/lexical.hpp"

#include <algorithm>
#include <array>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::array long_signs = {"→"sv, "⇒"sv, "->"sv, "=>"sv, "<="sv, ">="sv, "!="sv, "≤"sv, "≥"sv, "≠"sv};
constexpr std::string_view short_signs = "+()[],;|<>=\"`";
constexpr std::array reserved = {"and"sv, "or"sv,     "not"sv,    "no"sv, "without"sv, "with"sv,  "in"sv,
                                 "if"sv,  "unless"sv, "within"sv, "as"sv, "is"sv,      "except"sv};

std::size_t enclosed_length(std::string_view rest, char mark) {
  if (rest.empty() || rest.front() != mark) return 0;
  const auto close = rest.find(mark, 1);
  return close == std::string_view::npos ? 0 : close + 1;
}

// ‐ ‑ ‒ – — ― and −: what word processors make of a hyphen.
bool starts_with_dash(std::string_view rest) {
  if (rest.starts_with("\xE2\x88\x92")) return true;
  return rest.size() > 2 && rest.starts_with("\xE2\x80") && rest[2] >= '\x90' && rest[2] <= '\x95';
}

bool may_open_unit(std::string_view rest) {
  const auto byte = static_cast<unsigned char>(rest.front());
  const auto letter = static_cast<unsigned char>(byte | 0x20U);
  return (letter >= 'a' && letter <= 'z') || byte == '%' || (byte >= 0x80 && !starts_with_dash(rest));
}

}  // namespace

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

std::size_t sign_length(std::string_view rest) {
  if (rest.empty()) return 0;
  const char byte = rest.front();
  if (byte == ':') return rest.size() == 1 || rest[1] == ' ' ? 1 : 0;
  const bool may_be_long = byte == '-' || byte == '=' || byte == '<' || byte == '>' || byte == '!' || byte == '\xE2';
  if (may_be_long) {
    for (const auto sign : long_signs) {
      if (rest.starts_with(sign)) return sign.size();
    }
  }
  return byte != '\0' && short_signs.find(byte) != std::string_view::npos ? 1 : 0;
}

std::size_t word_length(std::string_view rest) {
  std::size_t length = 0;
  while (length < rest.size() && rest[length] != ' ' && sign_length(rest.substr(length)) == 0) ++length;
  return length;
}

std::size_t quoted_length(std::string_view rest) { return enclosed_length(rest, '`'); }
std::size_t string_length(std::string_view rest) { return enclosed_length(rest, '"'); }

std::size_t number_length(std::string_view rest) {
  const auto digits_from = [rest](std::size_t at) {
    while (at < rest.size() && is_digit(rest[at])) ++at;
    return at;
  };
  const std::size_t start = rest.starts_with('-') ? 1 : 0;
  auto length = digits_from(start);
  if (length == start) return 0;
  if (length + 1 < rest.size() && rest[length] == '.' && is_digit(rest[length + 1])) length = digits_from(length + 1);
  const auto after = rest.substr(length);
  if (after.empty() || after.front() == ' ' || sign_length(after) > 0) return length;
  return may_open_unit(after) ? length : 0;
}

std::size_t token_length(std::string_view rest) {
  if (const auto quoted = std::max(quoted_length(rest), string_length(rest)); quoted > 0) return quoted;
  if (const auto sign = sign_length(rest); sign > 0) return sign;
  return word_length(rest);
}

std::size_t blanks_before(std::string_view rest) { return std::min(rest.find_first_not_of(' '), rest.size()); }

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(blanks_before(text));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

Span trimmed(std::string_view all, Span span) {
  const auto inner = trimmed(all.substr(span.begin, span.end - span.begin));
  if (inner.empty()) return {span.begin, span.begin};
  const auto begin = static_cast<std::uint32_t>(inner.data() - all.data());
  return {begin, begin + static_cast<std::uint32_t>(inner.size())};
}

std::string squeezed(std::string_view text) {
  std::string result;
  for (const char byte : trimmed(text)) {
    if (byte != ' ' || result.back() != ' ') result.push_back(byte);
  }
  return result;
}

bool is_keyword(std::string_view text, std::string_view keyword) {
  if (text == keyword) return true;
  return std::equal(text.begin(), text.end(), keyword.begin(), keyword.end(),
                    [](char a, char b) { return b >= 'a' && b <= 'z' ? a == b - 'a' + 'A' : a == b; });
}

bool is_reserved(std::string_view text) {
  return std::any_of(reserved.begin(), reserved.end(), [text](std::string_view word) { return is_keyword(text, word); });
}

bool is_number(std::string_view text) { return !text.empty() && number_length(text) == text.size(); }

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& byte : result) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return result;
}

}  // namespace theriac::grammar::detail
