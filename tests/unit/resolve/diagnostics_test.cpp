// One case a code: what is said and where.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

namespace {

std::string errors(std::string_view text) { return said(resolve_text(text)); }
std::string help(std::string_view text) { return advised(resolve_text(text)); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("TH2001: an unknown name is one report, with what is near") {
  const auto resolved = resolve_text(
      "a: CNS depresant + opioid → overdose\n"
      "b: CNS depresant + SSRI → overdose\n"
      "c: CNS depresant + MAOI → overdose\n");
  CHECK(said(resolved) == "TH2001 one.rx:1:4 unknown name `CNS depresant`\n");
  CHECK(has(advised(resolved), "did you mean `CNS depressant`?"));
  CHECK(has(advised(resolved), "also used in 2 rules"));
  CHECK(resolved.diagnostics.front().secondary.size() == 2);
  CHECK(resolved.rules.empty());
  CHECK(resolved.not_loaded == 3);
}

TEST_CASE("TH2001: drug names are never put right") {
  const auto resolved = resolve_text("a: clonazepan + opioid → overdose\n");
  CHECK(has(advised(resolved), "`clonazepam`"));
  CHECK(resolved.diagnostics.front().edits.empty());
}

TEST_CASE("TH2001: the one unmatched word is named") {
  const auto resolved = resolve_text("oral foobarin + opioid → overdose\n");
  CHECK(said(resolved) == "TH2001 one.rx:1:1 unknown name `oral foobarin`\n");
  CHECK(has(advised(resolved), "`foobarin` is not known; the other words are"));
}

TEST_CASE("TH2001: a name with a reserved word in it wants back-quotes") {
  const auto resolved = resolve_text("opioid with lung or breathing disease → respiratory depression\n");
  CHECK(said(resolved) == "TH2001 one.rx:1:13 unknown name `lung`\n");
  REQUIRE(resolved.diagnostics.front().edits.size() == 1);
  CHECK(resolved.diagnostics.front().edits.front().replacement == "`lung or breathing disease`");
  CHECK(errors("opioid with `lung or breathing disease` → respiratory depression\n") == "");
}

TEST_CASE("TH2002: two meanings are shown and none is picked") {
  const auto resolved = resolve_text("delirium → overdose\n");
  CHECK(said(resolved) == "TH2002 one.rx:1:1 `delirium` can mean two things\n");
  CHECK(has(advised(resolved), "it could be `delirium` (a condition)"));
  CHECK(has(advised(resolved), "it could be `delirium` (an effect)"));
  CHECK(errors("codeine in delirium → overdose\n") == "");
  CHECK(errors("CNS depressant + CNS depressant unless CNS depressant started within 7 days → additive sedation\n") ==
        "TH2002 one.rx:1:40 `CNS depressant started within 7 days` can mean either of two drugs of this rule\n");
}

TEST_CASE("TH2003: effects and flags that nobody declared are inferred with a warning") {
  const auto resolved = resolve_text("opioid + SSRI → serotonin sindrome; flag fall rsk\n");
  CHECK(said(resolved) ==
        "TH2003 one.rx:1:17 `serotonin sindrome` is declared nowhere and taken as an effect of its own\n"
        "TH2003 one.rx:1:42 `fall rsk` is declared nowhere and taken as a flag of its own\n");
  CHECK(has(advised(resolved), "did you mean `serotonin syndrome`?"));
  CHECK_FALSE(grammar::has_errors(resolved.diagnostics));
  CHECK(resolved.terminology->at(only_rule(resolved).heads.front().effect).name == "serotonin sindrome");
  CHECK(resolved.terminology->at(only_rule(resolved).heads.front().effect).inferred);
  CHECK(resolved.terminology->at(only_rule(resolved).flags.front().flag) == "fall rsk");
  CHECK(grammar::has_errors(resolve_text("opioid + SSRI → sindrome\n", {.strict = true}).diagnostics));
  CHECK(resolve_text("opioid + SSRI → sindrome\n", {.strict = true}).rules.empty());
}

TEST_CASE("TH2004: a name of another kind says what it is") {
  CHECK(errors("Percocet + SSRI → overdose\n") == "TH2004 one.rx:1:1 `Percocet` is a product of several ingredients\n");
  CHECK(has(help("Percocet + SSRI → overdose\n"), "+ `"));
  CHECK(errors("citalopram > 20 mg/day → QT prolongation\n") ==
        "TH2004 one.rx:1:1 `citalopram` is a drug: say which of its quantities is compared\n");
  CHECK(errors("metformin with eGFR → lactic acidosis\n") == "TH2004 one.rx:1:16 `eGFR` is a measurement, which cannot stand here\n");
  CHECK(errors("opioid except dementia → overdose\n") == "TH2004 one.rx:1:15 `dementia` is a condition, which cannot stand here\n");
  CHECK(errors("opioid or dementia → overdose\n") == "TH2004 one.rx:1:1 drugs, effects and facts of the patient cannot stand in one list\n");
  CHECK(errors("opioid in dementia stopped within 3 days → overdose\n") ==
        "TH2004 one.rx:1:20 `stopped within 3 days` does not go with a condition\n");
  CHECK(errors("opioid + SSRI → sertraline\n") == "TH2004 one.rx:1:17 `sertraline` is a drug, not an effect\n");
}

TEST_CASE("TH2005: a name is declared once") {
  CHECK(errors("class opioid = codeine\n") == "TH2005 one.rx:1:7 `opioid` is declared already\n");
  CHECK(errors("class mild = codeine\nclass mild = oxycodone\n") == "TH2005 one.rx:2:7 `mild` is declared already\n");
  CHECK(errors("population elderly: age >= 70\n") == "TH2005 one.rx:1:12 `elderly` is declared already\n");
  CHECK(errors("effect bleeding\n") == "TH2005 one.rx:1:8 `bleeding` is declared already\n");
  CHECK(errors("opioid as x + SSRI as x → bleeding\n") == "TH2005 one.rx:1:23 the role `x` is given twice\n");
}

TEST_CASE("TH3001, TH3002, TH3003: units and numbers") {
  CHECK(errors("metformin with eGFR < 30 mL/moon → lactic acidosis\n") == "TH3001 one.rx:1:23 unknown unit `mL/moon`\n");
  CHECK(errors("metformin with eGFR < 30 mL/min → lactic acidosis\n") == "TH3002 one.rx:1:23 `mL/min` does not measure eGFR\n");
  CHECK(errors("metformin with creatinine > 2 → lactic acidosis\n") == "TH3002 one.rx:1:29 a plain number does not measure serum creatinine\n");
  CHECK(errors("metformin with eGFR < 30 → lactic acidosis\n") == "");
  const auto dose = resolve_text("citalopram total daily dose > 20 mg → QT prolongation\n");
  CHECK(said(dose) == "TH3002 one.rx:1:31 `mg` does not measure a daily dose\n");
  REQUIRE(dose.diagnostics.front().edits.size() == 1);
  CHECK(dose.diagnostics.front().edits.front().replacement == "20 mg/day");
  CHECK(errors("metformin with age > 5 kg → lactic acidosis\n") == "TH3002 one.rx:1:22 `kg` does not measure an age\n");
  CHECK(errors("metformin with eGFR < 30.0000000000000001 → lactic acidosis\n") ==
        "TH3003 one.rx:1:23 `30.0000000000000001` is not a number that can be kept exactly\n");
}

TEST_CASE("TH3002, TH3003: trends and times of day") {
  CHECK(errors("metformin with creatinine rising 1 kg within 14 days → lactic acidosis\n") ==
        "TH3002 one.rx:1:34 `kg` does not measure serum creatinine\n");
  CHECK(errors("metformin with creatinine rising 0 % within 14 days → lactic acidosis\n") == "TH3003 one.rx:1:27 a change by nothing\n");
  CHECK(errors("metformin with creatinine falling 101 % within 14 days → lactic acidosis\n") ==
        "TH3003 one.rx:1:27 nothing falls by more than all of it\n");
  CHECK(errors("codeine + SSRI unless at least 13 hours apart → overdose\n") ==
        "TH3003 one.rx:1:32 no two times of a day are more than 12 hours apart\n");
  CHECK(errors("codeine unless at least 4 hours apart → overdose\n") ==
        "TH2004 one.rx:1:16 only one drug is matched, so there is none to be apart from\n");
  CHECK(errors("at least 2 of SSRI unless at least 4 hours apart → overdose\n") == "");
}

TEST_CASE("TH4001: a guard must not name a kind of an item") {
  const auto resolved = resolve_text("dopamine antagonist in Parkinson disease unless quetiapine → worsening of parkinsonism\n");
  CHECK(said(resolved) == "TH4001 one.rx:1:49 `quetiapine` is a kind of `dopamine antagonist`, which this rule matches\n");
  CHECK(has(advised(resolved), "`dopamine antagonist except quetiapine`"));
  CHECK(has(advised(resolved), "`any quetiapine`"));
  CHECK(errors("dopamine antagonist in Parkinson disease unless any quetiapine → worsening of parkinsonism\n") == "");
}

TEST_CASE("TH4002: a guard must not assert an unmatched drug") {
  const auto resolved = resolve_text("opioid with benzodiazepine → respiratory depression\n");
  CHECK(said(resolved) == "TH4002 one.rx:1:13 `benzodiazepine` must be in the finding, so it belongs to the drugs\n");
  REQUIRE(resolved.diagnostics.front().edits.size() == 1);
  CHECK(resolved.diagnostics.front().edits.front().replacement == "+");
  CHECK(resolved.diagnostics.front().edits.front().place.span == grammar::Span{7, 11});
  CHECK(errors("opioid with no benzodiazepine unless naloxone → respiratory depression\n") == "");
  CHECK(errors("opioid with at least 2 of SSRI → respiratory depression\n") ==
        "TH4002 one.rx:1:13 `at least 2 of SSRI` must be in the finding, so it belongs to the drugs\n");
}

TEST_CASE("TH4003: a measurement is never absent, it is unknown") {
  const auto resolved = resolve_text("metformin with no eGFR → lactic acidosis\n");
  CHECK(said(resolved) == "TH4003 one.rx:1:16 `eGFR` is never listed as absent\n");
  CHECK(resolved.diagnostics.front().edits.front().replacement == "unknown(eGFR)");
}

TEST_CASE("TH4004: a role must be one of the rule's") {
  CHECK(errors("opioid as first + SSRI started after second → overdose\n") == "TH4004 one.rx:1:38 `second` is none of this rule's roles and drugs\n");
  CHECK(errors("codeine as culprit → increased exposure of victim\n") == "TH4004 one.rx:1:44 `victim` is none of this rule's roles and drugs\n");
}

TEST_CASE("an effect happens to a role or to an item by its words") {
  const auto resolved = resolve_text("codeine + SSRI → increased exposure of codeine\n");
  CHECK(said(resolved) == "");
  CHECK(only_rule(resolved).heads.front().of_item == 0U);
  const auto exception = resolve_text("a: codeine as one + SSRI → overdose\nexception to a when dementia: increased exposure of one [minor]\n");
  CHECK(said(exception) == "");
  CHECK(only_rule(exception).exceptions.front().heads.front().of_item == 0U);
}

TEST_CASE("TH4005: a rule that can never fire") {
  CHECK(errors("opioid with age < 18 and age >= 65 → overdose\n") == "TH4005 one.rx:1:26 this can never hold beside the other condition\n");
  CHECK(errors("opioid in dementia unless dementia → overdose\n") ==
        "TH4005 one.rx:1:27 the rule's own premise makes this true, so the rule never fires\n");
  CHECK(errors("codeine unless opioid → overdose\n") == "TH4005 one.rx:1:16 the patient always takes `opioid` here: the rule matches `codeine`\n");
  CHECK(errors("opioid + SSRI unless opioid → overdose\n") == "TH4005 one.rx:1:22 the rule's own premise makes this true, so the rule never fires\n");
  CHECK(errors("opioid + SSRI with no opioid → overdose\n") == "TH4005 one.rx:1:20 the rule matches this drug, so it never fires\n");
  CHECK(errors("a: opioid in dementia → overdose\nexception to a when dementia: silent\n") ==
        "TH4005 one.rx:2:21 the rule's own premise makes this true, so the rule never fires\n");
  CHECK(errors("codeine except opioid → overdose\n") == "TH4005 one.rx:1:1 `except` leaves nothing over\n");
  CHECK(errors("opioid if at least 3 of (dementia, COPD) → overdose\n") == "TH4005 one.rx:1:11 at least 3 of 2 can never hold\n");
}

TEST_CASE("TH4005: an effect that no rule concludes is never there") {
  const auto alone = resolve_text("codeine with overdose → bleeding\n");
  CHECK(said(alone) == "TH4005 one.rx:1:14 no rule here concludes `overdose`, so this never holds\n");
  CHECK_FALSE(grammar::has_errors(alone.diagnostics));
  CHECK(alone.rules.size() == 1);
  CHECK(errors("codeine with overdose → bleeding\nopioid + SSRI → overdose\n") == "");
}

TEST_CASE("TH5002: a label stands once, and two bare rules must differ") {
  CHECK(errors("a: opioid + SSRI → overdose\na: opioid + MAOI → overdose\n") == "TH5002 one.rx:2:1 there are two rules `a`\n");
  CHECK(errors("opioid + SSRI → overdose\nopioids + SSRIs -> overdose\n") == "TH5002 one.rx:2:1 two rules say the same\n");
}

TEST_CASE("TH5003: an exception needs its rule") {
  CHECK(errors("opioid-ssri: opioid + SSRI → overdose\nexception to opioid-sri when dementia: silent\n") ==
        "TH5003 one.rx:2:14 no rule or exception is called `opioid-sri`\n");
  CHECK(has(help("opioid-ssri: opioid + SSRI → overdose\nexception to opioid-sri when dementia: silent\n"), "did you mean `opioid-ssri`?"));
}

TEST_CASE("an exception to a rule that is left out goes with it, silently") {
  const auto resolved = resolve_text("a: opioid + nonsuch → overdose\nexception to a as b when dementia: silent\nexception to b when COPD: silent\n");
  CHECK(said(resolved) == "TH2001 one.rx:1:13 unknown name `nonsuch`\n");
  CHECK(resolved.not_loaded == 3);
}

TEST_CASE("TH5004: two outcomes for one case") {
  const std::string rule = "a: opioid + SSRI → overdose [moderate]\n";
  CHECK(errors(rule + "exception to a as b when dementia: overdose [minor]\nexception to a as c when COPD: overdose [major]\n") ==
        "TH5004 one.rx:3:1 this exception and `b` can hold together and conclude differently\n");
  CHECK(errors(rule + "exception to a when dementia: overdose [minor]\nexception to a when no dementia: overdose [major]\n") == "");
  CHECK(errors(rule + "exception to a when age < 18: overdose [minor]\nexception to a when age >= 65: overdose [major]\n") == "");
}

TEST_CASE("TH5005: classes and populations in a circle") {
  CHECK(errors("class x = y, codeine\nclass y = x\n") == "TH5005 one.rx:2:11 the class `x` is made of itself, by way of `y`\n");
  CHECK(errors("population p: q\npopulation q: p\n") == "TH5005 one.rx:2:15 the population `p` is made of itself, by way of `q`\n");
}

TEST_CASE("TH6001: a source must be listed") {
  const std::string rule =
      "rule a:\n  when opioid + SSRI\n  then overdose\n  source FDA-2016-opioid-benzodiazepin\n  example fires: x\n  example silent: y\n";
  CHECK(errors(rule) == "TH6001 one.rx:4:10 unknown source `FDA-2016-opioid-benzodiazepin`\n");
  const auto unchecked = resolve_text(rule, {.with_references = false});
  CHECK(said(unchecked) == "TH6001 one.rx:4:10 there is no list of sources, so their keys are not checked\n");
  CHECK(unchecked.rules.size() == 1);
}

TEST_CASE("TH6002: metadata") {
  CHECK(errors("opioid + SSRI → overdose [sever]\n") == "TH6002 one.rx:1:27 `sever` is no severity, grade of evidence or frequency\n");
  CHECK(errors("opioid + SSRI → overdose [major, moderate]\n") == "TH6002 one.rx:1:34 two severities, `major` and `moderate`\n");
  CHECK(errors("opioid + SSRI → overdose [major, disputed]\n") == "TH6002 one.rx:1:27 a disputed claim cannot be `major`\n");
  CHECK(errors("opioid + SSRI → overdose [major, evidence moderate, very rare]\n") == "");
  const auto block = [](std::string_view clause) {
    return errors("rule a:\n  when opioid + SSRI\n  then overdose [moderate]\n  " + std::string(clause) +
                  "\n  example fires: x\n  example silent: y\n");
  };
  CHECK(block("evidence strong") == "TH6002 one.rx:4:12 `strong` is no grade of evidence\n");
  CHECK(block("status done") == "TH6002 one.rx:4:10 `done` is no status\n");
  CHECK(block("raise to minor if dementia") == "TH6002 one.rx:4:12 to raise to minor changes nothing: the rule is moderate\n");
  CHECK(errors("effect dream: colour blue\n") == "TH6002 one.rx:1:15 `colour blue` says nothing about an effect\n");
}

TEST_CASE("TH7003: a block rule shows when it fires and when not") {
  const auto text = "rule a:\n  when opioid + SSRI\n  then overdose\n  example fires: x\n";
  const auto resolved = resolve_text(text);
  CHECK(said(resolved) == "TH7003 one.rx:1:6 this rule lacks a `silent` example\n");
  CHECK(resolved.rules.size() == 1);
  CHECK_FALSE(grammar::has_errors(resolved.diagnostics));
  CHECK(resolve_text(text, {.strict = true}).rules.empty());
}

TEST_CASE("all mistakes of a rule are reported in one run, and its neighbours load") {
  const auto resolved = resolve_text(
      "a: opioid + nonsuch with eGFR < 30 kg unless noothing → overdose [bad]\n"
      "b: opioid + SSRI → overdose\n");
  CHECK(said(resolved) ==
        "TH2001 one.rx:1:13 unknown name `nonsuch`\n"
        "TH3002 one.rx:1:33 `kg` does not measure eGFR\n"
        "TH2001 one.rx:1:46 unknown name `noothing`\n"
        "TH6002 one.rx:1:67 `bad` is no severity, grade of evidence or frequency\n");
  CHECK(only_rule(resolved).label == "b");
}
