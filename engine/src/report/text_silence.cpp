#include "report/phrases.hpp"
#include "report/text.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace theriac::detail {
namespace {

constexpr std::size_t undecided_shown = 5;

}  // namespace

std::string because_words(const Quiet& quiet) {
  std::vector<std::string> parts;
  for (const auto& because : quiet.because) {
    const auto& words = because.value.empty() ? because.literal : because.value;
    parts.push_back((because.kind == "dispute" && !words.starts_with("disputed") ? "disputed: " : "") + printable(words));
  }
  return join(parts, "; ");
}

std::string waiting_words(const Finding& finding) {
  const auto drugs = shown_drugs(finding.shown, finding.drugs);
  return fmt::format("{}{}{}, {}", join(drugs, " + "), drugs.empty() ? "" : ": ", printable(finding.effect), to_string(finding.severity));
}

namespace {

const Finding* undecided_by_id(const Screening& screening, const std::string& id) {
  const auto found = std::find_if(screening.undecided.begin(), screening.undecided.end(), [&](const Finding& finding) { return finding.id == id; });
  return found == screening.undecided.end() ? nullptr : &*found;
}

std::string needs_words(const Finding& finding) { return join(needs_told(finding.needs), ", "); }

// One line an answer that we would ask for, the most telling first: what it settles, worst first.
void write_ask(Page& page, const Screening& screening, const AskFor& ask, std::set<std::string>& told) {
  std::vector<std::string> checks;
  for (const auto* ids : {&ask.settles, &ask.narrows}) {
    for (const auto& id : *ids) {
      const auto* finding = undecided_by_id(screening, id);
      if (finding != nullptr && told.insert(id).second) checks.push_back(waiting_words(*finding));
    }
  }
  if (checks.empty()) return;
  page.items(fmt::format("   {} {}  ", sign(ask.worst), join(printable_all(ask.inputs), " and ")), 5, checks);
}

// The medications that were named but not recognised: the list may be complete and still leave them open.
bool is_not_screened(const OpenChecks& open, const Coverage& coverage) {
  return std::all_of(open.names.begin(), open.names.end(), [&](const std::string& name) {
    return std::any_of(coverage.not_screened.begin(), coverage.not_screened.end(),
                       [&](const auto& entry) { return name.find(entry.text) != std::string::npos; });
  });
}

}  // namespace

std::string open_words(const OpenChecks& open, const Coverage& coverage) {
  const bool one = open.checks == 1;
  const auto names = open.names.empty() ? "" : fmt::format(" ({})", join(printable_all(open.names), ", "));
  const auto checks = fmt::format("{} would fire or change", plural(open.checks, "check"));
  const auto worst = fmt::format(", {} {}", one ? "a" : "the worst", to_string(open.worst));
  if (open.kind == "condition")
    return fmt::format("the problem list is not declared complete: {} with a condition not listed{}{}", checks, worst, names);
  if (open.kind == "allergy") return fmt::format("the allergy list is not declared complete: {} with one not listed{}{}", checks, worst, names);
  if (open.kind == "medication" && is_not_screened(open, coverage))
    return fmt::format("what was not screened: {} if it were what they look for{}{}", checks, worst, names);
  if (open.kind == "medication")
    return fmt::format("the medication list is not declared complete: {} with a drug not listed{}{}", checks, worst, names);
  if (open.kind == "habit") return fmt::format("nothing is said of some habits: {} with one{}{}", checks, worst, names);
  if (open.kind == "membership") return fmt::format("not looked up by us for these drugs: {} if they belong{}{}", checks, worst, names);
  return fmt::format("not mentioned ({}): {}{}{}", printable(open.kind), checks, worst, names);
}

