#include "theriac/yaml/tree.hpp"

#include "builder.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace theriac::yaml {
namespace {

// What no text file holds: a parser may take one of them for its end, or a lone carriage return for a line's end where another does not.
std::size_t find_control(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n' || text[i] == '\t') continue;
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    return i;
  }
  return text.size();
}

void check_bytes(const grammar::Source& source, std::uint32_t from = 0) {
  const auto& text = source.text();
  if (const auto bad = source.invalid_utf8()) {
    throw detail::Mistake{{from + *bad, from + *bad + 1}, "this is not UTF-8 text", "", "save the file as UTF-8"};
  }
  const auto at = static_cast<std::uint32_t>(find_control(text));
  if (at == text.size()) return;
  throw detail::Mistake{
      {from + at, from + at + 1}, fmt::format("a control character (byte {}) cannot stand in a text file", static_cast<int>(text[at])), "", ""};
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

std::string_view describe(const Node& node) {
  switch (node.kind) {
    case Kind::map:
      return "a map";
    case Kind::sequence:
      return "a list";
    case Kind::scalar:
      return "text";
    case Kind::null:
      break;
  }
  return "nothing";
}

Read read(const grammar::SourcePtr& source, const Codes& codes) {
  Read read;
  detail::Builder builder(source, codes, read);
  try {
    try {
      check_bytes(*source);
      detail::looks_like_json(source->text()) ? detail::read_json(builder) : detail::read_yaml(builder);
    } catch (const detail::Mistake& mistake) {
      builder.report(mistake);
    }
  } catch (const detail::Enough&) {  // the last message says so
  }
  return read;
}

Read read_json(const grammar::SourcePtr& source, grammar::Span part, const Codes& codes, std::size_t max_depth) {
  Read read;
  detail::Builder builder(source, codes, read, max_depth);
  try {
    try {
      check_bytes(*grammar::Source::make({}, std::string(source->slice(part))), part.begin);
      detail::read_json(builder, part);
    } catch (const detail::Mistake& mistake) {
      builder.abandon();
      read.roots.clear();
      builder.report(mistake);
    }
  } catch (const detail::Enough&) {  // the last message says so
  }
  return read;
}

}  // namespace theriac::yaml
