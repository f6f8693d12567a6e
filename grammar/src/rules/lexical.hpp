// The smallest pieces of the rule language: blanks, signs, words, numbers, reserved words. Plain functions over bytes, so that the splitter, the
// grammar and the messages agree on where a word ends. Bytes of 0x80 and more belong to words, except in the few signs that are not ASCII.
//
// All functions expect masked text (layout.hpp): comments and every kind of blank are U+0020 there.
#pragma once

#include "theriac/grammar/source.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace theriac::grammar::detail {

// Bytes of the sign that opens `rest`: one of → ⇒ -> => <= >= != ≤ ≥ ≠ + ( ) [ ] , ; | < > = " ` and a colon before a blank or the end. 0: no sign.
std::size_t sign_length(std::string_view rest);
// Bytes of the run that opens `rest` up to the next blank or sign.
std::size_t word_length(std::string_view rest);
// Bytes of the back-quoted name that opens `rest`, quotes included; 0 where none opens or it is not closed.
std::size_t quoted_length(std::string_view rest);
// Bytes of the "…" that opens `rest`, quotes included; 0 where none opens or it is not closed.
std::size_t string_length(std::string_view rest);
// Bytes of the decimal that opens `rest`; a unit may follow at once (`5mg`), more digits or a hyphen may not (`5-HT3` is a word). 0: no number.
std::size_t number_length(std::string_view rest);
// Bytes of the next sign, quoted name or word: what a message shows as found.
std::size_t token_length(std::string_view rest);

std::size_t blanks_before(std::string_view rest);
std::string_view trimmed(std::string_view text);
Span trimmed(std::string_view all, Span span);
// Blanks at the ends gone, runs of blanks inside one blank.
std::string squeezed(std::string_view text);

// `text` is the keyword in lower case or in capitals.
bool is_keyword(std::string_view text, std::string_view keyword);
// and or not no without with in if unless within as is except
bool is_reserved(std::string_view text);
bool is_number(std::string_view text);
bool is_digit(char byte);
std::string lower_ascii(std::string_view text);

}  // namespace theriac::grammar::detail
