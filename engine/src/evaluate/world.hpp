// What rules are judged against: the vocabulary, one patient's facts, and what earlier strata derived. Lives for one screening, on one thread.
#pragma once

#include "evaluate/judged.hpp"
#include "evaluate/window.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace theriac::detail {

// One support of one rule's effect, as later rules see it.
struct DerivedFact {
  std::uint32_t rule = 0;  // index into the rules
  EffectId effect{};
  std::optional<ConceptId> of;
  std::vector<ConceptId> ingredients;    // sorted
  std::vector<std::uint32_t> exposures;  // sorted
  Judged judged;
};

struct World {
  const Terminology& terms;
  const Facts& facts;
  std::vector<DerivedFact> derived{};

  // Is it derived, of this drug where one is named?
  Judged is_derived(EffectId effect, const std::optional<ConceptId>& of) const;
  bool tells(const DerivedFact& fact, EffectId effect, const std::optional<ConceptId>& of) const {
    return terms.is_kind_of(fact.effect, effect) && (!of || fact.of == of);
  }
  const std::string& name(ConceptId id) const { return terms.at(id).name; }
  const Exposure& exposure(std::uint32_t i) const { return facts.exposures[i]; }
  // What lets an absent drug be present after all: unrecognised entries, and a list declared incomplete. Not asked for.
  Needs unlisted_drugs() const;
  bool drugs_unlisted() const { return !facts.unrecognised.empty() || !facts.medications_complete; }
};

// What one item of a rule is bound to.
struct Choice {
  std::vector<std::uint32_t> exposures;  // sorted
  std::vector<ConceptId> ingredients;    // sorted
  Judged judged;
  std::optional<Window> window;                  // none: time does not bind it
  const DrugAlternative* alternative = nullptr;  // of a drug item
  std::vector<std::int64_t> derived{};           // what it rests on that rules derived: indexes into World::derived
  bool may_share = false;                        // effects and counts may have a drug in common with one another
  // What the derivation of a state brings: `overexposed opioid` brings its inhibitor. Sorted; it may be another item's drug too.
  std::vector<std::uint32_t> brought_exposures{};
  std::vector<ConceptId> brought{};
};

// One choice for each item that binds drugs, in the order of the rule's items.
struct Binding {
  std::vector<const Choice*> choices;  // null where the item binds no drug (or, while searching, is not bound yet)
  std::vector<ConceptId> ingredients;  // of all, sorted
  bool has(ConceptId id) const;
};

}  // namespace theriac::detail
