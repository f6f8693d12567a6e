// Splits a rule file by layout: a line that starts in column 0 opens a statement, indented lines belong to it; in a rule each of them is a clause, a
// deeper line continues the clause above, and so does a line that opens with a sign or with `and`, `or`, `in` … (no clause does). Comments and empty
// lines end nothing. Linear in the size of the text, and safe for any bytes.
//
// Masked text has the bytes of the source with comments, line ends, tabs and other blanks as U+0020, so that offsets into it are offsets into the
// source.
#pragma once

#include "theriac/grammar/source.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar::detail {

struct RawStatement {
  Span span;                  // header and clauses
  Span header;                // for a declaration it runs to the end of the statement only when no clause was split off; see `span`
  std::vector<Span> clauses;  // indented lines that are not continuations
  std::string documentation;  // the `##` lines right above
  bool orphan = false;        // it opens with an indented line: there is no statement above
  std::optional<Span> mixed;  // an indentation whose depth depends on the width of a tab
};

// One line: [begin, end) without its line end; `content` is its first byte that is not blank, `comment` where a comment opens (or `end`), `next` the
// line after.
struct Line {
  std::uint32_t begin = 0;
  std::uint32_t content = 0;
  std::uint32_t comment = 0;
  std::uint32_t end = 0;
  std::uint32_t next = 0;
  // Depth with tabs one column wide and with tabs to the next multiple of eight: where the two disagree on deeper or not, the author must decide.
  std::uint32_t narrow = 0;
  std::uint32_t wide = 0;
  bool empty() const { return content >= comment; }
};
Line scan_line(std::string_view text, std::uint32_t begin);

// Reads statement after statement, so that a file of millions of them needs no more than its text twice.
class Splitter {
 public:
  explicit Splitter(std::string_view text);
  // Complete up to the end of the statement that `next` gave last.
  std::string_view masked() const { return masked_; }
  std::optional<RawStatement> next();

 private:
  std::optional<RawStatement> take(const Line& line);
  void take_comment(const Line& line);
  std::optional<RawStatement> open_statement(const Line& line, Span content);
  void add_indented(const Line& line, Span content);
  bool continues(const Line& line, Span content);

  std::string_view text_;
  std::string masked_;
  std::uint32_t at_ = 0;
  std::optional<RawStatement> open_;
  std::string documentation_;
  std::optional<Line> block_;  // the first clause line of the open statement: its depth is the block's
};

// The whole text masked, where its layout does not matter.
std::string mask(std::string_view text);

}  // namespace theriac::grammar::detail
