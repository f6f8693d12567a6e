// Pregnancy by week and trimester, childbearing, frailty, smoking, alcohol by amount: with the bundled vocabulary.
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

const Terminology& bundled() {
  static const auto loaded = load_terminology(std::string(THERIAC_RULES) + "/terminology");
  REQUIRE(loaded.terminology);
  return *loaded.terminology;
}

// States that are there, "not …", "perhaps …", then measurements, then what was not understood.
std::string said(const std::string& yaml) {
  const auto facts = detail::understand(patient(yaml + "\nmedications: [diazepam]\n"), bundled());
  std::string all;
  const auto tell = [&](const std::string& text) { all += (all.empty() ? "" : ", ") + text; };
  for (const auto& fact : facts.conditions) {
    if (!bundled().at(fact.what).state || fact.at.source == nullptr) continue;
    tell((fact.truth == Truth::no ? "not " : fact.truth == Truth::possible ? "perhaps " : "") + bundled().at(fact.what).name);
  }
  for (const auto& fact : facts.observations) tell(bundled().at(fact.what).name + " " + show(fact.value));
  for (const auto& each : facts.not_understood) tell(each.kind + ": " + each.reason);
  return all;
}

Truth has(const std::string& yaml, std::string_view state) {
  const auto facts = detail::understand(patient(yaml + "\nmedications: [diazepam]\n"), bundled());
  for (const auto& found : bundled().find(state)) {
    if (found.kind == NameKind::condition) return facts.has(make_id<ConditionId>(found.id), bundled()).truth;
  }
  FAIL("no state ", state);
  return {};
}

}  // namespace

TEST_CASE("pregnancy tells its trimester and its weeks, or leaves them to be found out") {
  CHECK(said("patient: {pregnant: {weeks: 9}}") == "first trimester, not second trimester, not third trimester, pregnancy, pregnancy weeks [9, 9]");
  CHECK(said("patient: {pregnant: {weeks: 13+6}}").find("first trimester") == 0);
  CHECK(said("patient: {pregnant: {weeks: 14}}").find("not first trimester, second trimester") == 0);
  CHECK(said("patient: {pregnant: {weeks: 28}}").find("not first trimester, not second trimester, third trimester") == 0);
  CHECK(said("patient: {pregnant: {trimester: 2}}") ==
        "not first trimester, second trimester, not third trimester, pregnancy, pregnancy weeks [14, 28)");
  CHECK(said("patient: {pregnant: true}") == "pregnancy, perhaps first trimester, perhaps second trimester, perhaps third trimester");
  CHECK(said("patient: {pregnant: false}") == "not pregnancy");
  CHECK(said("patient: {pregnant: {weeks: 60}}") == "perhaps pregnancy, patient: write true, false, unknown, {trimester: 1} or {weeks: 9}");
  CHECK(has("patient: {pregnant: {weeks: 30}}", "pregnancy") == Truth::yes);
  CHECK(has("patient: {sex: female, age: 30}", "third trimester") == Truth::possible);
  CHECK(has("patient: {sex: male, age: 30}", "third trimester") == Truth::no);
  CHECK(has("patient: {pregnant: false}", "third trimester") == Truth::no);
  CHECK(has("patient: {pregnant: unknown}", "third trimester") == Truth::possible);
}

TEST_CASE("childbearing is asked for where it may be so") {
  CHECK(has("patient: {sex: female, age: 30}", "childbearing potential") == Truth::possible);
  CHECK(has("patient: {sex: female, age: 82}", "childbearing potential") == Truth::no);
  CHECK(has("patient: {childbearing: possible}", "childbearing potential") == Truth::yes);
  CHECK(has("patient: {childbearing: planning}", "planning pregnancy") == Truth::yes);
  CHECK(has("patient: {childbearing: not possible}", "childbearing potential") == Truth::no);
  CHECK(has("patient: {childbearing: not possible}", "pregnancy") == Truth::no);
}

TEST_CASE("frailty by the Clinical Frailty Scale") {
  CHECK(said("patient: {frailty: {scale: CFS, value: 6}}") == "frailty, clinical frailty scale [6, 6]");
  CHECK(said("patient: {frailty: {scale: CFS, value: 4}}") == "perhaps frailty, clinical frailty scale [4, 4]");
  CHECK(said("patient: {frailty: {scale: CFS, value: 3}}") == "not frailty, clinical frailty scale [3, 3]");
  CHECK(said("patient: {frailty: {scale: eFI, value: 0.3}}") ==
        "perhaps frailty, patient: write {scale: CFS, value: 1 to 9}, true, false or unknown; other scales are not read");
}

TEST_CASE("smoking now, once and never; renal replacement") {
  CHECK(said("habits: {smoking: never}") == "not current smoker, not former smoker");
  CHECK(said("habits: {smoking: ex-smoker since 2010}") == "not current smoker, former smoker");
  CHECK(said("habits: {smoking: 20 a day}") == "current smoker, not former smoker");
  CHECK(said("habits: {smoking: unknown}") == "perhaps current smoker, perhaps former smoker");
  CHECK(said("patient: {renal_replacement: none}") == "not renal replacement therapy");
  CHECK(said("patient: {renal_replacement: hemodialysis}") == "renal replacement therapy");
}

TEST_CASE("units of alcohol a week, as an interval where a glass may be small or large") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"1 glass of wine nightly", "[10.5, 23.1]"},
      {"2 pints daily", "[28, 42]"},
      {"14 units a week", "[14, 14]"},
      {"never", "[0, 0]"},
      {"two drinks a day", "[14, 46.2]"},
      {"3 units daily", "[21, 21]"},
      {"a bottle of wine twice a week", "[18, 21]"},
      {"2 pints of beer 3 times a week", "[12, 18]"},
      {"1 large glass of wine every evening", "[10.5, 23.1]"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said("habits: {alcohol: " + text + "}") == "alcohol units a week " + expected);
  }
  for (const std::string text : {"true", "unknown"}) {
    INFO(text);
    CHECK(said("habits: {alcohol: " + text + "}") == "");
  }
  for (const std::string text : {"occasionally", "socially", "at weekends", "daily", "heavy"}) {
    INFO(text);
    CHECK(said("habits: {alcohol: " + text + "}") ==
          "habit: how much alcohol is not said; write it as in 14 units a week or 1 glass of wine nightly");
  }
  for (const std::string text : {"2 pints 3 nights a week", "1 glass of wine and 2 beers nightly", "3-4 pints a week", "2 pints, more at weekends"}) {
    INFO(text);
    CHECK(said("habits: {alcohol: '" + text + "'}") ==
          "habit: an amount of alcohol that is not read; write it as in 14 units a week or 1 glass of wine nightly");
  }
}
