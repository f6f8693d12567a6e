// What the first version promises, each as a screening of real drugs.
#include "support/screening.hpp"
#include "theriac/report.hpp"

#include <algorithm>
#include <set>

using namespace theriac;
using namespace theriac::test;

namespace {

const std::string card = "CNS depressant + CNS depressant → additive sedation; flag elderly fall risk\n";

std::string drugs(const std::vector<std::string>& lines) {
  std::string text = "medications:\n";
  for (const auto& line : lines) text += "  - " + line + "\n";
  return text;
}

}  // namespace

TEST_CASE("the card's line finds the pair, with the flag in old age only") {
  const auto pair = drugs({"diazepam 5 mg at night", "mirtazapine 30 mg at night"});
  const auto old = screen_text(card, "patient: {age: 82}\n" + pair);
  REQUIRE(old.findings.size() == 1);
  CHECK(old.findings[0].effect == "additive sedation");
  CHECK(old.findings[0].drugs == Names{"diazepam", "mirtazapine"});
  CHECK(old.findings[0].flags == Names{"fall risk"});
  CHECK(old.findings[0].status == Verdict::certain);
  const auto young = screen_text(card, "patient: {age: 40}\n" + pair);
  REQUIRE(young.findings.size() == 1);
  CHECK(young.findings[0].flags.empty());
}

TEST_CASE("the plain arrow reads as the typographic one") {
  const auto plain = screen_text("CNS depressant + CNS depressant -> additive sedation; flag elderly fall risk\n",
                                 "patient: {age: 82}\n" + drugs({"diazepam", "mirtazapine"}));
  CHECK(plain.findings.size() == 1);
}

TEST_CASE("one drug is no pair, nor is it under two names") {
  CHECK(screen_text(card, drugs({"diazepam 5 mg at night"})).findings.empty());
  CHECK(screen_text(card, drugs({"diazepam 5 mg at night", "Valium 2 mg in the morning"})).findings.empty());
}

TEST_CASE("without an age the flag is neither set nor denied") {
  const auto screening = screen_text(card, drugs({"diazepam", "mirtazapine"}));
  REQUIRE(screening.findings.size() == 1);
  CHECK(screening.findings[0].flags.empty());
  CHECK(screening.findings[0].flags_possible == Names{"fall risk"});
}

TEST_CASE("five depressants are one finding with ten supports, in any order of the list") {
  std::vector<std::string> lines = {"diazepam 5 mg at night", "mirtazapine 30 mg at night", "oxycodone 10 mg twice daily",
                                    "quetiapine 50 mg at night", "zolpidem 5 mg at night"};
  const auto screening = screen_text(card, "patient: {age: 82}\n" + drugs(lines));
  REQUIRE(screening.findings.size() == 1);
  CHECK(screening.findings[0].supports_total == 10);
  CHECK(screening.findings[0].drugs.size() == 5);
  std::reverse(lines.begin(), lines.end());
  const auto shuffled = screen_text(card, "patient: {age: 82}\n" + drugs(lines));
  CHECK(shuffled.findings[0].id == screening.findings[0].id);
  CHECK(shuffled.findings[0].supports == screening.findings[0].supports);
  CHECK(shuffled.findings[0].summary == screening.findings[0].summary);
}

TEST_CASE("the same input gives the same bytes") {
  const auto regimen = "patient: {age: 82}\n" + drugs({"diazepam", "mirtazapine", "oxycodone 5 mg twice daily", "unheard-of tea"});
  CHECK(report_json(screen_text(card, regimen)) == report_json(screen_text(card, regimen)));
}

TEST_CASE("a wash-out ends on its day, measured to where the two would meet") {
  const std::string rule = "washout: phenelzine stopped within 14 days + sertraline → serotonin syndrome [contraindicated]; avoid sertraline\n";
  const auto with = [&](std::string_view stop, std::string_view sertraline) {
    return screen_text(rule, "medications:\n  - {drug: phenelzine, dose: 15 mg, status: stopped, stop: " + std::string(stop) + "}\n  - " +
                                 std::string(sertraline) + "\n")
        .findings.size();
  };
  CHECK(with("2025-02-25", "sertraline 50 mg daily") == 1);  // 13 days
  CHECK(with("2025-02-24", "sertraline 50 mg daily") == 0);  // 14 days
  CHECK(with("2025-03-01", "{drug: sertraline, dose: 50 mg, status: proposed, start: 2025-03-14}") == 1);
  CHECK(with("2025-03-01", "{drug: sertraline, dose: 50 mg, status: proposed, start: 2025-03-15}") == 0);
}

