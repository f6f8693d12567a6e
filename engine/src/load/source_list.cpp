#include "load/source_list.hpp"

#include "load/codes.hpp"
#include "load/schema.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace theriac::detail {
namespace {

using grammar::Code;
using yaml::Node;

constexpr std::array<std::string_view, 10> keys = {"key", "authority", "title", "year", "kind", "jurisdiction", "place", "url", "licence", "seen"};

std::optional<SourceReference> read_reference(const Node& node, Schema& schema) {
  if (!schema.map(node, "a source", keys)) return std::nullopt;
  SourceReference reference;
  reference.key = schema.required(node, "key", "a source");
  if (reference.key.empty()) return std::nullopt;
  reference.at = schema.place(*node.find("key"));
  reference.authority = schema.text(node, "authority");
  reference.title = schema.text(node, "title");
  reference.year = schema.text(node, "year");
  reference.kind = schema.text(node, "kind");
  reference.jurisdiction = schema.text(node, "jurisdiction");
  reference.place = schema.text(node, "place");
  reference.url = schema.text(node, "url");
  reference.licence = schema.text(node, "licence");
  if (const auto* seen = schema.text_node(node, "seen")) {
    reference.seen = seen->text;
    if (seen->text != "no" && !is_date(seen->text))
      schema.report(Code::TH3003, *seen, fmt::format("`seen` is a date such as 2026-11-22 or `no`, not `{}`", seen->text));
  }
  return reference;
}

}  // namespace

SourceList read_source_list(const grammar::SourcePtr& source, grammar::Diagnostics& diagnostics) {
  SourceList list;
  std::unordered_map<std::string, grammar::Place> first;
  const auto read = yaml::read(source, yaml::terminology_codes);
  diagnostics.insert(diagnostics.end(), read.diagnostics.begin(), read.diagnostics.end());
  Schema schema(source, diagnostics);
  static constexpr std::array<std::string_view, 1> top = {"sources"};
  for (const auto& root : read.roots) {
    if (root.is_map()) schema.map(root, "a list of sources", top);
    const auto nodes = root.is_map() ? schema.list(root, "sources") : schema.list(root, "sources", "sources");
    for (const auto& node : nodes) {
      auto reference = read_reference(node, schema);
      if (!reference) continue;
      const auto [known, fresh] = first.try_emplace(reference->key, reference->at);
      if (fresh) {
        list.push_back(std::move(*reference));
        continue;
      }
      auto& diagnostic = schema.report(Code::TH2005, *node.find("key"), fmt::format("the source `{}` stands twice", reference->key));
      diagnostic.secondary.push_back({known->second, "first here"});
    }
  }
  return list;
}

}  // namespace theriac::detail
