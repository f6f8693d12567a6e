// The terminal's picture of a diagnostic: the line, a caret under the words, notes and help. Columns follow the terminal's width of each character;
// what a terminal could take for a command is replaced; of a very long line the part around the words is shown.
#include "theriac/grammar/diagnostic.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace theriac::grammar {
namespace {

constexpr std::size_t widest_line = 160;  // bytes of a source line that are shown

struct Paint {
  bool colour;
  std::string operator()(std::string_view code, std::string_view text) const {
    return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};
constexpr std::string_view red = "1;31";
constexpr std::string_view yellow = "1;33";
constexpr std::string_view blue = "1;34";
constexpr std::string_view bold = "1";

struct Printable {
  std::string text;
  std::size_t width = 0;
};

// As a terminal shows it: tabs as four blanks, control characters and broken bytes as U+FFFD.
Printable printable(std::string_view bytes) {
  Printable result;
  for (std::size_t at = 0; at < bytes.size();) {
    utf8proc_int32_t point = -1;
    const auto read =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()) + at, static_cast<utf8proc_ssize_t>(bytes.size() - at), &point);
    const auto length = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(read, 1));
    const auto category = read > 0 ? utf8proc_category(point) : UTF8PROC_CATEGORY_CC;
    if (read > 0 && point == '\t') {
      result.text += "    ";
      result.width += 4;
    } else if (read <= 0 || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
               category == UTF8PROC_CATEGORY_ZP) {
      result.text += "\xEF\xBF\xBD";
      result.width += 1;
    } else {
      result.text += bytes.substr(at, length);
      result.width += static_cast<std::size_t>(std::max(utf8proc_charwidth(point), 0));
    }
    at += length;
  }
  return result;
}

struct Marked {
  std::uint32_t line = 0;
  std::size_t begin = 0;  // bytes within the line
  std::size_t end = 0;
  const Label* label = nullptr;
  bool primary = false;
};

Marked marked(const Label& label, bool primary) {
  const auto& source = *label.place.source;
  const auto position = source.position(label.place.span.begin);
  const auto line = source.line(position.line);
  const auto start = static_cast<std::size_t>(line.data() - source.text().data());
  const auto begin = std::min<std::size_t>(label.place.span.begin - std::min<std::size_t>(start, label.place.span.begin), line.size());
  const auto end = label.place.span.end > start ? std::min<std::size_t>(label.place.span.end - start, line.size()) : 0;
  return {position.line, begin, std::max(begin, end), &label, primary};
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// The part of a line that is shown: all of it, or a window around `from`.
struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};
Window window_of(std::string_view line, std::size_t from) {
  if (line.size() <= widest_line) return {0, line.size()};
  auto begin = from > widest_line / 2 ? from - widest_line / 2 : 0;
  auto end = std::min(begin + widest_line, line.size());
  while (begin > 0 && continues_character(line[begin])) --begin;
  while (end < line.size() && continues_character(line[end])) ++end;
  return {begin, end};
}

class Picture {
 public:
  Picture(const Diagnostic& diagnostic, RenderStyle style) : diagnostic_(diagnostic), paint_{style.colour} {}

  std::string draw() {
    title();
    collect();
    const auto last = std::max_element(marks_.begin(), marks_.end(), [](const Marked& a, const Marked& b) { return a.line < b.line; });
    margin_ = last == marks_.end() ? 1 : std::to_string(last->line).size();
    draw_source(diagnostic_.primary.place.source, true);
    for (const auto& label : diagnostic_.secondary) draw_source(label.place.source, false);
    for (const auto& note : diagnostic_.notes) remark("note", note);
    for (const auto& help : diagnostic_.help) remark("help", help);
    return std::move(out_);
  }

 private:
  std::string_view main_colour() const { return diagnostic_.level == Level::error ? red : yellow; }

  void title() {
    const auto word = diagnostic_.level == Level::error ? "error" : "warning";
    const auto head = fmt::format("{}[{}]", word, info(diagnostic_.code).id);
    out_ += paint_(main_colour(), head) + paint_(bold, ": " + printable(diagnostic_.message).text) + "\n";
  }

  void collect() {
    if (diagnostic_.primary.place.source) marks_.push_back(marked(diagnostic_.primary, true));
    for (const auto& label : diagnostic_.secondary) {
      if (label.place.source) marks_.push_back(marked(label, false));
    }
    std::stable_sort(marks_.begin(), marks_.end(),
                     [](const Marked& a, const Marked& b) { return std::pair(a.line, a.begin) < std::pair(b.line, b.begin); });
  }

  std::string gutter(std::string_view number = {}) const { return paint_(blue, fmt::format("{:>{}} |", number, margin_)); }

