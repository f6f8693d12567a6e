#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

TEST_CASE("the one-line rule resolves with its population and its flag") {
  const auto resolved = resolve_text("CNS depressant + CNS depressant → additive sedation; flag elderly fall risk\n");
  CHECK(said(resolved) == "");
  const auto& rule = only_rule(resolved);
  CHECK(rule.reading == "CNS depressant with another CNS depressant: additive sedation; flag fall risk if elderly (age at least 65 years).");
  REQUIRE(rule.items.size() == 2);
  CHECK(std::get<DrugItem>(rule.items[0].what).any_of.front().concept_id == drug(resolved, "CNS depressant"));
  CHECK(rule.heads.front().severity == Severity::unrated);
  REQUIRE(rule.flags.size() == 1);
  CHECK(rule.flags.front().guard.population == "elderly");
  CHECK(std::get<Measures>(rule.flags.front().guard.leaf).limit == Rational(65));
}

TEST_CASE("a bare rule is named by the slug of its reading and six digits") {
  const auto ascii = resolve_text("CNS depressant + CNS depressant -> additive sedation\n");
  const auto arrow = resolve_text("# words\ncentral nervous system depressants + CNS-depressant → additive sedation\n");
  CHECK(only_rule(ascii).label.substr(0, 60) == "cns-depressant-with-another-cns-depressant-additive-sedation");
  CHECK(only_rule(ascii).label.size() == 67);
  CHECK(only_rule(ascii).label == only_rule(arrow).label);
}

TEST_CASE("samples of the language read as meant") {
  const auto r = [](std::string_view text) { return only_reading(text); };
  CHECK(r("maoi-ssri: MAOI or MAOI stopped within 14 days + SSRI or SNRI → serotonin syndrome [contraindicated]; avoid the combination\n") ==
        "(MAOI or MAOI stopped within the last 14 days) with (SSRI or SNRI): serotonin syndrome (contraindicated); avoid the combination.");
  CHECK(r("at least 3 of CNS-active drug in elderly → falls and fracture [moderate]; taper one\n") ==
        "at least 3 different drugs of CNS-active drug if elderly (age at least 65 years): falls and fracture (moderate); taper one.");
  CHECK(r("NSAID + ACE inhibitor or ARB + diuretic → acute kidney injury [major]; monitor creatinine within 7 days\n") ==
        "NSAID with (ACE inhibitor or ARB) with diuretic: acute kidney injury (major); monitor creatinine within 7 days.");
  CHECK(r("metformin with eGFR < 30 mL/min/1.73m2 within 90 days → lactic acidosis [contraindicated]; stop metformin\n") ==
        "metformin if eGFR below 30 mL/min/1.73m2 within the last 90 days: lactic acidosis (contraindicated); stop metformin.");
  CHECK(r("citalopram total daily dose > 20 mg/day with age > 60 → QT prolongation [major]\n") ==
        "citalopram at a total daily dose above 20 mg/day if age above 60 years: QT prolongation (major).");
  CHECK(r("NSAID in elderly with no (PPI or misoprostol) → upper GI bleed [moderate]; start a PPI\n") ==
        "NSAID if elderly (age at least 65 years) and no (PPI taken or misoprostol taken): upper GI bleed (moderate); start PPI.");
  CHECK(r("coronary heart disease and no statin unless statin intolerance → omitted statin [moderate]\n") ==
        "coronary heart disease and no (statin taken), unless statin intolerance: omitted statin (moderate).");
  CHECK(r("dopamine antagonist except (quetiapine or clozapine) in Parkinson disease → worsening of parkinsonism [major]\n") ==
        "dopamine antagonist except (quetiapine or clozapine) if Parkinson disease: worsening of parkinsonism (major).");
  CHECK(r("apixaban total daily dose > 5 mg/day with atrial fibrillation and at least 2 of (age >= 80 years, weight <= 60 kg, creatinine >= 1.5 "
          "mg/dL) → "
          "bleeding [moderate]\n") ==
        "apixaban at a total daily dose above 5 mg/day if atrial fibrillation and at least 2 of (age at least 80 years; weight at most 60 kg; serum "
        "creatinine at least 1.5 mg/dL): bleeding (moderate).");
  CHECK(r("drug as culprit with allergy to culprit → allergic reaction [contraindicated]\n") ==
        "any drug, called culprit, if allergy to the culprit: allergic reaction (contraindicated).");
  CHECK(resolve_text("CNS depressant + CNS depressant → additive sedation\nadditive sedation in dementia → delirium [moderate]\n")
            .rules.front()
            .reading == "additive sedation, as concluded from other drugs, if dementia: delirium (moderate).");
  CHECK(r("abrupt stop of benzodiazepine after longer than 4 weeks → withdrawal seizure [major]; taper\n") ==
        "benzodiazepine stopped abruptly after longer than 4 weeks: withdrawal seizure (major); taper.");
  CHECK(r("clozapine if unknown (absolute neutrophil count within 35 days) → unmonitored clozapine [moderate]\n") ==
        "clozapine if no value of the last 35 days of absolute neutrophil count: unmonitored clozapine (moderate).");
  CHECK(r("amlodipine + loop diuretic started within 1 year after amlodipine unless heart failure → prescribing cascade [minor]\n") ==
        "amlodipine with loop diuretic started within 1 year after the matched amlodipine, unless heart failure: prescribing cascade (minor).");
  CHECK(r("levothyroxine + calcium unless at least 4 hours apart → reduced absorption [minor]; separate by 4 hours\n") ==
        "levothyroxine with calcium, unless taken at least 4 hours apart: reduced absorption (minor); separate by 4 hours.");
  CHECK(r("codeine + SSRI if less than 4 hours apart → overdose\n") == "codeine with SSRI if no (taken at least 4 hours apart): overdose.");
  CHECK(r("lithium with creatinine rising 30 % within 14 days → lithium toxicity [major]\n") ==
        "lithium if serum creatinine up by at least 30 percent within the last 14 days: lithium toxicity (major).");
  CHECK(r("lithium with creatinine 1 to 2 mg/dL rising 0.3 mg/dL within 2 days → lithium toxicity [major]\n") ==
        "lithium if serum creatinine at least 1 mg/dL and serum creatinine at most 2 mg/dL and serum creatinine up by at least 0.3 mg/dL within the "
        "last "
        "2 days: lithium toxicity (major).");
  CHECK(r("metformin with age < 4 weeks → lactic acidosis\n") == "metformin if age below 4 weeks: lactic acidosis.");
  CHECK(r("metformin with age 3 to <10 days → lactic acidosis\n") == "metformin if age at least 3 days and age below 10 days: lactic acidosis.");
  CHECK(r("codeine with intolerance to opioid → overdose\n") == "codeine if intolerance to opioid: overdose.");
  CHECK(r("opioid changed within 7 days → overdose\n") == "opioid with its dose changed within the last 7 days: overdose.");
  CHECK(r("codeine stopped within 14 days before SSRI + SSRI → overdose\n") ==
        "codeine stopped within 14 days before the matched SSRI with SSRI: overdose.");
  CHECK(r("codeine changed after SSRI + SSRI → overdose\n") == "codeine with its dose changed after the matched SSRI with SSRI: overdose.");
  CHECK(r("opioid longer than 6 months + benzodiazepine longer than 6 months → overdose\n") ==
        "opioid taken longer than 6 months with benzodiazepine taken longer than 6 months: overdose.");
  CHECK(r("opioid + benzodiazepine if (opioid started within 30 days or benzodiazepine started within 30 days) → overdose\n") ==
        "opioid with benzodiazepine if (the matched opioid started within the last 30 days or the matched benzodiazepine started within the last 30 "
        "days): overdose.");
  CHECK(r("class lingering opioid = codeine, codeine stopped within 14 days\nlingering opioid + SSRI → overdose\n") ==
        "(codeine or codeine stopped within the last 14 days) with SSRI: overdose.");
  CHECK(r("at least 2 of the same ingredient → therapeutic duplication [moderate]\n") ==
        "at least 2 entries of the same ingredient: therapeutic duplication (moderate).");
}

