// Explanations change nothing: what a screening finds (rules, effects, drugs, severities, verdicts, supports, how many) is the same whether it is
// told with proofs and advice, in brief in each of the styles of a batch, or explained finding by finding.
#include "support/told.hpp"

#include "assemble/assembled.hpp"
#include "assemble/kept_words.hpp"
#include "support/bundled.hpp"
#include "support/run.hpp"
#include "theriac/report.hpp"
#include "theriac/yaml/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

using namespace theriac;
using namespace theriac::testing;
using yaml::Node;

namespace {

Node parsed(const std::string& json) {
  auto read = yaml::read(grammar::Source::make("told.json", json), yaml::regimen_codes);
  REQUIRE(read.diagnostics.empty());
  REQUIRE(read.roots.size() == 1);
  return std::move(read.roots.front());
}

std::string text(const Node& node, std::string_view key) {
  const auto* found = node.find(key);
  return found == nullptr ? std::string("?") : found->text;
}

std::string names(const Node& list) {
  std::string all;
  for (const auto& each : list.items) all += each.items.empty() ? each.text + "," : "(" + names(each) + ")";
  return all;
}

std::string line(const Node& finding, bool supports) {
  auto told = fmt::format("{}: {} of {}: {}, {}", text(finding, "rule"), text(finding, "effect"), names(*finding.find("drugs")),
                          text(finding, "severity"), text(finding, "status"));
  if (supports) told += fmt::format("; {} {}", text(finding, "supports_total"), names(*finding.find("supports")));
  return told;
}

Lines lines(const Node& list, bool supports) {
  Lines all;
  for (const auto& finding : list.items) all.push_back(line(finding, supports));
  return all;
}

// What is asked for, as a brief line has it and as a whole finding does: the whole one names quantities and their inputs, the brief what one would
// get.
bool asks_for_some(const Node& finding) {
  const auto* needs = finding.find("needs");
  return needs != nullptr && !needs->items.empty();
}

struct Seen {
  std::size_t patients = 0, findings = 0, undecided = 0, supports = 0;
};

// One patient, told in every way.
struct Ways {
  Screening screening;
  Brief brief;
};

std::string counted_otherwise(const Node& whole, const Brief& brief) {
  const auto& counts = *whole.find("counts");
  if (text(counts, "findings") != std::to_string(brief.findings.size())) return "another count of findings";
  if (text(counts, "undecided") != std::to_string(brief.undecided.size())) return "another count of what is undecided";
  for (const auto severity : {Severity::contraindicated, Severity::major, Severity::moderate, Severity::minor, Severity::info, Severity::unrated}) {
    const auto found =
        std::count_if(brief.findings.begin(), brief.findings.end(), [&](const BriefFinding& each) { return each.severity == severity; });
    if (text(counts, to_string(severity)) != std::to_string(found)) return fmt::format("another count of {}", to_string(severity));
  }
  return {};
}

std::string told_otherwise(const Node& whole, const Brief& brief, const BriefStyle& style) {
  const auto line = parsed(brief_line(brief, style));
  auto wrong = first_difference(lines(*whole.find("findings"), style.supports), lines(*line.find("findings"), style.supports), "whole", "brief");
  if (!wrong.empty()) return wrong;
  const auto& undecided = *whole.find("undecided");
  const auto& in_brief = *line.find("undecided");
  if (!style.undecided) return in_brief.text == std::to_string(undecided.items.size()) ? "" : "another number of what is undecided";
  wrong = first_difference(lines(undecided, style.supports), lines(in_brief, style.supports), "whole", "brief");
  for (std::size_t i = 0; wrong.empty() && i < undecided.items.size(); ++i) {
    if (asks_for_some(undecided.items[i]) != asks_for_some(in_brief.items[i]))
      wrong = "asked in one, not in the other: " + text(undecided.items[i], "rule");
  }
  return wrong;
}

// Each finding explained is the finding that the screening has.
std::string explained_otherwise(const Node& whole, const Screening& screening) {
  const std::array lists{std::pair("findings", &screening.findings), std::pair("folded", &screening.folded),
                         std::pair("undecided", &screening.undecided)};
  for (const auto& [name, list] : lists) {
    Lines explained;
    for (const auto& finding : *list) {
      explained.push_back(line(*parsed(explain_json(screening, finding)).find("explained")->items.front().find("finding"), true));
    }
    const auto wrong = first_difference(lines(*whole.find(name), true), explained, "in the screening", "explained");
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string disagreement(const Ways& ways, Seen& seen) {
  const auto whole = parsed(report_json(ways.screening));
  const auto in_a_line = parsed(report_json_line(ways.screening));
  for (const char* list : {"findings", "folded", "undecided"}) {
    auto wrong = first_difference(lines(*whole.find(list), true), lines(*in_a_line.find(list), true), "pretty", "in a line");
    if (!wrong.empty()) return wrong;
  }
  for (const auto& style : {BriefStyle{false, false}, BriefStyle{true, false}, BriefStyle{false, true}, BriefStyle{true, true}}) {
    auto wrong = told_otherwise(whole, ways.brief, style);
    if (!wrong.empty()) return wrong;
  }
  ++seen.patients;
  seen.findings += ways.screening.findings.size();
  seen.undecided += ways.screening.undecided.size();
  for (const auto& finding : ways.screening.findings) seen.supports += finding.supports_total;
  auto wrong = counted_otherwise(whole, ways.brief);
  return wrong.empty() ? explained_otherwise(whole, ways.screening) : wrong;
}

// With explanations: results kept and proofs told; without: neither.
std::optional<Ways> ways_of(const Case& what) {
  const auto stratified = detail::stratify(*what.terms, what.rules);
  if (!stratified.refused.empty()) return {};
  RuleBase::Compiled base;
  base.terminology = what.terms;
  base.rules = what.rules;
  base.strata = stratified.strata;
  Patient patient;
  patient.as_of = what.facts.as_of;
  const detail::Again again(*what.terms, base.rules, base.strata, base.reads());
  const auto settled = again.settle(what.facts, nullptr);
  const auto kept = again.evaluation(settled);
  detail::KeptWords words;
  const auto evaluation = detail::evaluate(*what.terms, base.rules, base.strata, what.facts);
  return Ways{detail::screening_of({base, base.rules, settled.facts, kept, {&again, &settled, &words}}, patient),
              detail::brief_of({base, base.rules, what.facts, evaluation}, patient)};
}

std::string wrong_with(const Case& what, Seen& seen) {
  const auto ways = ways_of(what);
  return ways ? disagreement(*ways, seen) : "";
}

}  // namespace

TEST_CASE("what is found is the same with explanations and without, in every form") {
  Seen seen;
  const std::string found = search(
      cases_wanted(5000), [](std::uint64_t seed) { return generate(seed); }, [&](const Case& what) { return wrong_with(what, seen); });
  CHECK_EQ(found, "");
  MESSAGE(fmt::format("{} patients, {} findings with {} supports, {} undecided", seen.patients, seen.findings, seen.supports, seen.undecided));
  CHECK(seen.findings > 0);
  CHECK(seen.undecided > 0);
  CHECK(seen.supports > seen.findings);
}

TEST_CASE("so it is of the examples and vignettes by the bundled rules") {
  const auto rules = test::bundled_rules();
  Seen seen;
  for (const auto& file : test::lists_in(test::folders_of_lists())) {
    INFO(file.filename().string());
    for (const auto& patient : test::patients_in(file)) CHECK_EQ(disagreement({screen(*rules, patient), brief(*rules, patient)}, seen), "");
  }
  CHECK(seen.patients > 30);
  CHECK(seen.findings > 100);
}
