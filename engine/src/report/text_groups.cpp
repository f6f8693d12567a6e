#include "report/phrases.hpp"
#include "report/text.hpp"
#include "report/text_advice.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace theriac::detail {
namespace {

using ById = std::map<std::string_view, const Finding*>;

struct Context {
  Page& page;
  const ProblemGroup& group;
  const Detail& detail;
  bool all;
  Told& told;
  std::size_t& notes;     // for information only: counted once for the whole report
  std::size_t effect_at;  // columns where effect and note begin
  std::size_t widest_drugs;
  std::size_t note_at;
};

constexpr std::size_t text_at = 7;

std::vector<const Finding*> findings_of(const ProblemGroup& group, const ById& by_id) {
  std::vector<const Finding*> out;
  for (const auto& id : group.findings) {
    if (const auto found = by_id.find(id); found != by_id.end()) out.push_back(found->second);
  }
  return out;
}

// Findings of one rule that say the same of one drug each are a row of one line.
using Row = std::vector<const Finding*>;

bool is_line_only(Severity severity) { return severity == Severity::minor || severity == Severity::info; }

std::string shift_words(const Finding& finding) {
  if (!finding.raised.empty() && finding.severity > finding.base)
    return fmt::format("{}: {}", to_string(finding.severity), printable(finding.raised.front().because));
  if (!finding.lowered.empty() && finding.severity < finding.base)
    return fmt::format("{}, not {}: {}", to_string(finding.severity), to_string(finding.base), printable(finding.lowered.front().because));
  return {};
}

std::string could_raise_words(const Finding& finding) {
  if (finding.could_raise.empty()) return {};
  const auto& could =
      *std::max_element(finding.could_raise.begin(), finding.could_raise.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
  return fmt::format("{} if {}", to_string(could.to), printable(could.because));
}

}  // namespace

// What stands under a finding's line: the drugs that did not fit, what moved its severity, what would silence it.
std::vector<std::string> finding_details(const Finding& finding, const std::string& rest) {
  std::vector<std::string> out;
  if (!rest.empty()) out.push_back(rest);
  if (auto words = shift_words(finding); !words.empty()) out.push_back(std::move(words));
  if (auto words = could_raise_words(finding); !words.empty()) out.push_back(std::move(words));
  for (const auto& each : finding.besides) out.push_back("also: " + printable(each.title));
  if (!finding.unless.empty()) out.push_back("unless " + join_or(printable_all(finding.unless)));
  for (const auto& words : printable_all(finding.disputed)) out.push_back("disputed: " + words);
  return out;
}

namespace {

std::string note_words(const Context& context, const Finding& finding) {
  auto source = source_note(finding);
  if (finding.severity == context.group.severity) return source;
  return signed_word(finding.severity) + (source.empty() ? "" : ", " + source);
}

bool same_drugs(const Row& row, const Row* before) {
  return before != nullptr && row.size() == 1 && before->size() == 1 && row.front()->drugs == before->front()->drugs;
}

bool says_the_same(const Finding& a, const Finding& b) {
  return a.rule == b.rule && a.effect == b.effect && a.severity == b.severity && a.status == b.status && a.unless == b.unless &&
         a.disputed == b.disputed && shift_words(a) == shift_words(b) && could_raise_words(a) == could_raise_words(b);
}

// In the order of the report, where findings of one rule on a drug each stand together.
std::vector<Row> rows_of(const std::vector<const Finding*>& findings, bool join_them) {
  std::vector<Row> out;
  for (const auto* finding : findings) {
    const bool joins = join_them && !out.empty() && finding->drugs.size() == 1 && out.back().front()->drugs.size() == 1 &&
                       says_the_same(*out.back().front(), *finding);
    if (joins)
      out.back().push_back(finding);
    else
      out.push_back({finding});
  }
  return out;
}

std::vector<std::string> drugs_of(const Row& row) {
  std::vector<std::string> out;
  for (const auto* finding : row) {
    for (auto& drug : shown_drugs(finding->shown, finding->drugs)) out.push_back(std::move(drug));
  }
  return out;
}

// "2b–e": the first, and the letter of the last.
std::string ref_of(const Row& row) {
  const auto& last = row.back()->ref;
  const auto letter = last.find_first_not_of("0123456789");
  return row.front()->ref + (row.size() == 1 || letter == std::string::npos ? "" : "–" + last.substr(letter));
}

// Joined rows have the longer refs: they begin a column earlier, so that what follows is in line.
std::string lead_of(const Row& row) {
  const auto ref = ref_of(row);
  return pad((width(ref) > 3 ? "  " : "   ") + ref, text_at - 1) + " ";
}

DrugWords row_words(const Row& row, const Row* before, std::size_t columns) {
  if (row.size() > 1) return each_of(drugs_of(row), columns);
  auto words = drug_words(*row.front(), columns);
  if (words.rest.empty() || !same_drugs(row, before)) return words;
  return {"the same " + words.head, ""};
}

// drugs | effect | note, each where the columns say if it fits there; a note that does not is a detail.
void write_full(const Context& context, const Row& row, const Row* before) {
  const auto& finding = *row.front();
  auto& page = context.page;
  const auto drugs = row_words(row, before, context.widest_drugs);
  auto note = note_words(context, finding);
  auto line = pad(lead_of(row) + drugs.head, context.effect_at - 2) + "  ";
  line += shortened(finding.effect, page.columns() - std::min(width(line), page.columns()));
  const auto at = std::min(context.note_at, page.columns() - std::min(width(note), page.columns()));
  const bool fits = width(line) + 2 <= at || width(line) + 2 + width(note) <= page.columns();
  page.line(!fits ? line : width(line) + 2 <= at ? pad(line, at) + note : line + "  " + note);
  auto under = finding_details(finding, drugs.rest);
  if (!fits && !note.empty()) under.push_back(note);
  page.items(std::string(text_at, ' '), text_at, under);
}

std::string short_words(const Row& row) {
  const auto& finding = *row.front();
  const auto drugs = drugs_of(row);
  auto out = fmt::format("{}{}: {}", join(drugs, row.size() > 1 ? ", " : " + "), row.size() > 1 ? ", each" : "", printable(finding.effect));
  if (!finding.unless.empty()) out += ", unless " + join_or(printable_all(finding.unless));
  if (!finding.disputed.empty()) out += ", disputed";
  return out;
}

void write_short(const Context& context, const Row& row) {
  context.page.paragraph(lead_of(row), text_at, fmt::format("{}: {}", to_string(row.front()->severity), short_words(row)));
}

using Hidden = std::map<Severity, std::size_t, std::greater<>>;  // worst first

struct Choice {
  std::vector<Row> shown;
  Hidden hidden;
};

// Nothing major is ever hidden; what is for information only is counted once, at the end.
Choice choose(const Context& context, const std::vector<const Finding*>& findings) {
  Choice out;
  for (auto& row : rows_of(findings, !context.all)) {
    const auto severity = row.front()->severity;
    const bool note = severity == Severity::info && !context.all;
    const bool has_room = context.all || severity >= Severity::major || out.shown.size() < context.detail.findings;
    if (note)
      context.notes += row.size();
    else if (has_room)
      out.shown.push_back(std::move(row));
    else
      out.hidden[severity] += row.size();
  }
  return out;
}

void write_hidden(Page& page, std::string_view first, const Hidden& hidden) {
  std::vector<std::string> parts;
  std::size_t total = 0;
  for (const auto& [severity, count] : hidden) {
    parts.push_back(fmt::format("{} {}", count, to_string(severity)));
    total += count;
  }
  if (total > 0) page.line(fmt::format("{}+ {} more ({}): --all", first, total, join(parts, ", ")));
}

std::string heading(const ProblemGroup& group, bool loud) {
  const auto flags = group.flags.empty() ? "" : " · " + join(printable_all(group.flags), ", ");
  return fmt::format(" {}  {}{}", group.ref, loud ? upper(shortened(group.problem, 60)) : capital(shortened(group.problem, 36)), flags);
}

std::string badge(Severity severity) { return pad(fmt::format("{} {}", sign(severity), upper_word(severity)), 11); }

// "furosemide + ibuprofen + ramipril + spironolactone, three suffice".
std::string lone_drugs(const Context& context, const Row& row) {
  const auto drugs = row_words(row, nullptr, context.widest_drugs);
  if (drugs.rest.empty()) return drugs.head;
  const auto& finding = *row.front();
  const bool some = row.size() == 1 && finding.enough > 2 && finding.enough < finding.drugs.size();
  return drugs.rest + (row.size() > 1 ? ", each" : some ? fmt::format(", {} suffice", small_number(finding.enough)) : "");
}

// Where room is short, a problem of one row stands beside its heading.
void write_lone(const Context& context, const Row& row) {
  const auto& finding = *row.front();
  const auto& group = context.group;
  const auto flags = group.flags.empty() ? "" : " · " + join(printable_all(group.flags), ", ");
  std::vector<std::string> items = {fmt::format("{}: {}", lone_drugs(context, row), printable(finding.effect))};
  for (auto& detail : finding_details(finding, "")) items.push_back(std::move(detail));
  if (auto note = note_words(context, finding); !note.empty()) items.push_back(std::move(note));
  const auto title = fmt::format("{} {}  {}{}  ", badge(group.severity), ref_of(row), upper(shortened(group.problem, 60)), flags);
  context.page.paragraph(title, 16, join(items, " · "), ink_of(group.severity));
}

void write_loud(const Context& context, const std::vector<const Finding*>& findings) {
  auto& page = context.page;
  const auto chosen = choose(context, findings);
  if (context.detail.compact && context.group.severity < Severity::major && chosen.shown.size() == 1 && chosen.hidden.empty()) {
    write_lone(context, chosen.shown.front());
    return write_advice(page, context.group, findings, {context.detail.advice, context.all}, context.told);
  }
  const auto badge_words = badge(context.group.severity);
  page.line(page.ink(ink_of(context.group.severity), badge_words) + page.ink(Ink::bold, heading(context.group, true)));
  const Row* before = nullptr;
  for (const auto& row : chosen.shown) {
    if (is_line_only(row.front()->severity))
      write_short(context, row);
    else
      write_full(context, row, before);
    before = &row;
  }
  write_hidden(page, "   ", chosen.hidden);
  write_advice(page, context.group, findings, {context.detail.advice, context.all}, context.told);
}

// A group with nothing above minor: a line, its findings beside the title.
void write_soft(const Context& context, const std::vector<const Finding*>& findings) {
  auto& page = context.page;
  const auto chosen = choose(context, findings);
  if (chosen.shown.empty()) return;
  auto lead = pad(badge(context.group.severity) + heading(context.group, false), context.effect_at - 1) + " ";
  auto ink = ink_of(context.group.severity);
  for (const auto& row : chosen.shown) {
    const auto ref = chosen.shown.size() > 1 ? ref_of(row) + "  " : std::string();
    page.paragraph(lead + ref, context.effect_at, short_words(row), ink);
    lead = std::string(context.effect_at, ' ');
    ink = Ink::plain;
  }
  write_hidden(page, std::string(context.effect_at, ' '), chosen.hidden);
  if (context.all) write_advice(page, context.group, findings, {context.detail.advice, true}, context.told);
}

}  // namespace

void write_groups(Page& page, const Screening& screening, const TextStyle& style, const Detail& detail) {
  ById by_id;
  for (const auto& finding : screening.findings) by_id.emplace(finding.id, &finding);
  page.gap();
  const auto room = page.columns() - text_at;
  std::size_t notes = 0;
  Told told;
  for (const auto& group : screening.groups) {
    const auto findings = findings_of(group, by_id);
    if (findings.empty()) continue;  // undecided alone: below
    const Context context{page, group, detail, style.all, told, notes, text_at + room * 40 / 100 + 1, room * 46 / 100, text_at + room * 76 / 100};
    if (is_line_only(group.severity))
      write_soft(context, findings);
    else
      write_loud(context, findings);
  }
  if (notes > 0) page.line(fmt::format("{} {} for information only: --all", badge(Severity::info), plural(notes, "note")));
}

}  // namespace theriac::detail
