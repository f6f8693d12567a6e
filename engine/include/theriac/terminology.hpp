// The vocabulary that rules and patients speak: ingredients, classes, combination products, conditions and states, observations, effects with their clinical
// problem, routes and forms. Built once from files (load.hpp) or by hand, immutable after, shared by any number of threads.
//
// Concepts form an is-a graph whose closure is worked out when it is built. Membership that nobody looked up is not "no": `membership` answers `open` for an
// ingredient that was not reviewed for the class's family.
//
//     auto built = TerminologyBuilder(...).build();
//     built.terminology->membership(diazepam, benzodiazepine);   // Truth::yes
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/ids.hpp"
#include "theriac/quantity.hpp"
#include "theriac/truth.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace theriac {

enum class Exposes : std::uint8_t { systemic, gut, local };
std::string_view to_string(Exposes exposure);

struct IsA {
  ConceptId parent{};
  grammar::Place at;  // where the edge is stated
};

struct Formulation {
  std::vector<std::string> names;
  std::optional<RouteId> route;
  Exposes exposure = Exposes::systemic;
};

enum class ConceptKind : std::uint8_t { ingredient, drug_class };

struct Concept {
  std::string name;
  ConceptKind kind = ConceptKind::ingredient;
  std::vector<std::string> synonyms;
  std::vector<std::string> brands;
  std::string rxcui;
  std::vector<IsA> is;
  FamilyId family{};  // of a class: what its membership is an answer to
  std::vector<std::pair<FamilyId, std::string>> reviewed;  // of an ingredient: family and source key
  std::optional<RouteId> usual_route;
  std::vector<std::pair<RouteId, Exposes>> routes;  // where it departs from the route's own exposure
  std::vector<Formulation> formulations;
  bool taper = false;  // never advise an abrupt stop
  bool habit = false;
  grammar::Place at;
};

struct Combination {
  std::string name;
  std::vector<std::string> synonyms;
  std::vector<std::string> brands;
  std::string rxcui;
  std::vector<ConceptId> ingredients;
  std::optional<RouteId> usual_route;
  grammar::Place at;
};

struct Condition {
  std::string name;
  bool state = false;               // a fact of the patient that stands in no problem list
  std::vector<std::string> read;    // of a state: the regimen's fields that tell it
  std::vector<std::string> synonyms;
  std::vector<std::string> icd10cm;
  std::vector<ConditionId> is;
  grammar::Place at;
  bool genetic = false;             // told by a genotype: stands in no list that could be complete
  std::string_view need() const { return genetic ? "genotype" : "condition"; }  // the kind of the input that is missing
};

// How a genotype is read: each allele has an activity or a function, and two of them (or one that is carried) make a phenotype, which is a state.
struct Gene {
  struct Allele {
    std::string name;                 // "*4"
    std::string function;             // "no", or the activity as text
    std::optional<Rational> activity;
  };
  struct Phenotype {
    ConditionId state{};
    std::optional<std::pair<Rational, Rational>> score;      // both ends belong
    std::vector<std::pair<std::string, std::string>> pairs;  // of functions, in either order
    std::vector<std::string> carries;                        // one of these alleles is enough
  };
  std::string name;
  std::vector<std::string> synonyms;
  std::string source;
  std::vector<Allele> alleles;
  std::vector<Phenotype> phenotypes;
  grammar::Place at;
};

// A unit of one observation that no table of units could convert: times × value + plus is the value in the observation's own unit.
struct StatedConversion {
  Unit from;
  Rational times{1};
  Rational plus{0};
};

struct Observation {
  std::string name;
  std::vector<std::string> synonyms;
  std::vector<std::string> loinc;
  Unit unit;                                  // the unit that rules and values are kept in
  std::vector<Unit> other_units;              // further dimensions that a value may come in
  std::optional<Quantity> molar_mass;         // what joins a mass and an amount
  std::uint32_t charge = 1;                   // what joins an amount and equivalents
  std::vector<StatedConversion> conversions;
  std::string formula;                        // by which it is worked out where nobody measured it; "" where none
  std::optional<std::pair<Rational, Rational>> plausible;  // outside: unusual, still read
  std::optional<std::pair<Rational, Rational>> absolute;   // outside: an input error, never a fact
  std::uint32_t validity_days = 0;            // 0: it does not grow old (height)
  grammar::Place at;
  std::optional<ConditionId> during{};        // it has a meaning only while this holds: weeks of pregnancy
};

// A quantity that adds up over drugs by the table of a source: doses as those of one drug ("CDC 2022 morphine equivalent"), or points of a scale.
struct Summed {
  enum class Kind : std::uint8_t { equivalent, points };
  struct Factor {
    std::optional<Rational> up_to;  // of the drug a day, this much included; the last has none
    Rational low, high;             // differ where the source gives a range
  };
  struct Row {
    ConceptId drug{};
    std::vector<RouteId> routes;  // none: any
    Unit per;                     // the dose that the factor multiplies: mg/day, mcg/h
    std::vector<Factor> factors;  // by rising dose and never falling; of points one
    grammar::Place at;
  };
  std::string name;
  std::vector<std::string> synonyms;
  Kind kind = Kind::equivalent;
  Unit unit;                         // of the sum
  std::vector<Row> rows;             // factor 0: looked up, and it counts nothing
  bool unlisted_is_nothing = false;  // what has no row adds nothing; else nobody knows
  std::string source;
  grammar::Place at;
};

