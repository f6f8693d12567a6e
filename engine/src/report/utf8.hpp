// Text that people typed, walked point by point, made safe to show and measured in columns. Bytes that are not UTF-8 are U+FFFD, each one by itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace theriac::detail {

struct CodePoint {
  char32_t point = 0;
  std::string_view bytes;  // as they are to be written; those of U+FFFD for a byte that is not UTF-8
  std::size_t length = 0;  // bytes taken from the text
};
// `text` is not empty.
CodePoint first_point(std::string_view text);

template <class Each>
void for_each_point(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto next = first_point(text);
    each(next.point, next.bytes);
    text.remove_prefix(next.length);
  }
}

// For a terminal: blanks of any kind are one blank each, control and direction-changing characters are U+FFFD, so that a name in a list can neither
// move the cursor nor turn a line round.
std::string printable(std::string_view text);

// Columns on a terminal.
std::size_t width(std::string_view text);

}  // namespace theriac::detail
