// Sums over drugs: equivalents and points.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac::detail::testing;

TEST_CASE("an equivalent is added up over what the phrase names, points over all drugs") {
  CHECK(only_reading("x: opioid morphine equivalent >= 50 mg/day → overdose [moderate]\n") ==
        "the morphine equivalent of all opioid together at least 50 mg/day: overdose (moderate).");
  CHECK(only_reading("x: opioid morphine equivalent > 0.05 g/day → overdose [moderate]\n") ==
        "the morphine equivalent of all opioid together above 50 mg/day: overdose (moderate).");
  CHECK(only_reading("x: anticholinergic burden >= 3 in elderly → delirium [moderate]\n") ==
        "the anticholinergic burden of all any drug together at least 3 if elderly (age at least 65 years): delirium (moderate).");
  CHECK(only_reading("x: benzodiazepine unless opioid morphine equivalent < 20 mg/day → overdose [moderate]\n") ==
        "benzodiazepine, unless the morphine equivalent of all opioid together below 20 mg/day: overdose (moderate).");
}

TEST_CASE("mistakes in sums are said") {
  const auto errors = [](const char* text) { return said(resolve_text(text)); };
  CHECK(errors("x: morphine equivalent >= 50 mg/day → overdose [moderate]\n") ==
        "TH2004 one.rx:1:4 of which drugs is the morphine equivalent added up?\n");
  CHECK(errors("x: opioid morphine equivalent >= 50 mg → overdose [moderate]\n") == "TH3002 one.rx:1:34 `mg` does not measure morphine equivalent\n");
  CHECK(errors("x: anticholinergic burden >= 3 mg → delirium [moderate]\n") == "TH3002 one.rx:1:30 `mg` does not measure anticholinergic burden\n");
  CHECK(errors("x: opioid or opioid morphine equivalent >= 50 mg/day → overdose [moderate]\n") ==
        "TH2004 one.rx:1:4 a sum over drugs cannot stand in a list\n");
  CHECK(errors("x: benzodiazepine with opioid morphine equivalent >= 50 mg/day → overdose [moderate]\n") ==
        "TH4002 one.rx:1:24 `opioid morphine equivalent >= 50 mg/day` must be in the finding, so it belongs to the drugs\n");
}

TEST_CASE("a score over drugs adds up, takes the largest or counts what a table gives") {
  CHECK(only_reading("score large = max of morphine equivalent over opioid\nx: large >= 50 mg/day → overdose [moderate]\n") ==
        "the highest morphine equivalent among all opioid at least 50 mg/day: overdose (moderate).");
  CHECK(only_reading("score number = count of morphine equivalent over opioid\nx: number >= 2 → overdose [moderate]\n") ==
        "the number of different opioid that count in morphine equivalent at least 2: overdose (moderate).");
  CHECK(only_reading("score all = sum of anticholinergic burden over drug\nx: all 3 to <5 → delirium [moderate]\n") ==
        "the anticholinergic burden of all any drug together (at least 3 and below 5): delirium (moderate).");
}

TEST_CASE("mistakes in scores over drugs are said") {
  const auto errors = [](const char* text) { return said(resolve_text(text)); };
  CHECK(errors("score a = sum of age over opioid\n") == "TH2004 one.rx:1:18 `age` is nothing that drugs add to\n");
  CHECK(errors("score a = sum of morphine equivalent over unknownium\nx: a >= 50 mg/day → overdose [moderate]\n") ==
        "TH2001 one.rx:1:43 unknown name `unknownium`\n");
  CHECK(errors("score a = sum of morphine equivalent over opioid\nx: a >= 50 mL → overdose [moderate]\n") ==
        "TH3002 one.rx:2:9 `mL` does not measure morphine equivalent\n");
  CHECK(errors("score a = count of morphine equivalent over opioid\nx: a >= 50 mg/day → overdose [moderate]\n") ==
        "TH3002 one.rx:2:9 `mg/day` does not measure a number of drugs\n");
}
