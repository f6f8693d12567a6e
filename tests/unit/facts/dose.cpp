// Route, exposure and dose.
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

// "[10, 10] mg", or why it is not known.
std::string dose(const std::string& text) {
  const auto facts = line(text);
  REQUIRE(facts.exposures.size() >= 1);
  const auto& fact = facts.exposures[0].dose;
  return fact.known() ? show(fact.per_day) + " " + fact.unit.text : fact.why_unknown;
}

Exposes way(const std::string& text) { return line(text).exposures.at(0).exposes; }

}  // namespace

TEST_CASE("daily doses") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"diazepam 5 mg twice daily", "[10, 10] mg"},
      {"diazepam 5 mg at night", "[5, 5] mg"},
      {"diazepam 5-10 mg q6h", "[20, 40] mg"},
      {"oxycodone 5 mg q6-8h", "[15, 20] mg"},
      {"oxycodone 5-10 mg q6h prn max 4/day", "[0, 40] mg"},
      {"oxycodone 5 mg q6h prn max 15 mg/day", "[0, 15] mg"},
      {"paracetamol 500 mg 1-2 tabs q4-6h prn (max 8/day)", "[0, 6000] mg"},
      {"paracetamol 500 mg 1-2 tabs q4-6h prn (max 8 tablets/day)", "[0, 4000] mg"},
      {"paracetamol 1 g prn", "as needed, and no maximum is stated"},
      {"paracetamol 1 tab daily", "the strength is not stated"},
      {"diazepam 5 mg half a tablet at night", "[2.5, 2.5] mg"},
      {"diazepam 10 mg in the morning and 20 mg at night", "[30, 30] mg"},
      {"diazepam 5 mg 1-0-1", "[10, 10] mg"},
      {"morphine 10 mg/5 mL 2.5 mL q4h", "[30, 30] mg"},
      {"morphine 10 mg/5 mL q4h", "how much of 10 mg/5mL is taken is not stated"},
      {"fentanyl 25 mcg/h patch every 72 h", "[600, 600] mcg"},
      {"diazepam 7 mg weekly", "[1, 1] mg"},
      {"diazepam 5 mg every other day", "[2.5, 2.5] mg"},
      {"diazepam 5 mg", "how often is not stated"},
      {"diazepam 5 mg with meals", "how often is not stated"},
      {"diazepam 5 daily", "no unit: 5"},
      {"diazepam twice daily", "no dose is stated"},
      {"diazepam 2,5 mg daily", "2,5 mg: 2.5 mg or 25 mg?"},
      {"diazepam 5 mg up to 3 times daily", "[0, 15] mg"},
      {"diazepam 5 mg + 2 mg daily", "several strengths for one drug"},
      {"diazepam 0.1 mg/kg daily", "a dose by weight, and the weight is not given"},
      {"Percocet 5/325 mg 1 tab q6h", "which strength belongs to which ingredient is not said"},
      {"oxycodone/acetaminophen 5/325 mg 1 tab q6h", "[20, 20] mg"},
      {"vitamin B 12 1 mg daily", "[1, 1] mg"},
      {"{drug: diazepam, dose: 5 mg, frequency: twice daily}", "[10, 10] mg"},
      {"{drug: diazepam, strength: 5 mg, dose: 2 tablets, frequency: bd}", "[20, 20] mg"},
      {"{drug: diazepam 5 mg, dose: 1 tab, freq: bd}", "[10, 10] mg"},
      {"{drug: diazepam, dose: 10 mg daily}", "[10, 10] mg"},
      {"{drug: diazepam, dose: 10 mg, frequency: daily, taken: partly}", "[0, 10] mg"},
      {"{drug: paracetamol, dose: 1 g, prn: true, frequency: qid}", "[0, 4] g"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(dose(text) == expected);
  }
}

