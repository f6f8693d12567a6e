// The plain part of YAML that vocabularies are written in, read directly: block maps and lists, lists and maps in brackets, text on one line.
// yaml-cpp needs some fifty milliseconds for the bundled vocabulary, more than a whole screening may take. Whatever is not certainly of this part (a
// tab, an anchor, text over several lines, a mistake …) is a doubt: then nothing was read, and yaml-cpp reads the text and says what is wrong. A test
// holds both trees equal.
#include "builder.hpp"

#include <algorithm>

namespace theriac::yaml::detail {
namespace {

struct Doubt {};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool begins_plain(char c) { return is_word(c) || c == '/' || c == '(' || c == '<' || c == '+' || c == '='; }
bool is_null_word(std::string_view text) { return text == "null" || text == "Null" || text == "NULL"; }

class PlainReader {
 public:
  explicit PlainReader(Builder& builder) : builder_(builder), text_(builder.text()) {}

  void read() {
    to_content();
    if (at_ == text_.size()) throw Doubt{};
    block(column_);
    if (at_ != text_.size()) throw Doubt{};
  }

 private:
  // ---- lines
  // ------------------------------------------------------------------------------------------------------------------------------------------ From
  // the start of a line to the first content from there on, or the end.
  void to_content() {
    while (at_ < text_.size()) {
      const auto start = at_;
      skip_blanks();
      column_ = at_ - start;
      if (at_ < text_.size() && text_[at_] == '#') skip_line();
      if (at_ >= text_.size()) return;
      if (text_[at_] != '\n') return;
      ++at_;
    }
  }
  // After a value: nothing more but a comment stands on its line. On to the next content.
  void end_line() {
    const auto before = at_;
    skip_blanks();
    if (peek() == '#' && at_ > before) skip_line();
    if (at_ < text_.size() && text_[at_] != '\n') throw Doubt{};
    if (at_ < text_.size()) ++at_;
    to_content();
  }
  void skip_blanks() {
    while (peek() == ' ') ++at_;
  }
  void skip_line() { at_ = static_cast<std::uint32_t>(std::min(text_.find('\n', at_), text_.size())); }
  char peek(std::uint32_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool ends_word(std::uint32_t at) const { return at >= text_.size() || text_[at] == ' ' || text_[at] == '\n'; }
  bool at_dash() const { return peek() == '-' && ends_word(at_ + 1); }
  bool more(std::uint32_t column) const { return at_ < text_.size() && column_ == column; }

  // ---- blocks
  // -----------------------------------------------------------------------------------------------------------------------------------------
  void block(std::uint32_t column) { at_dash() ? block_list(column) : block_map(column); }

  void block_map(std::uint32_t column) {
    builder_.begin(Kind::map, at_);
    do {
      key();
      if (!block_value_below(column)) {
        value();
        end_line();
      }
      if (at_ < text_.size() && column_ > column) throw Doubt{};  // text that goes on
    } while (more(column) && !at_dash());
    builder_.end();
  }

  // The value of a key that stands on the lines after it.
  bool block_value_below(std::uint32_t column) {
    const auto colon = at_;
    skip_blanks();
    const bool comment = peek() == '#' && at_ > colon;
    if (at_ < text_.size() && peek() != '\n' && !comment) return false;
    end_line_from(colon);
    if (at_ >= text_.size()) throw Doubt{};
    if (column_ > column)
      block(column_);
    else if (column_ == column && at_dash())
      block_list(column);
    else
      throw Doubt{};  // a key without a value
    return true;
  }
  void end_line_from(std::uint32_t at) {
    at_ = at;
    end_line();
  }

  void block_list(std::uint32_t column) {
    builder_.begin(Kind::sequence, at_);
    do {
      const auto dash = at_++;
      skip_blanks();
      if (peek() == '\n' || peek() == '\0' || at_dash()) throw Doubt{};
      if (begins_key()) {
        block_map(column + (at_ - dash));
      } else {
        value();
        end_line();
      }
      if (at_ < text_.size() && column_ > column) throw Doubt{};
    } while (more(column) && at_dash());
    builder_.end();
  }

  // Does `word …: ` stand here?
  bool begins_key() const {
    if (!is_word(peek())) return false;
    for (auto at = at_; at < text_.size() && text_[at] != '\n'; ++at) {
      if (text_[at] == '#' && text_[at - 1] == ' ') return false;
      if (text_[at] == ':' && ends_word(at + 1)) return true;
    }
    return false;
  }

  void key() {
    if (!begins_key()) throw Doubt{};
    const auto begin = at_;
    while (text_[at_] != ':' || !ends_word(at_ + 1)) ++at_;
    if (text_[at_ - 1] == ' ' || at_ - begin > 200) throw Doubt{};
    scalar(begin, at_, false);
    ++at_;
  }

  // ---- values
  // -----------------------------------------------------------------------------------------------------------------------------------------
  void value() {
    if (peek() == '[') return flow_list();
    if (peek() == '{') return flow_map();
    if (peek() == '"' || peek() == '\'') return quoted();
    if (!begins_plain(peek())) throw Doubt{};
    const auto begin = at_;
    scalar(begin, plain([](std::uint32_t) { return false; }), false);
  }

  // From here to where plain text ends on this line.
  template <class Ends>
  std::uint32_t plain(Ends ends) {
    while (at_ < text_.size() && text_[at_] != '\n' && !ends(at_)) {
      if (text_[at_] == ':' && ends_word(at_ + 1)) throw Doubt{};
      if (text_[at_] == '#' && text_[at_ - 1] == ' ') break;
      ++at_;
    }
    while (text_[at_ - 1] == ' ') --at_;
    return at_;
  }

  void quoted() {
    const auto begin = at_;
    const char quote = peek();
    for (++at_; peek() != quote; ++at_) {
      if (peek() == '\0' || peek() == '\n' || (quote == '"' && peek() == '\\')) throw Doubt{};
    }
    ++at_;
    if (peek() == quote) throw Doubt{};  // a doubled quote stands for one
    scalar(begin, at_, true);
  }

  void scalar(std::uint32_t begin, std::uint32_t end, bool in_quotes) {
    scalar(begin, end, std::string(in_quotes ? text_.substr(begin + 1, end - begin - 2) : text_.substr(begin, end - begin)), in_quotes);
  }
  void scalar(std::uint32_t begin, std::uint32_t end, std::string text, bool in_quotes) {
    if (!in_quotes && is_null_word(text)) throw Doubt{};
    Node node;
    node.kind = Kind::scalar;
    node.quoted = in_quotes;
    node.text = std::move(text);
    node.span = {begin, end};
    builder_.add(std::move(node));
  }

  // ---- brackets
  // ---------------------------------------------------------------------------------------------------------------------------------------
  void flow_list() {
    builder_.begin(Kind::sequence, at_++);
    for (flow_gap(); peek() != ']'; flow_gap()) {
      flow_value();
      flow_gap();
      if (peek() == ']') break;
      flow_comma(']');
    }
    ++at_;
    builder_.end(builder_.after_bracket(']'));
  }

  void flow_map() {
    builder_.begin(Kind::map, at_++);
    for (flow_gap(); peek() != '}'; flow_gap()) {
      flow_key();
      flow_gap();
      flow_value();
      flow_gap();
      if (peek() == '}') break;
      flow_comma('}');
    }
    ++at_;
    builder_.end(builder_.after_bracket('}'));
  }

  void flow_comma(char bracket) {
    if (peek() != ',') throw Doubt{};
    ++at_;
    flow_gap();
    if (peek() == bracket || peek() == ',') throw Doubt{};
  }

  void flow_key() {
    const auto begin = at_;
    while (is_word(peek()) || peek() == ' ' || peek() == '-') ++at_;
    if (!is_word(text_[begin]) || text_[at_ - 1] == ' ' || peek() != ':' || !ends_word(at_ + 1) || at_ - begin > 200) throw Doubt{};
    scalar(begin, at_, false);
    ++at_;
  }

  void flow_value() {
    if (peek() == '[') return flow_list();
    if (peek() == '{') return flow_map();
    if (peek() == '"' || peek() == '\'') return quoted();
    flow_plain();
  }

  // Inside brackets text may go on in the next line; its place is its first line.
  void flow_plain() {
    if (!begins_plain(peek())) throw Doubt{};
    const auto ends = [&](std::uint32_t at) {
      static constexpr std::string_view brackets = ",]}[{";
      const char c = text_[at];
      if (c == '?' || c == '[' || c == '{') throw Doubt{};
      if (c == ':' && (at + 1 >= text_.size() || brackets.find(text_[at + 1]) != std::string_view::npos)) throw Doubt{};
      return c == ',' || c == ']' || c == '}';
    };
    const auto begin = at_;
    const auto end = plain(ends);
    std::string whole(text_.substr(begin, end - begin));
    while (goes_on()) {
      const auto more = at_;
      whole += ' ';
      whole += text_.substr(more, plain(ends) - more);
    }
    scalar(begin, end, std::move(whole), false);
  }

  // On to the text of the next line, if it begins with a word.
  bool goes_on() {
    auto at = at_;
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at >= text_.size() || text_[at] != '\n') return false;
    const auto line = ++at;
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at == line || at >= text_.size() || !is_word(text_[at])) return false;
    at_ = at;
    return true;
  }

  // Blanks, ends of lines and comments inside brackets. A line that begins in column 0 there is a doubt.
  void flow_gap() {
    for (;;) {
      const auto before = at_;
      skip_blanks();
      if (peek() == '#' && at_ > before) skip_line();
      if (peek() != '\n') return;
      ++at_;
      if (peek() != ' ' && peek() != '\n') throw Doubt{};
    }
  }

  Builder& builder_;
  std::string_view text_;
  std::uint32_t at_ = 0;
  std::uint32_t column_ = 0;
};

}  // namespace

bool read_plain(const grammar::SourcePtr& source, Read& read) {
  const auto& text = source->text();
  if (text.find_first_of("\t\r") != std::string::npos) return false;
  Read attempt;
  Builder builder(source, {}, attempt);
  try {
    PlainReader(builder).read();
  } catch (const Doubt&) {
    return false;
  } catch (const Mistake&) {
    return false;
  } catch (const Enough&) {
    return false;
  }
  if (!attempt.diagnostics.empty()) return false;
  read = std::move(attempt);
  return true;
}

}  // namespace theriac::yaml::detail
