#include "graph/digraph.hpp"

namespace theriac::detail {

Digraph Digraph::from_edges(std::size_t nodes, std::span<const Edge> edges) {
  Digraph graph;
  graph.offsets_.assign(nodes + 1, 0);
  for (const auto& [from, to] : edges) ++graph.offsets_[from + 1];
  for (std::size_t i = 0; i < nodes; ++i) graph.offsets_[i + 1] += graph.offsets_[i];
  graph.targets_.resize(edges.size());
  auto next = graph.offsets_;
  for (const auto& [from, to] : edges) graph.targets_[next[from]++] = to;
  return graph;
}

bool is_cyclic(const Digraph& graph, const std::vector<Digraph::Node>& component) {
  if (component.size() != 1) return component.size() > 1;
  for (const auto target : graph.targets_of(component.front())) {
    if (target == component.front()) return true;
  }
  return false;
}

std::optional<std::vector<Digraph::Node>> topological_order(const Digraph& graph) {
  std::vector<Digraph::Node> order;
  order.reserve(graph.size());
  for (const auto& component : strong_components(graph)) {
    if (is_cyclic(graph, component)) return std::nullopt;
    order.push_back(component.front());
  }
  return order;
}

std::vector<Digraph::Node> shortest_cycle(const Digraph& graph, Digraph::Node node) {
  std::vector<Digraph::Node> best;
  for (const auto target : graph.targets_of(node)) {
    auto back = shortest_path(graph, target, node);
    if (back.empty() || (!best.empty() && back.size() + 1 >= best.size())) continue;
    back.insert(back.begin(), node);
    best = std::move(back);
  }
  return best;
}

}  // namespace theriac::detail