TEST_CASE("a dose by weight is multiplied by the newest weight") {
  const auto dose_of = [](const std::string& person, const std::string& text) {
    const auto known = facts(person + "medications:\n  - " + text + "\n");
    const auto& fact = known.exposures.at(0).dose;
    return fact.known() ? show(fact.per_day) + " " + fact.unit.text : fact.why_unknown;
  };
  CHECK(dose_of("patient: {weight: 20 kg}\n", "paracetamol 15 mg/kg every 6 hours") == "[1200, 1200] mg");
  CHECK(dose_of("patient: {weight: 20 kg}\n", "vancomycin 40 mg/kg/day") == "[800, 800] mg");
  CHECK(dose_of("patient: {weight: 70 kg}\n", "morphine 0.1 mg/kg/h iv") == "[168, 168] mg");
  CHECK(dose_of("patient: {weight: 20 kg}\n", "paracetamol 10-15 mg/kg every 6 hours") == "[800, 1200] mg");
  CHECK(dose_of("", "paracetamol 15 mg/kg every 6 hours") == "a dose by weight, and the weight is not given");
}

TEST_CASE("each ingredient of a product string has its own strength") {
  const auto facts = line("Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet 1 tab q6h");
  REQUIRE(facts.exposures.size() == 2);
  CHECK(facts.exposures[0].shown == "paracetamol (Acetaminophen/Oxycodone Hydrochloride)");
  CHECK(show(facts.exposures[0].dose.per_day) == "[1300, 1300]");
  CHECK(show(facts.exposures[1].dose.per_day) == "[20, 20]");
}

TEST_CASE("a number in the drug's name is none of the dose, whether the dose stands behind it or in a field of its own") {
  const std::string how = "how much of 5 mg/mL is taken is not stated";
  CHECK(line("Vitamin B 12 5 MG/ML Injectable Solution").exposures[0].dose.why_unknown == how);
  CHECK(line("{drug: Vitamin B 12 5 MG/ML Injectable Solution, frequency: once a month}").exposures[0].dose.why_unknown == how);
  CHECK(line("{drug: Vitamin B 12, dose: 2 mg, frequency: once daily}").exposures[0].dose.per_day.high == Rational{2});
}

TEST_CASE("what is refused stands in not_understood with both readings") {
  const auto facts = line("diazepam 1,000 mg daily");
  REQUIRE(facts.not_understood.size() == 1);
  CHECK(facts.not_understood[0].kind == "dose");
  CHECK(facts.not_understood[0].text == "1,000 mg");
  CHECK(facts.not_understood[0].reason == "1 mg or 1000 mg?");
  CHECK(facts.not_understood[0].at == "p.yaml:3:5");
}

TEST_CASE("route, form and drug decide what counts") {
  CHECK(way("diclofenac 50 mg tds") == Exposes::systemic);
  CHECK(way("diclofenac gel topical twice daily") == Exposes::local);
  CHECK(way("diclofenac gel") == Exposes::local);
  CHECK(line("diclofenac gel topical").screened[0].shown == "diclofenac gel");
  CHECK(way("diclofenac patch") == Exposes::local);
  CHECK(way("fentanyl patch") == Exposes::systemic);
  CHECK(way("Flector 1 patch bd") == Exposes::local);
  CHECK(way("miconazole oral gel") == Exposes::systemic);
  CHECK(way("vancomycin 125 mg by mouth qid") == Exposes::gut);
  CHECK(way("vancomycin 1 g iv bd") == Exposes::systemic);
  CHECK(way("timolol eye drops bd") == Exposes::systemic);
  CHECK(way("{drug: diclofenac, route: to the knee}") == Exposes::local);
  const auto assumed = line("diazepam 5 mg");
  CHECK(assumed.exposures[0].route_assumed);
  CHECK(assumed.screened[0].remark == "route assumed: oral");
  const auto unread = line("{drug: diazepam, route: by carrier pigeon}");
  CHECK_FALSE(unread.exposures[0].route.has_value());
  CHECK(unread.not_understood[0].kind == "route");
}
