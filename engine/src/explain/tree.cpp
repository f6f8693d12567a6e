#include "explain/tree.hpp"

#include "report/utf8.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  Page lines(std::max<std::size_t>(columns, 20), false);
  lines.paragraph("", 0, text);
  std::vector<std::string> out;
  const auto all = lines.text();
  for (std::size_t at = 0; at < all.size();) {
    const auto end = all.find('\n', at);
    out.push_back(all.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Text in columns (`a  b`) keeps them: it is broken only where it does not fit. A place moves right before text is broken for it.
void draw_below(Page& page, const std::vector<Branch>& branches, const std::string& before, std::size_t place_at) {
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const auto& branch = branches[i];
    const bool last = i + 1 == branches.size();
    const auto first = before + (last ? "└─ " : "├─ ");
    const auto after = before + (last ? "   " : "│  ");
    const auto used = width(first) + width(branch.text);
    const auto at = branch.place.empty() || used + 2 + width(branch.place) > page.columns() ? place_at : std::max(place_at, used + 2);
    const auto room = (branch.place.empty() ? page.columns() : at - 1) - std::min(width(first), page.columns() / 2);
    const auto lines = width(branch.text) <= room ? std::vector<std::string>{branch.text} : wrapped(branch.text, room);
    page.line(branch.place.empty() ? first + lines.front() : pad(first + lines.front(), at) + page.ink(Ink::faint, branch.place));
    for (std::size_t k = 1; k < lines.size(); ++k) page.line(after + (branch.below.empty() ? "" : "│  ") + lines[k]);
    draw_below(page, branch.below, after, place_at);
  }
}

}  // namespace

void draw(Page& page, const std::vector<Branch>& branches, std::size_t place_at) { draw_below(page, branches, "", place_at); }

}  // namespace theriac::detail
