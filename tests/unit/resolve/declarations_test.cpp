#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

TEST_CASE("a declared class is its members, wherever it is declared") {
  CHECK(only_reading("sedating antidepressant + opioid → additive sedation\nclass sedating antidepressant = mirtazapine, trazodone\n") ==
        "(mirtazapine or trazodone) with opioid: additive sedation.");
}

TEST_CASE("members keep their tests, routes and exceptions, and classes nest") {
  CHECK(only_reading("class effective MAOI = non-selective MAOI, selegiline total daily dose > 10 mg/day, transdermal selegiline\n"
                     "class any of those = effective MAOI, SSRI except fluoxetine\n"
                     "any of those + opioid → serotonin syndrome\n") ==
        "(non-selective MAOI except fluoxetine or (selegiline except fluoxetine) at a total daily dose above 10 mg/day or transdermal selegiline "
        "except "
        "fluoxetine or SSRI except fluoxetine) with opioid: serotonin syndrome.");
}

TEST_CASE("what all members leave out is said once") {
  CHECK(only_reading("class slow antidepressant = SSRI, mirtazapine except fluoxetine\nslow antidepressant + opioid → serotonin syndrome\n") ==
        "((SSRI or mirtazapine) except fluoxetine) with opioid: serotonin syndrome.");
}

TEST_CASE("what is added to a class of the terminology lies in it for every rule") {
  const auto resolved = resolve_text("class opioid includes mirtazapine\nCNS depressant + SSRI → additive sedation\n");
  CHECK(said(resolved) == "");
  CHECK(resolved.terminology->membership(drug(resolved, "mirtazapine"), drug(resolved, "CNS depressant")) == Truth::yes);
}

TEST_CASE("a broken declaration is reported once and takes its rules with it") {
  const auto resolved = resolve_text("class x = nonsuch, codeine\nx + SSRI → overdose\nSSRI + x → overdose\n");
  CHECK(said(resolved) == "TH2001 one.rx:1:11 unknown name `nonsuch`\n");
  CHECK(resolved.rules.empty());
  CHECK(resolved.not_loaded == 3);
}

TEST_CASE("a declaration that did not parse is not an unknown name as well") {
  const auto resolved = resolve_text("class x = (\nx + SSRI → overdose\npopulation frail: +\nopioid in frail → overdose\n");
  CHECK(said(resolved) == "");
  CHECK(resolved.rules.empty());
  CHECK(resolved.not_loaded == 4);
}

TEST_CASE("populations stand for their guard, and one that names another is that other") {
  CHECK(only_reading("opioid in older adults → overdose\n") == "opioid if elderly (age at least 65 years): overdose.");
  CHECK(only_reading("opioid in young woman → overdose\n") == "opioid if young woman ((female and age below 50 years)): overdose.");
}

TEST_CASE("a declared effect has its problem and its kind") {
  const auto resolved = resolve_text("effect night terror: problem sedation and falls, is delirium\nopioid + SSRI → night terror\n");
  CHECK(said(resolved) == "");
  const auto& effect = resolved.terminology->at(only_rule(resolved).heads.front().effect);
  CHECK(effect.name == "night terror");
  CHECK(effect.problem == ProblemId{0});
  CHECK(effect.is.size() == 1);
}

TEST_CASE("declarations inside declarations end, whatever somebody writes") {
  std::string classes = "class c0 = codeine, oxycodone\n";
  std::string populations = "population p0: dementia\n";
  for (int i = 1; i < 200; ++i) {
    const auto now = std::to_string(i);
    const auto before = std::to_string(i - 1);
    classes += "class c" + now + " = c" + before + " stopped within 3 days, c" + before + " stopped within 4 days\n";
    populations += "population p" + now + ": p" + before + " and p" + before + "\n";
  }
  const auto resolved = resolve_text(classes + populations + "c199 + SSRI → overdose\nopioid in p199 → overdose\n");
  CHECK(resolved.rules.empty());
  CHECK(said(resolved).find("TH1005") != std::string::npos);
}

TEST_CASE("exceptions form a tree, in any order and over several targets") {
  const auto resolved = resolve_text(
      "exception to procedural when dementia: silent\n"
      "exception to a, b as procedural when procedural sedation within 24 hours: silent\n"
      "exception to a when COPD: lower to minor\n"
      "a: opioid + SSRI → overdose [major]\n"
      "b: opioid + MAOI → overdose [major]\n");
  CHECK(said(resolved) == "");
  REQUIRE(resolved.rules.size() == 2);
  const auto& exceptions = resolved.rules[0].exceptions;
  REQUIRE(exceptions.size() == 3);
  CHECK(exceptions[0].label == "procedural");
  CHECK(exceptions[0].top);
  REQUIRE(exceptions[0].exceptions == std::vector<std::uint32_t>{1});
  CHECK(exceptions[1].label == "procedural-exception-1");
  CHECK_FALSE(exceptions[1].top);
  CHECK(exceptions[2].label == "a-exception-1");
  CHECK(resolved.rules[1].exceptions.size() == 2);
  CHECK(resolved.rules[1].reading ==
        "opioid with MAOI: overdose (major); silent if procedural sedation within the last 24 hours (exception procedural, not where "
        "procedural-exception-2); silent if dementia (exception procedural-exception-2).");
}

TEST_CASE("an exception speaks of its rule's roles") {
  const auto resolved = resolve_text("a: opioid as first + SSRI → overdose\nexception to a when first stopped within 3 days: silent\n");
  CHECK(said(resolved) == "");
  CHECK(std::get<TakesDrug>(only_rule(resolved).exceptions.front().when.leaf).which == TakesDrug::Which::item);
}

TEST_CASE("a qualifier stands before drugs, classes and roles, in each of its ways") {
  const std::string qualifiers = "qualifier new: drug started within 30 days\nqualifier brief: drug shorter than 14 days or as-needed drug\n";
  CHECK(only_reading(qualifiers + "new opioid + SSRI → serotonin syndrome\n") ==
        "opioid started within the last 30 days with SSRI: serotonin syndrome.");
  CHECK(only_reading(qualifiers + "new brief codeine + SSRI → serotonin syndrome\n") ==
        "(codeine started within the last 30 days and taken shorter than 14 days or as needed codeine started within the last 30 days) with SSRI: "
        "serotonin syndrome.");
  CHECK(only_reading(qualifiers + "opioid as culprit + SSRI if brief culprit → serotonin syndrome\n") ==
        "opioid, called culprit, with SSRI if the culprit (taken shorter than 14 days or as needed): serotonin syndrome.");
}

TEST_CASE("mistakes in qualifiers are said once, and take what uses them with them") {
  const auto errors = [](const char* text) { return said(resolve_text(text)); };
  CHECK(errors("qualifier new: opioid started within 30 days\nnew opioid → overdose\n") ==
        "TH2004 one.rx:1:16 a qualifier says what any drug must be\n");
  CHECK(errors("qualifier a: b drug\nqualifier b: a drug\n").starts_with("TH5005 one.rx:2:14 the qualifier `a` is made of itself"));
  CHECK(errors("qualifier oral: drug started within 30 days\n") == "TH2005 one.rx:1:11 `oral` is declared already\n");
  CHECK(errors("qualifier by skin: transdermal drug\noral by skin opioid → overdose\n") ==
        "TH4005 one.rx:2:1 nothing can be `oral by skin opioid`\n");
  CHECK(errors("qualifier new: drug shorter than and\nnew opioid → overdose\n") == "");
}
