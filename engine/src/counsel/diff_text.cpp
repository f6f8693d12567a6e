#include "report/json_parts.hpp"
#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/diff.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

constexpr auto row = JsonWriter::Shape::row;

Page page_of(const TextStyle& style) { return {static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour}; }

const Finding& finding_of(const Change& change) { return change.is == Change::Is::gone ? change.before : change.after; }
const char* mark_of(Change::Is is) { return is == Change::Is::added ? "+" : is == Change::Is::gone ? "−" : "~"; }
const char* word_of(Change::Is is) { return is == Change::Is::added ? "new" : is == Change::Is::gone ? "gone" : "changed"; }
const char* word_of(RuleChange::Is is) { return is == RuleChange::Is::added ? "new" : is == RuleChange::Is::gone ? "gone" : "changed"; }

void add_change(Page& page, const Change& change, const std::vector<std::string>& blame) {
  const auto& finding = finding_of(change);
  auto words =
      fmt::format("{} {}  {}: {}", sign(finding.severity), upper_word(finding.severity), drug_words(finding, 44).head, printable(finding.effect));
  if (finding.status == Verdict::unless) words += " (unless " + join_or(printable_all(finding.unless)) + ")";
  page.paragraph(fmt::format(" {} {:<4}", mark_of(change.is), printable(finding.ref)), 8, words,
                 change.is == Change::Is::gone ? Ink::faint : ink_of(finding.severity));
  page.items("        now ", 10, printable_all(change.reasons));
  page.items("        by  ", 12, printable_all(blame));
}

std::string counted(std::size_t added, std::size_t changed, std::size_t gone) {
  return fmt::format("{} new, {} changed, {} gone", added, changed, gone);
}

std::string counted(const Compared& compared) {
  return counted(compared.count(Change::Is::added), compared.count(Change::Is::changed), compared.count(Change::Is::gone));
}

void write_change(JsonWriter& json, const Change& change, const std::vector<std::string>& blame) {
  json.begin_object().field("is", word_of(change.is)).field("reasons", change.reasons).field("blame", blame);
  if (change.is != Change::Is::added) {
    json.key("before");
    write_finding(json, change.before, FindingIn::findings);
  }
  if (change.is != Change::Is::gone) {
    json.key("after");
    write_finding(json, change.after, FindingIn::findings);
  }
  json.end_object();
}

void write_patient(JsonWriter& json, const Difference& difference) {
  json.begin_object().field("id", difference.patient).field("changed", difference.changed);
  json.count("undecided_before", difference.compared.before.undecided.size()).count("undecided_after", difference.compared.after.undecided.size());
  json.key("findings").begin_array();
  for (std::size_t i = 0; i < difference.compared.changes.size(); ++i) write_change(json, difference.compared.changes[i], difference.blame[i]);
  json.end_array().end_object();
}

}  // namespace

std::string diff_text(const Difference& difference, const TextStyle& style) {
  auto page = page_of(style);
  const auto& compared = difference.compared;
  page.paragraph("", 0, fmt::format("{}: {}.", printable(difference.patient), compared.changes.empty() ? "no finding changes" : counted(compared)),
                 Ink::bold);
  page.items("   differs in: ", 15, printable_all(difference.changed));
  for (std::size_t i = 0; i < compared.changes.size(); ++i) add_change(page, compared.changes[i], difference.blame[i]);
  const auto before = compared.before.undecided.size(), after = compared.after.undecided.size();
  if (before != after) page.line(fmt::format("   undecided: {} → {}", before, after));
  for (const auto& entry : compared.after.coverage.not_screened) page.paragraph("   ", 3, fmt::format("{} was not screened.", quoted(entry.text)));
  return page.text();
}

std::string diff_text(const std::vector<RuleChange>& changes, const TextStyle& style) {
  auto page = page_of(style);
  const auto count = [&](RuleChange::Is is) {
    return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const RuleChange& change) { return change.is == is; }));
  };
  page.line("Rules: " +
            (changes.empty() ? std::string("none differs")
                             : counted(count(RuleChange::Is::added), count(RuleChange::Is::changed), count(RuleChange::Is::gone))) +
            ".");
  for (const auto& change : changes) {
    const auto mark = change.is == RuleChange::Is::added ? "+" : change.is == RuleChange::Is::gone ? "−" : "~";
    page.line(fmt::format(" {} {}", mark, printable(change.rule)));
    if (!change.before.empty()) page.paragraph("      was  ", 11, printable(change.before), Ink::faint);
    if (!change.after.empty()) page.paragraph("      now  ", 11, printable(change.after));
  }
  return page.text();
}

std::string diff_json(const std::vector<RuleChange>& rules, const std::vector<Difference>& patients) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.diff/1");
  json.list("rules", rules, [&](const RuleChange& change) {
    json.begin_object(row).field("is", word_of(change.is)).field("rule", change.rule).field("before", change.before).field("after", change.after);
    json.end_object();
  });
  json.list("patients", patients, [&](const Difference& difference) { write_patient(json, difference); });
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac
