#include "theriac/grammar/format.hpp"

#include "theriac/grammar/parse.hpp"

#include "rules/free_text.hpp"
#include "rules/layout.hpp"
#include "rules/lexical.hpp"

#include <algorithm>
#include <map>

namespace theriac::grammar {
namespace {

using namespace detail;

std::string_view canonical(std::string_view sign) {
  if (sign == "->" || sign == "=>" || sign == "⇒") return "→";
  if (sign == "≤") return "<=";
  if (sign == "≥") return ">=";
  return sign == "≠" ? "!=" : sign;
}

std::string tidy_token(std::string_view token) {
  if (token.size() > 1 && (token.front() == '`' || token.front() == '"'))
    return token.front() + squeezed(token.substr(1, token.size() - 2)) + token.front();
  return std::string(sign_length(token) == token.size() ? canonical(token) : token);
}

// Lays out the tokens of one statement, line by line.
class TokenWriter {
 public:
  TokenWriter(std::string_view masked, std::vector<Span> free) : masked_(masked), free_(std::move(free)) {}

  std::string line(Span span) {
    std::string out;
    for (auto at = span.begin; at < span.end;) {
      at += static_cast<std::uint32_t>(blanks_before(masked_.substr(at, span.end - at)));
      if (at >= span.end) break;
      const auto rest = masked_.substr(at, span.end - at);
      const bool free = in_free_text(at);
      const auto length = std::max<std::size_t>(free ? std::min(rest.find(' '), rest.size()) : token_length(rest), 1);
      const auto token = rest.substr(0, length);
      if (!out.empty() && (free ? !after_opening() : blank_before(token, at))) out += ' ';
      out += free ? std::string(token) : tidy_token(token);
      remember(token, at + static_cast<std::uint32_t>(length), free);
      at += static_cast<std::uint32_t>(length);
    }
    return out;
  }

 private:
  bool in_free_text(std::uint32_t at) {
    while (next_ < free_.size() && free_[next_].end <= at) ++next_;
    return next_ < free_.size() && free_[next_].begin <= at;
  }

  bool after_opening() const { return last_ == "(" || last_ == "["; }

  bool blank_before(std::string_view token, std::uint32_t at) const {
    if (token == ")" || token == "]" || token == "," || token == ";") return false;
    if (token == ":" && sign_length(masked_.substr(at)) == 1) return false;
    if (after_opening()) return false;
    if (last_ == "<" && before_last_ == "to") return false;
    // A blank would make a comment of the one and a sign of the other.
    return !(token.starts_with('#') || (last_end_ == at && last_.ends_with(':')));
  }

  void remember(std::string_view token, std::uint32_t end, bool free) {
    before_last_ = last_;
    last_ = free ? std::string_view("word") : token;
    last_end_ = end;
  }

  std::string_view masked_;
  std::vector<Span> free_;
  std::size_t next_ = 0;
  std::string_view last_;
  std::string_view before_last_;
  std::uint32_t last_end_ = 0;
};

class Formatter {
 public:
  explicit Formatter(const SourcePtr& source)
      : text_(source->text()), masked_(mask(text_)), parsed_(parse(source)), splitter_(text_), raw_(splitter_.next()) {}

  Formatted run() {
    std::uint32_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text_.size()) {
      const auto line = scan_line(text_, at);
      write(line);
      at = line.next;
    }
    while (out_.ends_with("\n\n")) out_.pop_back();
    if (out_ == "\n") out_.clear();
    return {std::move(out_), std::move(parsed_.diagnostics), left_alone_};
  }

 private:
  void write(const Line& line) {
    const auto comment = trimmed_comment(line);
    if (line.empty() && comment.empty()) {
      if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
      return;
    }
    if (line.empty()) {
      out_ += std::string(line.narrow > 0 ? 2 : 0, ' ') + comment + '\n';
      return;
    }
    find_statement(line);
    if (const auto row = rows_.find(line.content); row != rows_.end()) {
      out_ += "  " + row->second + (comment.empty() ? "" : "  " + comment) + '\n';
    } else if (tokens_) {
      out_ += tidy(line) + (comment.empty() ? "" : "  " + comment) + '\n';
    } else {
      out_.append(text_.substr(line.begin, line.end - line.begin)) += '\n';
    }
  }

