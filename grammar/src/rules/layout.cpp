#include "rules/layout.hpp"

#include "rules/lexical.hpp"

#include <algorithm>
#include <array>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// No-break, figure, thin, narrow no-break and ideographic space: what a paste from a word processor brings.
constexpr std::array wide_blanks = {"\xC2\xA0"sv, "\xE2\x80\x87"sv, "\xE2\x80\x89"sv, "\xE2\x80\xAF"sv, "\xE3\x80\x80"sv};

std::size_t blank_length(std::string_view rest) {
  const char byte = rest.front();
  if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n') return 1;
  if (byte != '\xC2' && byte != '\xE2' && byte != '\xE3') return 0;
  for (const auto blank : wide_blanks) {
    if (rest.starts_with(blank)) return blank.size();
  }
  return 0;
}

// Where a `#` opens a comment: at the start or after a blank, outside `…` and "…" that are closed on the same line.
std::size_t comment_start(std::string_view line) {
  bool after_blank = true;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == '#' && after_blank) return at;
    if (const auto enclosed = std::max(quoted_length(line.substr(at)), string_length(line.substr(at))); enclosed > 0) {
      at += enclosed;
      after_blank = false;
      continue;
    }
    const auto blank = blank_length(line.substr(at));
    after_blank = blank > 0;
    at += std::max<std::size_t>(blank, 1);
  }
  return line.size();
}

void measure_indentation(std::string_view text, Line& line) {
  while (line.content < line.end) {
    const auto length = blank_length(text.substr(line.content, line.end - line.content));
    if (length == 0) break;
    const bool tab = text[line.content] == '\t';
    line.narrow += 1;
    line.wide = tab ? (line.wide / 8 + 1) * 8 : line.wide + 1;
    line.content += static_cast<std::uint32_t>(length);
  }
}

void blank_out(std::string& masked, std::uint32_t begin, std::uint32_t end) { std::fill(masked.begin() + begin, masked.begin() + end, ' '); }

void mask_line(std::string& masked, const Line& line) {
  blank_out(masked, line.comment, line.next);
  for (std::uint32_t at = line.begin; at < line.comment;) {
    const auto length = static_cast<std::uint32_t>(blank_length(std::string_view(masked).substr(at, line.comment - at)));
    if (length > 0) blank_out(masked, at, at + length);
    at += std::max<std::uint32_t>(length, 1);
  }
}

// What opens a line that cannot open a clause.
bool opens_continuation(std::string_view content) {
  if (content.starts_with('`') || content.starts_with('"')) return false;
  if (sign_length(content) > 0) return true;
  const auto word = content.substr(0, word_length(content));
  return is_reserved(word) && !is_keyword(word, "unless");
}

bool awaits_more(std::string_view content) {
  const auto text = trimmed(content);
  return text.ends_with('+') || text.ends_with("→") || text.ends_with("->") || text.ends_with("⇒") || text.ends_with("=>");
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) { layout_.masked = std::string(text); }

  Layout run() {
    std::uint32_t at = 0;
    if (text_.starts_with(byte_order_mark)) {
      at = static_cast<std::uint32_t>(byte_order_mark.size());
      blank_out(layout_.masked, 0, at);
    }
    while (at < text_.size()) {
      const auto line = scan_line(text_, at);
      mask_line(layout_.masked, line);
      take(line);
      at = line.next;
    }
    return std::move(layout_);
  }

 private:
  void take(const Line& line) {
    if (line.empty()) {
      take_comment(line);
      return;
    }
    const auto content = trimmed(layout_.masked, {line.content, line.comment});
    if (line.narrow == 0 || layout_.statements.empty()) {
      open_statement(line, content);
    } else {
      add_indented(line, content);
    }
    documentation_.clear();
  }

  void take_comment(const Line& line) {
    const auto comment = text_.substr(line.comment, line.end - line.comment);
    if (!comment.starts_with("##")) {
      if (comment.empty()) documentation_.clear();
      return;
    }
    if (!documentation_.empty()) documentation_ += '\n';
    const auto body = comment.substr(2);
    documentation_ += body.starts_with(' ') ? body.substr(1) : body;
  }

  void open_statement(const Line& line, Span content) {
    RawStatement statement;
    statement.span = statement.header = content;
    statement.documentation = documentation_;
    statement.orphan = line.narrow > 0;
    layout_.statements.push_back(std::move(statement));
    block_.reset();
  }

  void add_indented(const Line& line, Span content) {
    auto& statement = layout_.statements.back();
    if (continues(statement, line, content)) {
      (statement.clauses.empty() ? statement.header : statement.clauses.back()).end = content.end;
    } else {
      statement.clauses.push_back(content);
      if (!block_) block_ = line;
    }
    statement.span.end = content.end;
  }

  bool continues(RawStatement& statement, const Line& line, Span content) {
    const auto text = std::string_view(layout_.masked);
    if (opens_continuation(text.substr(content.begin, content.end - content.begin))) return true;
    const auto above = statement.clauses.empty() ? statement.header : statement.clauses.back();
    if (awaits_more(text.substr(above.begin, above.end - above.begin))) return true;
    if (!block_) return false;
    const bool deeper = line.narrow > block_->narrow;
    if (deeper != (line.wide > block_->wide) && !statement.mixed) statement.mixed = Span{line.begin, line.content};
    return deeper;
  }

  std::string_view text_;
  Layout layout_;
  std::string documentation_;
  std::optional<Line> block_;  // the first clause line of the open statement: its depth is the block's
};

}  // namespace

Line scan_line(std::string_view text, std::uint32_t begin) {
  Line line;
  line.begin = line.content = begin;
  const auto found = text.find('\n', begin);
  line.next = static_cast<std::uint32_t>(found == std::string_view::npos ? text.size() : found + 1);
  line.end = found == std::string_view::npos ? line.next : static_cast<std::uint32_t>(found);
  if (line.end > begin && text[line.end - 1] == '\r') --line.end;
  measure_indentation(text, line);
  line.comment = line.content + static_cast<std::uint32_t>(comment_start(text.substr(line.content, line.end - line.content)));
  return line;
}

Layout split(std::string_view text) { return Splitter(text).run(); }

}  // namespace theriac::grammar::detail
