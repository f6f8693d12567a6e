// The whole way on real drugs: the bundled rules, regimens of text with bundled names, read, understood and screened. The reference evaluator gets
// what the resolver and the reader made of them.
#include "compile/compiled.hpp"
#include "support/compare.hpp"
#include "support/random.hpp"
#include "support/screening.hpp"
#include "support/told.hpp"

#include <fmt/format.h>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t cost_of_one = 200;  // in generated cases of a few rules

// What the language can say and the bundled rules do not: exceptions, raises, counts with exceptions, doses, allergies.
constexpr const char* samples = R"(sample-bleed: NSAID in elderly with no (PPI or misoprostol) → gastrointestinal bleeding [moderate]; start a PPI

sample-washout: MAOI or MAOI stopped within 14 days + SSRI or SNRI → serotonin syndrome [contraindicated]; avoid the combination

sample-breathing: opioid + benzodiazepine → respiratory depression [major]; avoid the combination
  unless sleep apnoea
  ask for sleep apnoea
  raise to contraindicated if falls
  flag fall risk in elderly

exception to sample-breathing as sample-palliative when palliative care: lower to minor

exception to sample-washout as sample-topical when dementia: silent

sample-count: at least 3 of CNS depressant unless dementia → additive sedation [moderate]; monitor for falls

sample-delirium: additive sedation in elderly unless no falls → delirium [moderate]; monitor for falls

sample-abrupt: abrupt stop of benzodiazepine after longer than 4 weeks → seizure [major]; taper

sample-kidney: NSAID with eGFR < 30 mL/min/1.73m2 within 90 days unless heart failure → acute kidney injury [major]; stop

sample-dose: sertraline total daily dose > 20 mg/day + drug started within 4 weeks → nausea [minor]; monitor for falls

sample-allergy: drug as culprit with allergy to culprit → allergic reaction [contraindicated]; stop
)";

const RuleBase::Compiled& bundled() {
  static const auto compiled = [] {
    auto loaded = load_rules(THERIAC_RULES);
    loaded.sources.push_back(grammar::Source::make("samples.rx", samples));
    CompileOptions options;
    options.vocabulary = test::vocabulary().vocabulary;
    options.references = loaded.references;
    auto result = compile(test::vocabulary().terminology, loaded.sources, options);
    REQUIRE(result.rules);
    REQUIRE(result.rules->info().not_loaded == 0);
    return result.rules;
  }();
  return compiled->compiled();
}

class Writer {
 public:
  Writer(std::uint64_t seed, bool by_synonym) : random_(seed * 77 + 5), names_(seed + 1), by_synonym_(by_synonym) {}

  std::string regimen() {
    std::string text = "as_of: 2025-03-10\n" + person() + "medications:\n";
    for (std::size_t n = random_.between(1, 7); n > 0; --n) text += "  - " + medication() + "\n";
    return text;
  }

 private:
  static const Terminology& terms() { return *bundled().terminology; }

  std::string person() {
    std::string text;
    if (random_.chance(70))
      text += fmt::format("patient: {{age: {}, sex: {}}}\n", random_.pick({15, 40, 64, 65, 82}), random_.pick({"female", "male", "unknown"}));
    if (random_.chance(60)) text += "conditions: [" + conditions() + "]\n";
    if (random_.chance(30)) text += "absent: [" + conditions() + "]\n";
    if (random_.chance(20)) text += "unknown: [" + conditions() + "]\n";
    if (random_.chance(40))
      text += fmt::format("observations:\n  - {{name: eGFR, value: \"{}\", unit: mL/min/1.73m2, date: {}}}\n",
                          random_.pick({"29", "30", "44", "45", ">60"}), random_.pick({"2025-03-03", "2024-12-10", "2024-12-09", "2025-02"}));
    if (random_.chance(30)) text += "habits: {alcohol: 1 glass of wine nightly}\n";
    if (random_.chance(20)) text += "allergies: [{substance: " + name(drug()) + "}]\n";
    if (random_.chance(40)) text += fmt::format("complete: {{medications: {}, conditions: {}}}\n", random_.chance(80), random_.chance(60));
    return text;
  }

  std::string conditions() {
    std::string text;
    for (std::size_t n = random_.between(1, 3); n > 0; --n) text += (text.empty() ? "" : ", ") + random_.pick(terms().data().conditions).name;
    return text;
  }

