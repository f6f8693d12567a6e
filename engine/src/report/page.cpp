#include "report/page.hpp"

#include "report/utf8.hpp"

#include <fmt/format.h>

namespace theriac::detail {
namespace {

std::string_view code(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::bold:
      return "1";
    case Ink::faint:
      return "2";
    case Ink::red:
      return "1;31";
    case Ink::yellow:
      return "33";
    case Ink::cyan:
      return "36";
  }
  return "";
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto blank = text.find(' ');
    const auto word = text.substr(0, blank);
    if (word == "·" && !out.empty()) {  // never at the beginning of a line
      out.back() = {out.back().data(), static_cast<std::size_t>(word.data() + word.size() - out.back().data())};
    } else if (blank != 0) {
      out.push_back(word);
    }
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  return out;
}

// The word in pieces of at most `columns`: a name without a blank could be of any length.
void add_broken(std::vector<std::string_view>& out, std::string_view word, std::size_t columns) {
  std::size_t used = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < word.size();) {
    const auto next = first_point(word.substr(at));
    const auto wide = width(next.bytes);
    if (used + wide > columns && at > begin) {
      out.push_back(word.substr(begin, at - begin));
      begin = at;
      used = 0;
    }
    used += wide;
    at += next.length;
  }
  out.push_back(word.substr(begin));
}

// What is kept on one line, and what joins it to the unit before.
struct Unit {
  std::string_view text;
  std::string_view joint;
};

void add_words(std::vector<Unit>& out, std::string_view text, std::string_view joint, std::size_t columns) {
  std::vector<std::string_view> pieces;
  for (const auto word : words(text)) add_broken(pieces, word, columns);
  for (std::size_t i = 0; i < pieces.size(); ++i) out.push_back({pieces[i], i == 0 ? joint : " "});
}

// " · " shows its sign at the end of a line that goes on: room for it is kept.
std::string_view tail(std::string_view joint) { return joint.substr(0, joint.find_last_not_of(' ') + 1); }

// The lines that units make, each at most `columns` wide; the first begins `start` columns in, the others `indent`.
std::vector<std::string> fill(const std::vector<Unit>& units, std::size_t start, std::size_t indent, std::size_t columns) {
  std::vector<std::string> lines{""};
  std::size_t column = start;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto& unit = units[i];
    const auto wide = width(unit.text) + (i + 1 < units.size() ? width(tail(units[i + 1].joint)) : 0);
    if (i > 0 && column + width(unit.joint) + wide > columns) {
      lines.back() += tail(unit.joint);
      lines.emplace_back();
      column = indent;
    } else if (i > 0) {
      lines.back() += unit.joint;
      column += width(unit.joint);
    }
    lines.back() += unit.text;
    column += width(unit.text);
  }
  return lines;
}

}  // namespace

std::string pad(std::string text, std::size_t columns) {
  const auto wide = width(text);
  if (wide < columns) text.append(columns - wide, ' ');
  return text;
}

std::string Page::ink(Ink ink, std::string_view text) const {
  if (!colour_ || ink == Ink::plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code(ink), text);
}

void Page::line(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  lines_.push_back(std::move(text));
}

void Page::gap() {
  if (!lines_.empty() && !lines_.back().empty()) lines_.emplace_back();
}

void Page::items(std::string_view first, std::size_t indent, const std::vector<std::string>& items, std::string_view separator, Ink first_ink) {
  if (items.empty()) return;
  const std::size_t room = width_ > indent ? width_ - indent : 1;
  std::vector<Unit> units;
  for (const auto& item : items) {
    if (width(item) + width(tail(separator)) <= room)
      units.push_back({item, separator});
    else
      add_words(units, item, separator, room);
  }
  put(first, indent, fill(units, width(first), indent, width_), first_ink);
}

void Page::paragraph(std::string_view first, std::size_t indent, std::string_view text, Ink first_ink) {
  std::vector<Unit> units;
  add_words(units, text, " ", width_ > indent ? width_ - indent : 1);
  put(first, indent, fill(units, width(first), indent, width_), first_ink);
}

void Page::put(std::string_view first, std::size_t indent, const std::vector<std::string>& lines, Ink first_ink) {
  line(ink(first_ink, first) + lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) line(std::string(indent, ' ') + lines[i]);
}

std::string Page::text() const {
  std::string out;
  for (const auto& each : lines_) out += each + "\n";
  return out;
}

}  // namespace theriac::detail
