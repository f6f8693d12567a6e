// A patient who changes, judged again, against the same patient judged from nothing: every field of the evaluation on generated rules of all kinds,
// and every byte of the report by the bundled rules.
#include "theriac/live.hpp"
#include "assemble/finding.hpp"
#include "assemble/kept_words.hpp"
#include "evaluate/again.hpp"
#include "pack/same.hpp"
#include "support/bundled.hpp"
#include "support/generate_parts.hpp"
#include "support/random.hpp"
#include "support/run.hpp"
#include "theriac/report.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t edits_each = 8;

template <class T>
void edit_list(std::vector<T>& list, const std::vector<T>& donors, Random& random) {
  const bool take_away = !list.empty() && random.chance(45);
  if (take_away) list.erase(list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size())));
  if (donors.empty() || (take_away && random.chance(60))) return;
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(random.below(list.size() + 1)), random.pick(donors));
}

// Entries are numbered by their places, as a reader numbers them; habits stand last.
void number_entries(std::vector<detail::Exposure>& exposures) {
  std::stable_partition(exposures.begin(), exposures.end(), [](const auto& each) { return each.entry >= 0; });
  std::int32_t entry = -1, said = -1;
  for (auto& each : exposures) {
    if (each.entry < 0) continue;
    if (each.entry != said || entry < 0) ++entry;
    said = each.entry;
    each.entry = entry;
  }
}

void edit(detail::Facts& facts, const detail::Facts& donor, Random& random) {
  switch (random.below(9)) {
    case 0:
      return edit_list(facts.conditions, donor.conditions, random);
    case 1:
      return edit_list(facts.observations, donor.observations, random);
    case 2:
      return edit_list(facts.allergies, donor.allergies, random);
    case 3:
      if (random.chance(30)) facts.age = donor.age;
      if (random.chance(30)) facts.sex = donor.sex;
      if (random.chance(20)) facts.conditions_complete = donor.conditions_complete;
      if (random.chance(20)) facts.medications_complete = donor.medications_complete;
      if (random.chance(20)) facts.allergies_known = donor.allergies_known;
      if (random.chance(20)) facts.unrecognised = donor.unrecognised;
      return;
    default:
      edit_list(facts.exposures, donor.exposures, random);
      return number_entries(facts.exposures);
  }
}

struct Seen {
  std::size_t edits = 0, judged = 0, rules = 0, derivations = 0, findings = 0, told_anew = 0;
};

// Are the proofs and identities those that are told from nothing? What is kept of this state is filled.
bool same_words(const Case& what, const detail::Strata& strata, const detail::Settled& settled, const detail::Evaluation& evaluation,
                detail::KeptWords& kept, Seen& seen) {
  RuleBase::Compiled base;
  base.terminology = what.terms;
  base.strata = strata;
  const detail::AssembleContext context{base, what.rules, settled.facts, evaluation};
  const detail::World world{context.terms(), settled.facts, evaluation.facts};
  for (const auto& draft : detail::draft(*what.terms, what.rules, evaluation)) {
    const auto anew = detail::finding_of(context, world, draft);
    const auto told = kept.of(draft, [&] {
      ++seen.told_anew;
      return detail::KeptWords::Words{anew.derivation, anew.id};
    });
    ++seen.findings;
    if (!detail::same(told.proof, anew.derivation) || told.id != anew.id) return false;
  }
  return true;
}

// "" where all is as from nothing.
std::string disagreement(std::uint64_t seed, Seen& seen) {
  const auto what = generate(seed, {.rules = 8});
  const auto stratified = detail::stratify(*what.terms, what.rules);
  if (!stratified.refused.empty()) return {};
  const auto& strata = stratified.strata;
  const detail::ReadIndex index(*what.terms, what.rules);
  const detail::Again again(*what.terms, what.rules, strata, index);
  Random random(seed ^ 0x5EEDU);
  const Knobs knobs;
  Maker maker{random, *what.terms, knobs, {50, 30, 50, 50, 50}};
  auto settled = again.settle(what.facts, nullptr);
  auto words = std::make_shared<detail::KeptWords>();
  if (!same_words(what, strata, settled, again.evaluation(settled), *words, seen)) return fmt::format("seed {}, words", seed);
  for (std::size_t i = 0; i < edits_each; ++i) {
    auto facts = settled.facts;
    edit(facts, make_facts(maker), random);
    const auto tried = again.settle(facts, &settled);
    const auto expected = detail::evaluate(*what.terms, what.rules, strata, facts);
    ++seen.edits;
    seen.judged += tried.judged;
    seen.rules += what.rules.size();
    seen.derivations += expected.derivations.size();
    if (!detail::same(again.evaluation(tried), expected)) return fmt::format("seed {}, edit {}", seed, i + 1);
    auto told = std::make_shared<detail::KeptWords>(*words, tried);
    if (!same_words(what, strata, tried, expected, *told, seen)) return fmt::format("seed {}, words after edit {}", seed, i + 1);
    if (random.chance(30)) continue;  // it was only a try
    settled = tried;
    words = told;
  }
  return {};
}

const std::vector<std::string> drugs = {"warfarin 5 mg daily",     "ibuprofen 400 mg three times daily",
                                        "lisinopril 10 mg daily",  "spironolactone 25 mg daily",
                                        "diazepam 5 mg bid",       "morphine 10 mg every 4 hours",
                                        "diclofenac gel",          "amiodarone 200 mg daily",
                                        "digoxin 0.125 mg daily",  "clarithromycin 500 mg bid",
                                        "simvastatin 40 mg daily", "sertraline 50 mg daily",
                                        "lithium 400 mg bid",      "furosemide 40 mg daily",
                                        "metformin 1 g bid",       "tramadol 50 mg stopped 3 days ago",
                                        "no such drug 5 mg",       "prednisone 20 mg daily",
                                        "co-trimoxazole",          "levodopa/carbidopa 100/25 mg tid"};
