// Layers as Sugiyama and others draw them: an edge over several columns passes each of them, columns are put in the order of the middle of their
// neighbours, up and down, and the best order seen is kept; then each node is moved to the height of its neighbours without changing the order.
#include "draw/layout.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace theriac::detail {
namespace {

constexpr int between_columns = 64;
constexpr int between_nodes = 10;
constexpr int passing = 6;  // height of an edge that passes a column
constexpr int sweeps = 24;
constexpr int settling = 16;

using Ids = std::vector<std::size_t>;

class Layers {
 public:
  Layers(const std::vector<LayoutNode>& nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
    std::map<std::size_t, std::size_t> used;
    for (const auto& node : nodes) used[node.column];
    for (auto& [column, at] : used) {
      at = columns_.size();
      columns_.push_back(column);
    }
    layers_.resize(columns_.size());
    for (const auto& node : nodes) add(used[node.column], node.height);
    for (const auto& [from, to] : edges) add_way(from, to);
    order_by_crossings();
    settle();
  }

  Layout result(const std::vector<LayoutNode>& nodes) const {
    Layout out;
    std::vector<int> widths(layers_.size()), lefts(layers_.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) widths[layer_[i]] = std::max(widths[layer_[i]], nodes[i].width);
    const auto [highest, lowest] = std::minmax_element(middle_.begin(), middle_.end());
    const int room = between_columns + std::clamp((*lowest - *highest) / 40 - 10, 0, 560);  // steep edges need room
    for (std::size_t i = 0, x = 0; i < layers_.size(); x += static_cast<std::size_t>(widths[i] + room), ++i) {
      lefts[i] = static_cast<int>(x);
      out.columns.emplace_back(columns_[i], lefts[i]);
      out.width = lefts[i] + widths[i];
    }
    int top = 0;
    for (const auto& layer : layers_) {
      if (!layer.empty()) top = std::min(top, middle_[layer.front()] - height_[layer.front()] / 2);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      out.boxes.push_back({lefts[layer_[i]], middle_[i] - nodes[i].height / 2 - top, widths[layer_[i]], nodes[i].height});
      out.height = std::max(out.height, out.boxes.back().y + nodes[i].height);
    }
    for (const auto& way : ways_) out.ways.push_back(points(way, lefts, widths, top));
    return out;
  }

 private:
  std::size_t add(std::size_t layer, int height) {
    const auto id = layer_.size();
    layer_.push_back(layer);
    height_.push_back(height);
    before_.emplace_back();
    after_.emplace_back();
    layers_[layer].push_back(id);
    return id;
  }

  void join(std::size_t from, std::size_t to) {
    after_[from].push_back(to);
    before_[to].push_back(from);
  }

  void add_way(std::size_t from, std::size_t to) {
    Ids way = {from};
    for (auto layer = layer_[from] + 1; layer < layer_[to]; ++layer) {
      const auto next = add(layer, passing);
      join(way.back(), next);
      way.push_back(next);
    }
    join(way.back(), to);
    way.push_back(to);
    ways_.push_back(std::move(way));
  }

  void number() {
    place_.resize(layer_.size());
    for (const auto& layer : layers_) {
      for (std::size_t i = 0; i < layer.size(); ++i) place_[layer[i]] = i;
    }
  }

