// Boost.Graph over our digraph, and nothing of it outside this file.
#include "graph/digraph.hpp"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <limits>

namespace theriac::detail {
namespace {

using Node = Digraph::Node;
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property, boost::no_property, Node, Node>;

Graph adapt(const Digraph& graph) {
  std::vector<Digraph::Edge> edges;
  edges.reserve(graph.edge_count());
  for (Node from = 0; from < graph.size(); ++from) {
    for (const auto to : graph.targets_of(from)) edges.emplace_back(from, to);
  }
  return Graph(boost::edges_are_sorted, edges.begin(), edges.end(), static_cast<Node>(graph.size()), static_cast<Node>(edges.size()));
}

}  // namespace

std::vector<std::vector<Node>> strong_components(const Digraph& graph) {
  if (graph.size() == 0) return {};
  const auto adapted = adapt(graph);
  std::vector<Node> component_of(graph.size());
  const auto count =
      boost::strong_components(adapted, boost::make_iterator_property_map(component_of.begin(), boost::get(boost::vertex_index, adapted)));
  // Boost numbers components from the sinks on.
  std::vector<std::vector<Node>> components(count);
  for (Node node = 0; node < graph.size(); ++node) components[count - 1 - component_of[node]].push_back(node);
  return components;
}

// Without Boost.Graph: it would copy the whole graph for each path, and a screening asks for many.
std::vector<Node> shortest_path(const Digraph& graph, Node from, Node to) {
  if (from >= graph.size() || to >= graph.size()) return {};
  if (from == to) return {from};
  constexpr auto none = std::numeric_limits<Node>::max();
  std::vector<Node> reached_from(graph.size(), none), waiting = {from};
  reached_from[from] = from;
  for (std::size_t next = 0; next < waiting.size() && reached_from[to] == none; ++next) {
    for (const auto target : graph.targets_of(waiting[next])) {
      if (reached_from[target] != none) continue;
      reached_from[target] = waiting[next];
      waiting.push_back(target);
    }
  }
  if (reached_from[to] == none) return {};
  std::vector<Node> path = {to};
  while (path.back() != from) path.push_back(reached_from[path.back()]);
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace theriac::detail
