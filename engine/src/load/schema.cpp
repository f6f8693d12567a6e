#include "load/schema.hpp"

#include "theriac/grammar/nearest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace theriac::detail {

using grammar::Code;
using yaml::Node;

grammar::Diagnostic& Schema::report(Code code, const Node& node, std::string message, std::string label) {
  diagnostics_.push_back(grammar::diagnose(code, place(node), std::move(message), std::move(label)));
  return diagnostics_.back();
}

bool Schema::map(const Node& node, std::string_view what, Keys known) {
  if (!node.is_map()) {
    report(Code::TH6003, node, fmt::format("{} is a map (`name: …`), not {}", what, yaml::describe(node)));
    return false;
  }
  for (const auto& entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key) == known.end()) unknown_key(entry, known);
  }
  return true;
}

void Schema::unknown_key(const yaml::Entry& entry, Keys known) {
  const grammar::Place at{source_, entry.key_span};
  auto diagnostic = grammar::diagnose(Code::TH6004, at, fmt::format("unknown key `{}`", entry.key));
  if (const auto near = grammar::nearest(entry.key, known)) {
    diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    diagnostic.edits.push_back({at, *near});
  } else {
    std::string all;
    for (const auto key : known) all += fmt::format("{}`{}`", all.empty() ? "" : ", ", key);
    diagnostic.help.push_back("known here: " + all);
  }
  diagnostics_.push_back(std::move(diagnostic));
}

bool Schema::is_text(const Node& node, std::string_view key) {
  if (node.is_scalar() && !node.text.empty()) return true;
  report(Code::TH6003, node, node.is_scalar() ? fmt::format("`{}` is empty", key) : fmt::format("`{}` is text, not {}", key, yaml::describe(node)));
  return false;
}

const Node* Schema::text_node(const Node& map, std::string_view key) {
  const auto* node = map.find(key);
  return node && is_text(*node, key) ? node : nullptr;
}

std::string Schema::text(const Node& map, std::string_view key) {
  const auto* node = text_node(map, key);
  return node ? node->text : "";
}

void Schema::needs(const Node& map, std::string_view key, std::string_view what) {
  const grammar::Place at{source_, {map.span.begin, map.span.begin + 1}};
  diagnostics_.push_back(grammar::diagnose(Code::TH6003, at, fmt::format("{} needs `{}`", what, key)));
}

std::string Schema::required(const Node& map, std::string_view key, std::string_view what) {
  if (!map.find(key)) needs(map, key, what);
  return text(map, key);
}

void Schema::required_list(const Node& map, std::string_view key, std::string_view what) {
  if (!map.find(key)) needs(map, key, what);
}

std::span<const Node> Schema::list(const Node& node, std::string_view key, std::string_view holds) {
  if (node.is_sequence()) return node.items;
  auto& diagnostic = report(Code::TH6003, node, fmt::format("`{}` is a list of {}, not {}", key, holds, yaml::describe(node)));
  if (node.is_scalar()) diagnostic.help.push_back(fmt::format("write `[{}]`", node.text));
  return {};
}

std::span<const Node> Schema::list(const Node& map, std::string_view key) {
  const auto* node = map.find(key);
  return node ? list(*node, key, "names") : std::span<const Node>();
}

std::vector<const Node*> Schema::text_nodes(const Node& map, std::string_view key) {
  std::vector<const Node*> nodes;
  for (const auto& item : list(map, key)) {
    if (is_text(item, key)) nodes.push_back(&item);
  }
  return nodes;
}

std::vector<std::string> Schema::texts(const Node& map, std::string_view key) {
  std::vector<std::string> texts;
  for (const auto* node : text_nodes(map, key)) texts.push_back(node->text);
  return texts;
}

bool Schema::flag(const Node& map, std::string_view key) {
  const auto* node = text_node(map, key);
  if (!node) return false;
  if (node->text != "true" && node->text != "false") report(Code::TH6003, *node, fmt::format("`{}` is true or false, not `{}`", key, node->text));
  return node->text == "true";
}

std::optional<Unit> Schema::unit(const Node& node) {
  auto unit = parse_unit(node.text);
  if (unit) return unit;
  auto& diagnostic = report(Code::TH3001, node, fmt::format("unknown unit `{}`", node.text));
  if (const auto near = nearest_unit(node.text)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
  return std::nullopt;
}

std::optional<Rational> Schema::number(const Node& node) {
  const auto number = node.is_scalar() ? Rational::parse(node.text) : std::nullopt;
  if (!number)
    report(Code::TH3003, node,
           node.is_scalar() ? fmt::format("`{}` is not a number", node.text) : fmt::format("a number, not {}", yaml::describe(node)));
  return number;
}

std::optional<Quantity> Schema::quantity(const Node& node) {
  const auto blank = node.text.find(' ');
  const auto number = Rational::parse(std::string_view(node.text).substr(0, blank));
  if (!number || blank == std::string::npos) {
    report(Code::TH3003, node, fmt::format("`{}` is not a number, a blank and a unit", node.text));
    return std::nullopt;
  }
  Node rest = node;
  rest.text.erase(0, blank + 1);
  auto unit_of = unit(rest);
  if (!unit_of) return std::nullopt;
  return Quantity{*number, std::move(*unit_of)};
}

std::optional<std::pair<Rational, Rational>> Schema::range(const Node& map, std::string_view key) {
  const auto* node = map.find(key);
  if (!node) return std::nullopt;
  if (!node->is_sequence() || node->items.size() != 2) {
    report(Code::TH6003, *node, fmt::format("`{}` is a list of two numbers, [low, high]", key));
    return std::nullopt;
  }
  const auto low = number(node->items[0]);
  const auto high = number(node->items[1]);
  if (!low || !high) return std::nullopt;
  if (*low < *high) return std::pair(*low, *high);
  report(Code::TH3003, *node, fmt::format("`{}`: the first number must be the lower one", key));
  return std::nullopt;
}

std::uint32_t Schema::days(const Node& map, std::string_view key) {
  const auto* node = text_node(map, key);
  if (!node) return 0;
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> units = {
      {{"day", 1}, {"days", 1}, {"week", 7}, {"weeks", 7}, {"month", 30}, {"months", 30}, {"year", 365}, {"years", 365}}};
  const auto blank = std::min(node->text.find(' '), node->text.size());
  const auto count = Rational::parse(std::string_view(node->text).substr(0, blank));
  const auto word = std::string_view(node->text).substr(std::min(blank + 1, node->text.size()));
  const auto unit = std::find_if(units.begin(), units.end(), [&](const auto& u) { return u.first == word; });
  if (count && unit != units.end() && count->denominator() == 1 && *count > Rational{0} && *count <= Rational{100'000}) {
    return static_cast<std::uint32_t>(count->numerator() * unit->second);
  }
  report(Code::TH3003, *node, fmt::format("`{}` is not a length of time such as `90 days`", node->text));
  return 0;
}

}  // namespace theriac::detail
