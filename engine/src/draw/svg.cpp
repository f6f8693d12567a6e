#include "draw/layout.hpp"
#include "draw/markup.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac {
namespace detail {
namespace {

constexpr int margin = 12, headings = 26, letter = 7, padding = 24, one_line = 30, two_lines = 44;
constexpr std::size_t widest_name = 30;

// Colours of text and background are checked for contrast by tests/golden/report/check_html.py.
constexpr std::string_view css = R"(
.lit text{font:13px system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#1b1f24}
.lit .note{font-size:12px;fill:#3d444d}
.lit .head{font-size:12px;font-weight:600;fill:#3d444d}
.lit rect{fill:#ffffff;stroke:#57606a;stroke-width:1}
.lit .drug rect{fill:#e8f1fb;stroke:#1f5f99}
.lit .fact rect{stroke-dasharray:4 3}
.lit .state rect{stroke-dasharray:2 2}
.lit .rule rect{stroke-width:1.5}
.lit .worst rect{fill:#fdecea;stroke:#8f1d14;stroke-width:2.5}
.lit .middle rect{fill:#fff4dc;stroke:#7a5200;stroke-width:1.5}
.lit path{fill:none;stroke:#8b949e;stroke-width:1.2}
.lit path.strong{stroke:#a3281d;stroke-width:1.8}
)";

constexpr std::array<std::string_view, 6> kinds = {"drug", "concept", "fact", "rule", "state", "effect"};

std::string_view level(const Picture::Node& node) {
  if (!node.rated || node.severity < Severity::moderate) return "";
  return node.severity >= Severity::major ? " worst" : " middle";
}

int height_of(const Picture::Node& node) { return node.note.empty() ? one_line : two_lines; }

int width_of(const Picture::Node& node) {
  const auto columns = std::max(width(shortened(node.name, widest_name)), width(shortened(node.note, widest_name)));
  return static_cast<int>(columns) * letter + padding;
}

// Of the columns that a picture uses, by what stands in it.
std::string heading(const Picture& picture, std::size_t column) {
  std::array<bool, kinds.size()> has{};
  for (const auto& node : picture.nodes) {
    if (node.column == column) has[static_cast<std::size_t>(node.kind)] = true;
  }
  std::vector<std::string> words;
  constexpr std::array<std::string_view, kinds.size()> plurals = {"drugs", "classes", "facts", "rules", "states", "effects"};
  for (std::size_t i = 0; i < has.size(); ++i) {
    if (has[i]) words.emplace_back(plurals[i]);
  }
  return join(words, ", ");
}

std::string draw_node(const Picture::Node& node, const Box& box) {
  const auto x = box.x + margin, y = box.y + margin + headings;
  const int round = node.kind == Picture::Kind::drug                                          ? 8
                    : node.kind == Picture::Kind::effect || node.kind == Picture::Kind::state ? box.height / 2
                                                                                              : 2;
  auto out = fmt::format("<g class=\"{}{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                         kinds[static_cast<std::size_t>(node.kind)], level(node), escape_markup(node.whole), x, y, box.width, box.height, round);
  const auto sign_before = node.kind == Picture::Kind::effect && node.rated ? std::string(sign(node.severity)) + " " : std::string();
  out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>", x + 12, y + (node.note.empty() ? 20 : 18),
                     escape_markup(sign_before + shortened(node.name, widest_name)));
  if (!node.note.empty())
    out += fmt::format("<text class=\"note\" x=\"{}\" y=\"{}\">{}</text>", x + 12, y + 35, escape_markup(shortened(node.note, widest_name)));
  return out + "</g>\n";
}

std::string draw_way(const std::vector<Point>& way, bool strong) {
  constexpr int down = margin + headings;
  std::string d = fmt::format("M{} {}", way.front().x + margin, way.front().y + down);
  for (std::size_t i = 1; i < way.size(); ++i) {
    const auto x = way[i].x + margin, y = way[i].y + down, before = way[i - 1].x + margin, middle = (before + x) / 2;
    d += i % 2 == 0 ? fmt::format("H{}", x) : fmt::format("C{} {} {} {} {} {}", middle, way[i - 1].y + down, middle, y, x, y);
  }
  return fmt::format("<path{} d=\"{}\"/>\n", strong ? " class=\"strong\"" : "", d);
}

Layout layout_of(const Picture& picture) {
  std::vector<LayoutNode> nodes;
  for (const auto& node : picture.nodes) {
    const int sign_width = node.kind == Picture::Kind::effect ? 2 * letter : 0;
    nodes.push_back({node.column, width_of(node) + sign_width, height_of(node)});
  }
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (const auto& edge : picture.edges) edges.emplace_back(edge.from, edge.to);
  return lay_out(nodes, edges);
}

}  // namespace
}  // namespace detail

std::string write_svg(const Picture& picture, const SvgStyle& style) {
  using namespace detail;
  const auto layout = layout_of(picture);
  const auto wide = layout.width + 2 * margin, high = layout.height + 2 * margin + headings;
  std::string out;
  if (style.alone) out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      "<svg{} class=\"lit\" role=\"img\" aria-labelledby=\"{}-title {}-desc\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n"
      "<title id=\"{}-title\">{}</title>\n<desc id=\"{}-desc\">{}</desc>\n",
      style.alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", style.id, style.id, wide, high, wide, high, style.id, escape_markup(picture.title),
      style.id, escape_markup(picture.description));
  out += fmt::format("<style>{}</style>\n", css);
  if (style.alone) out += fmt::format("<rect x=\"0\" y=\"0\" width=\"{}\" height=\"{}\" style=\"fill:#ffffff;stroke:none\"/>\n", wide, high);
  for (const auto& [column, left] : layout.columns)
    out += fmt::format("<text class=\"head\" x=\"{}\" y=\"{}\">{}</text>\n", left + margin, margin + 10, heading(picture, column));
  for (const bool strong : {false, true}) {  // the strong ones above
    for (std::size_t i = 0; i < picture.edges.size(); ++i) {
      if ((picture.edges[i].severity >= Severity::major) == strong) out += draw_way(layout.ways[i], strong);
    }
  }
  for (std::size_t i = 0; i < picture.nodes.size(); ++i) out += draw_node(picture.nodes[i], layout.boxes[i]);
  return out + "</svg>\n";
}

}  // namespace theriac
