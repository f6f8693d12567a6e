#include "rules/layout.hpp"

#include "rules/lexical.hpp"

#include <algorithm>
#include <array>
#include <utility>

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

Splitter::Splitter(std::string_view text) : text_(text), masked_(text) {
  if (!text_.starts_with(byte_order_mark)) return;
  at_ = static_cast<std::uint32_t>(byte_order_mark.size());
  blank_out(masked_, 0, at_);
}

std::optional<RawStatement> Splitter::next() {
  while (at_ < text_.size()) {
    const auto line = scan_line(text_, at_);
    mask_line(masked_, line);
    at_ = line.next;
    if (auto complete = take(line)) return complete;
  }
  return std::exchange(open_, std::nullopt);
}

// The statement that `line` ends by opening another.
std::optional<RawStatement> Splitter::take(const Line& line) {
  if (line.empty()) {
    take_comment(line);
    return std::nullopt;
  }
  const auto content = trimmed(masked_, {line.content, line.comment});
  std::optional<RawStatement> complete;
  if (line.narrow == 0 || !open_) {
    complete = open_statement(line, content);
  } else {
    add_indented(line, content);
  }
  documentation_.clear();
  return complete;
}

void Splitter::take_comment(const Line& line) {
  auto comment = text_.substr(line.comment, line.end - line.comment);
  comment = comment.substr(0, comment.find_last_not_of(" \t\r") + 1);
  if (!comment.starts_with("##")) {
    if (comment.empty()) documentation_.clear();
    return;
  }
  if (!documentation_.empty()) documentation_ += '\n';
  const auto body = comment.substr(2);
  documentation_ += body.starts_with(' ') ? body.substr(1) : body;
}

std::optional<RawStatement> Splitter::open_statement(const Line& line, Span content) {
  RawStatement statement;
  statement.span = statement.header = content;
  statement.documentation = std::move(documentation_);
  statement.orphan = line.narrow > 0;
  block_.reset();
  return std::exchange(open_, std::move(statement));
}

void Splitter::add_indented(const Line& line, Span content) {
  if (continues(line, content)) {
    (open_->clauses.empty() ? open_->header : open_->clauses.back()).end = content.end;
  } else {
    open_->clauses.push_back(content);
    if (!block_) block_ = line;
  }
  open_->span.end = content.end;
}

bool Splitter::continues(const Line& line, Span content) {
  const auto text = masked();
  if (opens_continuation(text.substr(content.begin, content.end - content.begin))) return true;
  const auto above = open_->clauses.empty() ? open_->header : open_->clauses.back();
  if (awaits_more(text.substr(above.begin, above.end - above.begin))) return true;
  if (!block_) return false;
  const bool deeper = line.narrow > block_->narrow;
  if (deeper != (line.wide > block_->wide) && !open_->mixed) open_->mixed = Span{line.begin, line.content};
  return deeper;
}

std::string mask(std::string_view text) {
  std::string masked(text);
  for (std::uint32_t at = 0; at < text.size();) {
    const auto line = scan_line(text, at);
    mask_line(masked, line);
    at = line.next;
  }
  return masked;
}

}  // namespace theriac::grammar::detail
