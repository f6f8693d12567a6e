// What was not screened or understood, what is missing, what kept silent, what was read, and by what.
#include "explain/proof.hpp"
#include "html/parts.hpp"
#include "report/phrases.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

constexpr std::size_t names_shown = 6;

std::string boxed(std::string_view of_class, std::string_view id, std::string_view heading, const std::vector<std::string>& items) {
  if (items.empty()) return {};
  return fmt::format("<section class=\"{}\" id=\"{}\" aria-labelledby=\"{}-heading\">\n<h2 id=\"{}-heading\">{}</h2>\n{}</section>\n", of_class, id,
                     id, id, heading, html_list(items));
}

std::vector<std::string> doubts(const Screening& screening) {
  std::vector<std::string> out;
  for (const auto& [entry, because] : screening.coverage.not_confirmed)
    out.push_back(fmt::format("not confirmed: {}: {}", entry_words(screening, entry), printable(because)));
  for (const auto& entry : screening.coverage.screened) {
    if (!entry.not_read.empty()) out.push_back(fmt::format("not read: {} in {}", quoted(entry.not_read), quoted(entry.text)));
  }
  return out;
}

const Finding* find_id(const std::vector<Finding>& findings, const std::string& id) {
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.id == id; });
  return found == findings.end() ? nullptr : &*found;
}

std::string proof_of(const Screening& screening, const Finding& finding) {
  return fmt::format("<li>{} {}: {}\n<details><summary>Why: {}</summary>\n<p class=\"note\">rule {} {} · {}</p>\n{}</details></li>\n",
                     html_badge(finding.severity), escape_markup(join(needs_told(finding.needs), ", ")), escape_markup(waiting_words(finding)),
                     escape_markup(finding.effect), escape_markup(finding.rule), escape_markup(finding.rule_version), escape_markup(finding.id),
                     html_tree(explanation(screening, finding)));
}

std::string html_ask(const Screening& screening) {
  std::vector<std::vector<std::string>> rows;
  std::set<std::string> told;
  for (const auto& ask : screening.ask_for) {
    std::vector<std::string> checks;
    for (const auto* ids : {&ask.settles, &ask.narrows}) {
      for (const auto& id : *ids) {
        const auto* finding = find_id(screening.undecided, id);
        if (finding != nullptr && told.insert(id).second) checks.push_back(waiting_words(*finding));
      }
    }
    if (checks.empty()) continue;
    rows.push_back({escape_markup(join(printable_all(ask.inputs), " and ")), html_badge(ask.worst), html_list(checks)});
  }
  return html_table("Ask for", {"What", "Worst that it decides", "What waits for it"}, rows);
}

std::string html_undecided(const Screening& screening) {
  if (screening.undecided.empty()) return "<p>Undecided: nothing that a value or date in this file would settle.</p>\n";
  auto out = html_ask(screening);
  out += fmt::format("<details class=\"section aside\"><summary>Undecided, one by one ({})</summary>\n<ul>\n", screening.undecided.size());
  for (const auto& finding : screening.undecided) out += proof_of(screening, finding);
  return out + "</ul>\n</details>\n";
}

std::string html_open(const Screening& screening) {
  if (screening.coverage.open.empty()) return {};
  std::vector<std::string> items;
  for (auto open : screening.coverage.open) {
    if (open.kind != "medication" && open.names.size() > names_shown) {  // the rest stands below, one by one
      open.names.resize(names_shown);
      open.names.emplace_back("…");
    }
    items.push_back(open_words(open, screening.coverage));
  }
  auto out = "<h3>Open</h3>\n" + html_list(items);
  if (screening.open.empty()) return out;
  out += fmt::format("<details class=\"section aside\"><summary>Open checks, one by one ({})</summary>\n<ul>\n", screening.open.size());
  for (const auto& finding : screening.open)
    out += fmt::format("<li>{} {}: {}</li>\n", html_badge(finding.severity), escape_markup(join(needs_told(finding.needs), ", ")),
                       escape_markup(waiting_words(finding)));
  return out + "</ul>\n</details>\n";
}

std::string dose_words(const ScreenedEntry& entry) {
  if (!entry.dose_low) return printable(entry.dose_unknown);
  const auto range = entry.dose_high && *entry.dose_high != *entry.dose_low ? *entry.dose_low + " to " + *entry.dose_high : *entry.dose_low;
  return fmt::format("{} {} a day{}", printable(range), printable(entry.dose_unit), entry.as_needed ? ", as needed" : "");
}

