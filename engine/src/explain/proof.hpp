// A recorded proof as branches of a tree: the drugs first, one line each with the classes that made them match, then what else of the patient it
// rests on.
#pragma once

#include "explain/tree.hpp"
#include "theriac/screening.hpp"

namespace theriac::detail {

std::vector<Branch> proof_branches(const Finding& finding);

// All that is told of a finding: its proof, what moved its severity, what would silence or clear it, its mechanism, its rule's standing and sources.
std::vector<Branch> explanation(const Screening& screening, const Finding& finding);

}  // namespace theriac::detail
