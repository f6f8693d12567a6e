// `at least k of C`: distinct ingredients standing together at one instant.
#pragma once

#include "evaluate/drug.hpp"

namespace theriac::detail {

struct Counted {
  Judged judged;
  std::vector<ConceptId> ingredients;    // those that count, sorted
  std::vector<std::uint32_t> exposures;  // of theirs that stand when it holds, sorted
};

struct CountOptions {
  Routes routes = Routes::systemic_or_gut;
  bool unnamed_count = true;
  std::vector<ConceptId> without{};     // sorted: what another item has matched does not count
  std::vector<std::uint32_t> beside{};  // exposures of other items: with these together, not all may be of one entry
};
Counted count_ingredients(const World& world, const std::vector<DrugAlternative>& any_of, std::size_t at_least, const CountOptions& options);
// Distinct entries of one ingredient.
Counted count_entries(const World& world, ConceptId ingredient, std::size_t at_least);

}  // namespace theriac::detail