  // One that some rule speaks of; one of the samples each other time, however many rules are bundled.
  ConceptId drug() {
    const bool of_sample = random_.chance(50);
    for (;;) {
      const auto& rule = random_.pick(bundled().rules);
      if (rule.items.empty() || (of_sample && rule.label.rfind("sample-", 0) != 0)) continue;
      const auto* item = std::get_if<detail::DrugItem>(&random_.pick(rule.items).what);
      if (item == nullptr || !item->any_of.front().concept_id) continue;
      const auto members = terms().ingredients_in(*item->any_of.front().concept_id);
      const ConceptId what = members.empty() ? *item->any_of.front().concept_id : random_.pick(members);
      if (!terms().at(what).habit) return what;
    }
  }

  // Synonyms are drawn from numbers of their own, so that the rest of the regimen is the same without them.
  std::string name(ConceptId what) {
    const auto& c = terms().at(what);
    const std::uint64_t drawn = names_.next();
    std::vector<std::string> known{c.name};
    for (const auto& each : c.synonyms) known.push_back(each);
    const std::string said = by_synonym_ ? known[drawn % known.size()] : c.name;
    return '"' + said + '"';
  }

  std::string medication() {
    if (random_.chance(4)) return "herbal sleep tea";
    std::string text = "{drug: " + name(drug());
    if (random_.chance(60))
      text += fmt::format(", dose: {} mg, frequency: {}", random_.pick({1, 5, 20, 50, 1000}), random_.pick({"daily", "BID", "at night"}));
    if (random_.chance(10)) text += ", prn: true";
    if (random_.chance(15)) text += fmt::format(", route: {}", random_.pick({"topical", "oral", "rectal"}));
    const auto date = [&] { return random_.pick({"2025-02-24", "2025-02-25", "2025-03-09", "2025-02", "2024-11-01", "2025-02-10"}); };
    const auto later = [&] { return random_.pick({"2025-03-10", "2025-03-11", "2025-03-23", "2025-03-24"}); };
    switch (random_.below(10)) {
      case 0:
        text += fmt::format(", status: stopped, stop: {}, ended: {}", date(), random_.pick({"abruptly", "tapered", "unknown"}));
        break;
      case 1:
        text += fmt::format(", status: proposed, start: {}", later());
        break;
      case 2:
        text += fmt::format(", status: to stop, stop: {}", later());
        break;
      case 3:
        text += ", status: unknown";
        break;
      case 4:
        text += fmt::format(", start: {}", date());
        break;
      case 5:
        text += random_.pick({", status: stopped", ", status: held", ", status: not taken"});
        break;
      default:
        break;
    }
    return text + "}";
  }

  Random random_, names_;
  bool by_synonym_;
};

Case case_of(std::uint64_t seed, bool by_synonym = false) {
  Case what;
  what.terms = bundled().terminology;
  what.rules = bundled().rules;
  what.facts = detail::understand(test::read_patient(Writer(seed, by_synonym).regimen()), *what.terms);
  return what;
}

}  // namespace

TEST_CASE("bundled rules and samples on generated regimens: the engine says what the reference evaluator says") {
  const std::string found = search(
      cases_wanted(100, cost_of_one), [](std::uint64_t seed) { return case_of(seed); }, disagreement);
  INFO(found);
  CHECK(found.empty());
}

TEST_CASE("the regimens mean something: findings of every certainty") {
  std::map<Verdict, std::size_t> seen;
  for (std::uint64_t seed = 1; seed <= 300; ++seed)
    for (const auto& draft : run(case_of(seed)).drafts) ++seen[draft.verdict];
  for (const Verdict verdict : {Verdict::open, Verdict::possible, Verdict::unless, Verdict::certain}) {
    CAPTURE(std::string(to_string(verdict)));
    CHECK(seen[verdict] >= 20);
  }
}

TEST_CASE("a synonym in place of the ingredient changes nothing but labels") {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases_wanted(150, cost_of_one); ++seed) {
    const Case plain = case_of(seed), by_synonym = case_of(seed, true);
    INFO(Writer(seed, true).regimen());
    CHECK(first_difference(findings_told(plain, run(plain).drafts), findings_told(by_synonym, run(by_synonym).drafts), "by name", "by synonym") ==
          "");
  }
}