namespace {

// The same in few words: how many checks, by what, the worst; at most so many names.
std::string short_open_words(const OpenChecks& open, const Coverage& coverage, std::size_t most) {
  const std::string by = open.kind == "condition"          ? "with a condition not listed"
                         : open.kind == "allergy"          ? "with an allergy not listed"
                         : open.kind == "habit"            ? "with a habit not mentioned"
                         : open.kind == "membership"       ? "if drugs are of a class not looked up"
                         : open.kind != "medication"       ? "not mentioned: " + printable(open.kind)
                         : is_not_screened(open, coverage) ? "if what was not screened is what they look for"
                                                           : "with a drug not listed";
  auto names = printable_all(open.names);
  const bool cut = names.size() > most;
  if (cut) names.resize(most);
  const auto listed = names.empty() ? "" : fmt::format(" ({}{})", join(names, ", "), cut ? " …" : "");
  return fmt::format("{} {}{}: {}{}", open.checks, by, listed, open.checks == 1 ? "" : "worst ", to_string(open.worst));
}

// Open findings that say the same of other drugs: what all of them wait for, and the drugs by what each waits for besides.
struct OpenLine {
  Severity severity{};
  std::string effect, needs;
  std::vector<std::pair<std::string, std::vector<std::string>>> drugs;
};

// "apixaban as QT-prolonging drug (not reviewed)" of apixaban alone: "as QT-prolonging drug (not reviewed)".
std::optional<std::string> beside_drug(const std::string& need, const Finding& finding) {
  if (finding.drugs.size() != 1) return std::nullopt;
  const auto drug = printable(finding.drugs.front()) + " ";
  return need.starts_with(drug) ? std::optional(need.substr(drug.size())) : std::nullopt;
}

// Of a sum each drug that was not looked up is a need: beyond a finding's only drug they are told once a class, "other drugs as QT-prolonging drug".
std::vector<Need> with_drugs_once(const Finding& finding) {
  std::vector<Need> out;
  for (auto need : finding.needs) {
    const auto as = need.kind == "membership" ? need.input.find(" as ") : std::string::npos;
    if (as != std::string::npos && !beside_drug(printable(need.input), finding)) {
      const bool its_own = std::find(finding.drugs.begin(), finding.drugs.end(), need.input.substr(0, as)) != finding.drugs.end();
      need.input = (its_own ? "some of them" : "other drugs") + need.input.substr(as);
    }
    out.push_back(std::move(need));
  }
  return out;
}

std::vector<OpenLine> open_lines(const std::vector<Finding>& open) {
  std::vector<OpenLine> out;
  for (const auto& finding : open) {
    std::vector<std::string> shared, own;
    for (const auto& need : needs_told(with_drugs_once(finding))) {
      if (auto words = beside_drug(need, finding))
        own.push_back(std::move(*words));
      else
        shared.push_back(need);
    }
    const OpenLine line{finding.severity, printable(finding.effect), join(shared, ", "), {}};
    auto at = std::find_if(out.begin(), out.end(), [&](const OpenLine& each) {
      return each.severity == line.severity && each.effect == line.effect && each.needs == line.needs;
    });
    if (at == out.end()) at = out.insert(out.end(), line);
    if (finding.drugs.empty()) continue;
    const auto needs = join(own, ", ");
    const auto alike = std::find_if(at->drugs.begin(), at->drugs.end(), [&](const auto& each) { return each.first == needs; });
    auto& drugs = alike != at->drugs.end() ? alike->second : at->drugs.emplace_back(needs, std::vector<std::string>()).second;
    drugs.push_back(join(shown_drugs(finding.shown, finding.drugs), " + "));
  }
  return out;
}

}  // namespace

void write_quiet(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail) {
  if (screening.quiet.empty()) return;
  page.gap();
  page.line(page.ink(Ink::bold, "LEFT QUIET, BECAUSE"));
  const auto because_at = 7 + (page.columns() - 7) * 46 / 100 + 1;
  const auto most = style.all ? screening.quiet.size() : std::min(detail.quiet, screening.quiet.size());
  for (std::size_t i = 0; i < most; ++i) {
    const auto& quiet = screening.quiet[i];
    auto what = fmt::format("   {}, {}", join(shown_drugs(quiet.shown, quiet.drugs), " + "), printable(quiet.effect));
    const bool fits = width(what) + 1 <= because_at;
    if (!fits) page.paragraph("   ", 5, what);
    page.paragraph(fits ? pad(what, because_at) : std::string(because_at, ' '), because_at, because_words(quiet));
  }
  if (most < screening.quiet.size()) page.line(fmt::format("   + {} more: --all", screening.quiet.size() - most));
}

