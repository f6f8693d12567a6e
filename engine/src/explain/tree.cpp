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

// Where the places of these branches begin: right of their texts, as far as there is room for both.
std::size_t places_at(const std::vector<Branch>& branches, std::size_t indent, std::size_t at_least, std::size_t columns) {
  auto at = at_least;
  for (const auto& branch : branches) {
    const auto after = indent + width(branch.text) + 2;
    if (!branch.place.empty() && after + width(branch.place) <= columns) at = std::max(at, after);
  }
  const bool fits = std::all_of(branches.begin(), branches.end(), [&](const Branch& branch) { return at + width(branch.place) <= columns; });
  return fits ? at : at_least;
}

// Text in columns (`a  b`) keeps them: it is broken only where it does not fit.
void draw_below(Page& page, const std::vector<Branch>& branches, const std::string& before, std::size_t place_at) {
  const auto indent = std::min(width(before) + 3, page.columns() / 2);
  const auto at = places_at(branches, indent, place_at, page.columns());
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const auto& branch = branches[i];
    const bool last = i + 1 == branches.size();
    const auto first = before + (last ? "└─ " : "├─ ");
    const auto after = before + (last ? "   " : "│  ");
    const auto room = (branch.place.empty() ? page.columns() : at - 2) - indent;
    const auto lines = width(branch.text) <= room ? std::vector<std::string>{branch.text} : wrapped(branch.text, room);
    page.line(branch.place.empty() ? first + lines.front() : pad(first + lines.front(), at) + page.ink(Ink::faint, branch.place));
    for (std::size_t k = 1; k < lines.size(); ++k) page.line(after + (branch.below.empty() ? "" : "│  ") + lines[k]);
    draw_below(page, branch.below, after, place_at);
  }
}

}  // namespace

void draw(Page& page, const std::vector<Branch>& branches, std::size_t place_at) { draw_below(page, branches, "", place_at); }

}  // namespace theriac::detail
