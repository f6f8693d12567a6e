// The findings by problem, the worst first: what it is, what to do, and, folded, why.
#include "explain/proof.hpp"
#include "html/parts.hpp"
#include "report/phrases.hpp"
#include "report/text_advice.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr std::size_t wide = 400;  // columns: nothing is cut here
constexpr std::size_t advice_shown = 4;
constexpr std::size_t lines_at_a_glance = 6;  // of what is not major

struct Group {
  const ProblemGroup* group = nullptr;
  std::vector<const Finding*> findings;
  AdviceItems advice;
};

std::vector<Group> groups_of(const Screening& screening) {
  std::vector<Group> out;
  Told told;
  for (const auto& group : screening.groups) {
    Group each{&group, {}, {}};
    for (const auto& finding : screening.findings) {
      if (std::find(group.findings.begin(), group.findings.end(), finding.id) != group.findings.end()) each.findings.push_back(&finding);
    }
    if (each.findings.empty()) continue;  // undecided alone: what is missing
    each.advice = advice_items(group, each.findings, {advice_shown, false, "under Why"}, told);
    out.push_back(std::move(each));
  }
  return out;
}

bool is_loud(const Group& group) { return group.group->severity >= Severity::moderate || group.group->severity == Severity::unrated; }

std::string title_of(const ProblemGroup& group) {
  const auto flags = group.flags.empty() ? "" : " · " + join(printable_all(group.flags), ", ");
  return capital(printable(group.problem)) + flags;
}

// The advice of the finding's own rule, every word of it: the group tells it merged.
Branch own_advice(const Finding& finding) {
  Branch out{"advice of this rule", {}, {}};
  for (const auto& action : finding.actions) {
    std::vector<std::string> drugs;
    for (const auto& drug : action.drugs) drugs.push_back(shown_as(finding, drug));
    const auto never = action.never.empty() ? "" : " (no " + printable(action.never) + ")";
    out.below.push_back({(action.now ? "now: " : "plan: ") + action_words(action.verb, drugs, action.text, action.to) + never, {}, {}});
  }
  return out;
}

std::string why(const Screening& screening, const Finding& finding, const std::string& name, std::string_view of_class = {}) {
  auto branches = explanation(screening, finding);
  if (auto advice = own_advice(finding); !advice.below.empty()) branches.push_back(std::move(advice));
  const auto title = finding.title.empty() ? finding.summary : finding.title;
  return fmt::format("<details{}><summary>Why {}: {}</summary>\n<p class=\"note\">{} · rule {} {} · {}</p>\n{}</details>\n",
                     of_class.empty() ? "" : fmt::format(" class=\"{}\"", of_class), escape_markup(name),
                     escape_markup(drug_words(finding, 60).head + ", " + printable(finding.effect)), escape_markup(title),
                     escape_markup(finding.rule), escape_markup(finding.rule_version), escape_markup(finding.id), html_tree(branches));
}

std::string note_of(const Finding& finding, Severity group) {
  const auto source = source_note(finding);
  if (finding.severity == group) return source;
  return signed_word(finding.severity) + (source.empty() ? "" : ", " + source);
}

std::string html_finding(const Finding& finding, Severity group) {
  const auto drugs = drug_words(finding, wide);
  auto out = fmt::format("<li id=\"finding-{}\"><p><span class=\"ref\">{}</span> <span class=\"drugs\">{}</span>: {}", escape_markup(finding.ref),
                         escape_markup(finding.ref), escape_markup(drugs.head), escape_markup(finding.effect));
  if (const auto note = note_of(finding, group); !note.empty()) out += fmt::format(" <span class=\"note\">({})</span>", escape_markup(note));
  out += "</p>\n";
  if (const auto under = finding_details(finding, drugs.rest); !under.empty())
    out += fmt::format("<p class=\"under\">{}</p>\n", escape_markup(join(under, " · ")));
  return out + "</li>\n";
}

std::string html_advice(const AdviceItems& advice) {
  if (advice.now.empty() && advice.plan.empty()) return {};
  std::string out = "<div class=\"do\">\n";
  if (!advice.now.empty()) out += "<h4>Now</h4>\n" + html_list(advice.now);
  if (!advice.plan.empty()) out += "<h4>Plan</h4>\n" + html_list(advice.plan);
  return out + "</div>\n";
}

