#include "graph/digraph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using theriac::detail::Digraph;
using Nodes = std::vector<Digraph::Node>;

TEST_CASE("a graph keeps the order of a node's edges") {
  const auto graph = Digraph::from_edges(4, {{2, 1}, {0, 3}, {2, 0}, {0, 1}});
  CHECK(graph.size() == 4);
  CHECK(graph.edge_count() == 4);
  CHECK(Nodes(graph.targets_of(0).begin(), graph.targets_of(0).end()) == Nodes{3, 1});
  CHECK(Nodes(graph.targets_of(2).begin(), graph.targets_of(2).end()) == Nodes{1, 0});
  CHECK(graph.targets_of(1).empty());
}

TEST_CASE("components come in topological order, their nodes ascending") {
  const auto graph = Digraph::from_edges(6, {{5, 3}, {3, 4}, {4, 3}, {4, 0}, {0, 1}, {1, 0}});
  const auto components = theriac::detail::strong_components(graph);
  REQUIRE(components.size() == 4);
  std::vector<std::size_t> rank(6);
  for (std::size_t i = 0; i < components.size(); ++i) {
    CHECK(std::is_sorted(components[i].begin(), components[i].end()));
    for (const auto node : components[i]) rank[node] = i;
  }
  CHECK(rank[3] == rank[4]);
  CHECK(rank[0] == rank[1]);
  CHECK(rank[5] < rank[3]);
  CHECK(rank[4] < rank[0]);
  CHECK_FALSE(theriac::detail::topological_order(graph));
}

TEST_CASE("a loop is a cycle, a lone node is not") {
  const auto graph = Digraph::from_edges(2, {{0, 0}});
  CHECK(theriac::detail::is_cyclic(graph, {0}));
  CHECK_FALSE(theriac::detail::is_cyclic(graph, {1}));
  CHECK(theriac::detail::shortest_cycle(graph, 0) == Nodes{0, 0});
  CHECK(theriac::detail::shortest_cycle(graph, 1).empty());
}

TEST_CASE("topological order of a graph without cycles") {
  const auto order = theriac::detail::topological_order(Digraph::from_edges(4, {{3, 1}, {1, 2}, {2, 0}}));
  REQUIRE(order);
  CHECK(*order == Nodes{3, 1, 2, 0});
  CHECK(theriac::detail::topological_order(Digraph()) == Nodes{});
}

TEST_CASE("the shortest path, ties by the order of edges") {
  const auto graph = Digraph::from_edges(6, {{0, 2}, {0, 1}, {1, 3}, {2, 3}, {3, 4}, {0, 5}, {5, 0}});
  CHECK(theriac::detail::shortest_path(graph, 0, 4) == Nodes{0, 2, 3, 4});
  CHECK(theriac::detail::shortest_path(graph, 4, 0).empty());
  CHECK(theriac::detail::shortest_path(graph, 4, 4) == Nodes{4});
  CHECK(theriac::detail::shortest_path(graph, 0, 9).empty());
  CHECK(theriac::detail::shortest_cycle(graph, 0) == Nodes{0, 5, 0});
}

TEST_CASE("a chain of 200,000 nodes needs no deep stack") {
  std::vector<Digraph::Edge> edges;
  for (std::uint32_t i = 0; i + 1 < 200'000; ++i) edges.emplace_back(i, i + 1);
  const auto graph = Digraph::from_edges(200'000, edges);
  CHECK(theriac::detail::strong_components(graph).size() == 200'000);
  CHECK(theriac::detail::shortest_path(graph, 0, 199'999).size() == 200'000);
}
