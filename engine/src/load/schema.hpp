// Typed reading of a tree by a schema: what is missing, unknown or of the wrong type is reported with its place and reading goes on.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/quantity.hpp"
#include "theriac/yaml/tree.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace theriac::detail {

using Keys = std::span<const std::string_view>;

class Schema {
 public:
  Schema(grammar::SourcePtr source, grammar::Diagnostics& diagnostics) : source_(std::move(source)), diagnostics_(diagnostics) {}

  grammar::Place place(const yaml::Node& node) const { return {source_, node.span}; }
  grammar::Diagnostic& report(grammar::Code code, const yaml::Node& node, std::string message, std::string label = {});

  // A map whose keys are all of `known`; false only where it is no map.
  bool map(const yaml::Node& node, std::string_view what, Keys known);
  // An unknown key, with the nearest known one.
  void unknown_key(const yaml::Entry& entry, Keys known);

  // "" where the key is absent or, reported, holds no text.
  std::string text(const yaml::Node& map, std::string_view key);
  const yaml::Node* text_node(const yaml::Node& map, std::string_view key);
  // Text that must be there; missing is reported at the map.
  std::string required(const yaml::Node& map, std::string_view key, std::string_view what);
  void required_list(const yaml::Node& map, std::string_view key, std::string_view what);
  // The parts of a list that are text; others are reported.
  std::vector<const yaml::Node*> text_nodes(const yaml::Node& map, std::string_view key);
  std::vector<std::string> texts(const yaml::Node& map, std::string_view key);
  // The list itself, as it stands; empty where absent or, reported, no list.
  std::span<const yaml::Node> list(const yaml::Node& map, std::string_view key);
  std::span<const yaml::Node> list(const yaml::Node& node, std::string_view key, std::string_view holds);

  // One of a few words.
  bool flag(const yaml::Node& map, std::string_view key);
  std::optional<Unit> unit(const yaml::Node& node);
  std::optional<Rational> number(const yaml::Node& node);
  std::optional<Quantity> quantity(const yaml::Node& node);
  std::optional<std::pair<Rational, Rational>> range(const yaml::Node& map, std::string_view key);
  std::uint32_t days(const yaml::Node& map, std::string_view key);  // "90 days"; 0 where absent

 private:
  bool is_text(const yaml::Node& node, std::string_view key);
  void needs(const yaml::Node& map, std::string_view key, std::string_view what);

  grammar::SourcePtr source_;
  grammar::Diagnostics& diagnostics_;
};

}  // namespace theriac::detail
