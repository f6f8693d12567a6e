// Every single change of the list that `fix` tries. Each is made of the patient as stated, and understood again: what the engine cannot read in the
// way it was meant is not tried.
#pragma once

#include "facts/facts.hpp"
#include "resolve/parts.hpp"
#include "theriac/fix.hpp"

#include <functional>
#include <set>

namespace theriac::detail {

struct TriedEdit {
  FixEdit told;
  std::vector<std::size_t> touches;  // what it changes, by number: entries, then habits, then what is added. Of two that share one, one is made
  std::function<void(Patient&)> apply;
  std::set<ConceptId> drugs;  // what is taken there, before and after
};

struct EditMaking {
  const std::vector<ResolvedRule>& rules;
  const Terminology& terms;
  const Patient& patient;
  const Facts& facts;
};

// In the order of what they touch and of their costs.
std::vector<TriedEdit> edits_to_try(const EditMaking& making);
// What is taken, or may be, or is to begin: entries and habits.
std::size_t drugs_taken(const Facts& facts);

std::uint32_t cost_of(FixEdit::Kind kind);

// Further ones (fix_doses.cpp, fix_times.cpp).
void add_reductions(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into);
void add_separations(const EditMaking& making, std::vector<TriedEdit>& into);
// Must a stop of it be a taper: by its own word, or by a rule that speaks of an abrupt one?
bool must_taper(const EditMaking& making, ConceptId drug);
void add_replacements(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into);
void add_delays(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into);

// Exposures of this entry that are taken, or may be.
std::vector<const Exposure*> taken_of(const Facts& facts, std::size_t entry);
std::set<ConceptId> drugs_of(const std::vector<const Exposure*>& exposures);
std::string shown_of(const std::vector<const Exposure*>& exposures);

// Do these phrases name the drug, surely or perhaps?
bool may_name(const Terminology& terms, const std::vector<DrugAlternative>& any_of, ConceptId drug);

// Every drug phrase of the rule, of its items and guards, without what they except.
template <class Use>
void each_phrase(const ResolvedRule& rule, const Use& use) {
  const auto look = [&](const auto& what) {
    if constexpr (requires { what.any_of.front().tests; }) {
      for (const auto& phrase : what.any_of) use(phrase);
    }
    if constexpr (requires { what.sum.any_of; }) {
      for (const auto& phrase : what.sum.any_of) use(phrase);
    }
  };
  for (const auto& item : rule.items) std::visit(look, item.what);
  each_guard(rule, [&](const ResolvedGuard& guard) { each_leaf(guard, [&](const auto& leaf) { std::visit(look, leaf); }); });
}

}  // namespace theriac::detail
