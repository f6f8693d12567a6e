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

std::vector<std::string_view> broken(const std::vector<std::string_view>& words, std::size_t columns) {
  std::vector<std::string_view> out;
  for (const auto word : words) add_broken(out, word, columns);
  return out;
}

// The lines that units make, each at most `width` columns where its units allow it; the first begins `start` columns in, the others `indent`.
std::vector<std::string> fill(const std::vector<std::string_view>& units, std::string_view separator, std::size_t start, std::size_t indent,
                              std::size_t width_) {
  std::vector<std::string> lines{""};
  std::size_t column = start;
  bool fresh = true;
  for (const auto unit : units) {
    const auto wide = width(unit);
    const auto gap = fresh ? 0 : width(separator);
    if (!fresh && column + gap + wide > width_) {
      const auto tail = separator.find_last_not_of(' ');
      if (tail != std::string_view::npos) lines.back() += separator.substr(0, tail + 1);
      lines.emplace_back();
      column = indent;
    } else {
      if (!fresh) lines.back() += separator;
      column += gap;
    }
    lines.back() += unit;
    column += wide;
    fresh = false;
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
  std::vector<std::string_view> units(items.begin(), items.end());
  for (const auto& item : items) {
    if (width(item) + width(separator) <= room) continue;
    std::string joined;
    for (const auto& each : items) joined += (joined.empty() ? "" : std::string(separator)) + each;
    return paragraph(first, indent, joined, first_ink);
  }
  // Room for the separator that ends a line which goes on.
  const auto lines = fill(units, separator, width(first), indent, width_ - (separator == " · " ? 2 : 1));
  line(ink(first_ink, first) + lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) line(std::string(indent, ' ') + lines[i]);
}

void Page::paragraph(std::string_view first, std::size_t indent, std::string_view text, Ink first_ink) {
  const auto lines = fill(broken(words(text), width_ > indent ? width_ - indent : 1), " ", width(first), indent, width_);
  line(ink(first_ink, first) + lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) line(std::string(indent, ' ') + lines[i]);
}

std::string Page::text() const {
  std::string out;
  for (const auto& each : lines_) out += each + "\n";
  return out;
}

}  // namespace theriac::detail
