#include "support/run.hpp"

#include "support/describe.hpp"
#include "support/shrink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace theriac::testing {

namespace {

std::uint64_t setting(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? usual : std::strtoull(text, nullptr, 10);
}

}  // namespace

Ran run(const Case& what) {
  Ran result;
  detail::Stratified stratified = detail::stratify(*what.terms, what.rules);
  result.refused = stratified.refused;
  if (!result.refused.empty()) return result;
  result.evaluation = detail::evaluate(*what.terms, what.rules, stratified.strata, what.facts);
  result.drafts = detail::draft(*what.terms, what.rules, result.evaluation);
  return result;
}

std::size_t cases_wanted(std::size_t usual, std::size_t cost) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(setting("THERIAC_CASES", usual * cost)) / cost);
}
std::uint64_t first_seed() { return setting("THERIAC_SEED", 1); }

std::string search(std::size_t cases, const std::function<Case(std::uint64_t)>& make, const std::function<std::string(const Case&)>& wrong) {
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases; ++seed) {
    const Case found = make(seed);
    if (wrong(found).empty()) continue;
    const Case small = shrink(found, [&](const Case& candidate) { return !wrong(candidate).empty(); });
    return fmt::format("THERIAC_SEED={} THERIAC_CASES=1 shows it.\n{}\n{}", seed, wrong(small), describe(small));
  }
  return "";
}

}  // namespace theriac::testing
