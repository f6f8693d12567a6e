#include "report/text.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace theriac::detail {
namespace {

using ById = std::map<std::string_view, const Finding*>;

struct Context {
  Page& page;
  const ProblemGroup& group;
  std::size_t most;  // findings below major that are shown
  bool all;
  std::size_t& notes;     // for information only: counted once for the whole report
  std::size_t effect_at;  // columns where effect and note begin
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

// What stands under a finding's line: the drugs that did not fit, what moved its severity, what would silence it.
std::vector<std::string> details(const Finding& finding, const std::string& rest) {
  std::vector<std::string> out;
  if (!rest.empty()) out.push_back(rest);
  if (auto words = shift_words(finding); !words.empty()) out.push_back(std::move(words));
  if (auto words = could_raise_words(finding); !words.empty()) out.push_back(std::move(words));
  if (!finding.unless.empty()) out.push_back("unless " + join_or(printable_all(finding.unless)));
  for (const auto& words : printable_all(finding.disputed)) out.push_back("disputed: " + words);
  return out;
}

std::string note_words(const Context& context, const Finding& finding) {
  auto source = source_note(finding);
  if (finding.severity == context.group.severity) return source;
  return signed_word(finding.severity) + (source.empty() ? "" : ", " + source);
}

// drugs | effect | note, each where the columns say if it fits there; a note that does not is a detail.
void write_full(const Context& context, const Finding& finding) {
  auto& page = context.page;
  const auto drugs = drug_words(finding, context.effect_at - text_at - 2);
  auto note = note_words(context, finding);
  auto row = pad(pad("   " + finding.ref, text_at - 1) + " " + drugs.head, context.effect_at - 1) + " ";
  row += shortened(finding.effect, page.columns() - context.effect_at);
  const auto at = std::min(context.note_at, page.columns() - std::min(width(note), page.columns()));
  const bool fits = width(row) + 2 <= at;
  page.line(fits ? pad(row, at) + note : row);
  auto under = details(finding, drugs.rest);
  if (!fits && !note.empty()) under.push_back(note);
  page.items(std::string(text_at, ' '), text_at, under);
}

std::string short_words(const Finding& finding) {
  auto out = fmt::format("{}: {}", join(shown_drugs(finding.shown, finding.drugs), " + "), printable(finding.effect));
  if (!finding.unless.empty()) out += ", unless " + join_or(printable_all(finding.unless));
  if (!finding.disputed.empty()) out += ", disputed";
  return out;
}

void write_short(const Context& context, const Finding& finding) {
  context.page.paragraph(pad("   " + finding.ref, text_at - 1) + " ", text_at,
                         fmt::format("{}: {}", to_string(finding.severity), short_words(finding)));
}

using Hidden = std::map<Severity, std::size_t, std::greater<>>;  // worst first

struct Choice {
  std::vector<const Finding*> shown;
  Hidden hidden;
};

// Nothing major is ever hidden; what is for information only is counted once, at the end.
Choice choose(const Context& context, const std::vector<const Finding*>& findings) {
  Choice out;
  for (const auto* finding : findings) {
    const bool note = finding->severity == Severity::info && !context.all;
    const bool has_room = context.all || finding->severity >= Severity::major || out.shown.size() < context.most;
    if (note)
      ++context.notes;
    else if (has_room)
      out.shown.push_back(finding);
    else
      ++out.hidden[finding->severity];
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

// The drugs of the group's plan of which some advice says what it must never become.
std::vector<std::string> never_abrupt(const ProblemGroup& group, const std::vector<const Finding*>& findings) {
  std::set<std::string> spoken_of, out;
  for (const auto& action : group.actions) {
    if (!action.now) spoken_of.insert(action.drugs.begin(), action.drugs.end());
  }
  for (const auto* finding : findings) {
    for (const auto& advice : finding->actions) {
      for (const auto& drug : advice.drugs) {
        if (!advice.never.empty() && spoken_of.contains(drug)) out.insert(drug);
      }
    }
  }
  return {out.begin(), out.end()};
}

// Ingredient → the word of the list, for this group's drugs.
std::map<std::string, std::string> list_words(const std::vector<const Finding*>& findings) {
  std::map<std::string, std::string> out;
  for (const auto* finding : findings) {
    for (std::size_t i = 0; i < finding->drugs.size() && i < finding->shown.size(); ++i) out.emplace(finding->drugs[i], finding->shown[i]);
  }
  return out;
}

// The same advice for several drugs is one item; advice that only begins another is left to the longer.
std::vector<GroupAction> merged(const std::vector<GroupAction>& actions, bool now) {
  std::vector<GroupAction> out;
  for (const auto& action : actions) {
    if (action.now != now) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&](const GroupAction& each) {
      return each.verb == action.verb && each.to == action.to && each.text == action.text && !each.drugs.empty() && !action.drugs.empty();
    });
    const auto longer = std::find_if(out.begin(), out.end(), [&](const GroupAction& each) {
      return each.verb == action.verb && each.drugs == action.drugs && (each.text.starts_with(action.text) || action.text.starts_with(each.text));
    });
    if (longer != out.end()) {
      if (action.text.size() > longer->text.size()) *longer = action;
    } else if (same != out.end()) {
      same->drugs.insert(same->drugs.end(), action.drugs.begin(), action.drugs.end());
    } else {
      out.push_back(action);
    }
  }
  return out;
}

void write_actions(const Context& context, const std::vector<const Finding*>& findings) {
  const auto words = list_words(findings);
  const auto shown = [&](const std::vector<std::string>& drugs) {
    std::vector<std::string> out;
    out.reserve(drugs.size());
    for (const auto& drug : drugs) out.push_back(shortened(words.contains(drug) ? words.at(drug) : drug, 60));
    return out;
  };
  for (const bool now : {true, false}) {
    std::vector<std::string> items;
    for (const auto& action : merged(context.group.actions, now)) {
      items.push_back(action_words(action.verb, shown(action.drugs), action.text, action.to));
    }
    if (!now) {
      if (const auto drugs = never_abrupt(context.group, findings); !drugs.empty()) items.push_back("no abrupt stop: " + join(shown(drugs), ", "));
    }
    context.page.items(now ? "   now   " : "   plan  ", 9, items, " · ", Ink::bold);
  }
}

std::string heading(const ProblemGroup& group, bool loud) {
  const auto flags = group.flags.empty() ? "" : " · " + join(printable_all(group.flags), ", ");
  return fmt::format(" {}  {}{}", group.ref, loud ? upper(shortened(group.problem, 60)) : capital(shortened(group.problem, 36)), flags);
}

std::string badge(Severity severity) { return pad(fmt::format("{} {}", sign(severity), upper_word(severity)), 11); }

void write_loud(const Context& context, const std::vector<const Finding*>& findings) {
  auto& page = context.page;
  const auto badge_words = badge(context.group.severity);
  page.line(page.ink(ink_of(context.group.severity), badge_words) + page.ink(Ink::bold, heading(context.group, true)));
  const auto chosen = choose(context, findings);
  for (const auto* finding : chosen.shown) (is_line_only(finding->severity) ? write_short : write_full)(context, *finding);
  write_hidden(page, "   ", chosen.hidden);
  write_actions(context, findings);
}

// A group with nothing above minor: a line, its findings beside the title.
void write_soft(const Context& context, const std::vector<const Finding*>& findings) {
  auto& page = context.page;
  const auto chosen = choose(context, findings);
  if (chosen.shown.empty()) return;
  auto lead = pad(badge(context.group.severity) + heading(context.group, false), context.effect_at - 1) + " ";
  auto ink = ink_of(context.group.severity);
  for (const auto* finding : chosen.shown) {
    const auto ref = chosen.shown.size() > 1 ? finding->ref + "  " : std::string();
    page.paragraph(lead + ref, context.effect_at, short_words(*finding), ink);
    lead = std::string(context.effect_at, ' ');
    ink = Ink::plain;
  }
  write_hidden(page, std::string(context.effect_at, ' '), chosen.hidden);
  if (context.all) write_actions(context, findings);
}

}  // namespace

void write_groups(Page& page, const Screening& screening, const TextStyle& style, std::size_t findings_a_group) {
  ById by_id;
  for (const auto& finding : screening.findings) by_id.emplace(finding.id, &finding);
  page.gap();
  const auto room = page.columns() - text_at;
  std::size_t notes = 0;
  for (const auto& group : screening.groups) {
    const auto findings = findings_of(group, by_id);
    if (findings.empty()) continue;  // undecided alone: below
    const Context context{page, group, findings_a_group, style.all, notes, text_at + room * 46 / 100 + 1, text_at + room * 76 / 100};
    if (is_line_only(group.severity))
      write_soft(context, findings);
    else
      write_loud(context, findings);
  }
  if (notes > 0) page.line(fmt::format("{} {} for information only: --all", badge(Severity::info), plural(notes, "note")));
}

}  // namespace theriac::detail