  void draw_source(const SourcePtr& source, bool primary) {
    if (!source || std::find(drawn_.begin(), drawn_.end(), source.get()) != drawn_.end()) return;
    drawn_.push_back(source.get());
    const auto first =
        std::find_if(marks_.begin(), marks_.end(), [&](const Marked& mark) { return mark.label->place.source == source && mark.primary == primary; });
    out_ += fmt::format("{:>{}}{} {}\n", "", margin_, paint_(blue, primary ? "-->" : ":::"), printable(first->label->place.to_string()).text);
    out_ += gutter() + "\n";
    std::uint32_t above = 0;
    for (auto mark = marks_.begin(); mark != marks_.end();) {
      if (mark->label->place.source != source) {
        ++mark;
        continue;
      }
      if (above > 0 && mark->line > above + 1) out_ += paint_(blue, "...") + "\n";
      above = mark->line;
      mark = draw_line(*source, mark);
    }
  }

  std::vector<Marked>::iterator draw_line(const Source& source, std::vector<Marked>::iterator mark) {
    const auto number = mark->line;
    const auto line = source.line(number);
    const auto window = window_of(line, mark->begin);
    const auto cut_left = window.begin > 0 ? "…" : "";
    const auto cut_right = window.end < line.size() ? "…" : "";
    const auto shown = printable(line.substr(window.begin, window.end - window.begin));
    auto text = cut_left + shown.text + cut_right;
    text.erase(text.find_last_not_of(' ') + 1);
    out_ += gutter(std::to_string(number)) + (text.empty() ? "" : " ") + text + "\n";
    for (; mark != marks_.end() && mark->line == number; ++mark) {
      if (mark->label->place.source.get() == &source) draw_mark(line, window, *mark);
    }
    return mark;
  }

  void draw_mark(std::string_view line, Window window, const Marked& mark) {
    const auto begin = std::clamp(mark.begin, window.begin, window.end);
    const auto end = std::clamp(mark.end, begin, window.end);
    const auto indent = printable(line.substr(window.begin, begin - window.begin)).width + (window.begin > 0 ? 1 : 0);
    const auto width = std::max<std::size_t>(printable(line.substr(begin, end - begin)).width, 1);
    auto carets = std::string(width, mark.primary ? '^' : '-');
    if (!mark.label->text.empty()) carets += " " + printable(mark.label->text).text;
    out_ += gutter() + " " + std::string(indent, ' ') + paint_(mark.primary ? main_colour() : blue, carets) + "\n";
  }

  void remark(std::string_view kind, const std::string& text) {
    out_ += fmt::format("{:>{}} {} {}\n", "", margin_, paint_(blue, "="), paint_(bold, std::string(kind) + ":") + " " + printable(text).text);
  }

  const Diagnostic& diagnostic_;
  Paint paint_;
  std::string out_;
  std::size_t margin_ = 1;
  std::vector<Marked> marks_;
  std::vector<const Source*> drawn_;
};

// --- JSON ---
std::string json(std::string_view bytes) {
  std::string out = "\"";
  for (std::size_t at = 0; at < bytes.size();) {
    utf8proc_int32_t point = -1;
    const auto read =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()) + at, static_cast<utf8proc_ssize_t>(bytes.size() - at), &point);
    const auto length = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(read, 1));
    if (read <= 0) {
      out += "\\ufffd";
    } else if (point == '"' || point == '\\') {
      out += '\\';
      out += static_cast<char>(point);
    } else if (point == '\n') {
      out += "\\n";
    } else if (point < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(point));
    } else {
      out += bytes.substr(at, length);
    }
    at += length;
  }
  return out + "\"";
}

std::string json_place(const Place& place) {
  if (!place.source) return "\"file\":null";
  const auto begin = place.source->position(place.span.begin);
  const auto end = place.source->position(std::max(place.span.begin, place.span.end));
  return fmt::format(R"("file":{},"line":{},"column":{},"end_line":{},"end_column":{},"begin":{},"end":{})", json(place.source->name()), begin.line,
                     begin.column, end.line, end.column, place.span.begin, place.span.end);
}

template <class List, class Write>
std::string json_list(const List& list, const Write& write) {
  std::string out = "[";
  for (const auto& element : list) {
    if (out.size() > 1) out += ",";
    out += write(element);
  }
  return out + "]";
}

}  // namespace

std::string render(const Diagnostic& diagnostic, RenderStyle style) { return Picture(diagnostic, style).draw(); }

std::string render_json(const Diagnostic& diagnostic) {
  const auto text = [](const std::string& value) { return json(value); };
  const auto label = [](const Label& value) { return fmt::format("{{{},\"label\":{}}}", json_place(value.place), json(value.text)); };
  const auto edit = [](const Edit& value) { return fmt::format("{{{},\"replacement\":{}}}", json_place(value.place), json(value.replacement)); };
  const auto& about = info(diagnostic.code);
  return fmt::format(R"({{"code":{},"name":{},"severity":{},"message":{},{},"label":{},"secondary":{},"notes":{},"help":{},"edits":{}}})",
                     json(about.id), json(about.name), json(diagnostic.level == Level::error ? "error" : "warning"), json(diagnostic.message),
                     json_place(diagnostic.primary.place), json(diagnostic.primary.text), json_list(diagnostic.secondary, label),
                     json_list(diagnostic.notes, text), json_list(diagnostic.help, text), json_list(diagnostic.edits, edit));
}

}  // namespace theriac::grammar
