// The engine and the reference evaluator say the same of every generated case.
#include "support/compare.hpp"

#include <doctest/doctest.h>

using namespace theriac::testing;

TEST_CASE("the engine says what the reference evaluator says") {
  const std::string found = search(
      cases_wanted(20000), [](std::uint64_t seed) { return generate(seed); }, disagreement);
  INFO(found);
  CHECK(found.empty());
}
