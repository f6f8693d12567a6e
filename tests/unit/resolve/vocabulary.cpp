#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <stdexcept>

namespace theriac::detail::testing {
namespace {

class Builder {
 public:
  ConceptId add_class(std::string name, const std::vector<std::string>& is = {}, std::vector<std::string> synonyms = {}) {
    return add(std::move(name), ConceptKind::drug_class, is, std::move(synonyms), {});
  }
  ConceptId add_drug(std::string name, const std::vector<std::string>& is, std::vector<std::string> brands = {},
                     std::vector<std::string> synonyms = {}) {
    return add(std::move(name), ConceptKind::ingredient, is, std::move(synonyms), std::move(brands));
  }
  void add_condition(std::string name, std::vector<std::string> synonyms = {}, bool state = false) {
    Condition condition;
    condition.name = std::move(name);
    condition.synonyms = std::move(synonyms);
    condition.state = state;
    data.conditions.push_back(std::move(condition));
  }
  void add_observation(std::string name, std::string_view unit, std::vector<std::string_view> others = {}, std::string_view molar_mass = {},
                       std::vector<std::string> synonyms = {}) {
    Observation observation;
    observation.name = std::move(name);
    observation.unit = parse_unit(unit).value();
    for (const auto other : others) observation.other_units.push_back(parse_unit(other).value());
    if (!molar_mass.empty()) observation.molar_mass = Quantity{Rational::parse(molar_mass).value(), parse_unit("g/mol").value()};
    observation.synonyms = std::move(synonyms);
    observation.validity_days = 90;
    data.observations.push_back(std::move(observation));
  }
  void add_effect(std::string name) {
    Effect effect;
    effect.name = std::move(name);
    data.effects.push_back(std::move(effect));
  }

  TerminologyData data;

