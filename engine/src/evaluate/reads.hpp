// What each rule reads: which rules a change of the facts can touch.
#pragma once

#include "evaluate/evaluate.hpp"
#include "resolve/resolved.hpp"

#include <map>
#include <vector>

namespace theriac::detail {

class ReadIndex {
 public:
  ReadIndex(const Terminology& terms, const std::vector<ResolvedRule>& rules);

  // One mark a rule. A drug touches the rules with a phrase that it may be; a condition those that ask for it, for a kind of it or for what it is a
  // kind of; an effect those that read it or what it is a kind of.
  using Marks = std::vector<char>;
  void mark_drug(ConceptId drug, Marks& marks) const;
  void mark_condition(ConditionId condition, Marks& marks) const;
  void mark_observation(ObservationId observation, Marks& marks) const;
  void mark_effects_of(std::uint32_t rule, Marks& marks) const;  // rules that read what this one derives
  bool reads(std::uint32_t reader, std::uint32_t of) const;      // what that rule derives
  void mark_age(Marks& marks) const { mark(age_, marks); }
  void mark_sex(Marks& marks) const { mark(sex_, marks); }
  void mark_allergies(Marks& marks) const { mark(allergies_, marks); }
  void mark_conditions(Marks& marks) const;  // whoever asks for any

 private:
  using Rules = std::vector<std::uint32_t>;
  friend class ReadCollector;
  static void mark(const Rules& rules, Marks& marks) {
    for (const auto rule : rules) marks[rule] = 1;
  }

  const Terminology& terms_;
  Rules any_drug_, age_, sex_, allergies_;
  std::map<ConceptId, Rules> drugs_;
  std::map<ConditionId, Rules> conditions_;
  std::map<ObservationId, Rules> observations_;
  std::map<EffectId, Rules> effects_;
  std::vector<Rules> readers_;  // by rule: who reads what it derives
};

}  // namespace theriac::detail
