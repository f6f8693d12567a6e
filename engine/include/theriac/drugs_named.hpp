// Which drugs do words name? For adapters that must know whether two records speak of one drug before anything is screened.
#pragma once

#include "theriac/terminology.hpp"

#include <string_view>
#include <vector>

namespace theriac {

// Ingredients (or the class that stands for one) in the order of their ids; empty where nothing is known.
std::vector<ConceptId> drugs_named(std::string_view text, const Terminology& terminology);
// The same of a code: RxNorm's RxCUI of an ingredient or a combination.
std::vector<ConceptId> drugs_coded(std::string_view rxcui, const Terminology& terminology);

}  // namespace theriac
