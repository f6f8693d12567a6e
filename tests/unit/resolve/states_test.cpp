// States that rules derive by `is`, and how other rules read them.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

namespace {

const std::string cyp3a4 =
    "cyp3a4: strong CYP3A4 inhibitor as inhibitor + sensitive CYP3A4 substrate as victim → victim is overexposed, increased exposure of victim "
    "[moderate]\n";

std::string reading(const std::string& text, const std::string& label) {
  const auto resolved = resolve_text(text);
  for (const auto& rule : resolved.rules) {
    if (rule.label == label) return rule.reading;
  }
  return said(resolved);
}

}  // namespace

TEST_CASE("a state of a drug is a head of its own, and a qualifier of other rules") {
  const auto resolved = resolve_text("later: overexposed opioid + benzodiazepine → respiratory depression [major]\n" + cyp3a4);
  CHECK(said(resolved) == "");
  REQUIRE(resolved.rules.size() == 2);
  const auto& derives = resolved.rules[0];
  REQUIRE(derives.heads.size() == 2);
  CHECK(derives.heads[0].of_item == 1U);
  CHECK(resolved.terminology->at(derives.heads[0].effect).state);
  CHECK_FALSE(resolved.terminology->at(derives.heads[1].effect).state);
  CHECK(derives.reading ==
        "strong CYP3A4 inhibitor, called inhibitor, with sensitive CYP3A4 substrate, called victim,: the victim is overexposed and increased "
        "exposure of "
        "the victim (moderate).");
  const auto& tests = std::get<DrugItem>(resolved.rules[1].items[0].what).any_of.front().tests;
  REQUIRE(tests.size() == 1);
  CHECK(std::get<IsDerived>(tests.front()).state == derives.heads[0].effect);
  CHECK(resolved.rules[1].reading == "opioid that is overexposed by another rule with benzodiazepine: respiratory depression (major).");
}

TEST_CASE("a guard asks whether a matched drug is so") {
  CHECK(reading(cyp3a4 + "later: opioid as first + benzodiazepine unless first is overexposed → overdose [major]\n", "later") ==
        "opioid, called first, with benzodiazepine, unless the first that is overexposed by another rule: overdose (major).");
}

TEST_CASE("a state of the patient is the condition of that name, or a word of its own") {
  const auto resolved = resolve_text(
      "blocks: SSRI → patient is CYP2D6 poor metabolizer\n"
      "fails: codeine with CYP2D6 poor metaboliser → therapeutic failure [moderate]\n"
      "loads: opioid → patient is burdened\n"
      "bears: benzodiazepine with burdened → overdose\n"
      "asks: benzodiazepine with patient is burdened → delirium\n");
  CHECK(said(resolved) == "");
  REQUIRE(resolved.rules.size() == 5);
  const auto& blocks = resolved.rules[2];
  CHECK(blocks.label == "blocks");
  CHECK_FALSE(blocks.heads.front().of_item);
  const auto& fails = std::get<HasCondition>(resolved.rules[3].guard.leaf);
  CHECK(fails.derived == std::vector{blocks.heads.front().effect});
  const auto burdened = resolved.rules[4].heads.front().effect;
  CHECK(std::get<HasEffect>(resolved.rules[0].guard.leaf).effect == burdened);
  CHECK(std::get<HasEffect>(resolved.rules[1].guard.leaf).effect == burdened);
}

TEST_CASE("a condition of the past is not what rules derive now") {
  const auto resolved = resolve_text(
      "blocks: SSRI → patient is delirium\n"
      "reads: codeine with delirium within 3 days → overdose [moderate]\n");
  CHECK(std::get<HasCondition>(resolved.rules.back().guard.leaf).derived.empty());
}

TEST_CASE("mistakes about states") {
  const auto errors = [](const std::string& text) { return said(resolve_text(text)); };
  CHECK(errors("opioid as first if first is overexposed → overdose [major]\n") == "TH2001 one.rx:1:29 no rule derives `is overexposed`\n");
  CHECK(errors(cyp3a4 + "codeine as first if first is overexpose → overdose [major]\n") == "TH2001 one.rx:2:30 no rule derives `is overexpose`\n");
  CHECK(errors(cyp3a4 + "SSRI if overexposed → overdose [major]\n") == "TH2004 one.rx:2:9 `overexposed` is said of a drug: say of which\n");
  CHECK(errors("codeine as victim → victim is dementia\n").find("TH2005 one.rx:1:31 `dementia` is a condition already") != std::string::npos);
  CHECK(errors("opioid + SSRI → nobody is overexposed\n").find("TH4004 one.rx:1:17") != std::string::npos);
}