TEST_CASE("a partial stop date leaves a wash-out undecided and asks for the day") {
  const auto screening = screen_text("washout: phenelzine stopped within 14 days + sertraline → serotonin syndrome [contraindicated]\n",
                                     "medications:\n  - {drug: phenelzine, status: stopped, stop: 2025-02}\n  - sertraline 50 mg daily\n");
  CHECK(screening.findings.empty());
  REQUIRE(screening.undecided.size() == 1);
  REQUIRE(screening.undecided[0].needs.size() == 1);
  CHECK(screening.undecided[0].needs[0].input == "stop date of phenelzine");
}

TEST_CASE("one combination product is no pair; with a third drug it is a triple") {
  const std::string pair = "ACE inhibitor + thiazide → hypotension [minor]\n";
  CHECK(screen_text(pair, drugs({"lisinopril/hydrochlorothiazide 20/12.5 mg daily"})).findings.empty());
  CHECK(screen_text(pair, drugs({"lisinopril 20 mg daily", "hydrochlorothiazide 12.5 mg daily"})).findings.size() == 1);
  const auto triple = screen_text("NSAID + ACE inhibitor or ARB + diuretic → acute kidney injury [major]\n",
                                  drugs({"lisinopril/hydrochlorothiazide 20/12.5 mg daily", "ibuprofen 400 mg three times daily"}));
  REQUIRE(triple.findings.size() == 1);
  CHECK(triple.findings[0].drugs == Names{"hydrochlorothiazide", "ibuprofen", "lisinopril"});
  CHECK(triple.findings[0].entries == std::vector<std::int32_t>{0, 1});
}

TEST_CASE("a fold never hides something worse") {
  const std::string rules =
      "mild: at least 2 of CNS depressant → additive sedation [moderate]\nbad: opioid + benzodiazepine → additive sedation [major]\n";
  const auto screening = screen_text(rules, drugs({"diazepam", "oxycodone 5 mg twice daily", "mirtazapine"}));
  REQUIRE(screening.findings.size() == 2);
  CHECK(screening.findings[0].rule == "bad");
  const auto folded =
      screen_text("mild: opioid + benzodiazepine → additive sedation [moderate]\nbad: at least 2 of CNS depressant → additive sedation [major]\n",
                  drugs({"diazepam", "oxycodone 5 mg twice daily", "mirtazapine"}));
  REQUIRE(folded.findings.size() == 1);
  REQUIRE(folded.folded.size() == 1);
  CHECK(folded.folded[0].within == folded.findings[0].id);
}

TEST_CASE("an exception that nobody mentioned leaves the finding standing, and says so") {
  const auto screening = screen_text("a: opioid + benzodiazepine → respiratory depression [major] \n  unless palliative care\n",
                                     drugs({"diazepam", "oxycodone 5 mg twice daily"}));
  REQUIRE(screening.findings.size() == 1);
  CHECK(screening.findings[0].status == Verdict::unless);
  CHECK(screening.findings[0].unless == Names{"palliative care"});
}

TEST_CASE("an unrecognised entry could be the missing drug") {
  const std::string rule = "gut: NSAID with no PPI → gastrointestinal bleeding [moderate]\n";
  const auto certain = screen_text(rule, drugs({"ibuprofen 400 mg tid"}));
  REQUIRE(certain.findings.size() == 1);
  CHECK(certain.findings[0].status == Verdict::certain);
  const auto tea = screen_text(rule, drugs({"ibuprofen 400 mg tid", "herbal sleep tea"}));
  REQUIRE(tea.findings.size() == 1);
  CHECK(tea.findings[0].status == Verdict::unless);
  CHECK(tea.findings[0].unless == Names{"herbal sleep tea"});
  REQUIRE(tea.coverage.not_screened.size() == 1);
  CHECK_FALSE(tea.complete);
  CHECK(screen_text(rule, drugs({"ibuprofen 400 mg tid", "omeprazole 20 mg daily"})).findings.empty());
}

