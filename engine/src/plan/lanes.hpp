// The two loops of a plan that are worth a processor's wide registers. Every width answers the same; which one is taken is decided when a run is
// made.
#pragma once

#include "theriac/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace theriac::detail {

constexpr std::uint64_t without_first(std::uint64_t drugs) { return drugs & (drugs - 1); }

// Rules under the slots that bring them: slot s has those from under[s] to under[s + 1], each with a further slot that must be set. The first `facts`
// slots are no drugs'. The first `twice` phrases are counted twice, and `thrice` of them from `thrice_from` on thrice: what is left of their drugs
// after one is taken away, and after two, goes to as many slots from `counts` on.
struct Sieve {
  const std::uint32_t* under = nullptr;
  const std::uint16_t* further = nullptr;
  std::size_t facts = 0, phrases = 0, twice = 0, thrice_from = 0, thrice = 0, counts = 0;
  static constexpr std::size_t room = 32;  // readable behind the last, and of slots eight
};

struct Lanes {
  // Sets the slots of counts. Then the rules under the keys whose further slot may be set, in their order: all that are, and few others. The keys are
  // the slots of drugs that are set. `passed` has room for all rules and `Sieve::room` more. How many.
  std::size_t (*sift)(const Sieve& sieve, std::uint64_t* slots, std::span<const std::uint16_t> keys, std::uint32_t* passed);
  // Where each of the keys from `at` on, `ranked` of them, goes among those from `from` to `to` in their order, counted from the first of all; of
  // equal keys the first goes first. Behind the keys there is room for as many more, and what is said of those means nothing.
  void (*rank)(const std::uint32_t* keys, std::size_t at, std::size_t from, std::size_t to, std::uint32_t* ranks);
  static constexpr std::size_t ranked = 16;
};

const Lanes& lanes(PlanWidth width);

}  // namespace theriac::detail
