// The two loops of a plan that are worth a processor's wide registers. Every width answers the same; which one is taken is decided when a run is
// made.
#pragma once

#include "theriac/plan.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace theriac::detail {

// Which slots are set, folded: a slot's bit is that of its number modulo 1,024, so a bit may be set for another slot's sake.
struct SlotBits {
  static constexpr std::uint32_t bits = 1024;
  alignas(64) std::array<std::uint32_t, bits / 32> words{};
};

struct Lanes {
  // Of the slots, of which there are a multiple of eight.
  void (*fold)(std::span<const std::uint64_t> slots, SlotBits& present);
  // The places of the candidates whose further slot may be set, in their order: all that are, and few others. `places` has room for all and 16 more.
  // How many.
  std::size_t (*sift)(std::span<const PlanElement::Candidate> candidates, std::span<const std::uint64_t> slots, const SlotBits& present,
                      std::uint32_t* places);
  // Where each of the keys, of which there are at most `most_ranked`, goes in their order; of equal ones the first goes first. `keys` and `ranks`
  // have room for 16 more.
  void (*rank)(std::uint32_t* keys, std::size_t count, std::uint32_t* ranks);
};
constexpr std::size_t most_ranked = 256;

const Lanes& lanes(PlanWidth width);

}  // namespace theriac::detail
