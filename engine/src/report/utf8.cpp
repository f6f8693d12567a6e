#include "report/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool turns_direction(char32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E || point == 0x200F;
}
bool is_blank(char32_t point) { return point == U'\t' || point == U'\n' || point == U'\r' || point == 0xA0 || point == 0x2028 || point == 0x2029; }

bool is_plain_ascii(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

CodePoint first_point(std::string_view text) {
  utf8proc_int32_t point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (length <= 0) return {0xFFFD, replacement, 1};
  const auto bytes = static_cast<std::size_t>(length);
  return {static_cast<char32_t>(point), text.substr(0, bytes), bytes};
}

std::string printable(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain_ascii)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for_each_point(text, [&](char32_t point, std::string_view bytes) {
    if (is_blank(point)) {
      out += ' ';
    } else if (utf8proc_category(static_cast<utf8proc_int32_t>(point)) == UTF8PROC_CATEGORY_CC || turns_direction(point)) {
      out += replacement;
    } else {
      out += bytes;
    }
  });
  return out;
}

std::size_t width(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain_ascii)) return text.size();
  std::size_t columns = 0;
  for_each_point(text, [&](char32_t point, std::string_view) {
    const int wide = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point));
    columns += static_cast<std::size_t>(wide > 0 ? wide : 0);
  });
  return columns;
}

}  // namespace theriac::detail
