// States that rules derive, from text to findings: what is in the drugs, what is silent, and that a denial of what rests on it is refused.
#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"
#include "theriac/screen.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace theriac;

namespace {

const std::string vocabulary = R"(
classes: [{name: opioid}, {name: benzodiazepine}, {name: blocker}]
drugs:
  - {name: oxycodone, is: [opioid], usual_route: oral, reviewed: {class: x}}
  - {name: codeine, is: [opioid], usual_route: oral, reviewed: {class: x}}
  - {name: diazepam, is: [benzodiazepine], usual_route: oral, reviewed: {class: x}}
  - {name: clarithromycin, is: [blocker], usual_route: oral, reviewed: {class: x}}
routes: [{name: oral, words: [by mouth], exposure: systemic}]
problems: [harm]
effects: [{name: overdose, problem: harm}, {name: failure, problem: harm}]
genes:
  - name: CYP2D6
    alleles: {"0": ["*4"], "1": ["*1"]}
    phenotypes: [{name: poor metaboliser, score: [0]}, {name: other metaboliser, score: [1, 2]}]
)";

std::shared_ptr<const RuleBase> compiled(const std::string& rules, std::string* said = nullptr) {
  const auto terminology = parse_terminology({grammar::Source::make("t.yaml", vocabulary)});
  REQUIRE(terminology.terminology);
  auto result = compile(terminology.terminology, {grammar::Source::make("r.rx", rules)}, {});
  for (const auto& diagnostic : result.diagnostics) {
    if (said == nullptr)
      MESSAGE(diagnostic.message);
    else
      *said += std::string(grammar::info(diagnostic.code).id) + " " + diagnostic.message + "\n" +
               (diagnostic.notes.empty() ? "" : diagnostic.notes.front() + "\n");
  }
  return result.rules;
}

// "overdose: clarithromycin, diazepam, oxycodone" for each finding, and what its guard rests on.
std::string findings(const std::string& rules, const std::string& patient) {
  const auto read = regimen::read(grammar::Source::make("p.yaml", "as_of: 2025-03-10\n" + patient));
  REQUIRE(read.patients.size() == 1);
  const auto base = compiled(rules);
  REQUIRE(base);
  std::string all;
  for (const auto& finding : screen(*base, read.patients[0]).findings) {
    all += finding.effect + ":";
    for (const auto& drug : finding.drugs) all += " " + drug;
    for (const auto& premise : finding.premises) all += " [" + premise.fact + ": " + premise.value + "]";
    all += "\n";
  }
  return all;
}

const std::string raised = "raised: blocker as inhibitor + opioid as victim → victim is overexposed\n";

}  // namespace

TEST_CASE("an overexposed drug brings what raised it, and only the drug of which it is derived") {
  const auto rules = raised + "both: overexposed opioid + benzodiazepine → overdose [major]\n";
  CHECK(findings(rules, "medications: [oxycodone, clarithromycin, diazepam]\n") == "overdose: clarithromycin diazepam oxycodone\n");
  CHECK(findings(rules, "medications: [oxycodone, diazepam]\n") == "");
  CHECK(findings(rules, "medications: [oxycodone, clarithromycin]\n") == "");
  CHECK(findings(raised + "twice: overexposed opioid + blocker → overdose [major]\n", "medications: [oxycodone, clarithromycin]\n") ==
        "overdose: clarithromycin oxycodone\n");
  CHECK(findings(raised + "not: opioid as first unless first is overexposed → overdose [major]\n", "medications: [oxycodone, clarithromycin]\n") ==
        "");
}

TEST_CASE("who is normal by genes and takes a blocker is poor in effect, and the proof names the blocker") {
  const std::string rules =
      "blocks: blocker → patient is CYP2D6 poor metaboliser\nfails: codeine with CYP2D6 poor metaboliser → failure [moderate]\n";
  CHECK(findings(rules, "genotypes: {CYP2D6: \"*1/*1\"}\nmedications: [codeine, clarithromycin]\n") ==
        "failure: codeine [CYP2D6 poor metaboliser: clarithromycin]\n");
  CHECK(findings(rules, "genotypes: {CYP2D6: \"*4/*4\"}\nmedications: [codeine]\n") == "failure: codeine [CYP2D6 poor metaboliser: CYP2D6 *4/*4]\n");
  CHECK(findings(rules, "genotypes: {CYP2D6: \"*1/*1\"}\nmedications: [codeine]\n") == "");
  CHECK(findings(rules, "medications: [codeine]\n") == "");
}

TEST_CASE("a state that denies what it rests on is refused, with the cycle") {
  std::string said;
  compiled("a: opioid as victim unless victim is calm → victim is restless\nb: restless opioid as victim → victim is calm\n", &said);
  CHECK(said == "TH5001 rules depend on their own absence\nthe cycle: `a`, which feeds `b`, which silences `a`\n");
}
