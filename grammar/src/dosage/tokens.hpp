// The pieces of a medication line: words, numbers and signs with their bytes. Nothing is dropped but blanks. A word's `text` is its plain form (lower
// case, "p.r.n." as "prn", "µg" as "ug"); a number's is a decimal ("½" is "0.5", "1 1/2" is "1.5"). A number that could be read in two ways carries
// both.
#pragma once

#include "theriac/grammar/source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar::dosage {

struct Token {
  enum class Kind : std::uint8_t { word, number, sign } kind{};
  std::string text;
  Span span;
  bool glued = false;                 // no blank between the token before and this one
  std::vector<std::string> readings;  // of a number that is refused: "2.5", "25"
};

std::vector<Token> tokenise(std::string_view text);

}  // namespace theriac::grammar::dosage