TEST_CASE("a missing value never silences") {
  const std::string rule = "met: metformin with eGFR < 30 mL/min/1.73m2 → lactic acidosis [contraindicated]; stop metformin\n";
  const auto with = [&](const std::string& lab) { return screen_text(rule, lab + drugs({"metformin 500 mg twice daily"})); };
  const auto unknown = with("");
  CHECK(unknown.findings.empty());
  REQUIRE(unknown.undecided.size() == 1);
  CHECK(unknown.undecided[0].needs.front().input == "eGFR");
  REQUIRE(unknown.ask_for.size() == 1);
  CHECK(unknown.ask_for[0].inputs == Names{"eGFR"});
  const auto lab = [](std::string_view value, std::string_view date) {
    return "observations: [{name: eGFR, value: \"" + std::string(value) + "\", unit: mL/min/1.73m2, date: " + std::string(date) + "}]\n";
  };
  CHECK(with(lab("29", "2025-03-03")).findings.size() == 1);
  CHECK(with(lab("30", "2025-03-03")).findings.empty());
  CHECK(with(lab("30", "2025-03-03")).undecided.empty());
  CHECK(with(lab(">60", "2025-03-03")).undecided.empty());
  CHECK(with(lab("<60", "2025-03-03")).undecided.size() == 1);
  CHECK(with(lab("29", "2020-03-03")).undecided.size() == 1);
}

TEST_CASE("a wrong unit, an implausible value and an unknown condition do not stop a screening") {
  const auto screening =
      screen_text(card,
                  "patient: {age: 82}\nconditions: [wobbly]\nobservations: [{name: potassium, value: 45, unit: mmol/L, date: 2025-03-03}, "
                  "{name: serum creatinine, value: 1.2, unit: furlongs, date: 2025-03-03}]\n" +
                      drugs({"diazepam", "mirtazapine"}));
  CHECK(screening.findings.size() == 1);
  CHECK(screening.coverage.not_understood.size() == 3);
  CHECK_FALSE(screening.complete);
}

TEST_CASE("a topical gel and a stopped drug are left quiet, and said to be") {
  const auto screening = screen_text("ssri-nsaid: SSRI + NSAID → bleeding [moderate]\n" + card,
                                     "medications:\n  - sertraline 50 mg daily\n  - diclofenac gel topical twice daily\n  - diazepam 5 mg at night\n"
                                     "  - {drug: temazepam, dose: 15 mg, status: stopped, stop: 2024-11-15}\n");
  CHECK(screening.findings.empty());
  REQUIRE(screening.quiet.size() == 2);
  const auto kind = [&](std::size_t i) { return screening.quiet[i].because.front().kind; };
  CHECK(std::set<std::string>{kind(0), kind(1)} == std::set<std::string>{"route", "status"});
}

TEST_CASE("a derived effect feeds another rule, and its proof shows how") {
  const auto screening = screen_text(card + "conf: additive sedation in dementia → delirium [moderate]\n",
                                     "patient: {age: 82}\nconditions: [dementia]\n" + drugs({"diazepam", "mirtazapine"}));
  const auto at = std::find_if(screening.findings.begin(), screening.findings.end(), [](const Finding& finding) { return finding.rule == "conf"; });
  REQUIRE(at != screening.findings.end());
  CHECK(at->drugs == Names{"diazepam", "mirtazapine"});
  CHECK(std::any_of(at->derivation.because.begin(), at->derivation.because.end(),
                    [](const Proof& proof) { return proof.fact == "additive sedation"; }));
}

TEST_CASE("a cycle through negation is refused with the cycle printed, and the other rules load") {
  const auto compiled = compile_text(
      "a: opioid unless respiratory depression → additive sedation\nb: additive sedation + benzodiazepine → respiratory depression\n" + card);
  CHECK(std::any_of(compiled.diagnostics.begin(), compiled.diagnostics.end(),
                    [](const grammar::Diagnostic& each) { return each.code == grammar::Code::TH5001; }));
}

TEST_CASE("ten mistakes are ten messages, and the good rules load") {
  std::string text = card;
  text += "opioid + → sedation\n";
  text += "opiod + benzodiazepine → sedation\n";
  text += "+ opioid → sedation\n";
  text += "opioid with eGFR < 30 furlongs → sedation\n";
  text += "opioid –> sedation\n";
  text += "a: opioid → sedation [grave]\n";
  text += "opioid in childern → sedation\n";
  text += "opioid with no eGFR → sedation\n";
  text += "opioid with benzodiazepine → sedation\n";
  text += "rule b \"no when\":\n  then sedation [minor]\n";
  const auto compiled = compile_text(text);
  const auto errors = std::count_if(compiled.diagnostics.begin(), compiled.diagnostics.end(),
                                    [](const grammar::Diagnostic& each) { return each.level == grammar::Level::error; });
  CHECK(errors == 10);
  for (const auto& each : compiled.diagnostics) INFO(grammar::render(each));
  REQUIRE(compiled.rules);
  CHECK(compiled.rules->info().rules == 1);
  CHECK(compiled.rules->info().not_loaded == 10);
  CHECK_FALSE(compile_text(text, true).rules);
}