  std::string tidy(const Line& line) {
    const auto content = trimmed(masked_, {line.content, line.comment});
    return std::string(depth_of(content), ' ') + tokens_->line(content);
  }

  std::string trimmed_comment(const Line& line) const {
    auto comment = text_.substr(line.comment, line.end - line.comment);
    comment = comment.substr(0, comment.find_last_not_of(" \t\r") + 1);
    return std::string(comment);
  }

  // Moves on to the statement that holds this line.
  void find_statement(const Line& line) {
    while (raw_ && raw_->span.end <= line.content) raw_ = splitter_.next(), known_ = false;
    if (!raw_ || known_) return;
    known_ = true;
    const auto begin = raw_->span.begin;
    while (read_ < parsed_.statements.size() && parsed_.statements[read_].span.begin < begin) ++read_;
    const bool good = read_ < parsed_.statements.size() && parsed_.statements[read_].span.begin == begin;
    tokens_.reset();
    rows_.clear();
    if (good && std::holds_alternative<TableDeclaration>(parsed_.statements[read_].what)) align(raw_->span);
    if (good) tokens_.emplace(masked_, free_text(parsed_.statements[read_]));
    left_alone_ += good ? 0 : 1;
  }

  // The lines of a table below its first, with its columns one under the other.
  void align(Span table) {
    std::map<std::uint32_t, std::vector<std::string>> cells;
    std::vector<std::size_t> widths;
    for (auto at = scan_line(text_, table.begin).next; at < table.end;) {
      const auto line = scan_line(text_, at);
      at = line.next;
      if (line.empty()) continue;
      auto& row = cells[line.content];
      for (const auto cell : split_cells(trimmed(masked_, {line.content, line.comment}))) row.push_back(TokenWriter(masked_, {}).line(cell));
      widths.resize(std::max(widths.size(), row.size()));
      for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], characters(row[i]));
    }
    for (const auto& [at, row] : cells) {
      auto& line = rows_[at];
      for (std::size_t i = 0; i < row.size(); ++i)
        line += row[i] + (i + 1 < row.size() ? std::string(widths[i] - characters(row[i]), ' ') + " | " : "");
    }
  }

  std::vector<Span> split_cells(Span line) const {
    std::vector<Span> cells{{line.begin, line.end}};
    for (auto at = line.begin; at < line.end;) {
      const auto rest = masked_.substr(at, line.end - at);
      const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(token_length(rest), 1));
      if (rest.substr(0, length) == "|") {
        cells.back().end = at;
        cells.push_back({at + length, line.end});
      }
      at += length;
    }
    return cells;
  }

  static std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
  }

  std::size_t depth_of(Span content) const {
    if (content.begin == raw_->header.begin) return 0;
    if (content.begin < raw_->header.end) return 2;
    const bool opens = std::any_of(raw_->clauses.begin(), raw_->clauses.end(), [content](Span clause) { return clause.begin == content.begin; });
    return opens ? 2 : 4;
  }

  std::string_view text_;
  std::string masked_;
  Parsed parsed_;
  Splitter splitter_;
  std::optional<RawStatement> raw_;
  bool known_ = false;  // `tokens_` belongs to `raw_`
  std::size_t read_ = 0;
  std::optional<TokenWriter> tokens_;
  std::map<std::uint32_t, std::string> rows_;  // of a table, by where their lines begin
  std::uint32_t left_alone_ = 0;
  std::string out_;
};

}  // namespace

Formatted format(const SourcePtr& source) { return Formatter(source).run(); }

}  // namespace theriac::grammar
