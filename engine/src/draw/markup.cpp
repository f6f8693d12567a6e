#include "draw/markup.hpp"

#include "report/utf8.hpp"

namespace theriac::detail {

std::string escape_markup(std::string_view text) {
  std::string out;
  const auto clean = printable(text);
  for_each_point(clean, [&](char32_t point, std::string_view bytes) {
    switch (point) {
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'&':
        out += "&amp;";
        break;
      case U'"':
        out += "&quot;";
        break;
      case U'\'':
        out += "&#39;";
        break;
      default:
        out += (point & 0xFFFE) == 0xFFFE ? std::string_view("\xEF\xBF\xBD") : bytes;
    }
  });
  return out;
}

}  // namespace theriac::detail
