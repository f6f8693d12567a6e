// The loops of a plan, each width against the portable one and against the standard library.
#include "plan/lanes.hpp"
#include "scan.hpp"

#include "support/random.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <vector>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::testing;

namespace {

bool are_at_least(std::uint64_t drugs, int count) { return std::popcount(drugs) >= count; }

// Rules under slots, as a plan has them: slots of facts, of phrases, of counts.
struct MadeUp {
  std::vector<std::uint64_t> slots, counted;  // as they are before and after
  std::vector<std::uint32_t> under{0};
  std::vector<std::uint16_t> further;
  std::vector<std::uint16_t> keys;
  Sieve sieve;
  std::vector<std::uint32_t> expected;

  explicit MadeUp(Random& random) {
    sieve.facts = random.below(150);
    sieve.phrases = sieve.facts;
    const auto phrases = 1 + random.below(random.chance(10) ? 3'000 : 300);
    sieve.twice = random.below(std::min<std::size_t>(phrases, 60));
    sieve.thrice_from = random.below(sieve.twice + 1);
    sieve.thrice = random.below(std::min<std::size_t>(phrases - sieve.thrice_from, 60));
    sieve.counts = sieve.phrases + phrases;
    slots.resize(sieve.counts + sieve.twice + sieve.thrice + 8);
    for (std::size_t i = 0; i < sieve.counts; ++i) slots[i] = random.chance(12) ? 1U + random.below(1U << (random.chance(50) ? 3U : 20U)) : 0;
    counted = slots;
    for (std::size_t i = 0; i < sieve.twice; ++i) counted[sieve.counts + i] = are_at_least(slots[sieve.phrases + i], 2) ? 1 : 0;
    for (std::size_t i = 0; i < sieve.thrice; ++i) {
      counted[sieve.counts + sieve.twice + i] = are_at_least(slots[sieve.phrases + sieve.thrice_from + i], 3) ? 1 : 0;
    }
    for (std::size_t slot = 0; slot < slots.size(); ++slot) add_rules(random, slot);
    further.resize(further.size() + Sieve::room);
    sieve.under = under.data();
    sieve.further = further.data();
  }
  MadeUp(const MadeUp&) = delete;
  MadeUp& operator=(const MadeUp&) = delete;

  void add_rules(Random& random, std::size_t slot) {
    const bool is_phrase = slot >= sieve.phrases && slot < sieve.counts;
    for (auto count = is_phrase ? random.below(random.chance(10) ? 100 : 6) : 0; count > 0; --count) {
      further.push_back(static_cast<std::uint16_t>(random.below(slots.size() - 8)));
      if (slots[slot] != 0 && counted[further.back()] != 0) expected.push_back(static_cast<std::uint32_t>(further.size() - 1));
    }
    under.push_back(static_cast<std::uint32_t>(further.size()));
    if (is_phrase && slots[slot] != 0) keys.push_back(static_cast<std::uint16_t>(slot));
  }
};

// As a run uses it: what passes the sieve and is really set.
std::vector<std::uint32_t> passing(PlanWidth width, const MadeUp& made) {
  auto slots = made.slots;
  std::vector<std::uint32_t> passed(made.further.size() + Sieve::room);
  passed.resize(lanes(width).sift(made.sieve, slots.data(), made.keys, passed.data()));
  for (std::size_t i = 0; i < slots.size(); ++i) CHECK((slots[i] != 0) == (made.counted[i] != 0));
  std::erase_if(passed, [&](std::uint32_t rule) { return slots[made.further[rule]] == 0; });
  return passed;
}

// Of those from one place to another.
std::vector<std::uint32_t> ranks(PlanWidth width, std::vector<std::uint32_t> keys, std::size_t from, std::size_t to) {
  keys.resize(keys.size() + Lanes::ranked);
  std::vector<std::uint32_t> result(to + Lanes::ranked);
  for (auto at = from; at < to; at += Lanes::ranked) lanes(width).rank(keys.data(), at, from, to, result.data() + at);
  result.resize(to);
  result.erase(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(from));
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
    std::vector<std::uint32_t> keys(random.below(200));
    const auto different = 1U + random.below(random.chance(50) ? 5 : 100'000);
    for (auto& key : keys)
      key = static_cast<std::uint32_t>(random.below(different)) << (random.chance(50) ? 0U : 12U) | (random.chance(20) ? 1U << 31U : 0U);
    const auto from = random.below(keys.size() + 1), to = from + random.below(keys.size() - from + 1);
    std::vector<std::uint32_t> order(to - from), expected(to - from);
    std::iota(order.begin(), order.end(), static_cast<std::uint32_t>(from));
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
    for (std::size_t place = 0; place < order.size(); ++place) expected[order[place] - from] = static_cast<std::uint32_t>(from + place);
    CHECK(ranks(PlanWidth::portable, keys, from, to) == expected);
    CHECK(ranks(widest(), keys, from, to) == expected);
  }
}

namespace {

// An element of a list: short and long ones, some that no quick way may take.
std::string element(Random& random, bool& quick) {
  std::string text(random.below(random.chance(5) ? 90 : 50), 'a');
  for (auto& c : text) c = static_cast<char>('a' + random.below(26));
  if (random.chance(3)) text.insert(random.below(text.size() + 1), "\\\"");
  text = random.chance(50) ? '"' + text + '"' : "{\"drug\":\"" + text + "\"}";
  if (text.size() > 64 || (text.front() == '"' && text.find('\\') != std::string::npos)) quick = false;
  return text;
}

}  // namespace

TEST_CASE("the elements of a list are what they are one by one, in every width that has a quick way") {
  Random random(first_seed());
  const auto& wide = regimen::scan(widest());
  std::size_t lists = 0;
  for (std::size_t i = 0; i < 4'000; ++i) {
    bool quick = true;
    std::vector<std::string> elements(1 + random.below(random.chance(3) ? 140 : 12));
    std::string text;
    for (auto& each : elements) text += (text.empty() ? "" : ",") + (each = element(random, quick));
    const auto size = text.size();
    text += random.chance(90) ? "]" : "";
    const auto behind = text.size();
    text += std::string(random.below(80), random.chance(50) ? '}' : '"');
    std::vector<regimen::Word> words(regimen::Scan::most_words);
    std::size_t count = 0;
    const auto* end = wide.list(text.data(), text.data() + text.size(), 3, words.data(), count);
    if (!quick || elements.size() > words.size() || behind == size) CHECK(end == nullptr);
    if (end == nullptr) continue;
    ++lists;
    CHECK(end == text.data() + behind);
    REQUIRE(count == elements.size());
    for (std::size_t k = 0; k < count; ++k) {
      CHECK(words[k].bytes() == elements[k]);
      CHECK(words[k].hash == regimen::word_of(3, elements[k]).hash);
      CHECK(words[k].part == 3);
    }
  }
  CHECK((widest() == PlanWidth::portable || lists > 1'000));
}
