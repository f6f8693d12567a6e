// Who lies in what, worked out once: everything that each node of a graph without cycles reaches, one row of bits a node. A cycle is the author's
// mistake and is shown with its words. Constant after; thread-safe.
#pragma once

#include "graph/digraph.hpp"

#include "theriac/grammar/diagnostic.hpp"

#include <bit>
#include <functional>
#include <optional>

namespace theriac::detail {

class Closure {
 public:
  Closure() = default;
  // The graph has no cycles; `components` are its nodes in topological order.
  Closure(const Digraph& graph, const std::vector<std::vector<Digraph::Node>>& components);
  // Reflexive.
  bool reaches(std::size_t from, std::size_t to) const { return (bits_[from * width_ + to / 64] >> (to % 64) & 1U) != 0; }
  // Everything that is reached, in the order of numbers.
  template <class Use>
  void each_reached(std::size_t from, const Use& use) const {
    for (std::size_t i = 0; i < width_; ++i) {
      for (auto word = bits_[from * width_ + i]; word != 0; word &= word - 1) use(64 * i + static_cast<std::size_t>(std::countr_zero(word)));
    }
  }

 private:
  std::size_t width_ = 0;
  std::vector<std::uint64_t> bits_;
};

// How to speak of the graph's nodes and edges.
struct Stated {
  std::function<std::string(Digraph::Node)> name;
  std::function<grammar::Place(Digraph::Node, Digraph::Node)> place;
};
// Nothing where there are cycles; each is reported, TH5005.
std::optional<Closure> close(const Digraph& graph, const Stated& stated, grammar::Diagnostics& diagnostics);

}  // namespace theriac::detail
