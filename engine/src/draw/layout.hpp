// Where the nodes of a picture stand and how its edges run: columns from left to right, few crossings, neighbours at one height. Whole numbers only,
// every tie broken by the order given, so that the same picture has the same places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace theriac::detail {

struct LayoutNode {
  std::size_t column = 0;
  int width = 0, height = 0;
};
struct Point {
  int x = 0, y = 0;
};
struct Box {
  int x = 0, y = 0, width = 0, height = 0;
  int middle() const { return y + height / 2; }
};
struct Layout {
  std::vector<Box> boxes;                // of the nodes
  std::vector<std::vector<Point>> ways;  // of the edges: from the right of one node to the left of the other, in pairs that are joined by a curve;
                                         // between pairs a straight line passes a column
  std::vector<std::pair<std::size_t, int>> columns;  // those in use, with their left edge
  int width = 0, height = 0;
};
// Every edge leads to a later column.
Layout lay_out(const std::vector<LayoutNode>& nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges);

}  // namespace theriac::detail
