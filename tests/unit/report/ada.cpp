#include "unit/report/ada.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace theriac::test {
namespace {

ScreenedEntry entry(std::int32_t number, std::string text, std::string ingredient, std::string shown) {
  ScreenedEntry out;
  out.entry = number;
  out.text = std::move(text);
  out.ingredients = {std::move(ingredient)};
  out.matched_by = "name";
  out.shown = std::move(shown);
  out.status = "taking";
  out.counts_as = "systemic";
  return out;
}

Coverage coverage() {
  Coverage out;
  out.screened = {entry(0, "diazepam", "diazepam", "diazepam"),
                  entry(1, "mirtazapine", "mirtazapine", "mirtazapine"),
                  entry(2, "oxycodone", "oxycodone", "oxycodone"),
                  entry(3, "Klonopin 0.5 mg twice daily", "clonazepam", "clonazepam (Klonopin)"),
                  entry(4, "sertraline 50 mg daily", "sertraline", "sertraline"),
                  entry(5, "diclofenac gel topical twice daily", "diclofenac", "diclofenac gel"),
                  entry(6, "paracetamol 1 g three times daily", "paracetamol", "paracetamol"),
                  entry(7, "temazepam", "temazepam", "temazepam")};
  out.screened[0].dose_low = out.screened[0].dose_high = "5";
  out.screened[0].dose_unit = "mg";
  out.screened[5].counts_as = "local";
  out.screened[5].dose_unknown = "no amount given";
  out.screened[7].status = "stopped";
  out.screened[7].remark = "stopped 115 days ago";
  out.not_screened = {{8, "herbal sleep tea at night", "name not known", "ada.yaml:22:5", {}, {}, {}, {}}};
  out.not_checked = {{"allergies", "none stated, which is not \"none\""}, {"kidneys", "no creatinine"}};
  out.open = {{"condition", 6, Severity::major, {"sleep apnoea", "COPD", "seizure disorder", "dementia", "glaucoma"}}};
  out.given = {"medication list complete"};
  out.habits = {"alcohol: 1 glass of wine nightly"};
  return out;
}

Proof drug(std::string name, std::vector<std::string> classes, std::string at) {
  Proof out;
  out.fact = name + " is in " + classes.back();
  out.via = {std::move(name)};
  out.via.insert(out.via.end(), classes.begin(), classes.end());
  out.at = std::move(at);
  return out;
}

Finding opioid() {
  Finding out;
  out.ref = "1a";
  out.id = "f-00000000000000a1";
  out.rule = "opioid-benzo";
  out.rule_version = "1.0.0";
  out.rule_status = "draft";
  out.title = "Opioid with a benzodiazepine or alcohol";
  out.effect = "respiratory depression";
  out.problem = "sedation and falls";
  out.severity = out.base = Severity::major;
  out.status = Verdict::certain;
  out.drugs = {"alcohol", "clonazepam", "diazepam", "oxycodone"};
  out.shown = {"alcohol", "clonazepam (Klonopin)", "diazepam", "oxycodone"};
  out.entries = {0, 2, 3};
  out.supports = {{"alcohol", "oxycodone"}, {"clonazepam", "oxycodone"}, {"diazepam", "oxycodone"}};
  out.supports_total = 3;
  out.enough = 2;
  out.flags = {"fall risk"};
  out.summary = "oxycodone with alcohol, clonazepam (Klonopin), diazepam: respiratory depression";
  out.mechanism = "both slow breathing, by different receptors";
  out.patient_text = "Get help at once for very slow breathing.";
  out.actions = {{"give", {}, "", true, "", "naloxone to take home"},
                 {"taper", {"clonazepam", "diazepam"}, "", false, "abrupt stop", "if both are not needed, slowly"}};
  out.jurisdictions = {"US"};
  out.evidence = "high";
  out.sources = {{"FDA-2016-opioid-benzodiazepine", "safety communication", "US", "announcement and advice of 2016-08-31",
                  "https://www.fda.gov/Drugs/DrugSafety/ucm518473.htm", "2026-11-22"},
                 {"FDA-label-oxycodone-boxed", "boxed warning", "US", "boxed warning", "", "no"}};
  out.derivation = {"",
                    "",
                    {},
                    "rules/sedation/opioids.rx:4:1",
                    "",
                    "",
                    "opioid-benzo",
                    {drug("oxycodone", {"opioid"}, "ada.yaml:16:12"), drug("clonazepam", {"benzodiazepine"}, "ada.yaml:17:5"),
                     drug("diazepam", {"benzodiazepine"}, "ada.yaml:14:12"), drug("alcohol", {"alcohol"}, "ada.yaml:8:12")}};
  return out;
}

Finding falls() {
  Finding out = opioid();
  out.ref = "1b";
  out.id = "f-00000000000000b2";
  out.rule = "cns-active-three";
  out.title = "Three or more CNS-active drugs from 65 years";
  out.effect = "falls and fracture";
  out.base = Severity::moderate;
  out.raised = {{Severity::major, "two falls this winter", {}, "rules/older/cns-active.rx:7:21"}};
  out.drugs = out.shown = {"clonazepam", "diazepam", "oxycodone", "sertraline"};
  out.shown[0] = "clonazepam (Klonopin)";
  out.supports = {{"clonazepam", "diazepam", "oxycodone"},
                  {"clonazepam", "diazepam", "sertraline"},
                  {"clonazepam", "oxycodone", "sertraline"},
                  {"diazepam", "oxycodone", "sertraline"}};
  out.supports_total = 4;
  out.enough = 3;
  out.sources = {{"AGS-Beers-2023", "consensus criteria", "US", "not read here", "", "no"}};
  out.premises = {{"age", "82 years", {}, "ada.yaml:3:8", "", "", "", {}}, {"falls", "two falls this winter", {}, "ada.yaml:6:14", "", "", "", {}}};
  out.derivation.at = "rules/older/cns-active.rx:4:1";
  out.derivation.because = {drug("clonazepam", {"benzodiazepine", "fall-related CNS drug"}, "ada.yaml:17:5"),
                            drug("diazepam", {"benzodiazepine", "fall-related CNS drug"}, "ada.yaml:14:12"),
                            drug("oxycodone", {"opioid", "fall-related CNS drug"}, "ada.yaml:16:12"),
                            drug("sertraline", {"SSRI", "fall-related CNS drug"}, "ada.yaml:18:5")};
  out.actions = {};
  return out;
}

Finding sedation() {
  Finding out = opioid();
  out.ref = "1c";
  out.id = "f-00000000000000c3";
  out.rule = "cns-pair";
  out.effect = "additive sedation";
  out.severity = out.base = Severity::moderate;
  out.status = Verdict::unless;
  out.unless = {"\"herbal sleep tea\" is a stimulant"};
  out.drugs = out.shown = {"alcohol", "clonazepam", "diazepam", "mirtazapine", "oxycodone"};
  out.shown[1] = "clonazepam (Klonopin)";
  out.supports = {{"alcohol", "diazepam"}};
  out.supports_total = 10;
  out.sources = {{"FDA-label-diazepam", "label", "US", "warnings", "", "2026-11-22"}};
  out.also = {"benzo-alcohol"};
  return out;
}

Finding twice() {
  Finding out = opioid();
  out.ref = "2a";
  out.id = "f-00000000000000d4";
  out.rule = "benzo-twice";
  out.effect = "therapeutic duplication";
  out.problem = "the same twice";
  out.severity = out.base = Severity::moderate;
  out.drugs = out.shown = {"clonazepam", "diazepam"};
  out.shown[0] = "clonazepam (Klonopin)";
  out.supports = {{"clonazepam", "diazepam"}};
  out.supports_total = 1;
  out.flags = {};
  out.sources = {{"FDA-2020-benzodiazepine", "safety communication", "US", "announcement of 2020-09-23", "", "2026-11-22"}};
  return out;
}

Finding serotonin() {
  Finding out = twice();
  out.ref = "3a";
  out.id = "f-00000000000000e5";
  out.rule = "ssri-mirtazapine";
  out.effect = "serotonin syndrome";
  out.problem = "serotonin";
  out.severity = out.base = Severity::minor;
  out.drugs = out.shown = {"mirtazapine", "sertraline"};
  out.supports = {out.drugs};
  return out;
}

Finding lactic_acidosis() {
  Finding out = twice();
  out.ref = "";
  out.id = "f-00000000000000f6";
  out.rule = "metformin-egfr";
  out.effect = "lactic acidosis";
  out.severity = out.base = Severity::contraindicated;
  out.status = Verdict::possible;
  out.drugs = out.shown = {"metformin"};
  out.supports = {out.drugs};
  out.enough = 1;
  out.needs = {{"observation", "eGFR", "not given", 90, true}};
  out.title = "Metformin with an eGFR below 30";
  out.mechanism = "metformin leaves by the kidney";
  out.derivation = {"", "", {}, "rules/kidney/metformin.rx:3:1", "", "", "metformin-egfr", {drug("metformin", {"metformin"}, "ada.yaml:23:5")}};
  return out;
}

Screening head() {
  Screening out;
  out.engine_version = "0.1.0";
  out.rule_base.name = "core";
  out.rule_base.version = "0.1.0";
  out.rule_base.sha256 = "3f9c2a1000000000000000000000000000000000000000000000000000000000";
  out.rule_base.rules = 41;
  out.rule_base.families = {"opioid", "sedation"};
  out.rule_base.jurisdictions = {"EU", "US"};
  out.terminology_version = "0.1.0";
  out.terminology_sha256 = std::string(64, 'a');
  out.ingredients = 80;
  out.source = "ada.yaml";
  out.source_sha256 = std::string(64, 'b');
  out.as_of_from = "file";
  out.as_of = 20157 * minutes_per_day;
  out.patient_id = "ada";
  out.age = "82 years";
  out.sex = "female";
  return out;
}

}  // namespace

