#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

// "eGFR settles 4 of 5 undecided findings."
std::string heading(const WhatIf& answer) {
  const auto undecided = answer.screening.undecided.size();
  if (undecided == 0) return "Nothing is undecided for want of a value.";
  if (answer.screening.ask_for.empty()) return fmt::format("{} undecided; no value that could be measured settles them.", undecided);
  const auto& best = answer.screening.ask_for.front();
  const auto inputs = join(printable_all(best.inputs), " with ");
  const bool is_name = inputs.size() > 1 && inputs[1] >= 'A' && inputs[1] <= 'Z';  // eGFR
  return fmt::format("{} settles {} of {} undecided, the worst {}.", is_name ? inputs : capital(inputs), best.settles.size(), undecided,
                     to_string(best.worst));
}

std::vector<std::string> says_of(const Cell& cell) {
  auto says = printable_all(cell.says);
  if (says.empty()) says.emplace_back("nothing more");
  if (says.size() > 3) says = {says[0], says[1], plural(says.size() - 2, "more finding", "more findings")};
  return says;
}

std::string named(const std::string& input, const std::string& unit) { return printable(input) + (unit.empty() ? "" : ", " + printable(unit)); }

// A line a stretch of the first and a cell of the second.
void add_cells(Page& page, const CellsOfTwo& of) {
  page.line(fmt::format("   {} · {}", named(of.inputs[0], of.units[0]), named(of.inputs[1], of.units[1])));
  std::vector<std::pair<std::string, const Cell*>> lines;
  std::size_t columns = 0;
  for (const auto& row : of.rows) {
    for (const auto& cell : row.cells) {
      lines.emplace_back(fmt::format("{} · {}", row.range, cell.range.empty() ? "any" : cell.range), &cell);
      columns = std::max(columns, width(lines.back().first));
    }
  }
  for (const auto& [range, cell] : lines) page.items(fmt::format("      {}  ", pad(range, columns)), columns + 8, says_of(*cell), " · ", Ink::plain);
}

void add_cells(Page& page, const CellsOf& of) {
  const auto name = of.value.empty() ? printable(of.input) : fmt::format("{} (now {})", printable(of.input), printable(of.value));
  const bool told = of.unit.empty() || of.value.ends_with(of.unit);
  page.line(fmt::format("   {}{}", name, told ? "" : ", " + printable(of.unit)));
  std::size_t columns = 0;
  for (const auto& cell : of.cells) columns = std::max(columns, width(cell.range));
  for (const auto& cell : of.cells) {
    page.items(fmt::format("    {} {}  ", cell.now ? "→" : " ", pad(cell.range, columns)), columns + 8, says_of(cell), " · ",
               cell.now ? Ink::bold : Ink::plain);
  }
}

}  // namespace

std::string what_if_text(const WhatIf& answer, const TextStyle& style) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  page.paragraph("", 0, heading(answer), Ink::bold);
  for (const auto& ask : answer.screening.ask_for) {
    if (&ask == &answer.screening.ask_for.front()) continue;
    page.line(fmt::format("   then {}: {}", join(printable_all(ask.inputs), " with "), ask.settles.size()));
    if (page.line_count() > 4) break;
  }
  if (!answer.missing.empty()) {
    page.gap();
    page.line("IF IT WERE KNOWN");
    for (const auto& of : answer.missing) add_cells(page, of);
  }
  if (!answer.together.empty()) {
    page.gap();
    page.line("IF BOTH WERE KNOWN");
    for (const auto& of : answer.together) add_cells(page, of);
  }
  if (!answer.known.empty()) {
    page.gap();
    page.line("IF IT WERE OTHERWISE");
    for (const auto& of : answer.known) add_cells(page, of);
  }
  for (const auto& entry : answer.screening.coverage.not_screened)
    page.paragraph("   ", 3, fmt::format("{} was not screened: all this holds without it.", quoted(entry.text)));
  return page.text();
}

}  // namespace theriac