std::string status_words(const ScreenedEntry& entry) {
  const auto words = counted_as(entry);
  return words.empty() ? printable(entry.counts_as) + ", " + printable(entry.status) : words;
}

}  // namespace

std::string html_not_covered(const Screening& screening) {
  std::string out;
  if (!screening.deceased.empty()) out += boxed("loud", "dead", "✖ Recorded as dead", {deceased_words(screening)});
  std::vector<std::string> items;
  for (const auto& entry : screening.coverage.not_screened) items.push_back(not_screened_words(entry));
  out += boxed("loud", "not-screened", "✖ NOT SCREENED", items);
  items.clear();
  for (const auto& value : screening.coverage.not_understood) items.push_back(not_understood_words(value));
  out += boxed("loud", "not-understood", "✖ NOT UNDERSTOOD", items);
  items.clear();
  if (screening.rule_base.not_loaded > 0)
    items.push_back(fmt::format("{} with a mistake said nothing here. See them: theriac check", plural(screening.rule_base.not_loaded, "rule")));
  out += boxed("loud", "not-loaded", "✖ RULES NOT LOADED", items);
  return out + boxed("doubt", "doubts", "? NOT CONFIRMED, NOT READ", doubts(screening));
}

std::string html_missing(const Screening& screening) {
  auto out = html_undecided(screening);
  std::vector<std::string> items;
  for (const auto& [check, because] : screening.coverage.not_checked) items.push_back(fmt::format("{} ({})", printable(check), printable(because)));
  if (!items.empty()) out += "<h3>Not checked</h3>\n" + html_list(items);
  return out + html_open(screening);
}

std::string html_quiet(const Screening& screening) {
  std::vector<std::string> items;
  for (const auto& quiet : screening.quiet)
    items.push_back(fmt::format("{}, {}: {}", join(shown_drugs(quiet.shown, quiet.drugs), " + "), printable(quiet.effect), because_words(quiet)));
  return html_list(items);
}

std::string html_medications(const Screening& screening) {
  std::map<std::int32_t, std::vector<std::vector<std::string>>> by_entry;
  for (const auto& entry : screening.coverage.screened) {
    by_entry[entry.entry].push_back({escape_markup(entry.text), escape_markup(join(entry.ingredients, ", ")), escape_markup(status_words(entry)),
                                     escape_markup(dose_words(entry))});
  }
  for (const auto& entry : screening.coverage.not_screened)
    by_entry[entry.entry].push_back({escape_markup(entry.text), "<strong>✖ NOT SCREENED</strong>", escape_markup(entry.reason), ""});
  std::vector<std::vector<std::string>> rows;
  for (auto& [entry, of_entry] : by_entry) {
    for (auto& row : of_entry) rows.push_back(std::move(row));
  }
  auto out = html_table("Entries", {"As written", "Read as", "Counts as", "Dose a day"}, rows);
  if (!screening.coverage.habits.empty()) out += "<h3>Habits that count</h3>\n" + html_list(printable_all(screening.coverage.habits));
  std::vector<std::string> values;
  for (const auto& value : screening.values) values.push_back(value_words(value) + (value.used_by.empty() ? "" : ": " + join(value.used_by, ", ")));
  if (!values.empty()) out += "<h3>Worked out</h3>\n" + html_list(values);
  auto granted = printable_all(screening.coverage.given);
  for (auto& each : printable_all(screening.assumed)) granted.push_back("assumed: " + each);
  if (!granted.empty()) out += "<h3>Taken for granted</h3>\n" + html_list(granted);
  return out;
}

std::string html_about(const Screening& screening) {
  const auto& info = screening.rule_base;
  std::vector<std::string> items = {count_words(screening),
                                    review_words(screening),
                                    fmt::format("rules {} {}, sha256 {}", printable(info.name), printable(info.version), printable(info.sha256)),
                                    fmt::format("vocabulary {}, sha256 {}, {} ingredients", printable(screening.terminology_version),
                                                printable(screening.terminology_sha256), screening.ingredients),
                                    fmt::format("input {}, sha256 {}", printable(screening.source), printable(screening.source_sha256)),
                                    fmt::format("theriac {}", printable(screening.engine_version))};
  return "<p>The absence of a finding is no evidence of safety: what no rule covers was not checked.</p>\n" + html_list(items, "small");
}

}  // namespace theriac::detail