 private:
  ConceptId add(std::string name, ConceptKind kind, const std::vector<std::string>& is, std::vector<std::string> synonyms,
                std::vector<std::string> brands) {
    Concept one;
    one.name = std::move(name);
    one.kind = kind;
    one.synonyms = std::move(synonyms);
    one.brands = std::move(brands);
    for (const auto& parent : is) one.is.push_back({find(parent), {}});
    data.concepts.push_back(std::move(one));
    return make_id<ConceptId>(data.concepts.size() - 1);
  }
  ConceptId find(const std::string& name) const {
    for (std::size_t i = 0; i < data.concepts.size(); ++i) {
      if (data.concepts[i].name == name) return make_id<ConceptId>(i);
    }
    throw std::logic_error("no concept " + name);
  }
};

void add_classes(Builder& b) {
  b.add_class("CNS-active drug");
  b.add_class("CNS depressant", {"CNS-active drug"}, {"central nervous system depressant"});
  b.add_class("opioid", {"CNS depressant"});
  b.add_class("benzodiazepine", {"CNS depressant"});
  b.add_class("antidepressant");
  b.add_class("SSRI", {"antidepressant"});
  b.add_class("SNRI", {"antidepressant"});
  b.add_class("MAOI", {"antidepressant"});
  b.add_class("non-selective MAOI", {"MAOI"});
  for (const auto* name : {"NSAID", "PPI", "ACE inhibitor", "ARB", "diuretic", "loop diuretic", "statin", "dopamine antagonist",
                           "strong CYP3A4 inhibitor", "sensitive CYP3A4 substrate", "non-opioid analgesic", "penicillins"}) {
    b.add_class(name);
  }
}

void add_drugs(Builder& b) {
  b.add_drug("diazepam", {"benzodiazepine"}, {"Valium"});
  b.add_drug("clonazepam", {"benzodiazepine"}, {"Klonopin"});
  b.add_drug("clonidine", {});
  b.add_drug("oxycodone", {"opioid"});
  b.add_drug("codeine", {"opioid"});
  b.add_drug("sertraline", {"SSRI"});
  b.add_drug("fluoxetine", {"SSRI"});
  b.add_drug("selegiline", {"MAOI"});
  b.add_drug("quetiapine", {"dopamine antagonist"});
  b.add_drug("clozapine", {"dopamine antagonist"});
  for (const auto* name : {"mirtazapine", "trazodone", "metformin", "citalopram", "apixaban", "amlodipine", "levothyroxine", "calcium", "misoprostol",
                           "lithium", "naloxone", "alcohol", "paracetamol", "morphine", "lorazepam", "oxazepam"}) {
    b.add_drug(name, {});
  }
  Combination combination;
  combination.name = "oxycodone with paracetamol";
  combination.brands = {"Percocet"};
  combination.ingredients = {make_id<ConceptId>(b.data.concepts.size() - 5), make_id<ConceptId>(b.data.concepts.size() - 4)};
  b.data.combinations.push_back(std::move(combination));
  b.data.look_alikes = {{"clonazepam", "clonidine", "lorazepam"}};
}

void add_facts(Builder& b) {
  b.add_condition("sleep apnoea", {"sleep apnea"});
  b.add_condition("COPD");
  b.add_condition("dementia");
  b.add_condition("Parkinson disease");
  b.add_condition("coronary heart disease");
  b.add_condition("statin intolerance");
  b.add_condition("atrial fibrillation");
  b.add_condition("heart failure");
  b.add_condition("pregnancy", {}, true);
  b.add_condition("procedural sedation");
  b.add_condition("palliative care", {"hospice"}, true);
  b.add_condition("CYP2D6 poor metaboliser", {"CYP2D6 poor metabolizer"}, true);
  b.add_condition("delirium");
  b.add_condition("lung or breathing disease");
  b.add_observation("eGFR", "mL/min/1.73m2");
  b.add_observation("creatinine clearance", "mL/min");
  b.add_observation("serum creatinine", "mg/dL", {"umol/L"}, "113.12", {"creatinine"});
  b.add_observation("weight", "kg", {"lb"});
  b.add_observation("lithium level", "mmol/L", {}, "", {"lithium"});
  b.add_observation("absolute neutrophil count", "10*9/L");
  b.add_observation("potassium", "mmol/L", {"mEq/L"});
  b.add_observation("QTc", "ms");
  for (const auto* name : {"additive sedation",
                           "respiratory depression",
                           "serotonin syndrome",
                           "delirium",
                           "falls and fracture",
                           "lactic acidosis",
                           "acute kidney injury",
                           "bleeding",
                           "QT prolongation",
                           "withdrawal seizure",
                           "omitted statin",
                           "worsening of parkinsonism",
                           "upper GI bleed",
                           "allergic reaction",
                           "therapeutic duplication",
                           "back pain",
                           "increased exposure",
                           "reduced absorption",
                           "unmonitored clozapine",
                           "prescribing cascade",
                           "lithium toxicity",
                           "therapeutic failure",
                           "overdose"}) {
    b.add_effect(name);
  }
}

}  // namespace

std::shared_ptr<const Terminology> vocabulary() {
  Builder b;
  add_classes(b);
  add_drugs(b);
  add_facts(b);
  b.data.problems = {"sedation and falls", "serotonin"};
  for (const bool points : {false, true}) {
    Summed sum;
    sum.name = points ? "anticholinergic burden" : "morphine equivalent";
    sum.kind = points ? Summed::Kind::points : Summed::Kind::equivalent;
    sum.unit = points ? Unit{} : parse_unit("mg/day").value();
    b.data.sums.push_back(std::move(sum));
  }
  b.data.flags = {"fall risk", "driving"};
  b.data.families = {"class"};
  b.data.routes = {
      {"oral", {"by mouth"}, Exposes::systemic}, {"transdermal", {"through the skin"}, Exposes::systemic}, {"topical", {}, Exposes::local}};
  b.data.forms = {{"patch", {}, make_id<RouteId>(1)}, {"extended release", {}, std::nullopt}};
  auto built = Terminology::build(std::move(b.data));
  for (const auto& diagnostic : built.diagnostics) FAIL(diagnostic.message);
  return built.terminology;
}

Resolved resolve_text(std::string_view text, const Options& options) {
  SourceList references;
  if (options.with_references) {
    references.resize(2);
    references[0].key = "FDA-2016-opioid-benzodiazepine";
    references[1].key = "STOPP-START-v3";
  }
  const auto rules = grammar::parse(grammar::Source::make("one.rx", std::string(text)));
  static const auto terminology = vocabulary();
  return resolve(terminology, {grammar::parse(grammar::Source::make("populations.rx", options.vocabulary))}, {rules}, references, options.strict);
}

std::string said(const Resolved& resolved) {
  std::ostringstream text;
  for (const auto& diagnostic : resolved.diagnostics) {
    text << grammar::info(diagnostic.code).id << ' ' << diagnostic.primary.place.to_string() << ' ' << diagnostic.message << '\n';
  }
  return text.str();
}

std::string advised(const Resolved& resolved) {
  std::string text;
  for (const auto& diagnostic : resolved.diagnostics) {
    for (const auto& note : diagnostic.notes) text += note + "\n";
    for (const auto& help : diagnostic.help) text += help + "\n";
  }
  return text;
}

const ResolvedRule& only_rule(const Resolved& resolved) {
  INFO(said(resolved));
  REQUIRE(resolved.rules.size() == 1);
  return resolved.rules.front();
}

std::string only_reading(std::string_view text, const Options& options) {
  const auto resolved = resolve_text(text, options);
  if (resolved.rules.size() != 1 || !said(resolved).empty()) return said(resolved);
  return resolved.rules.front().reading;
}

ConceptId drug(const Resolved& resolved, std::string_view name) {
  for (const auto& found : resolved.terminology->find(name)) {
    if (found.kind == NameKind::ingredient || found.kind == NameKind::drug_class) return make_id<ConceptId>(found.id);
  }
  throw std::logic_error("no drug " + std::string(name));
}

}  // namespace theriac::detail::testing
