// yaml-cpp's events → the tree. yaml-cpp recurses at most as deep as the builder lets it, and never sees bytes that are not plain UTF-8 text.
#include "builder.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>

namespace theriac::yaml::detail {
namespace {

constexpr std::size_t most_marks = 100'000;  // on one line

// Reads a string without copying it.
class View : public std::streambuf {
 public:
  explicit View(std::string_view text) {
    auto* begin = const_cast<char*>(text.data());  // never written to
    setg(begin, begin, begin + text.size());
  }
};

class Events : public YAML::EventHandler {
 public:
  explicit Events(Builder& builder) : builder_(builder), text_(builder.text()), skipped_(mark_length(text_)) {}

  std::uint32_t offset(const YAML::Mark& mark) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    return mark.pos < 0 ? size : std::min(static_cast<std::uint32_t>(mark.pos) + skipped_, size);
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    const auto at = offset(mark);
    refuse_directives(at);
    if (documents_++ == 0 || (text_.substr(at, 3) == "---" && word_end(at) == at + 3)) return;
    throw Mistake{
        {at, line_end(at)}, "this does not belong to what stands above it", "", "check the indentation; a further document begins with `---`"};
  }
  void OnDocumentEnd() override { between_ = last_; }
  // To be called once more after the last document.
  void refuse_directives(std::uint32_t before) {
    for (auto at = between_; at < before; at = next_line(at)) {
      if (text_[at] == '%' && (at == 0 || text_[at - 1] == '\n'))
        throw Mistake{{at, line_end(at)}, "a directive is not read: leave the line out", "", ""};
    }
  }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto at = offset(mark);
    last_ = at;
    refuse_properties(at, anchor);
    Node node;
    node.span = {at, at};
    for (const std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (text_.substr(at, word.size()) != word || !ends_at(at + word.size())) continue;
      node.text = word;
      node.span.end = at + static_cast<std::uint32_t>(word.size());
    }
    builder_.add(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const auto at = offset(mark);
    builder_.refuse({at, word_end(at)}, "an alias is not read: write the value out");
    Node node;
    node.text = text_.substr(at, word_end(at) - at);
    node.span = {at, word_end(at)};
    builder_.add(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    const auto at = offset(mark);
    refuse_properties(at, anchor);
    Node node;
    node.kind = Kind::scalar;
    node.quoted = tag != "?";
    node.text = value;
    node.span = {at, scalar_end(at, value, node.quoted)};
    last_ = node.span.end;
    builder_.add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    begin(Kind::sequence, mark, anchor);
  }
  void OnSequenceEnd() override { builder_.end(after_bracket(']')); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    begin(Kind::map, mark, anchor);
  }
  void OnMapEnd() override { builder_.end(after_bracket('}')); }

 private:
  void begin(Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    refuse_properties(offset(mark), anchor);
    builder_.begin(kind, offset(mark));
  }

  // The closing bracket of a list or map in flow form belongs to it, where nothing but blanks and a comma stands before it.
  std::uint32_t after_bracket(char bracket) const {
    const auto at = text_.find_first_not_of(" \t\r\n,", builder_.reached());
    return at < text_.size() && text_[at] == bracket ? static_cast<std::uint32_t>(at + 1) : 0;
  }

  // yaml-cpp marks a node where its first property stands.
  void refuse_properties(std::uint32_t at, YAML::anchor_t anchor) {
    const auto first = at < text_.size() ? text_[at] : '\0';
    if (first == '!')
      builder_.refuse({at, word_end(at)}, "a tag is not read: every value is text here");
    else if (anchor != 0)
      builder_.refuse({at, word_end(at)}, "an anchor is not read: write values out where they are needed");
  }

  std::uint32_t next_line(std::uint32_t at) const { return static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size() - 1) + 1); }
  bool ends_at(std::size_t at) const { return at >= text_.size() || std::string_view(" \t\r\n,]}:").find(text_[at]) != std::string_view::npos; }
  std::uint32_t word_end(std::uint32_t at) const {
    const auto end = text_.find_first_of(" \t\r\n,]}", at);
    return static_cast<std::uint32_t>(std::min(end, text_.size()));
  }
  std::uint32_t line_end(std::uint32_t at) const {
    auto end = std::min(text_.find('\n', at), text_.size());
    while (end > at + 1 && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
    return static_cast<std::uint32_t>(end);
  }

  // yaml-cpp does not say where a scalar ends. Of plain text that runs over several lines: the end of its first.
  std::uint32_t scalar_end(std::uint32_t at, std::string_view value, bool quoted) const {
    if (!quoted) return text_.substr(at, value.size()) == value ? at + static_cast<std::uint32_t>(value.size()) : line_end(at);
    const auto quote = at < text_.size() ? text_[at] : '\0';
    if (quote != '"' && quote != '\'') return line_end(at);
    for (auto i = at + 1; i < text_.size(); ++i) {
      if (quote == '"' && text_[i] == '\\')
        ++i;
      else if (text_[i] == quote && quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote)
        ++i;
      else if (text_[i] == quote)
        return i + 1;
    }
    throw Mistake{{at, at + 1}, "the closing quote is missing", "", ""};  // which yaml-cpp lets pass at the end of a file
  }

  Builder& builder_;
  std::string_view text_;
  std::uint32_t skipped_;
  std::size_t documents_ = 0;
  std::uint32_t last_ = 0;     // where the last scalar ended
  std::uint32_t between_ = 0;  // where the last document ended
};

struct Words {
  std::string_view theirs;
  const char* ours;
};
// In the words of somebody who did not come here to learn YAML.
constexpr std::array<Words, 14> words = {{
    {"end of map not found", "this line does not fit the lines above it: check the indentation and the `:`"},
    {"end of sequence not found", "this line does not fit the list above it: check the indentation and the `-`"},
    {"end of map flow not found", "`,` or `}` is missing before this"},
    {"end of sequence flow not found", "`,` or `]` is missing before this"},
    {"illegal map value", "a `:` cannot stand here; text that holds `: ` needs quotes"},
    {"illegal block entry", "a `-` cannot stand here: check the indentation"},
    {"illegal tab when looking for indentation", "a tab cannot indent: use blanks"},
    {"illegal EOF in scalar", "the closing quote is missing"},
    {"illegal document indicator in scalar", "the closing quote is missing"},
    {"illegal character in scalar", "this character cannot stand here; put the text in quotes"},
    {"illegal flow end", "a closing bracket without its opening one"},
    {"unknown token", "text cannot begin with this character; put it in quotes"},
    {"unknown escape character: ", "no such escape; in single quotes a backslash is a backslash"},
    {"invalid character in single-quoted string", "this character cannot stand in quotes"},
}};

[[noreturn]] void rethrow(const YAML::Exception& error, const Events& events, std::string_view text) {
  const auto at = events.offset(error.mark);
  const auto end = std::min(at + 1, static_cast<std::uint32_t>(text.size()));
  for (const auto& [theirs, ours] : words) {
    if (std::string_view(error.msg).substr(0, theirs.size()) == theirs) throw Mistake{{at, end}, ours, "", ""};
  }
  throw Mistake{{at, end}, "this is not YAML: " + error.msg, "", ""};
}

// yaml-cpp keeps all parts of a line, some two hundred bytes for each, before it lets anything go.
void refuse_crowded_lines(std::string_view text) {
  std::size_t marks = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') marks = 0;
    if (std::string_view("[]{},:&*!?\"'").find(text[at]) == std::string_view::npos || ++marks <= most_marks) continue;
    const auto here = static_cast<std::uint32_t>(at);
    throw Mistake{{here, here + 1},
                  fmt::format("more than {} brackets, commas and other signs stand on one line", most_marks),
                  "",
                  "begin a new line between the parts of a list"};
  }
}

}  // namespace

void read_yaml(Builder& builder) {
  refuse_crowded_lines(builder.text());
  Events events(builder);
  View view(builder.text());
  std::istream stream(&view);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
    events.refuse_directives(static_cast<std::uint32_t>(builder.text().size()));
  } catch (const YAML::Exception& error) {
    rethrow(error, events, builder.text());
  }
}

}  // namespace theriac::yaml::detail
