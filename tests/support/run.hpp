// Runs the engine on a generated case, without words: strata, evaluation, drafts. And how many cases a run has, and from which seed.
#pragma once

#include "assemble/draft.hpp"
#include "compile/stratify.hpp"
#include "support/generate.hpp"

#include <functional>

namespace theriac::testing {

struct Ran {
  std::vector<std::uint32_t> refused;
  detail::Evaluation evaluation;
  std::vector<detail::Draft> drafts;  // they point into `evaluation`
  Ran() = default;
  Ran(Ran&&) = default;
  Ran& operator=(Ran&&) = default;
};
Ran run(const Case& what);

// THERIAC_CASES and THERIAC_SEED, else what is given. A property whose cases each cost as much as many others gets so many fewer of THERIAC_CASES.
std::size_t cases_wanted(std::size_t usual, std::size_t cost = 1);
std::uint64_t first_seed();

// Looks for a seed for which `wrong` says something; shrinks it and says it all. "" where there is none.
std::string search(std::size_t cases, const std::function<Case(std::uint64_t)>& make, const std::function<std::string(const Case&)>& wrong);

}  // namespace theriac::testing