TEST_CASE("a block rule keeps every clause") {
  const auto resolved = resolve_text(
      "rule opioid-benzo \"Opioid with a benzodiazepine\":\n"
      "  when opioid + benzodiazepine\n"
      "  then respiratory depression [major]\n"
      "  lower to minor if palliative care\n"
      "  ask for sleep apnea, COPD\n"
      "  flag fall risk in elderly\n"
      "  avoid the combination where another treatment will do\n"
      "  reduce to the lowest dose for the shortest time\n"
      "  now give naloxone to take home\n"
      "  taper benzodiazepine slowly\n"
      "  prefer non-opioid analgesic over opioid\n"
      "  because both depress the respiratory drive by different receptors\n"
      "  evidence high\n"
      "  source FDA-2016-opioid-benzodiazepine [major]\n"
      "  status draft\n"
      "  version 1.0.0\n"
      "  review by 2028-06-30\n"
      "  example fires: oxycodone 10 mg twice daily, diazepam 5 mg at night\n"
      "  example silent: oxycodone 10 mg twice daily, ibuprofen 400 mg tid\n"
      "\n"
      "exception to opioid-benzo as procedural when procedural sedation within 24 hours: silent\n");
  CHECK(said(resolved) == "");
  const auto& rule = only_rule(resolved);
  CHECK(rule.label == "opioid-benzo");
  CHECK(rule.title == "Opioid with a benzodiazepine");
  REQUIRE(rule.shifts.size() == 1);
  CHECK_FALSE(rule.shifts.front().raise);
  CHECK(rule.ask_for.size() == 2);
  CHECK(rule.sources.front().severity == Severity::major);
  CHECK(rule.examples.size() == 2);
  REQUIRE(rule.actions.size() == 5);
  CHECK(rule.actions[1].to == "the lowest dose for the shortest time");
  CHECK(rule.actions[2].now);
  CHECK(rule.actions[2].concepts == std::vector{drug(resolved, "naloxone")});
  CHECK(rule.actions[3].items == std::vector<std::uint32_t>{1});
  CHECK(rule.actions[4].verb == "switch");
  CHECK(rule.actions[4].to == "non-opioid analgesic");
  CHECK(rule.actions[4].items == std::vector<std::uint32_t>{0});
  REQUIRE(rule.exceptions.size() == 1);
  CHECK(rule.exceptions.front().label == "procedural");
  CHECK(std::get<HasCondition>(rule.exceptions.front().when.leaf).within->unit == "hour");
}

