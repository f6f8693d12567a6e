#include "explain/clears.hpp"
#include "explain/proof.hpp"
#include "explain/tree.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace detail {
namespace {

using Branches = std::vector<Branch>;

void add(Branches& branches, std::string text, std::string place = {}) { branches.push_back({std::move(text), std::move(place), {}}); }

void add_severity(Branches& branches, const Finding& finding) {
  for (const auto& shift : finding.raised)
    add(branches, fmt::format("{}, raised to {}: {}", to_string(finding.base), to_string(shift.to), printable(shift.because)),
        without_column(shift.at));
  for (const auto& shift : finding.lowered)
    add(branches, fmt::format("{}, lowered to {}: {}", to_string(finding.base), to_string(shift.to), printable(shift.because)),
        without_column(shift.at));
  for (const auto& shift : finding.could_raise) {
    Branch branch{fmt::format("{} if {}", to_string(shift.to), printable(shift.because)), without_column(shift.at), {}};
    for (const auto& words : needs_told(shift.needs)) add(branch.below, words);
    branches.push_back(std::move(branch));
  }
}

void add_conditions(Branches& branches, const Finding& finding) {
  if (!finding.unless.empty()) add(branches, "stands unless " + join_or(printable_all(finding.unless)));
  if (!finding.needs.empty()) {
    Branch branch{"undecided for want of", {}, {}};
    for (const auto& words : needs_told(finding.needs, true)) add(branch.below, words);
    branches.push_back(std::move(branch));
  }
  if (!finding.flags.empty()) add(branches, "flag: " + join(printable_all(finding.flags), ", "));
  if (!finding.flags_possible.empty()) add(branches, "a flag if a missing fact were so: " + join(printable_all(finding.flags_possible), ", "));
}

// What this rule nearly matched as well.
void add_near(Branches& branches, const Screening& screening, const Finding& finding) {
  Branch near{"near, and not counted", {}, {}};
  for (const auto& quiet : screening.quiet) {
    if (quiet.rule != finding.rule) continue;
    for (const auto& because : quiet.because) {
      const auto& words = because.value.empty() ? because.literal : because.value;
      add(near.below, fmt::format("{}: {}", join(shown_drugs(quiet.shown, quiet.drugs), " + "), printable(words)), without_column(because.at));
    }
  }
  if (!near.below.empty()) branches.push_back(std::move(near));
}

std::string clears_words(const Finding& finding) {
  const auto when = clears(finding);
  if (!when.known) return {};
  if (when.at_most > 0) {
    const auto more = finding.drugs.size() > when.at_most + 1 ? ": one fewer does not clear it" : "";
    return fmt::format("clears when at most {} of the {} {} left{}", small_number(when.at_most), small_number(finding.drugs.size()),
                       when.at_most == 1 ? "is" : "are", more);
  }
  if (when.without_any_of.empty()) return "no single drug less clears it";
  return fmt::format("would clear without {}", join_or(printable_all(when.without_any_of)));
}

Branch evidence(const Finding& finding) {
  const auto grade = finding.evidence.empty() ? "evidence not graded" : "evidence " + printable(finding.evidence);
  const auto places = finding.jurisdictions.empty() ? "" : "; " + join(printable_all(finding.jurisdictions), ", ");
  Branch out{grade + places, {}, {}};
  if (finding.sources.empty()) add(out.below, "no source named");
  for (const auto& source : finding.sources) {
    add(out.below, fmt::format("{}: {}; {}", printable(source.key), kind_words(source.kind, source.jurisdiction), seen_words(source.seen)));
    if (!source.place.empty()) add(out.below.back().below, printable(source.place));
    if (!source.url.empty()) add(out.below.back().below, printable(source.url));
  }
  return out;
}

std::string heading(const Page& page, const Finding& finding, std::size_t place_at) {
  const auto stands = !finding.ref.empty()                  ? finding.ref
                      : finding.status == Verdict::possible ? "UNDECIDED"
                      : finding.status == Verdict::open     ? "OPEN"
                                                            : "FOLDED";
  const auto left = fmt::format("{} {} {}  {}", stands, sign(finding.severity), upper_word(finding.severity), shortened(finding.effect, 60));
  const auto rule = fmt::format("{} {}", printable(finding.rule), printable(finding.rule_version));
  return page.ink(ink_of(finding.severity), pad(left, place_at - 1)) + " " + rule;
}

}  // namespace

std::vector<Branch> explanation(const Screening& screening, const Finding& finding) {
  auto branches = proof_branches(finding);
  add_severity(branches, finding);
  add_conditions(branches, finding);
  add_near(branches, screening, finding);
  if (auto words = clears_words(finding); !words.empty()) add(branches, std::move(words));
  if (!finding.mechanism.empty()) add(branches, "because " + printable(finding.mechanism));
  for (const auto& words : printable_all(finding.disputed)) add(branches, "disputed: " + words);
  if (!finding.also.empty()) add(branches, "also said by " + join(printable_all(finding.also), ", "));
  for (const auto& each : finding.besides) {
    if (!each.folded.empty()) add(branches, fmt::format("also, folded into this: {} ({})", printable(each.title), each.folded));
  }
  if (!finding.within.empty()) {
    const auto into =
        std::find_if(screening.findings.begin(), screening.findings.end(), [&](const Finding& each) { return each.id == finding.within; });
    add(branches, "folded into " + (into == screening.findings.end() ? finding.within : into->ref));
  }
  if (!finding.patient_text.empty()) add(branches, "tell the patient: " + printable(finding.patient_text));
  add(branches, rule_status_words(finding.rule_status));
  branches.push_back(evidence(finding));
  return branches;
}

}  // namespace detail

std::string explain_text(const Screening& screening, const Finding& finding, const TextStyle& style) {
  using namespace detail;
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  const auto place_at = page.columns() * 62 / 98;
  page.line(heading(page, finding, place_at));
  if (const auto& title = finding.title.empty() ? finding.summary : finding.title; !title.empty())
    page.paragraph("", 1, fmt::format("\"{}\"", printable(title)));
  draw(page, explanation(screening, finding), place_at);
  return page.text();
}

}  // namespace theriac
