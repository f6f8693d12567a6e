#include "facts/names.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_joiner(char c) { return c == '/' || c == '+' || c == '-'; }
bool is_bracket(char c) { return std::string_view("()[]{},;:\"").find(c) != std::string_view::npos; }
bool is_edge(char c) { return c == '.' || c == '!' || c == '?'; }

// Longer than any name, and a bound on the work that a strange line can make.
constexpr std::size_t longest_text = 200;

std::string spelling(std::string_view text, const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  std::string key;
  bool glue = true;
  for (std::size_t i = begin; i < end; ++i) {
    const bool tight = words[i].joiner && (words[i].text != "-" || words[i].glued);
    if (!glue && !tight && !words[i].glued) key += ' ';
    key += text.substr(words[i].begin, words[i].end - words[i].begin);
    glue = tight;
  }
  return key;
}

std::optional<Name> first_of(const std::vector<Name>& names, const Kinds& kinds) {
  for (const auto& name : names) {
    if (std::find(kinds.begin(), kinds.end(), name.kind) != kinds.end()) return name;
  }
  return std::nullopt;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  std::size_t at = 0;
  bool glued = false;
  while (at < text.size()) {
    if (is_blank(text[at]) || is_bracket(text[at])) {
      ++at;
      glued = false;
      continue;
    }
    auto end = at + 1;
    if (!is_joiner(text[at])) {
      while (end < text.size() && !is_blank(text[end]) && !is_bracket(text[end]) && !is_joiner(text[end])) ++end;
    }
    auto stop = end;
    while (stop > at + 1 && is_edge(text[stop - 1])) --stop;
    words.push_back({text.substr(at, stop - at), at, stop, is_joiner(text[at]), glued});
    glued = stop == end;
    at = end;
  }
  return words;
}

const Kinds& drug_kinds() {
  static const Kinds kinds{NameKind::ingredient, NameKind::brand, NameKind::combination, NameKind::drug_class};
  return kinds;
}

std::optional<FoundName> name_at(std::string_view text, const std::vector<Word>& words, std::size_t at, const Kinds& kinds,
                                 const Terminology& terminology) {
  if (at >= words.size() || words[at].joiner) return std::nullopt;
  const auto most = std::min(words.size(), at + 2 * terminology.longest_name_words());
  for (auto end = most; end > at; --end) {
    if (words[end - 1].joiner || words[end - 1].end - words[at].begin > longest_text) continue;
    auto spelt = spelling(text, words, at, end);
    if (const auto name = first_of(terminology.find(spelt), kinds)) return FoundName{*name, std::move(spelt), at, end};
  }
  return std::nullopt;
}

std::optional<FoundName> name_inside(std::string_view text, const std::vector<Word>& words, const Kinds& kinds, const Terminology& terminology) {
  std::optional<FoundName> best;
  for (std::size_t at = 0; at < words.size() && at < longest_text; ++at) {
    auto found = name_at(text, words, at, kinds, terminology);
    if (found && (!best || found->end - found->begin > best->end - best->begin)) best = std::move(found);
  }
  return best;
}

std::optional<Name> exactly(std::string_view text, const Kinds& kinds, const Terminology& terminology) {
  const auto words = words_of(text);
  const auto found = name_at(text, words, 0, kinds, terminology);
  if (found && found->end == words.size()) return found->name;
  if (text.size() > longest_text) return std::nullopt;
  return first_of(terminology.find(text), kinds);
}

std::string not_known(std::string_view text, const Kinds& kinds, const Terminology& terminology) {
  std::string reason = "name not known";
  if (text.size() > longest_text) return reason;
  const auto suggestions = terminology.suggest(text, kinds);
  for (std::size_t i = 0; i < suggestions.size(); ++i) reason += (i == 0 ? "; near it: " : ", ") + suggestions[i].name;
  return reason;
}

}  // namespace theriac::detail
