// The premises of a rule for one binding, whole or partial (an item without a choice is one for which nothing was found): what a proof is made of,
// and what says why a rule stayed silent.
#pragma once

#include "evaluate/world.hpp"
#include "theriac/screening.hpp"

namespace theriac::detail {

// Why an exposure is, or is not, what a phrase names; presence too, tests that need the other drugs not.
Premise drug_premise(const World& world, const DrugAlternative& alternative, std::uint32_t exposure);
// "drug", "count" …
std::string_view kind_of(const ResolvedItem& item);
// What an item is bound to.
Premise item_premise(const World& world, const ResolvedItem& item, const Choice& choice);
// Of the whole binding: taken together, one of them still, not of one entry, relations between its drugs; guards; what stands against the rule.
void add_premises_of_all(const World& world, const ResolvedRule& rule, const Binding& binding, std::vector<Premise>& into);

// What a rule says of these drugs: which of its heads does not matter, but for the exception that it replaces the rule by.
struct Sought {
  const ResolvedRule& rule;
  const std::vector<ConceptId>& ingredients;  // sorted
  Verdict verdict{};
  std::int32_t exception = -1;
};
// The premises of the first binding that says it; none where there is no such binding.
std::vector<Premise> premises_of(const World& world, const Sought& sought);

}  // namespace theriac::detail