// Drugs of which one may stand in the place of another, by one source: each at the daily dose that the source puts beside the others'.
struct Alternatives {
  struct Drug {
    ConceptId drug{};
    Quantity per_day;
  };
  std::string name;
  std::string source;
  std::vector<Drug> drugs;
  grammar::Place at;
};

struct Effect {
  std::string name;
  std::vector<std::string> synonyms;
  std::optional<ProblemId> problem;
  std::vector<EffectId> is;
  bool inferred = false;  // a rule's own word, declared nowhere
  grammar::Place at;
  bool state = false;     // what rules derive by `is`: other rules read it, nobody is told of it alone
};

struct Route {
  std::string name;
  std::vector<std::string> words;
  Exposes exposure = Exposes::systemic;
};
struct Form {
  std::string name;
  std::vector<std::string> words;
  std::optional<RouteId> route;
};

enum class NameKind : std::uint8_t { ingredient, drug_class, brand, combination, condition, observation, effect, flag, route, form, summed };

struct Name {
  NameKind kind{};
  std::uint32_t id = 0;  // of the id type that goes with the kind; a brand of one ingredient has its ConceptId, `brand` tells how it was said
};

// NFKC, case folded, hyphen and other blanks as one blank, a plural of the last word (at least four letters, not in -ss, -us, -is; or capitals with a small s:
// SSRIs, PPIs) as its singular, marks of trade left out.
std::string normalise(std::string_view text);

struct TerminologyData {
  std::string version;
  std::vector<Concept> concepts;
  std::vector<Combination> combinations;
  std::vector<Condition> conditions;
  std::vector<Observation> observations;
  std::vector<Effect> effects;
  std::vector<Summed> sums;
  std::vector<std::string> problems;
  std::vector<std::string> flags;
  std::vector<std::string> families;
  std::vector<Route> routes;
  std::vector<Form> forms;
  std::vector<Gene> genes;
  std::vector<std::vector<std::string>> look_alikes;
  std::vector<Alternatives> alternatives;
  std::string sha256;
};

class Terminology {
 public:
  struct Built {
    std::shared_ptr<const Terminology> terminology;  // none where there are errors
    grammar::Diagnostics diagnostics;                // cycles of classes, duplicate names
  };
  static Built build(TerminologyData data);

  const TerminologyData& data() const { return data_; }
  const Concept& at(ConceptId id) const { return data_.concepts[index(id)]; }
  const Condition& at(ConditionId id) const { return data_.conditions[index(id)]; }
  const Observation& at(ObservationId id) const { return data_.observations[index(id)]; }
  const Effect& at(EffectId id) const { return data_.effects[index(id)]; }
  const Combination& at(CombinationId id) const { return data_.combinations[index(id)]; }
  const Summed& at(SumId id) const { return data_.sums[index(id)]; }
  const Route& at(RouteId id) const { return data_.routes[index(id)]; }
  const Form& at(FormId id) const { return data_.forms[index(id)]; }
  const std::string& at(FlagId id) const { return data_.flags[index(id)]; }
  const std::string& at(ProblemId id) const { return data_.problems[index(id)]; }

  // Is `what` (an ingredient, or a class that an entry names instead of one) in `where`? yes by the graph; for an ingredient else no where it was reviewed
  // for the family, open where not; for a class `possible` where some ingredient is in both, else no.
  Truth membership(ConceptId what, ConceptId where) const;
  // Stated edges from one to the other, both ends included; empty where there is no way. The shortest, ties by order of declaration.
  std::vector<ConceptId> path(ConceptId from, ConceptId to) const;
  bool is_kind_of(ConditionId what, ConditionId of) const;  // reflexive
  bool is_kind_of(EffectId what, EffectId of) const;        // reflexive
  std::vector<ConceptId> ingredients_in(ConceptId drug_class) const;
  const std::vector<ConceptId>& habits() const;  // substances of habits: alcohol, tobacco, …

  // All meanings of one name, however it is spelt; empty: not known. `name` is normalised here.
  std::vector<Name> find(std::string_view name) const;
  std::size_t longest_name_words() const { return longest_name_words_; }

  struct Suggestion {
    std::string name;
    bool look_alike = false;  // another drug with a similar name: never to be put in silently
  };
  // Near names of these kinds, best first, at most three; never across non-, anti-, hypo-/hyper-.
  std::vector<Suggestion> suggest(std::string_view name, const std::vector<NameKind>& kinds) const;

 private:
  Terminology() = default;
  struct Index;
  TerminologyData data_;
  std::shared_ptr<const Index> index_;
  std::size_t longest_name_words_ = 1;
};

}  // namespace theriac