std::string html_group(const Screening& screening, const Group& each) {
  const auto& group = *each.group;
  const auto level = group.severity >= Severity::major ? " is-worst" : is_loud(each) ? " is-middle" : "";
  auto out = fmt::format("<div class=\"group{}\" id=\"group-{}\">\n<h3>{} {} {}</h3>\n<ul class=\"found\">\n", level, escape_markup(group.ref),
                         html_badge(group.severity), escape_markup(group.ref), escape_markup(title_of(group)));
  for (const auto* finding : each.findings) out += html_finding(*finding, group.severity);
  out += "</ul>\n" + html_advice(each.advice);
  for (const auto* finding : each.findings) out += why(screening, *finding, finding->ref);
  return out + "</div>\n";
}

// The first lines: one for each problem that is at least moderate, with its worst finding and the first step. None for one problem alone.
std::string at_a_glance(const std::vector<Group>& groups) {
  if (std::count_if(groups.begin(), groups.end(), is_loud) < 2) return {};  // what follows is as short
  std::string out;
  std::size_t lines = 0, below = 0;
  for (const auto& each : groups) {
    if (!is_loud(each)) continue;
    if (lines >= lines_at_a_glance && each.group->severity < Severity::major) {
      ++below;
      continue;
    }
    ++lines;
    const auto& first = *each.findings.front();
    const auto& advice = each.advice.now.empty() ? each.advice.plan : each.advice.now;
    const auto more = each.findings.size() > 1 ? fmt::format(" · + {} more", each.findings.size() - 1) : "";
    out += fmt::format("<li>{} <a href=\"#group-{}\">{}</a>: {}", html_badge(each.group->severity), escape_markup(each.group->ref),
                       escape_markup(capital(printable(each.group->problem))),
                       escape_markup(drug_words(first, 60).head + ": " + printable(first.effect) + more));
    if (!advice.empty()) out += fmt::format("<br>{}: {}", each.advice.now.empty() ? "plan" : "now", escape_markup(advice.front()));
    out += "</li>\n";
  }
  if (below > 0) out += fmt::format("<li>{} {} below</li>\n", html_badge(Severity::moderate), plural(below, "problem more", "problems more"));
  return "<h3>At a glance</h3>\n<ol class=\"glance\">\n" + out + "</ol>\n";
}

std::string html_folded(const Screening& screening) {
  if (screening.folded.empty() && screening.silenced.empty()) return {};
  std::string items;
  for (const auto& finding : screening.folded) {
    const auto into =
        std::find_if(screening.findings.begin(), screening.findings.end(), [&](const Finding& each) { return each.id == finding.within; });
    const auto ref = into == screening.findings.end() ? finding.within : into->ref;
    items += fmt::format("<li>{} ({}), within {}\n{}</li>\n", escape_markup(waiting_words(finding)), escape_markup(finding.rule), escape_markup(ref),
                         why(screening, finding, "folded"));
  }
  for (const auto& silenced : screening.silenced)
    items += fmt::format("<li>silenced: {}: {}, by {}</li>\n", escape_markup(join(silenced.drugs, " + ")), escape_markup(silenced.rule),
                         escape_markup(silenced.by));
  std::vector<std::string> counts;
  if (!screening.folded.empty()) counts.push_back(fmt::format("folded into findings above ({})", screening.folded.size()));
  if (!screening.silenced.empty()) counts.push_back(fmt::format("silenced by an exception ({})", screening.silenced.size()));
  return fmt::format("<details class=\"section aside\"><summary>{}</summary>\n<ul>\n{}</ul>\n</details>\n", capital(join(counts, ", ")), items);
}

}  // namespace

std::string html_findings(const Screening& screening) {
  const auto groups = groups_of(screening);
  auto out = at_a_glance(groups);
  std::string quieter;
  std::size_t count = 0;
  for (const auto& group : groups) {
    if (is_loud(group)) {
      out += html_group(screening, group);
    } else {
      quieter += html_group(screening, group);
      count += group.findings.size();
    }
  }
  if (count > 0) out += fmt::format("<details class=\"section\"><summary>Minor findings and notes ({})</summary>\n{}</details>\n", count, quieter);
  if (groups.empty()) out += fmt::format("<p>{}</p>\n", escape_markup(count_words(screening)));
  return out + html_folded(screening);
}

}  // namespace theriac::detail
