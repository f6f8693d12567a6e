// Finds the vocabulary's names inside what people wrote. Text is cut into words and joiners (`/ + -`), so that "oxycodone / acetaminophen" and
// "oxycodone/acetaminophen" are one name; a name is the longest run of words that the vocabulary knows, spelt as `normalise` allows.
#pragma once

#include "theriac/terminology.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

struct Word {
  std::string_view text;
  std::size_t begin = 0;  // byte in the text
  std::size_t end = 0;
  bool joiner = false;
  bool glued = false;  // no blank between the word before and this one
};

std::vector<Word> words_of(std::string_view text);
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);

struct FoundName {
  Name name;
  std::string spelt;      // as written
  std::size_t begin = 0;  // words [begin, end)
  std::size_t end = 0;
};

using Kinds = std::vector<NameKind>;
const Kinds& drug_kinds();  // ingredient, brand, combination, class

// The longest name that starts at word `at`.
std::optional<FoundName> name_at(std::string_view text, const std::vector<Word>& words, std::size_t at, const Kinds& kinds,
                                 const Terminology& terminology);
// The longest name anywhere in the text; of several, the first.
std::optional<FoundName> name_inside(std::string_view text, const std::vector<Word>& words, const Kinds& kinds, const Terminology& terminology);
// The whole text is this name.
std::optional<Name> exactly(std::string_view text, const Kinds& kinds, const Terminology& terminology);

// "name not known", with the nearest names behind it.
std::string not_known(std::string_view text, const Kinds& kinds, const Terminology& terminology);

}  // namespace theriac::detail
