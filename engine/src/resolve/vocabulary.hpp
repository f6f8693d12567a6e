// What a run of words can mean: names of the terminology, declared classes and populations, and the few words that the language itself gives a
// meaning by their position (`age`, `total daily dose`, `any`). A back-quoted word is one name and never one of the latter. Spelling counts first,
// the normalised form after. Built once a resolve, then only read.
#pragma once

#include "theriac/grammar/ast.hpp"
#include "theriac/terminology.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

struct Meaning {
  enum class Kind : std::uint8_t {
    drug,            // ConceptId
    declared_class,  // index into the run's classes
    any_drug,        // the word `drug`
    combination,     // CombinationId
    condition,       // ConditionId
    population,      // index into the run's populations
    observation,     // ObservationId
    effect,          // EffectId
    flag,            // FlagId
    route,           // RouteId
    form,            // FormId
    schedule,        // 1: as needed, 0: regular
    qualifier,       // index into the run's qualifiers
    quantity,        // DoseTest::Of
    score,           // index into the run's scores
    table,           // index into the run's tables
    state,           // index into the run's states that rules derive
    role,            // index of an item
    determiner,      // 0: any, 1: other
    allergy_to,      // 0: allergy to, 1: intolerance to
    age,
    sex,    // 1: female, 0: male
    summed  // SumId: an equivalent or a scale
  };
  Kind kind{};
  std::uint32_t id = 0;
  auto operator<=>(const Meaning&) const = default;
};

class Vocabulary {
 public:
  explicit Vocabulary(std::shared_ptr<const Terminology> terminology) : terminology_(std::move(terminology)) {}

  void use(std::shared_ptr<const Terminology> terminology);
  void declare(std::string_view name, Meaning meaning);

  // Meanings of words [begin, end) of a phrase, each once, in order of kind.
  const std::vector<Meaning>& at(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) const;
  // Meanings of a name by the terminology and declarations alone.
  std::vector<Meaning> find(std::string_view name) const;
  std::size_t longest() const;
  // The declared spelling, for messages and readings.
  std::string name_of(const Meaning& meaning) const;
  // Near names among the given kinds, best first, at most three.
  std::vector<Terminology::Suggestion> suggest(std::string_view name, const std::vector<NameKind>& kinds, bool declared) const;

 private:
  std::shared_ptr<const Terminology> terminology_;
  std::map<std::string, std::vector<Meaning>, std::less<>> declared_;
  std::map<Meaning, std::string> spelling_;
  std::size_t longest_declared_ = 3;  // of the language's own words
  mutable std::map<std::string, std::vector<Meaning>, std::less<>> cache_;
};

// "a drug", "a condition": for messages.
std::string_view noun_of(Meaning::Kind kind);

}  // namespace theriac::detail
