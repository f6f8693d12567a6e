#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/fix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace theriac {
namespace {

using namespace detail;
using Kind = FixEdit::Kind;

bool is_above(const Fix& answer, const Finding& finding) { return finding.severity >= answer.goal; }

std::string drug_column(const FixEdit& edit) { return edit.kind == Kind::separate ? "take apart" : shortened(printable(edit.drug), 30); }

// What to do with the drug, as something to think of and not as an order.
std::string edit_words(const FixEdit& edit) {
  const auto to = printable(edit.to);
  const auto why = edit.why.empty() ? "" : fmt::format(" ({})", printable(edit.why));
  switch (edit.kind) {
    case Kind::separate:
      return to;
    case Kind::delay:
      return fmt::format("do not start before {}{}", to, why);
    case Kind::avoid:
      return "none; where there is dependence, not at once";
    case Kind::protect:
      return "add" + why;
    case Kind::reduce:
      return fmt::format("reduce to {}{}", to, why);
    case Kind::omit:
      return "do not start" + why;
    case Kind::replace:
      return fmt::format("change to {}{}", to, why);
    case Kind::stop:
      return "stop" + why;
    case Kind::taper:
      return "taper to nothing; never stop at once" + why;
  }
  return {};
}

std::vector<std::string> refs(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const auto& finding : findings) out.push_back(printable(finding.ref));
  return out;
}

std::string finding_words(const Finding& finding) {
  return fmt::format("{} {}: {}", signed_word(finding.severity), drug_words(finding, 40).head, printable(finding.effect));
}

struct Became {
  std::vector<Finding> cleared, lowered, created, undecided;
};

Became what_became(const Fix& answer, const FixProposal& proposal) {
  Became out;
  for (const auto& change : proposal.compared.changes) {
    if (change.is == Change::Is::gone) out.cleared.push_back(change.before);
    if (change.is == Change::Is::added) out.created.push_back(change.after);
    if (change.is == Change::Is::changed && is_above(answer, change.before) && !is_above(answer, change.after)) out.lowered.push_back(change.before);
  }
  for (const auto& finding : proposal.compared.after.undecided) {
    const auto& before = answer.before.undecided;
    const bool is_new = std::none_of(before.begin(), before.end(), [&](const Finding& other) { return other.id == finding.id; });
    if (is_new && is_above(answer, finding)) out.undecided.push_back(finding);
  }
  return out;
}

std::string listed(const std::vector<std::string>& words) { return words.empty() ? "nothing" : join(words, ", "); }

void add_proposal(Page& page, const Fix& answer, const FixProposal& proposal, std::size_t number) {
  const auto became = what_became(answer, proposal);
  std::vector<std::string> parts = {"clears " + listed(refs(became.cleared))};
  if (!became.lowered.empty()) parts.push_back(fmt::format("lowers {} below {}", join(refs(became.lowered), ", "), to_string(answer.goal)));
  parts.push_back(became.created.empty() ? "creates nothing" : "creates " + std::to_string(became.created.size()));
  parts.push_back(
      fmt::format("leaves {}", proposal.compared.after.findings.empty() ? "nothing" : std::to_string(proposal.compared.after.findings.size())));
  page.paragraph(fmt::format(" {}  ", number), 4, fmt::format("{}: {}", plural(proposal.edits.size(), "change"), join(parts, "; ")), Ink::bold);
  std::size_t columns = 0;
  for (const auto& edit : proposal.edits) columns = std::max(columns, width(drug_column(edit)));
  for (const auto& edit : proposal.edits) page.paragraph(fmt::format("      {}  ", pad(drug_column(edit), columns)), columns + 8, edit_words(edit));
  for (const auto& finding : became.created) page.paragraph("      new: ", 11, finding_words(finding), ink_of(finding.severity));
  for (const auto& finding : became.undecided)
    page.paragraph("      to be asked: ", 11, finding_words(finding) + ", undecided: needs " + join_or(needs_told(finding.needs)));
  const bool tapers = std::any_of(proposal.edits.begin(), proposal.edits.end(), [](const FixEdit& edit) { return edit.kind == Kind::taper; });
  if (tapers) page.line("      Until the taper is done, what it clears stands.");
  if (proposal.also > 0)
    page.line(
        fmt::format("      {} by other drugs, doses or dates.", plural(proposal.also, "more set of such changes", "more sets of such changes")));
}

std::string heading(const Fix& answer) {
  const auto goal = to_string(answer.goal);
  if (answer.too_many) return fmt::format("{} drugs: changes are looked for in lists of at most {}.", answer.drugs, most_drugs_to_fix);
  const auto above = static_cast<std::size_t>(
      std::count_if(answer.before.findings.begin(), answer.before.findings.end(), [&](const Finding& finding) { return is_above(answer, finding); }));
  if (above == 0) return fmt::format("Nothing stands at {} or above: nothing to change.", goal);
  if (answer.proposals.empty())
    return answer.proven ? fmt::format("No change of this list that is tried here leaves nothing at {} or above.", goal)
                         : fmt::format("The search was ended before a way was found that leaves nothing at {} or above; there may be one.", goal);
  return fmt::format("Ways to leave nothing {}at {} or above, for the prescriber to weigh. Nothing is changed in your file; each was screened again.",
                     answer.beyond.empty() ? "" : "else ", goal);
}

void add_proof(Page& page, const Fix& answer) {
  if (answer.proposals.empty()) return;
  page.line(answer.proven ? "No smaller set does it: every one was ruled out (docs/user/fix.md says what counts as small)."
                          : "Not proven smallest: the search was ended.");
  page.line("What a drug is for counts only where the list says it; whether it can be done without is not weighed.");
}

}  // namespace

std::string fix_text(const Fix& answer, const TextStyle& style) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  page.paragraph("", 0, heading(answer), Ink::bold);
  for (std::size_t i = 0; i < answer.proposals.size(); ++i) add_proposal(page, answer, answer.proposals[i], i + 1);
  add_proof(page, answer);
  for (const auto& finding : answer.beyond)
    page.paragraph("   out of reach: ", 3, finding_words(finding) + " does not hang on anything in this list that could be changed.");
  if (!answer.without_alternative.empty())
    page.paragraph("   ", 3, "No alternative is listed here at its dose for " + join(printable_all(answer.without_alternative), ", ") + ".");
  for (const auto& entry : answer.before.coverage.not_screened)
    page.paragraph("   ", 3, fmt::format("{} was not screened: all this holds without it.", quoted(entry.text)));
  return page.text();
}

}  // namespace theriac
