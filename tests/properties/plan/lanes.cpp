// The loops of a plan, each width against the portable one and against the standard library.
#include "plan/lanes.hpp"

#include "support/random.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::testing;

namespace {

constexpr std::size_t ahead = 16;

// As a run uses it: what passes the sieve and is really set.
std::vector<std::uint32_t> passing(PlanWidth width, const std::vector<PlanElement::Candidate>& candidates, const std::vector<std::uint64_t>& slots) {
  SlotBits present;
  std::vector<std::uint32_t> places(candidates.size() + ahead);
  lanes(width).fold(slots, present);
  places.resize(lanes(width).sift(candidates, slots, present, places.data()));
  std::erase_if(places, [&](std::uint32_t place) { return slots[candidates[place].further] == 0; });
  return places;
}

std::vector<std::uint32_t> ranks(PlanWidth width, std::vector<std::uint32_t> keys) {
  const auto count = keys.size();
  keys.resize(count + ahead);
  std::vector<std::uint32_t> result(count + ahead);
  lanes(width).rank(keys.data(), count, result.data());
  result.resize(count);
  return result;
}

}  // namespace

TEST_CASE("every width sifts the same candidates, in their order") {
  Random random(first_seed());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < 2'000; ++i) {
    std::vector<std::uint64_t> slots(8 * (1 + random.below(random.chance(10) ? 1'000 : 40)));
    for (auto& slot : slots) slot = random.chance(12) ? 1U + random.below(1U << 20U) : 0;
    std::vector<PlanElement::Candidate> candidates(random.below(200));
    std::vector<std::uint32_t> expected;
    for (std::uint32_t k = 0; k < candidates.size(); ++k) {
      candidates[k] = {static_cast<std::uint32_t>(random.below(1'000'000)), static_cast<std::uint32_t>(random.below(slots.size()))};
      if (slots[candidates[k].further] != 0) expected.push_back(k);
    }
    kept += expected.size();
    CHECK(passing(PlanWidth::portable, candidates, slots) == expected);
    CHECK(passing(widest(), candidates, slots) == expected);
  }
  CHECK(kept > 1'000);
}

TEST_CASE("every width ranks as a stable sort does") {
  Random random(first_seed());
  for (std::size_t i = 0; i < 2'000; ++i) {
    std::vector<std::uint32_t> keys(random.below(most_ranked + 1));
    const auto different = 1U + random.below(random.chance(50) ? 5 : 100'000);
    for (auto& key : keys)
      key = static_cast<std::uint32_t>(random.below(different)) << (random.chance(50) ? 0U : 12U) | (random.chance(20) ? 1U << 31U : 0U);
    std::vector<std::uint32_t> order(keys.size()), expected(keys.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    for (std::uint32_t place = 0; place < order.size(); ++place) expected[order[place]] = place;
    CHECK(ranks(PlanWidth::portable, keys) == expected);
    CHECK(ranks(widest(), keys) == expected);
  }
}
