// Boost.Graph over our digraph, and nothing of it outside this file.
#include "graph/digraph.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>

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

struct Arrived {};

// Notes from where each node was first reached; leaves the search by throwing when the goal is reached, which is the way Boost.Graph offers.
class Recorder : public boost::default_bfs_visitor {
 public:
  Recorder(std::vector<Node>& reached_from, Node goal) : reached_from_(reached_from), goal_(goal) {}
  template <class Edge>
  void tree_edge(const Edge& edge, const Graph& graph) {
    const auto to = boost::target(edge, graph);
    reached_from_[to] = boost::source(edge, graph);
    if (to == goal_) throw Arrived{};
  }

 private:
  std::vector<Node>& reached_from_;
  Node goal_;
};

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

std::vector<Node> shortest_path(const Digraph& graph, Node from, Node to) {
  if (from >= graph.size() || to >= graph.size()) return {};
  if (from == to) return {from};
  const auto none = static_cast<Node>(graph.size());
  std::vector<Node> reached_from(graph.size(), none);
  const auto adapted = adapt(graph);
  try {
    boost::breadth_first_search(adapted, from, boost::visitor(Recorder(reached_from, to)));
    return {};
  } catch (const Arrived&) {
    std::vector<Node> path = {to};
    while (path.back() != from) path.push_back(reached_from[path.back()]);
    std::reverse(path.begin(), path.end());
    return path;
  }
}

}  // namespace theriac::detail