  // Pairs of edges between neighbouring columns that cross.
  std::size_t crossings() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
      std::vector<std::size_t> tree(layers_[i + 1].size() + 1);
      std::size_t total = 0;
      for (const auto node : layers_[i]) {
        Ids ends;
        for (const auto next : after_[node]) ends.push_back(place_[next] + 1);
        for (const auto end : ends) {
          std::size_t not_beyond = 0;
          for (auto at = end; at > 0; at -= at & (~at + 1)) not_beyond += tree[at];
          count += total - not_beyond;
        }
        for (const auto end : ends) {
          for (auto at = end; at < tree.size(); at += at & (~at + 1)) ++tree[at];
          ++total;
        }
      }
    }
    return count;
  }

  void sort_layer(std::size_t layer, const std::vector<Ids>& neighbours) {
    std::map<std::size_t, std::pair<std::size_t, std::size_t>> middle;  // node → sum of places, how many
    for (const auto node : layers_[layer]) {
      std::size_t sum = 0;
      for (const auto each : neighbours[node]) sum += place_[each];
      middle[node] = neighbours[node].empty() ? std::pair(place_[node], std::size_t{1}) : std::pair(sum, neighbours[node].size());
    }
    std::stable_sort(layers_[layer].begin(), layers_[layer].end(), [&](std::size_t a, std::size_t b) {
      const auto& [sum_a, count_a] = middle[a];
      const auto& [sum_b, count_b] = middle[b];
      return sum_a * count_b < sum_b * count_a;
    });
    number();
  }

  void order_by_crossings() {
    number();
    auto best = layers_;
    auto least = crossings();
    for (int sweep = 0; sweep < sweeps && least > 0; ++sweep) {
      if (sweep % 2 == 0) {
        for (std::size_t i = 1; i < layers_.size(); ++i) sort_layer(i, before_);
      } else {
        for (std::size_t i = layers_.size() - 1; i-- > 0;) sort_layer(i, after_);
      }
      if (const auto count = crossings(); count < least) {
        least = count;
        best = layers_;
      }
    }
    layers_ = std::move(best);
    number();
  }

  int apart(std::size_t above, std::size_t below) const { return (height_[above] + height_[below]) / 2 + between_nodes; }

  // The heights nearest to those wanted that keep order and distance: neighbours that would meet are moved as one.
  void place_layer(const Ids& layer, const std::vector<int>& wanted) {
    struct Block {
      std::size_t first;
      std::int64_t sum, count;
      std::int64_t mean() const { return sum >= 0 ? sum / count : -((-sum + count - 1) / count); }
    };
    std::vector<Block> blocks;
    std::vector<int> offset(layer.size());
    for (std::size_t i = 0; i < layer.size(); ++i) {
      if (i > 0) offset[i] = offset[i - 1] + apart(layer[i - 1], layer[i]);
      blocks.push_back({i, wanted[i] - offset[i], 1});
      while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
        const auto last = blocks.back();
        blocks.pop_back();
        blocks.back().sum += last.sum;
        blocks.back().count += last.count;
      }
    }
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const auto end = b + 1 < blocks.size() ? blocks[b + 1].first : layer.size();
      for (auto i = blocks[b].first; i < end; ++i) middle_[layer[i]] = static_cast<int>(blocks[b].mean()) + offset[i];
    }
  }

  int wanted(std::size_t node, bool from_left) const {
    const auto& neighbours = from_left == before_[node].empty() ? after_[node] : before_[node];
    if (neighbours.empty()) return middle_[node];
    std::int64_t sum = 0;
    for (const auto each : neighbours) sum += middle_[each];
    return static_cast<int>(sum / static_cast<std::int64_t>(neighbours.size()));
  }

  void settle() {
    middle_.resize(layer_.size());
    for (const auto& layer : layers_) {
      for (std::size_t i = 1; i < layer.size(); ++i) middle_[layer[i]] = middle_[layer[i - 1]] + apart(layer[i - 1], layer[i]);
      const int half = layer.empty() ? 0 : middle_[layer.back()] / 2;
      for (const auto node : layer) middle_[node] -= half;
    }
    for (int pass = 0; pass < settling; ++pass) {
      const bool from_left = pass % 2 == 0;
      for (std::size_t i = 0; i < layers_.size(); ++i) {
        const auto& layer = layers_[from_left ? i : layers_.size() - 1 - i];
        std::vector<int> heights;
        for (const auto node : layer) heights.push_back(wanted(node, from_left));
        place_layer(layer, heights);
      }
    }
  }

  std::vector<Point> points(const Ids& way, const std::vector<int>& lefts, const std::vector<int>& widths, int top) const {
    std::vector<Point> out;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const auto layer = layer_[way[i]];
      if (i > 0) out.push_back({lefts[layer], middle_[way[i]] - top});
      if (i + 1 < way.size()) out.push_back({lefts[layer] + widths[layer], middle_[way[i]] - top});
    }
    return out;
  }

  std::vector<std::size_t> columns_, layer_, place_;
  std::vector<int> height_, middle_;
  std::vector<Ids> before_, after_, layers_, ways_;
};

}  // namespace

Layout lay_out(const std::vector<LayoutNode>& nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges) {
  if (nodes.empty()) return {};
  return Layers(nodes, edges).result(nodes);
}

}  // namespace theriac::detail
