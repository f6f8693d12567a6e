#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

std::size_t at_or_above(const Screening& screening, Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(screening.findings.begin(), screening.findings.end(), [&](const Finding& finding) { return finding.severity >= severity; }));
}

std::string heading(const Compared& compared) {
  const auto gone = compared.count(Change::Is::gone), added = compared.count(Change::Is::added), changed = compared.count(Change::Is::changed);
  const auto before = at_or_above(compared.before, Severity::major), after = at_or_above(compared.after, Severity::major);
  const auto major =
      fmt::format("at major or above: {}", before == after ? fmt::format("{} as before", after) : fmt::format("{} → {}", before, after));
  if (gone + added + changed == 0) return "Nothing found changes; " + major + ".";
  return fmt::format("{} new, {} changed, {} gone; {}.", added, changed, gone, major);
}

// "opioid-benzo"'s words: drugs and effect.
std::string finding_words(const Finding& finding) { return fmt::format("{}: {}", drug_words(finding, 44).head, printable(finding.effect)); }

void add_change(Page& page, const Change& change) {
  const bool gone = change.is == Change::Is::gone;
  const auto& finding = gone ? change.before : change.after;
  const auto mark = change.is == Change::Is::added ? "+" : gone ? "−" : "~";
  const auto ref = gone ? change.before.ref : change.is == Change::Is::changed ? change.before.ref : change.after.ref;
  auto words = fmt::format("{} {}  {}", sign(finding.severity), upper_word(finding.severity), finding_words(finding));
  if (finding.status == Verdict::unless) words += " (unless " + join_or(printable_all(finding.unless)) + ")";
  const auto ink = gone ? Ink::faint : ink_of(finding.severity);
  page.paragraph(fmt::format(" {} {:<4}", mark, printable(ref)), 8, words, ink);
  if (change.is == Change::Is::added && !finding.title.empty()) page.paragraph("        ", 8, printable(finding.title));
  if (!change.reasons.empty()) {
    auto reasons = printable_all(change.reasons);
    if (reasons.size() > 3) reasons.resize(3);
    page.items(gone ? "        gone: " : "        now ", 10, reasons);
  }
}

// What would be undecided and was not: a drug that is stopped today may have to be tapered.
void add_undecided(Page& page, const Compared& compared) {
  for (const auto& finding : compared.after.undecided) {
    const auto same = [&](const Finding& other) { return other.id == finding.id; };
    if (std::any_of(compared.before.undecided.begin(), compared.before.undecided.end(), same)) continue;
    const auto words = fmt::format("{} {}  {}, undecided", sign(finding.severity), upper_word(finding.severity), finding_words(finding));
    page.paragraph(" ?      ", 8, words);
    if (!finding.title.empty()) page.paragraph("        ", 8, printable(finding.title));
    page.items("        needs ", 10, needs_told(finding.needs));
  }
}

}  // namespace

std::string what_if_text(const Compared& compared, const TextStyle& style) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  page.paragraph("", 0, heading(compared), Ink::bold);
  for (const auto& change : compared.changes) add_change(page, change);
  add_undecided(page, compared);
  for (const auto& entry : compared.after.coverage.not_screened)
    page.paragraph("   ", 3, fmt::format("{} was not screened: all this holds without it.", quoted(entry.text)));
  page.line("   Nothing is changed in your file.");
  return page.text();
}

}  // namespace theriac