TEST_CASE("a threshold in another unit is converted exactly") {
  const auto resolved = resolve_text("metformin with creatinine >= 113.12 umol/L → lactic acidosis [major]\n");
  const auto& guard = only_rule(resolved).guard;
  CHECK(std::get<Measures>(guard.leaf).limit == Rational::parse("1.27961344").value());
}

TEST_CASE("a threshold in milliequivalents reads as millimoles where the terminology says so") {
  CHECK(only_reading("ACE inhibitor with potassium > 5.5 mEq/L → overdose\n") == "ACE inhibitor if potassium above 5.5 mmol/L: overdose.");
  CHECK(only_reading("lithium with lithium level > 1.2 mEq/L → overdose\n") == "TH3002 one.rx:1:30 `mEq/L` does not measure lithium level\n");
}

TEST_CASE("an action speaks of one of several alternatives by its name") {
  const auto resolved =
      resolve_text("opioid + benzodiazepine or alcohol → respiratory depression [major]; avoid alcohol altogether; reduce each to a low dose\n");
  const auto& actions = only_rule(resolved).actions;
  CHECK(actions[0].items.empty());
  CHECK(actions[0].concepts == std::vector{drug(resolved, "alcohol")});
  CHECK(actions[1].items == std::vector<std::uint32_t>{0, 1});
  CHECK(actions[1].to == "a low dose");
}

TEST_CASE("a measurement in an action is not a drug") {
  const auto resolved = resolve_text("lithium + NSAID → lithium toxicity [major]; check lithium level; check lithium\n");
  const auto& actions = only_rule(resolved).actions;
  CHECK(actions[0].items.empty());
  CHECK(actions[1].items == std::vector<std::uint32_t>{0});
}

TEST_CASE("a name may be spelt with other case, hyphens and a plural") {
  CHECK(only_reading("Cns-Depressants + opioids → additive sedation\n") == "CNS depressant with opioid: additive sedation.");
  CHECK(only_reading("Valium + `CNS depressant` → additive sedation\n") == "diazepam with CNS depressant: additive sedation.");
}

TEST_CASE("a role, an item's words, `other` and `any` say which drug is meant") {
  const auto resolved =
      resolve_text("opioid as first + benzodiazepine unless first stopped within 3 days or other opioid or any oxycodone → overdose [major]\n");
  const auto& unless = only_rule(resolved).unless.front();
  REQUIRE(unless.children.size() == 3);
  CHECK(std::get<TakesDrug>(unless.children[0].leaf).which == TakesDrug::Which::item);
  CHECK(std::get<TakesDrug>(unless.children[0].leaf).any_of.front().tests.size() == 1);
  CHECK(std::get<TakesDrug>(unless.children[1].leaf).which == TakesDrug::Which::other);
  CHECK(std::get<TakesDrug>(unless.children[2].leaf).which == TakesDrug::Which::any);
  const auto own = resolve_text("opioid + benzodiazepine if opioid longer than 4 weeks → overdose [major]\n");
  CHECK(std::get<TakesDrug>(only_rule(own).guard.leaf).which == TakesDrug::Which::item);
}

TEST_CASE("a phenotype is a state of the patient, in either spelling") {
  CHECK(only_reading("codeine with CYP2D6 poor metabolizer → therapeutic failure [moderate]\n") ==
        "codeine if CYP2D6 poor metaboliser: therapeutic failure (moderate).");
}

TEST_CASE("routes, forms and schedules stand round the drug") {
  CHECK(only_reading("transdermal selegiline + SSRI → serotonin syndrome [major]\n") ==
        "transdermal selegiline with SSRI: serotonin syndrome (major).");
  CHECK(only_reading("oxycodone as needed + regular diazepam → overdose [major]\n") ==
        "as needed oxycodone with regular diazepam: overdose (major).");
  CHECK(only_reading("oxycodone patch + benzodiazepine → overdose [major]\n") == "patch oxycodone with benzodiazepine: overdose (major).");
}

TEST_CASE("a head can name the role that it happens to") {
  const auto resolved =
      resolve_text("cyp3a4: strong CYP3A4 inhibitor as inhibitor + sensitive CYP3A4 substrate as victim → increased exposure of victim [moderate]\n");
  CHECK(said(resolved) == "");
  CHECK(only_rule(resolved).heads.front().of_item == 1U);
}

TEST_CASE("an attribution has its effect, drug and frequency") {
  const auto resolved = resolve_text("attribute back pain to mirtazapine [common]\n");
  REQUIRE(resolved.attributions.size() == 1);
  CHECK(resolved.attributions.front().frequency == "common");
  CHECK(resolved.attributions.front().to == drug(resolved, "mirtazapine"));
}
