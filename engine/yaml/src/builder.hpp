// What both readers, YAML's events and JSON, hand their parts to: puts nodes together, watches depth, keys and the number of mistakes.
#pragma once

#include "theriac/yaml/tree.hpp"

namespace theriac::yaml::detail {

inline constexpr std::size_t max_depth = 64;
inline constexpr std::size_t max_mistakes = 50;  // a bomb of aliases must not become a bomb of messages

// Thrown inside this library only: reading cannot go on.
struct Mistake {
  grammar::Span span;
  std::string message;
  std::string label;
  std::string help;
};
struct Enough {};

class Builder {
 public:
  Builder(grammar::SourcePtr source, const Codes& codes, Read& read, std::size_t depth = max_depth)
      : source_(std::move(source)), codes_(codes), read_(read), depth_(depth) {}

  void begin(Kind kind, std::uint32_t at);
  // `end` 0: where its last part ends.
  void end(std::uint32_t end = 0);
  void add(Node node);
  // An anchor, alias or tag: reported, reading goes on.
  void refuse(grammar::Span span, std::string message);
  void report(const Mistake& mistake);
  // Gives up the document that is being read.
  void abandon() { frames_.clear(); }
  // Where the last part so far of the list or map in hand ends.
  std::uint32_t reached() const { return frames_.back().node.span.end; }

  const std::string& text() const { return source_->text(); }

 private:
  struct Frame {
    Node node;
    bool has_key = false;
    std::string key;
    grammar::Span key_span;
  };
  void add_to_map(Frame& frame, Node node);
  void drop_duplicates(Node& map);
  void report(grammar::Diagnostic diagnostic);

  grammar::SourcePtr source_;
  Codes codes_;
  Read& read_;
  std::size_t depth_;
  std::vector<Frame> frames_;
};

// Both throw Mistake or Enough.
void read_yaml(Builder& builder);
void read_json(Builder& builder);
void read_json(Builder& builder, grammar::Span part);
// JSON and no YAML: after the opening brackets stands a quote, or they close again.
bool looks_like_json(std::string_view text);
// Bytes of a byte order mark at the start.
std::uint32_t mark_length(std::string_view text);

}  // namespace theriac::yaml::detail
