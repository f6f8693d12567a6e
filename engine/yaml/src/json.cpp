// Strict JSON (RFC 8259), one value after another, into the same tree. Small by hand, because every node needs its place and because a broken line of
// NDJSON must not hide the mistakes of the lines after it.
#include "builder.hpp"

#include <fmt/core.h>

namespace theriac::yaml::detail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

class JsonReader {
 public:
  explicit JsonReader(Builder& builder) : builder_(builder), text_(builder.text()), at_(mark_length(text_)) {}
  JsonReader(Builder& builder, grammar::Span part)
      : builder_(builder), text_(std::string_view(builder.text()).substr(0, part.end)), at_(part.begin) {}

  void read_one() {
    skip_blanks();
    value();
    skip_blanks();
    if (at_ < text_.size()) fail("nothing more is expected");
  }

  void read_all() {
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
      const auto start = at_;
      try {
        value();
      } catch (const Mistake& mistake) {
        builder_.abandon();
        builder_.report(mistake);
        if (!go_to_next_line(start)) return;
      }
    }
  }

 private:
  void value() {
    switch (peek()) {
      case '{':
        return map();
      case '[':
        return sequence();
      case '"':
        return string();
      case 't':
        return word("true", Kind::scalar);
      case 'f':
        return word("false", Kind::scalar);
      case 'n':
        return word("null", Kind::null);
      default:
        break;
    }
    if (peek() == '-' || is_digit(peek())) return number();
    fail("a value is expected: text in double quotes, a number, `true`, `false`, `null`, `{` or `[`");
  }

  void map() {
    builder_.begin(Kind::map, at_++);
    skip_blanks();
    if (peek() != '}') {
      for (;;) {
        if (peek() != '"') fail("a key in double quotes is expected");
        string();
        skip_blanks();
        expect(':', "`:` is expected after a key");
        skip_blanks();
        value();
        skip_blanks();
        if (peek() != ',') break;
        ++at_;
        skip_blanks();
      }
    }
    expect('}', "`,` or `}` is expected");
    builder_.end(at_);
  }

  void sequence() {
    builder_.begin(Kind::sequence, at_++);
    skip_blanks();
    if (peek() != ']') {
      for (;;) {
        value();
        skip_blanks();
        if (peek() != ',') break;
        ++at_;
        skip_blanks();
      }
    }
    expect(']', "`,` or `]` is expected");
    builder_.end(at_);
  }

  void string() {
    Node node;
    node.kind = Kind::scalar;
    node.quoted = true;
    node.span.begin = at_++;
    while (peek() != '"') {
      if (at_ >= text_.size() || peek() == '\n') throw Mistake{{node.span.begin, at_}, "the closing quote is missing", "", ""};
      if (static_cast<unsigned char>(peek()) < 0x20) fail("a tab or line end inside text must be written as an escape");
      if (peek() == '\\')
        escape(node.text);
      else
        plain(node.text);
    }
    node.span.end = ++at_;
    builder_.add(std::move(node));
  }

  // What stands for itself, up to what does not.
  void plain(std::string& out) {
    const auto begin = at_;
    const auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
    while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
    out.append(text_, begin, at_ - begin);
  }

  void escape(std::string& out) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    ++at_;
    if (peek() == 'u') return append_utf8(out, code_point());
    const auto which = at_ < text_.size() ? letters.find(peek()) : std::string_view::npos;
    if (which == std::string_view::npos) fail("no such escape");
    out.push_back(meanings[which]);
    ++at_;
  }

  std::uint32_t code_point() {
    const auto begin = at_ - 1;
    const auto high = hex();
    if (high < 0xD800 || high > 0xDFFF) return high;
    if (high < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      ++at_;
      const auto low = hex();
      if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    }
    throw Mistake{{begin, at_}, "half of a pair of \\u escapes", "", ""};
  }

  // From the `u` on.
  std::uint32_t hex() {
    std::uint32_t point = 0;
    for (int i = 0; i < 4; ++i) {
      ++at_;
      const auto c = peek();
      const auto lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (lower < 'a' || lower > 'f')) fail("four hexadecimal digits are expected after \\u");
      point = point << 4 | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    ++at_;
    return point;
  }

  void number() {
    const auto begin = at_;
    if (peek() == '-') ++at_;
    if (peek() == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) fail("a number cannot begin with 0");
    digits();
    if (peek() == '.') {
      ++at_;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      digits();
    }
    scalar(begin, Kind::scalar);
  }

  void digits() {
    if (!is_digit(peek())) fail("a digit is expected");
    while (is_digit(peek())) ++at_;
  }

  void word(std::string_view expected, Kind kind) {
    if (text_.substr(at_, expected.size()) != expected) fail("a value is expected; text needs double quotes");
    const auto begin = at_;
    at_ += static_cast<std::uint32_t>(expected.size());
    scalar(begin, kind);
  }

  void scalar(std::uint32_t begin, Kind kind) {
    Node node;
    node.kind = kind;
    node.text = text_.substr(begin, at_ - begin);
    node.span = {begin, at_};
    builder_.add(std::move(node));
  }

  // After a mistake: on to the next line that opens an object, where the broken value stood on one line of several.
  bool go_to_next_line(std::uint32_t start) {
    if (text_.substr(start, at_ - start).find('\n') != std::string_view::npos) return false;
    const auto next = text_.find("\n{", at_);
    if (next == std::string_view::npos) return false;
    at_ = static_cast<std::uint32_t>(next + 1);
    return true;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  void expect(char c, const char* message) {
    if (peek() != c) fail(message);
    ++at_;
  }
  [[noreturn]] void fail(std::string message) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    throw Mistake{{at_, std::min(at_ + 1, size)}, "this is not JSON: " + std::move(message), at_ >= size ? "the text ends here" : "", ""};
  }

  Builder& builder_;
  std::string_view text_;
  std::uint32_t at_;
};

}  // namespace

bool looks_like_json(std::string_view text) {
  auto at = static_cast<std::size_t>(mark_length(text));
  bool opened = false;
  for (; at < text.size(); ++at) {
    if (is_blank(text[at])) continue;
    if (text[at] != '{' && text[at] != '[') break;
    opened = true;
  }
  return opened && at < text.size() && (text[at] == '"' || text[at] == '}' || text[at] == ']');
}

void read_json(Builder& builder) { JsonReader(builder).read_all(); }
void read_json(Builder& builder, grammar::Span part) { JsonReader(builder, part).read_one(); }

}  // namespace theriac::yaml::detail
