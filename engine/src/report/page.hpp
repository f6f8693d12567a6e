// A page of text for a terminal: lines of at most `width` columns, measured with utf8proc so that columns align for any name. Colour is put in after
// measuring and only where it was asked for. Whatever came from outside goes through `printable` before it gets here (words.hpp does).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

enum class Ink : std::uint8_t { plain, bold, faint, red, yellow, cyan };

// To at least `columns`, with blanks on the right.
std::string pad(std::string text, std::size_t columns);

class Page {
 public:
  Page(std::size_t width, bool colour) : width_(width), colour_(colour) {}

  std::size_t columns() const { return width_; }
  std::size_t line_count() const { return lines_.size(); }

  // `text` with its colour, where the page has any; measure before.
  std::string ink(Ink ink, std::string_view text) const;

  void line(std::string text);
  // A blank line, unless the page is empty or ends in one.
  void gap();
  // `first` and then the items one after another with `separator`, each kept whole where it fits on a line; later lines are indented by `indent`. An
  // empty list writes nothing. `first_ink` colours `first`.
  void items(std::string_view first, std::size_t indent, const std::vector<std::string>& items, std::string_view separator = " · ",
             Ink first_ink = Ink::plain);
  // The same for running text, broken at blanks.
  void paragraph(std::string_view first, std::size_t indent, std::string_view text, Ink first_ink = Ink::plain);

  std::string text() const;

 private:
  void put(std::string_view first, std::size_t indent, const std::vector<std::string>& lines, Ink first_ink);

  std::size_t width_;
  bool colour_;
  std::vector<std::string> lines_;
};

}  // namespace theriac::detail
