// What lit up in a screening, or what a rule base says, as a picture: drugs, the classes that count, rules, effects. Drawn as SVG by a layered layout
// of our own, or written as DOT for graphviz. Deterministic to the byte; no floating point.
#pragma once

#include "theriac/rule_base.hpp"
#include "theriac/screening.hpp"

#include <string>
#include <vector>

namespace theriac {

struct Picture {
  enum class Kind : std::uint8_t { drug, concept_, fact, rule, state, effect };
  struct Node {
    Kind kind{};
    std::size_t column = 0;  // from left to right; an edge leads to a later one
    std::string name, note;  // two lines
    std::string whole;       // all that is known of it, for a hover and for a reader
    Severity severity{};
    bool rated = false;  // `severity` means something
  };
  struct Edge {
    std::size_t from = 0, to = 0;
    Severity severity{};
  };
  std::string title, description;
  std::vector<Node> nodes;
  std::vector<Edge> edges;   // sorted, each once
  std::size_t left_out = 0;  // findings that are not drawn
};

// The findings that stand, the worst first and at most `most` of them; notes are left out.
Picture picture_of(const Screening& screening, std::size_t most = 24);
// The drug parts of rules: what each names, and its effects. `labels` empty: all rules.
Picture picture_of(const RuleBase& rules, const std::vector<std::string>& labels = {});

struct SvgStyle {
  std::string id = "picture";  // of its title and description
  bool alone = true;           // a file of its own, not a part of a page
};
std::string write_svg(const Picture& picture, const SvgStyle& style = {});
std::string write_dot(const Picture& picture);

}  // namespace theriac
