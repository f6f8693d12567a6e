#include "report/counts.hpp"
#include "report/phrases.hpp"
#include "report/text.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac {
namespace detail {
namespace {

constexpr std::size_t screen_lines = 50;

std::string rule_base_words(const Screening& screening) {
  const auto& info = screening.rule_base;
  const auto version = info.version.empty() ? "" : " " + info.version;
  return fmt::format("{}, {}{} ({})", plural(info.rules, "rule"), printable(info.name), version, info.sha256.substr(0, 7));
}

std::vector<std::string> severities(const Screening& screening) {
  std::vector<std::string> out;
  for (const auto severity : {Severity::contraindicated, Severity::major, Severity::moderate, Severity::minor, Severity::info, Severity::unrated}) {
    if (const auto count = screening.count(severity); count > 0) out.push_back(fmt::format("{} {}", count, to_string(severity)));
  }
  return out;
}

}  // namespace

// "No findings" never stands alone: of how many entries, by how many rules.
std::string count_words(const Screening& screening) {
  const auto entries = count_entries(screening);
  if (screening.findings.empty()) {
    const auto which = entries.screened == entries.all ? fmt::format("{} of {}", entries.all, plural(entries.all, "entry", "entries"))
                                                       : fmt::format("only {} of {}", entries.screened, plural(entries.all, "entry", "entries"));
    return fmt::format("No findings: {} screened, by {}", which, rule_base_words(screening));
  }
  const auto problems =
      std::count_if(screening.groups.begin(), screening.groups.end(), [](const ProblemGroup& group) { return !group.findings.empty(); });
  return fmt::format("{} in {}: {} · {}", plural(screening.findings.size(), "finding"), plural(static_cast<std::size_t>(problems), "problem"),
                     join(severities(screening), ", "), rule_base_words(screening));
}

namespace {

std::string draft_words(const Screening& screening) {
  const auto draft = static_cast<std::size_t>(
      std::count_if(screening.findings.begin(), screening.findings.end(), [](const Finding& finding) { return finding.rule_status == "draft"; }));
  if (draft == 0) return {};
  if (draft == screening.findings.size()) return draft == 1 ? "The rule behind it is a draft. " : "The rules behind them are drafts. ";
  return fmt::format("{} of {} findings come from draft rules. ", draft, screening.findings.size());
}

}  // namespace

std::string review_words(const Screening& screening) {
  const auto& info = screening.rule_base;
  std::string out = draft_words(screening);
  if (info.reviewed_by_clinician == 0)
    out += "No clinician has reviewed these rules.";
  else
    out += fmt::format("A clinician has reviewed {} of these {} rules.", info.reviewed_by_clinician, info.rules);
  if (info.overdue > 0) out += fmt::format(" {} overdue for review.", info.overdue == 1 ? "One is" : std::to_string(info.overdue) + " are");
  return out + " They support a clinician's decision; they do not make it.";
}

namespace {

std::string shell_word(std::string_view file) {
  const bool plain = file.find_first_of(" \t'\"\\$&|;<>()*?[]`!#~") == std::string_view::npos;
  if (plain) return printable(file);
  std::string out = "'";
  for (const char c : file) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return printable(out + "'");
}

std::string render(const Screening& screening, const TextStyle& style, const Detail& detail, std::size_t& lines) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  write_header(page, screening);
  write_not_covered(page, screening, style);
  write_counted(page, screening, style);
  write_worked_out(page, screening, style);
  write_groups(page, screening, style, detail);
  write_quiet(page, screening, style, detail);
  write_undecided(page, screening, style);
  write_not_checked(page, screening);
  write_open(page, screening, style, detail);
  if (style.all) write_rest(page, screening);
  write_closing(page, screening, style);
  lines = page.line_count();
  return page.text();
}

}  // namespace

void write_closing(Page& page, const Screening& screening, const TextStyle& style) {
  page.gap();
  page.paragraph("", 0, count_words(screening));
  page.paragraph("", 0, review_words(screening));
  const auto file = shell_word(style.file.empty() ? screening.source : style.file);
  std::vector<std::string> hints;
  if (!screening.findings.empty()) hints.push_back(fmt::format("why: theriac explain {} {}", file, screening.findings.front().ref));
  if (!style.all) hints.emplace_back("all: --all");
  page.items("", 0, hints);
}

}  // namespace detail

// As much as one screen holds; where the tightest is longer than that, a screen and a third, then two. Below major, what does not fit is counted.
std::string report_text(const Screening& screening, const TextStyle& style) {
  constexpr std::array<detail::Detail, 6> details = {
      {{6, 8, 5, false}, {4, 4, 4, false}, {4, 4, 4, true}, {3, 3, 3, true}, {3, 2, 2, true}, {2, 1, 2, true}}};
  std::size_t lines = 0;
  for (const std::size_t most : {detail::screen_lines, detail::screen_lines * 4 / 3, detail::screen_lines * 2}) {
    for (const auto& each : details) {
      auto text = detail::render(screening, style, each, lines);
      if (lines <= most || style.all) return text;
    }
  }
  return detail::render(screening, style, {1, 1, 1, true}, lines);
}

}  // namespace theriac
