#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/picture.hpp"

#include <fmt/format.h>

#include <map>

namespace theriac {
namespace detail {
namespace {

std::string quoted_dot(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// A string of DOT with a line break between name and note.
std::string label(const Picture::Node& node) {
  auto out = quoted_dot(node.name);
  if (node.note.empty()) return out;
  out.pop_back();
  return out + "\\n" + quoted_dot(node.note).substr(1);
}

std::string_view shape(Picture::Kind kind) {
  switch (kind) {
    case Picture::Kind::drug:
      return "shape=box style=rounded";
    case Picture::Kind::concept_:
      return "shape=box";
    case Picture::Kind::fact:
      return "shape=box style=dashed";
    case Picture::Kind::rule:
      return "shape=box style=bold";
    case Picture::Kind::state:
      return "shape=ellipse style=dashed";
    case Picture::Kind::effect:
      return "shape=ellipse";
  }
  return "shape=box";
}

}  // namespace
}  // namespace detail

std::string write_dot(const Picture& picture) {
  std::string out = "digraph theriac {\n  rankdir=LR;\n";
  out += fmt::format("  label={};\n", detail::quoted_dot(picture.title));
  std::map<std::size_t, std::string> columns;
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
    const auto& node = picture.nodes[i];
    out += fmt::format("  n{} [label={} tooltip={} {}];\n", i, detail::label(node), detail::quoted_dot(node.whole), detail::shape(node.kind));
    columns[node.column] += fmt::format(" n{};", i);
  }
  for (const auto& [column, nodes] : columns) out += fmt::format("  {{ rank=same;{} }}\n", nodes);
  for (const auto& edge : picture.edges) {
    out += fmt::format("  n{} -> n{}{};\n", edge.from, edge.to, edge.severity >= Severity::major ? " [penwidth=2]" : "");
  }
  return out + "}\n";
}

}  // namespace theriac