void write_undecided(Page& page, const Screening& screening, const TextStyle& style) {
  page.gap();
  if (screening.undecided.empty()) return page.line(page.ink(Ink::bold, "UNDECIDED") + " nothing that a value or date in this file would settle");
  page.line(page.ink(Ink::bold, "UNDECIDED") + fmt::format(" {}, for want of", plural(screening.undecided.size(), "check")));
  std::set<std::string> told;
  std::size_t lines = 0;
  const auto most = style.all ? screening.undecided.size() + screening.ask_for.size() : undecided_shown;
  for (const auto& ask : screening.ask_for) {
    if (lines == most) break;
    const auto before = told.size();
    write_ask(page, screening, ask, told);
    if (told.size() > before) ++lines;
  }
  for (const auto& finding : screening.undecided) {
    if (lines == most) break;
    if (!told.insert(finding.id).second) continue;
    page.items(fmt::format("   {} {}  ", sign(finding.severity), needs_words(finding)), 5, {waiting_words(finding)});
    ++lines;
  }
  const auto left = screening.undecided.size() - told.size();
  if (left > 0) page.line(fmt::format("   + {} more: --all", left));
}

void write_not_checked(Page& page, const Screening& screening) {
  std::vector<std::string> items;
  for (const auto& [check, because] : screening.coverage.not_checked) items.push_back(fmt::format("{} ({})", printable(check), printable(because)));
  page.items("NOT CHECKED ", 12, items, " · ", Ink::bold);
}

void write_open(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail) {
  const auto& coverage = screening.coverage;
  if (coverage.open.empty()) return;
  if (!style.all) {
    std::vector<std::string> kinds;
    for (const auto& open : coverage.open) kinds.push_back(short_open_words(open, coverage, detail.compact ? 0 : 3));
    return page.paragraph("OPEN ", 5, fmt::format("checks that would fire or change: {} · listed: --all", join(kinds, " · ")), Ink::bold);
  }
  for (const auto& open : coverage.open)
    page.paragraph(&open == &coverage.open.front() ? "OPEN " : "     ", 5, open_words(open, coverage), Ink::bold);
  for (const auto& line : open_lines(screening.open)) {
    std::vector<std::string> items;
    for (const auto& [needs, drugs] : line.drugs) items.push_back(join(drugs, ", ") + (needs.empty() ? "" : " " + needs));
    const auto whom = items.empty() ? "" : ": " + join(items, " · ");
    page.paragraph(
        "   ", 5,
        fmt::format("{} {}, {}{}{}", sign(line.severity), line.effect, to_string(line.severity), line.needs.empty() ? "" : ", " + line.needs, whom));
  }
}

void write_rest(Page& page, const Screening& screening) {
  page.gap();
  if (!screening.folded.empty()) page.line(page.ink(Ink::bold, "FOLDED") + " into findings above that say as much or more");
  for (const auto& finding : screening.folded) {
    const auto into =
        std::find_if(screening.findings.begin(), screening.findings.end(), [&](const Finding& each) { return each.id == finding.within; });
    const auto ref = into == screening.findings.end() ? finding.within : into->ref;
    page.paragraph("   ", 5, fmt::format("{} ({}), within {}", waiting_words(finding), printable(finding.rule), ref));
  }
  if (!screening.silenced.empty()) page.line(page.ink(Ink::bold, "SILENCED") + " by an exception");
  for (const auto& silenced : screening.silenced) {
    page.paragraph("   ", 5,
                   fmt::format("{}: {}, by {}", join(printable_all(silenced.drugs), " + "), printable(silenced.rule), printable(silenced.by)));
  }
}

}  // namespace theriac::detail