Screening ada() {
  auto out = head();
  out.coverage = coverage();
  out.findings = {opioid(), falls(), sedation(), twice(), serotonin()};
  out.undecided = {lactic_acidosis()};
  out.ask_for = {{{"eGFR"}, {out.undecided[0].id}, {}, Severity::contraindicated}};
  auto folded = twice();
  folded.ref = "";
  folded.id = "f-0000000000000f07";
  folded.rule = "benzo-pair";
  folded.within = out.findings[2].id;
  out.folded = {folded};
  out.quiet = {{"ssri-nsaid-bleeding",
                "bleeding",
                {"diclofenac", "sertraline"},
                {"diclofenac gel", "sertraline"},
                {{"route", "systemic NSAID", "the gel is local and does not count", "ada.yaml:19:5"}}},
               {"cns-active-three",
                "falls and fracture",
                {"temazepam"},
                {"temazepam"},
                {{"status", "benzodiazepine", "stopped 2024-11-15", "ada.yaml:21:12"}}},
               {"diazepam-mirtazapine-serotonin",
                "serotonin syndrome",
                {"diazepam", "mirtazapine"},
                {"diazepam", "mirtazapine"},
                {{"dispute", "", "diazepam is not serotonergic", ""}}}};
  out.silenced = {{"opioid-alcohol", "opioid-benzo", {"alcohol", "oxycodone"}}};
  out.groups = {{"1",
                 "sedation and falls",
                 Severity::major,
                 {"alcohol", "clonazepam", "diazepam", "mirtazapine", "oxycodone", "sertraline"},
                 {out.findings[0].id, out.findings[1].id, out.findings[2].id},
                 {},
                 {"fall risk"},
                 {{true, "give", "", "naloxone to take home", {}, {"1a"}},
                  {true, "avoid", "", "alcohol altogether", {}, {"1a", "1c"}},
                  {true, "ask", "", "about sleep apnoea and lung disease", {}, {"1a"}},
                  {false, "taper", "", "if both are not needed, slowly", {"clonazepam", "diazepam"}, {"1a"}},
                  {false, "reduce", "the lowest dose that works", "stepwise", {"oxycodone"}, {"1a"}}}},
                {"2",
                 "the same twice",
                 Severity::moderate,
                 {"clonazepam", "diazepam"},
                 {out.findings[3].id},
                 {},
                 {},
                 {{false, "taper", "", "5–10 % every 2–4 weeks", {"clonazepam", "diazepam"}, {"2a"}}}},
                {"3", "serotonin", Severity::minor, {"mirtazapine", "sertraline"}, {out.findings[4].id}, {}, {}, {}}};
  return out;
}

Screening nothing_found() {
  auto out = head();
  out.complete = true;
  out.coverage = coverage();
  out.coverage.not_screened.clear();
  out.coverage.open.clear();
  out.coverage.habits.clear();
  return out;
}

Screening crowded() {
  auto out = ada();
  for (int group = 4; group <= 12; ++group) {
    ProblemGroup extra{std::to_string(group), "problem " + std::to_string(group), Severity::moderate, {"clonazepam", "diazepam"}, {}, {}, {}, {}};
    for (char letter = 'a'; letter < 'k'; ++letter) {
      auto finding = twice();
      finding.ref = std::to_string(group) + letter;
      finding.id = "f-" + finding.ref;
      extra.findings.push_back(finding.id);
      out.findings.push_back(finding);
    }
    out.groups.push_back(extra);
  }
  return out;
}

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(THERIAC_TEST_DATA) + "/golden/report/" + name;
  if (std::getenv("THERIAC_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  INFO(path);
  CHECK(text == expected.str());
}

}  // namespace theriac::test