TEST_CASE("only the drugs that an abrupt stop harms are said never to be stopped at once") {
  const auto screening = screen_text("benzodiazepine or NSAID + SSRI → falls and fracture [major]; stop benzodiazepine or NSAID; reduce SSRI\n",
                                     drugs({"diazepam", "ibuprofen 400 mg tid", "sertraline"}));
  REQUIRE(screening.findings.size() == 1);
  std::set<std::string> said;
  for (const auto& action : screening.findings[0].actions) {
    for (const auto& drug : action.drugs) said.insert(drug + " " + action.verb + (action.never.empty() ? "" : ", no " + action.never));
  }
  CHECK(said == std::set<std::string>{"diazepam taper, no abrupt stop", "ibuprofen stop", "sertraline reduce, no abrupt stop"});
}

TEST_CASE("what moved a severity says where the rule does so") {
  const auto screening = screen_text(
      "bleed: SSRI + NSAID → bleeding [moderate]\nrule more:\n  when SSRI + NSAID\n  then bruising [minor]\n  raise to major if age >= 65\n",
      "patient: {age: 82}\n" + drugs({"ibuprofen 400 mg tid", "sertraline"}));
  const auto raised =
      std::find_if(screening.findings.begin(), screening.findings.end(), [](const Finding& finding) { return !finding.raised.empty(); });
  REQUIRE(raised != screening.findings.end());
  CHECK(raised->raised.front().at == "one.rx:5:21");
  CHECK(explain_text(screening, *raised).find("raised to major: 82 years") != std::string::npos);
  CHECK(explain_text(screening, *raised).find("one.rx:5\n") != std::string::npos);
}

TEST_CASE("what one rule says of several drugs is one line, and each its own with --all") {
  const auto screening = screen_text("kidney: NSAID → acute kidney injury [moderate]\n", drugs({"ibuprofen 400 mg tid", "naproxen 500 mg bd"}));
  REQUIRE(screening.findings.size() == 2);
  CHECK(report_text(screening).find("  1a–b ibuprofen, naproxen, each ") != std::string::npos);
  TextStyle all;
  all.all = true;
  CHECK(report_text(screening, all).find("   1a  ibuprofen ") != std::string::npos);
  CHECK(report_text(screening, all).find("   1b  naproxen ") != std::string::npos);
}

TEST_CASE("advice that an earlier problem gave is pointed to, and an abrupt stop is warned of once") {
  const auto screening = screen_text(
      "a: SSRI + NSAID → bleeding [major]; stop NSAID; reduce SSRI; check haemoglobin, and ask about black stools; ask about black stools\n"
      "b: SSRI + NSAID → acute kidney injury [moderate]; stop NSAID; reduce SSRI; check creatinine\n",
      drugs({"ibuprofen 400 mg tid", "sertraline"}));
  const auto text = report_text(screening);
  CHECK(text.find("ibuprofen: stop · sertraline: reduce · check haemoglobin, and ask about black stools ·") != std::string::npos);
  CHECK(text.find("plan  check creatinine · ibuprofen, sertraline: see 1") != std::string::npos);
  CHECK(text.find("no abrupt stop: sertraline") == text.rfind("no abrupt stop"));
  TextStyle all;
  all.all = true;
  CHECK(report_text(screening, all).find("see 1") == std::string::npos);
}

TEST_CASE("what is to be found out is asked for by the name under which it is stated") {
  const auto screening = test::screen_text("lungs: diazepam if `lung or breathing disease` → respiratory depression [major]\n",
                                           "unknown: [sleep apnea]\nmedications: [diazepam 5 mg bid]\n");
  REQUIRE(screening.undecided.size() == 1);
  REQUIRE(screening.undecided[0].needs.size() == 1);
  CHECK(screening.undecided[0].needs[0].input == "sleep apnoea");
}

TEST_CASE("a dose in another kind of unit than the limit of a cumulative dose is asked for") {
  const auto screening = test::screen_text("much: amiodarone cumulative dose > 100 g → hypothyroidism [minor]\n",
                                           "medications: [{drug: amiodarone, dose: 5 mL, frequency: daily, start: 2024-01-01}]\n");
  REQUIRE(screening.undecided.size() == 1);
  std::vector<std::string> inputs;
  for (const auto& need : screening.undecided[0].needs) inputs.push_back(need.input);
  CHECK(std::find(inputs.begin(), inputs.end(), "dose of amiodarone") != inputs.end());
}
