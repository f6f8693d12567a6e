// YAML or JSON text → a tree of nodes that knows where everything stands. Every scalar is text (`no` is the word *no*, `1.10` keeps its nought); the
// schema of whoever reads the tree gives it a type. Built from yaml-cpp's events, never its nodes: those keep duplicate keys silently and follow
// aliases.
//
// Refused, each with its place and all that can be seen in one run: text that is not UTF-8 or holds control characters, what is not YAML or JSON,
// duplicate keys, keys that are not text, anchors, aliases and tags, nesting deeper than 64. Text that begins like JSON (`{"`, `[{"`, `{}`) is read
// as strict JSON; several JSON values may follow one another (NDJSON), as may YAML documents after `---`. Any bytes are safe; 10 MB take time in
// proportion. No files. Thread-safe.
//
//     auto read = yaml::read(source, yaml::regimen_codes);
//     if (!grammar::has_errors(read.diagnostics)) read.roots.front().find("patient");
#pragma once

#include "theriac/grammar/diagnostic.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::yaml {

enum class Kind : std::uint8_t { null, scalar, sequence, map };

struct Entry;

struct Node {
  Kind kind = Kind::null;
  bool quoted = false;         // a scalar in quotes or a block: "" and "null" are text
  std::string text;            // of a scalar; of a null the word that said so, `null` or `~`, if any
  std::vector<Node> items;     // of a sequence
  std::vector<Entry> entries;  // of a map, in the order of the text; each key once
  grammar::Span span;          // a scalar with its quotes; a map or sequence from its first to its last part

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::map; }
  // The value of a key of a map; none where it is not there or this is no map.
  const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  grammar::Span key_span;
  Node value;
};

// "a map", "a list", "text", "nothing": for messages.
std::string_view describe(const Node& node);

// Under which codes mistakes are reported.
struct Codes {
  grammar::Code syntax{};
  grammar::Code duplicate_key{};
  grammar::Code reference{};  // anchors, aliases, tags
};
inline constexpr Codes terminology_codes{grammar::Code::TH6003, grammar::Code::TH6005, grammar::Code::TH6003};
inline constexpr Codes regimen_codes{grammar::Code::TH8001, grammar::Code::TH8003, grammar::Code::TH8004};

struct Read {
  std::vector<Node> roots;  // one a document; none where the text is empty. With errors: what could be read
  grammar::Diagnostics diagnostics;
};

Read read(const grammar::SourcePtr& source, const Codes& codes);

// One value of strict JSON in a part of the text (a line of NDJSON, say), nested to another depth; places are those of the whole.
Read read_json(const grammar::SourcePtr& source, grammar::Span part, const Codes& codes, std::size_t max_depth);

}  // namespace theriac::yaml
