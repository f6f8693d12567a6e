// The findings of one patient in the order of the report.
#include "plan/scratch.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace theriac {
namespace {

// Without an instruction that not every processor has.
unsigned how_many(std::uint64_t drugs) {
  drugs -= drugs >> 1U & 0x5555555555555555U;
  drugs = (drugs & 0x3333333333333333U) + (drugs >> 2U & 0x3333333333333333U);
  return static_cast<unsigned>(((drugs + (drugs >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56U);
}

}  // namespace

// Equal keys stand in the order in which they were found: that of the drug's position.
void PlanRun::put_in_order() {
  if (found_ < 2) return;
  auto& order = scratch_->order;
  auto& ordered = scratch_->ordered;
  if (order.size() < found_ + lanes_ahead) {
    order.resize(2 * (found_ + lanes_ahead));
    scratch_->parted.resize(order.size());
    scratch_->places.resize(order.size());
  }
  if (ordered.size() < found_) ordered.resize(hits_.size());
  std::uint32_t differ = 0;
  for (std::size_t i = 0; i < found_; ++i) {
    order[i] = hits_[i].order | (64U - how_many(hits_[i].drugs)) << program_.place_bits;
    differ |= order[i] ^ order[0];
  }
  constexpr std::size_t few = 24;
  if (found_ <= few) {
    std::array<std::uint32_t, few + lanes_ahead> ranks;
    for (std::size_t i = 0; i < found_; i += lanes_ahead) program_.lanes->rank(order.data(), i, 0, found_, ranks.data() + i);
    for (std::size_t i = 0; i < found_; ++i) ordered[ranks[i]] = hits_[i];
  } else {
    put_in_parts(differ);
  }
  hits_.swap(ordered);
}

// Many are first parted by the first bits in which they differ, since ranking asks of each how it stands to all others: then only to those of the
// parts that sixteen of them are in.
void PlanRun::put_in_parts(std::uint32_t differ) {
  constexpr unsigned bits = 7;
  constexpr std::size_t parts = std::size_t{1} << bits;
  const auto width = static_cast<unsigned>(std::bit_width(differ));
  const auto part_of = [shift = width > bits ? width - bits : 0](std::uint32_t key) { return key >> shift & (parts - 1); };
  const auto& order = scratch_->order;
  auto& parted = scratch_->parted;
  auto& places = scratch_->places;
  std::array<std::uint32_t, parts + 1> from{};
  for (std::size_t i = 0; i < found_; ++i) ++from[part_of(order[i]) + 1];
  std::partial_sum(from.begin(), from.end(), from.begin());
  auto to = from;
  for (std::uint32_t i = 0; i < found_; ++i) {
    const auto place = to[part_of(order[i])]++;
    parted[place] = order[i];
    places[place] = i;
  }
  for (std::size_t i = 0; i < found_; i += lanes_ahead) {
    std::array<std::uint32_t, lanes_ahead> ranks;
    const auto last = std::min(i + lanes_ahead, found_) - 1;
    program_.lanes->rank(parted.data(), i, from[part_of(parted[i])], from[part_of(parted[last]) + 1], ranks.data());
    for (std::size_t k = i; k <= last; ++k) scratch_->ordered[ranks[k - i]] = hits_[places[k]];
  }
}

}  // namespace theriac
