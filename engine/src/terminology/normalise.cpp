#include "terminology/unicode.hpp"

#include "theriac/terminology.hpp"

#include <algorithm>
#include <array>

namespace theriac {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

struct Replaced {
  std::string_view what;
  std::string_view with;
};
// Hyphens and dashes are blanks; marks of trade and soft hyphens are nothing; curled apostrophes are straight.
constexpr std::array<Replaced, 12> replaced = {{{"\u2010", " "},
                                                {"\u2011", " "},
                                                {"\u2012", " "},
                                                {"\u2013", " "},
                                                {"\u2014", " "},
                                                {"\u2212", " "},
                                                {"\u00AE", ""},
                                                {"\u2122", ""},
                                                {"\u00A9", ""},
                                                {"\u00AD", ""},
                                                {"\u2019", "'"},
                                                {"\u2018", "'"}}};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string replace_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    std::string_view with = text.substr(at, 1);
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      for (const auto& [what, replacement] : replaced) {
        if (text.substr(at, what.size()) != what) continue;
        size = what.size();
        with = replacement;
      }
    }
    out += with;
    at += size;
  }
  return out;
}

// One blank between words, none at the ends nor beside a slash.
std::string join_blanks(std::string_view text) {
  std::string out(text.size(), ' ');
  std::size_t size = 0;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank && size > 0 && out[size - 1] != '/' && c != '/') out[size++] = ' ';
    blank = false;
    out[size++] = c;
  }
  out.resize(size);
  return out;
}

std::string_view last_word(std::string_view text) {
  auto at = text.size();
  while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '/') --at;
  return text.substr(at);
}

// SSRIs, PPIs: capitals and a small s.
bool is_plural_of_capitals(std::string_view word) {
  if (word.size() < 3 || word.back() != 's' || !is_capital(word.front())) return false;
  for (const char c : word.substr(0, word.size() - 1)) {
    if (!is_capital(c)) return false;
  }
  return true;
}

std::size_t letters(std::string_view word) {
  std::size_t count = 0;
  for (const char c : word) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

bool is_plural(std::string_view word) {
  if (word.empty() || word.back() != 's' || letters(word) < 4) return false;
  const auto before = word[word.size() - 2];
  return is_letter(before) && before != 's' && before != 'u' && before != 'i';
}

}  // namespace

std::string normalise(std::string_view text) {
  const auto spaced = is_ascii(text) ? join_blanks(text) : join_blanks(detail::compatibility_form(replace_marks(text)));
  const bool capitals = is_plural_of_capitals(last_word(spaced));
  auto folded = detail::compatibility_folded(spaced);
  if (!capitals && !is_plural(last_word(folded))) return folded;
  folded.pop_back();
  if (!capitals && folded.size() >= 4 && folded.ends_with("ie")) folded.replace(folded.size() - 2, 2, "y");
  return folded;
}

}  // namespace theriac
