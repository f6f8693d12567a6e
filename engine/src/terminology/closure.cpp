#include "terminology/closure.hpp"

#include <fmt/core.h>

namespace theriac::detail {

Closure::Closure(const Digraph& graph, const std::vector<std::vector<Digraph::Node>>& components)
    : width_((graph.size() + 63) / 64), bits_(graph.size() * width_) {
  for (auto component = components.rbegin(); component != components.rend(); ++component) {
    for (const auto node : *component) {
      auto* row = &bits_[node * width_];
      row[node / 64] |= std::uint64_t{1} << (node % 64);
      for (const auto target : graph.targets_of(node)) {
        const auto* above = &bits_[target * width_];
        for (std::size_t i = 0; i < width_; ++i) row[i] |= above[i];
      }
    }
  }
}

namespace {

grammar::Diagnostic describe_cycle(const std::vector<Digraph::Node>& cycle, const Stated& stated) {
  std::string way;
  for (const auto node : cycle) way += fmt::format("{}`{}`", way.empty() ? "" : " is ", stated.name(node));
  auto diagnostic = grammar::diagnose(grammar::Code::TH5005, stated.place(cycle[0], cycle[1]), "a cycle: " + way, "this closes it");
  for (std::size_t i = 1; i + 1 < cycle.size(); ++i) diagnostic.secondary.push_back({stated.place(cycle[i], cycle[i + 1]), ""});
  return diagnostic;
}

}  // namespace

std::optional<Closure> close(const Digraph& graph, const Stated& stated, grammar::Diagnostics& diagnostics) {
  const auto components = strong_components(graph);
  bool cyclic = false;
  for (const auto& component : components) {
    if (!is_cyclic(graph, component)) continue;
    diagnostics.push_back(describe_cycle(shortest_cycle(graph, component.front()), stated));
    cyclic = true;
  }
  if (cyclic) return std::nullopt;
  return Closure(graph, components);
}

}  // namespace theriac::detail
