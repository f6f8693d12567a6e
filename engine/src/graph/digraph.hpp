// A compact directed graph: dense node numbers, offsets and targets in two arrays. Built once from a list of edges, which keep their order within a
// node, so everything below is deterministic. The algorithms stand in algorithms.cpp, the only file that knows Boost.Graph; they never recurse.
// Values; thread-safe.
//
//     auto graph = Digraph::from_edges(3, {{0, 1}, {1, 2}});
//     shortest_path(graph, 0, 2);   // {0, 1, 2}
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace theriac::detail {

class Digraph {
 public:
  using Node = std::uint32_t;
  using Edge = std::pair<Node, Node>;  // from, to

  Digraph() = default;
  // Every end must be below `nodes`. Loops and repeated edges are kept.
  static Digraph from_edges(std::size_t nodes, std::span<const Edge> edges);
  static Digraph from_edges(std::size_t nodes, const std::vector<Edge>& edges) { return from_edges(nodes, std::span<const Edge>(edges)); }

  std::size_t size() const { return offsets_.size() - 1; }
  std::size_t edge_count() const { return targets_.size(); }
  std::span<const Node> targets_of(Node node) const { return std::span(targets_).subspan(offsets_[node], offsets_[node + 1] - offsets_[node]); }
  const std::vector<std::uint32_t>& offsets() const { return offsets_; }
  const std::vector<Node>& targets() const { return targets_; }

 private:
  std::vector<std::uint32_t> offsets_ = {0};
  std::vector<Node> targets_;
};

// Every node once, in groups that reach one another. Where an edge leads from one group to another, the first stands before the second. Nodes of a
// group ascend. A group of one node is a cycle only where the node has a loop.
std::vector<std::vector<Digraph::Node>> strong_components(const Digraph& graph);
bool is_cyclic(const Digraph& graph, const std::vector<Digraph::Node>& component);
// Every edge leads from an earlier node to a later one; nothing where there is a cycle.
std::optional<std::vector<Digraph::Node>> topological_order(const Digraph& graph);
// Both ends included; {from} where they are one; empty where there is no way. Ties by the order of edges.
std::vector<Digraph::Node> shortest_path(const Digraph& graph, Digraph::Node from, Digraph::Node to);
// The shortest way from `node` back to itself, the node at both ends; empty where there is none.
std::vector<Digraph::Node> shortest_cycle(const Digraph& graph, Digraph::Node node);

}  // namespace theriac::detail
