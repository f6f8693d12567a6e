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

// Rules under slots, as a plan has them: first slots of facts, then of drugs, then of counts.
struct MadeUp {
  std::vector<std::uint64_t> slots;
  std::vector<std::uint32_t> under{0};
  std::vector<std::uint16_t> further;
  std::vector<std::uint16_t> keys;
  std::size_t first_of_drugs = 0, behind_drugs = 0;
  std::vector<std::uint32_t> expected;

  explicit MadeUp(Random& random) : slots(8 * (1 + random.below(random.chance(10) ? 1'000 : 40))) {
    for (auto& slot : slots) slot = random.chance(12) ? 1U + random.below(1U << 20U) : 0;
    first_of_drugs = random.below(slots.size() + 1);
    behind_drugs = first_of_drugs + random.below(slots.size() - first_of_drugs + 1);
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
      const bool is_drug = slot >= first_of_drugs && slot < behind_drugs;
      for (auto count = is_drug ? random.below(random.chance(10) ? 100 : 6) : 0; count > 0; --count) {
        further.push_back(static_cast<std::uint16_t>(random.below(slots.size())));
        if (slots[slot] != 0 && slots[further.back()] != 0) expected.push_back(static_cast<std::uint32_t>(further.size() - 1));
      }
      under.push_back(static_cast<std::uint32_t>(further.size()));
      if (is_drug && slots[slot] != 0) keys.push_back(static_cast<std::uint16_t>(slot));
    }
    further.resize(further.size() + Triggers::room);
  }
};

// As a run uses it: what passes the sieve and is really set.
std::vector<std::uint32_t> passing(PlanWidth width, const MadeUp& made) {
  std::vector<std::uint32_t> passed(made.further.size() + Triggers::room);
  const Triggers triggers{made.under.data(), made.further.data(), made.first_of_drugs, made.behind_drugs};
  passed.resize(lanes(width).sift(triggers, made.slots, made.keys, passed.data()));
  std::erase_if(passed, [&](std::uint32_t rule) { return made.slots[made.further[rule]] == 0; });
  return passed;
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

TEST_CASE("every width sifts the same rules, in their order") {
  Random random(first_seed());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < 2'000; ++i) {
    const MadeUp made(random);
    kept += made.expected.size();
    CHECK(passing(PlanWidth::portable, made) == made.expected);
    CHECK(passing(widest(), made) == made.expected);
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
