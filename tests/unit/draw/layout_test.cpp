#include "draw/layout.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace theriac::detail;

namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

std::vector<LayoutNode> nodes_of(const std::vector<std::size_t>& columns) {
  std::vector<LayoutNode> out;
  for (const auto column : columns) out.push_back({column, 100, 30});
  return out;
}

bool overlap(const Box& a, const Box& b) { return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height; }

}  // namespace

TEST_CASE("two edges that need not cross do not") {
  const auto layout = lay_out(nodes_of({0, 0, 1, 1}), Edges{{0, 3}, {1, 2}});
  CHECK((layout.boxes[0].y < layout.boxes[1].y) == (layout.boxes[3].y < layout.boxes[2].y));
}

TEST_CASE("neighbours alone stand at one height") {
  const auto layout = lay_out(nodes_of({0, 1, 2}), Edges{{0, 1}, {1, 2}});
  CHECK(layout.boxes[0].middle() == layout.boxes[1].middle());
  CHECK(layout.boxes[1].middle() == layout.boxes[2].middle());
}

TEST_CASE("an edge over a column passes between its nodes, and ends where its nodes are") {
  const auto nodes = nodes_of({0, 3, 3, 3, 7});
  const Edges edges = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 4}};
  const auto layout = lay_out(nodes, edges);
  CHECK(layout.columns.size() == 3);  // those in use
  const auto& way = layout.ways[3];
  REQUIRE(way.size() == 4);
  CHECK(way.front().x == layout.boxes[0].x + layout.boxes[0].width);
  CHECK(way.front().y == layout.boxes[0].middle());
  CHECK(way.back().x == layout.boxes[4].x);
  CHECK(way.back().y == layout.boxes[4].middle());
  for (std::size_t i = 1; i <= 3; ++i) CHECK((way[1].y < layout.boxes[i].y || way[1].y > layout.boxes[i].y + layout.boxes[i].height));
}

TEST_CASE("many nodes: none lies on another, all lie within, and the same again is the same") {
  std::vector<std::size_t> columns;
  Edges edges;
  for (std::size_t i = 0; i < 60; ++i) columns.push_back(i % 4);
  for (std::size_t i = 0; i < 60; ++i) {
    for (const auto to : {(i * 7 + 1) % 60, (i * 11 + 5) % 60}) {
      if (columns[i] < columns[to]) edges.emplace_back(i, to);
    }
  }
  REQUIRE(edges.size() > 20);
  const auto layout = lay_out(nodes_of(columns), edges);
  const auto again = lay_out(nodes_of(columns), edges);
  for (std::size_t i = 0; i < 60; ++i) {
    const auto& box = layout.boxes[i];
    CHECK(box.x >= 0);
    CHECK(box.y >= 0);
    CHECK(box.x + box.width <= layout.width);
    CHECK(box.y + box.height <= layout.height);
    CHECK(box.y == again.boxes[i].y);
    for (std::size_t j = i + 1; j < 60; ++j) CHECK_FALSE(overlap(box, layout.boxes[j]));
  }
}

TEST_CASE("nothing is laid out as nothing") { CHECK(lay_out({}, {}).width == 0); }
