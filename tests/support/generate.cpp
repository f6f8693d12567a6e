#include "support/generate.hpp"

#include "support/generate_parts.hpp"

namespace theriac::testing {

using namespace detail;

namespace {

IsA edge(std::size_t parent) { return {make_id<ConceptId>(parent), {}}; }

// Classes first (each may lie in earlier ones), then ingredients, then a habit.
void add_concepts(Random& random, TerminologyData& data) {
  constexpr const char* class_names[] = {"sedative", "opioid", "serotonergic", "thinner", "inhibitor", "substrate"};
  constexpr const char* drug_names[] = {"amorin", "brevol", "caltin", "dexar", "ebulin", "fentil", "galox", "hydrin"};
  const std::size_t classes = random.between(2, 6), drugs = random.between(3, 8), depth = random.pick<std::size_t>({0, 30, 70});
  for (std::size_t i = 0; i < classes; ++i) {
    Concept c;
    c.name = class_names[i];
    c.kind = ConceptKind::drug_class;
    c.family = make_id<FamilyId>(random.below(data.families.size()));
    if (i > 0 && random.chance(depth)) c.is.push_back(edge(random.below(i)));
    if (i > 1 && random.chance(depth / 3)) c.is.push_back(edge(random.below(i)));
    data.concepts.push_back(c);
  }
  for (std::size_t i = 0; i <= drugs; ++i) {
    Concept c;
    c.name = i < drugs ? drug_names[i] : "wine";
    c.habit = i == drugs;
    for (std::size_t k = random.between(1, 3); k > 1 || (k > 0 && random.chance(80)); --k) c.is.push_back(edge(random.below(classes)));
    for (std::size_t f = 0; f < data.families.size(); ++f)
      if (random.chance(75)) c.reviewed.emplace_back(make_id<FamilyId>(f), "label");
    data.concepts.push_back(c);
  }
}

// An equivalent with factors by dose and by route, and a scale. Some drugs have no row.
void add_sums(Random& random, TerminologyData& data) {
  const std::size_t routes = data.routes.size();
  for (const bool points : {false, true}) {
    Summed sum;
    sum.name = points ? "points" : "equivalent";
    sum.kind = points ? Summed::Kind::points : Summed::Kind::equivalent;
    sum.unit = points ? Unit{} : milligrams(true);
    sum.unlisted_is_nothing = random.chance(40);
    for (std::size_t i = 0; i < data.concepts.size(); ++i) {
      if (data.concepts[i].kind != ConceptKind::ingredient || random.chance(30)) continue;
      Summed::Row row;
      row.drug = make_id<ConceptId>(i);
      row.per = milligrams(true);
      const auto factor = [&] { return Rational(random.pick<std::int64_t>({0, 1, 1, 2, 3})); };
      const Rational least = factor();
      if (!points && random.chance(15)) row.factors.push_back({Rational(20), least, least});
      const Rational last = std::max(least, factor());
      row.factors.push_back({std::nullopt, last, !points && random.chance(10) ? *add(last, Rational(1)) : last});
      if (row.factors.back().high == Rational(0)) row.factors.resize(1), row.factors.front().up_to.reset();
      if (random.chance(20)) row.routes.push_back(make_id<RouteId>(random.below(routes)));
      sum.rows.push_back(row);
    }
    data.sums.push_back(sum);
  }
}

std::shared_ptr<const Terminology> make_terms(Random& random) {
  TerminologyData data;
  data.version = "1";
  data.families = {"class", "sedation"};
  data.problems = {"harm"};
  data.flags = {"fall risk", "driving", "renal"};
  add_concepts(random, data);
  for (const char* name : {"gout", "asthma", "stroke", "dementia", "falls"}) {
    Condition c;
    c.name = name;
    c.genetic = random.chance(15);
    for (std::size_t i = 0; i < data.conditions.size(); ++i)
      if (data.conditions[i].genetic == c.genetic && random.chance(20)) c.is.push_back(make_id<ConditionId>(i));
    data.conditions.push_back(c);
  }
  for (const char* name : {"sodium", "clearance", "height"}) {
    Observation o;
    o.name = name;
    o.unit = milligrams();
    o.validity_days = data.observations.size() == 2 ? 0 : 30;
    data.observations.push_back(o);
  }
  for (const char* name : {"sedation", "bleeding", "seizure", "injury", "exposure"}) {
    Effect e;
    e.name = name;
    e.problem = make_id<ProblemId>(0);
    e.state = random.chance(10);
    for (std::size_t i = 0; i < data.effects.size(); ++i)
      if (data.effects[i].state == e.state && random.chance(15)) e.is.push_back(make_id<EffectId>(i));
    data.effects.push_back(e);
  }
  data.routes = {{"oral", {}, Exposes::systemic}, {"topical", {}, Exposes::local}, {"rectal", {}, Exposes::gut}};
  add_sums(random, data);
  return Terminology::build(std::move(data)).terminology;
}

}  // namespace

Unit milligrams(bool per_day) {
  Unit unit{.text = per_day ? "mg/day" : "mg", .dimension = {}, .factor = *Rational::make(1, 1000)};
  unit.dimension.exponents[0] = 1;
  unit.dimension.exponents[2] = per_day ? -1 : 0;
  return unit;
}

std::vector<ConceptId> Maker::concepts(bool classes) const {
  std::vector<ConceptId> result;
  for (std::size_t i = 0; i < terms.data().concepts.size(); ++i)
    if ((terms.data().concepts[i].kind == ConceptKind::drug_class) == classes && !terms.data().concepts[i].habit) result.push_back(make_id<ConceptId>(i));
  return result;
}

Case generate(std::uint64_t seed, const Knobs& knobs) {
  Random random(seed * 0x2545f4914f6cdd1dULL + 1);
  Case result;
  result.terms = make_terms(random);
  const Profile profile{.negation = knobs.negation ? random.pick<std::size_t>({0, 15, 40}) : 0,
                        .unknown = random.pick<std::size_t>({0, 15, 50}),
                        .times = knobs.times ? random.pick<std::size_t>({0, 20, 60}) : 0,
                        .tests = random.pick<std::size_t>({0, 15, 50}),
                        .effects = knobs.effects ? random.pick<std::size_t>({0, 15, 45}) : 0};
  Maker maker{random, *result.terms, knobs, profile};
  for (std::size_t i = 0, n = random.between(1, knobs.rules); i < n; ++i) {
    const bool another_says_so = i > 0 && random.chance(20);
    result.rules.push_back(another_says_so ? vary_rule(maker, random.pick(result.rules), i) : make_rule(maker, i));
  }
  result.facts = make_facts(maker);
  return result;
}

}  // namespace theriac::testing
