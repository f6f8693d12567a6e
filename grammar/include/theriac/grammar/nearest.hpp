// Near spellings, for "did you mean". Insertions, deletions, replacements and swaps of neighbours count one each, byte by byte: fold case before,
// where case does not matter. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace theriac::grammar {

// limit + 1 where it is more than `limit`; then little work is done.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
// How many slips a word of this length may have and still be meant: 1 up to 4 bytes, 2 up to 8, else 3.
std::size_t allowed_slips(std::size_t length);
// The nearest of `among` within the allowed slips, the first of equals. ASCII case does not count.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> among);

}  // namespace theriac::grammar
