// Gathers the nodes and edges of a picture, each once.
#pragma once

#include "theriac/picture.hpp"

#include <map>
#include <set>

namespace theriac::detail {

class Collector {
 public:
  // The node of this kind, column and key; made where there is none, with `key` as its name.
  std::size_t node(Picture::Kind kind, std::size_t column, const std::string& key, const std::string& whole = {}) {
    const auto [at, fresh] = nodes_.try_emplace({kind, column, key}, picture.nodes.size());
    if (fresh) picture.nodes.push_back({kind, column, key, "", whole.empty() ? key : whole, {}, false});
    return at->second;
  }
  void rate(std::size_t node, Severity severity) {
    auto& it = picture.nodes[node];
    it.severity = it.rated ? std::max(it.severity, severity) : severity;
    it.rated = true;
  }
  void edge(std::size_t from, std::size_t to, Severity severity) {
    const auto [at, fresh] = edges_.try_emplace({from, to}, severity);
    if (!fresh) at->second = std::max(at->second, severity);
  }
  Picture finish() {
    for (const auto& [ends, severity] : edges_) picture.edges.push_back({ends.first, ends.second, severity});
    return std::move(picture);
  }

  Picture picture;

 private:
  std::map<std::tuple<Picture::Kind, std::size_t, std::string>, std::size_t> nodes_;
  std::map<std::pair<std::size_t, std::size_t>, Severity> edges_;
};

}  // namespace theriac::detail