const std::vector<std::string> problems = {"heart failure", "atrial fibrillation",   "glaucoma", "dementia", "peptic ulcer",
                                           "asthma",        "two falls this winter", "gout"};

void edit_person(LiveScreening& live, Random& random) {
  if (random.chance(50)) {
    const auto age = static_cast<std::int32_t>(12 * random.between(20, 95));
    return live.edit([&](Patient& patient) {
      patient.age = Age{age, age, std::to_string(age / 12) + " years", {}};
      patient.sex = random.pick({"female", "male", "unknown"});
    });
  }
  ObservationEntry value;
  const auto which = random.below(3);
  value.name = {std::vector<std::string>{"eGFR", "potassium", "INR"}[which], {}};
  value.value = {std::to_string(random.between(1, which == 0 ? 120 : 7)), {}};
  value.unit = {std::vector<std::string>{"mL/min/1.73m2", "mmol/L", ""}[which], {}};
  const auto& all = live.patient().observations;
  if (!all.empty() && random.chance(40)) return live.remove(&Patient::observations, random.below(all.size()));
  if (!all.empty() && random.chance(40)) return live.change(&Patient::observations, random.below(all.size()), value);
  live.add(&Patient::observations, value);
}

void edit(LiveScreening& live, Random& random) {
  const auto medications = live.patient().medications.size(), conditions = live.patient().conditions.size();
  switch (random.below(6)) {
    case 0:
      return edit_person(live, random);
    case 1: {
      if (conditions > 0 && random.chance(40)) return live.remove(&Patient::conditions, random.below(conditions));
      ConditionEntry condition;
      condition.text = {random.pick(problems), {}};
      condition.is = random.chance(80) ? ConditionEntry::Is::present : ConditionEntry::Is::absent;
      return live.add(&Patient::conditions, condition);
    }
    case 2:
      if (medications > 1) return live.remove(&Patient::medications, random.below(medications));
      [[fallthrough]];
    case 3:
      if (medications > 0) return live.change(&Patient::medications, random.below(medications), medication(random.pick(drugs)));
      [[fallthrough]];
    default:
      return live.add(&Patient::medications, medication(random.pick(drugs)));
  }
}

}  // namespace

TEST_CASE("what is judged again is what is judged from nothing, to the last field and the last word of a proof") {
  Seen seen;
  for (std::size_t i = 0; i < cases_wanted(2000); ++i) {
    const auto wrong = disagreement(first_seed() + i, seen);
    if (!wrong.empty()) FAIL(wrong);
  }
  MESSAGE(seen.edits << " edits, " << seen.judged << " rules judged of " << seen.rules << ", " << seen.derivations << " derivations, "
                     << seen.told_anew << " findings told of " << seen.findings);
  CHECK(seen.derivations > seen.edits);
  CHECK(seen.judged * 4 < seen.rules * 3);  // else nothing is spared
  CHECK(seen.told_anew * 4 < seen.findings * 3);
}

TEST_CASE("a live screening tells what a screening of the same patient tells, byte for byte") {
  const auto rules = test::bundled_rules();
  REQUIRE(rules);
  for (std::size_t i = 0; i < cases_wanted(8, 1000); ++i) {
    Random random(first_seed() + i);
    Patient patient;
    patient.as_of = parse_date("2025-03-10")->earliest;
    patient.medications = {medication("warfarin 5 mg daily")};
    LiveScreening live(rules, patient);
    CHECK_EQ(live.rules_judged(), rules->info().rules);
    CHECK_EQ(report_json(live.screening()), report_json(live.screening()));  // the first tells all proofs, the second has kept them
    for (std::size_t n = 0; n < edits_each; ++n) {
      INFO("THERIAC_SEED=", first_seed() + i, ", edit ", n + 1);
      auto tried = live;
      const auto before = n == 0 ? report_json(live.screening()) : std::string();
      edit(tried, random);
      CHECK_EQ(report_json(tried.screening()), report_json(screen(*rules, tried.patient())));
      CHECK_EQ(brief_line(tried.brief(), {true, true}), brief_line(brief(*rules, tried.patient()), {true, true}));
      if (n == 0) CHECK_EQ(report_json(live.screening()), before);  // what was tried on a copy leaves the original as it was
      if (random.chance(80)) live = tried;
    }
  }
}

TEST_CASE("an entry that is not there is refused, and nothing has changed") {
  const auto compiled = test::compile_text("warfarin + aspirin → bleeding [major]\n");
  REQUIRE(compiled.rules);
  Patient patient;
  patient.medications = {medication("warfarin 5 mg daily")};
  LiveScreening live(compiled.rules, patient);
  const auto before = report_json(live.screening());
  CHECK_THROWS_AS(live.remove(&Patient::medications, 1), std::out_of_range);
  CHECK_THROWS_AS(live.change(&Patient::conditions, 0, ConditionEntry{}), std::out_of_range);
  CHECK_EQ(report_json(live.screening()), before);
  live.add(&Patient::medications, medication("aspirin 75 mg daily"));
  CHECK_EQ(live.rules_judged(), 1);
  CHECK_EQ(live.screening().findings.size(), 1);
  live.add(&Patient::medications, medication("lisinopril 10 mg daily"));
  CHECK_EQ(live.rules_judged(), 0);
}
