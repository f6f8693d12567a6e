// The findings of one patient in the order of the report.
#include "plan/scratch.hpp"

#include <array>
#include <bit>
#include <numeric>
#include <span>

namespace theriac {
namespace {

// Without an instruction that not every processor has.
unsigned how_many(std::uint64_t drugs) {
  drugs -= drugs >> 1U & 0x5555555555555555U;
  drugs = (drugs & 0x3333333333333333U) + (drugs >> 2U & 0x3333333333333333U);
  return static_cast<unsigned>(((drugs + (drugs >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56U);
}

// By bytes, the last first; bytes that are the same everywhere are passed over. Into `ranks`: where each goes.
void rank_by_bytes(std::span<const std::uint32_t> keys, std::vector<std::uint32_t>& sorted, std::vector<std::uint32_t>& other,
                   std::vector<std::uint32_t>& ranks) {
  sorted.resize(keys.size());
  other.resize(keys.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::uint32_t differ = 0;
  for (const auto key : keys) differ |= key ^ keys.front();
  for (unsigned shift = 0; shift < 32; shift += 8) {
    if ((differ >> shift & 0xFFU) == 0) continue;
    std::array<std::uint32_t, 257> from{};
    for (const auto key : keys) ++from[(key >> shift & 0xFFU) + 1];
    for (std::size_t i = 1; i < from.size(); ++i) from[i] += from[i - 1];
    for (const auto each : sorted) other[from[keys[each] >> shift & 0xFFU]++] = each;
    sorted.swap(other);
  }
  for (std::uint32_t i = 0; i < sorted.size(); ++i) ranks[sorted[i]] = i;
}

}  // namespace

// Equal keys stand in the order in which they were found: that of the drug's position.
void PlanRun::put_in_order() {
  if (found_ < 2) return;
  auto& [keys, key_count, survivors, survived, singles, order, parted, places, ranks, sorted, other, ordered] = *scratch_;
  const auto room = found_ + lanes_ahead;
  if (order.size() < room) {
    for (auto* each : {&order, &parted, &places, &ranks}) each->resize(2 * room);
  }
  if (ordered.size() < found_) ordered.resize(hits_.size());
  std::uint32_t differ = 0;
  for (std::size_t i = 0; i < found_; ++i) {
    order[i] = hits_[i].order | (64U - how_many(hits_[i].drugs)) << program_.place_bits;
    differ |= order[i] ^ order[0];
  }
  constexpr std::size_t few = 24;
  if (found_ > few) {
    put_in_parts(differ);
  } else {
    program_.lanes->rank(order.data(), found_, ranks.data());
    for (std::size_t i = 0; i < found_; ++i) ordered[ranks[i]] = hits_[i];
  }
  hits_.swap(ordered);
}

// Many are first parted by the first bits in which they differ, since ranking asks of each how it stands to all others.
void PlanRun::put_in_parts(std::uint32_t differ) {
  constexpr unsigned bits = 6;
  constexpr std::size_t parts = std::size_t{1} << bits;
  auto& [keys, key_count, survivors, survived, singles, order, parted, places, ranks, sorted, other, ordered] = *scratch_;
  const auto width = static_cast<unsigned>(std::bit_width(differ));
  const auto part_of = [&](std::uint32_t key) { return key >> (width > bits ? width - bits : 0) & (parts - 1); };
  std::array<std::uint32_t, parts + 1> from{};
  for (std::size_t i = 0; i < found_; ++i) ++from[part_of(order[i]) + 1];
  std::partial_sum(from.begin(), from.end(), from.begin());
  auto to = from;
  for (std::uint32_t i = 0; i < found_; ++i) {
    const auto place = to[part_of(order[i])]++;
    parted[place] = order[i];
    places[place] = i;
  }
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t first = from[part], count = from[part + 1] - first;
    if (count == 0) continue;
    if (count <= detail::most_ranked)
      program_.lanes->rank(parted.data() + first, count, ranks.data());
    else
      rank_by_bytes({parted.data() + first, count}, sorted, other, ranks);
    for (std::size_t i = 0; i < count; ++i) ordered[first + ranks[i]] = hits_[places[first + i]];
  }
}

}  // namespace theriac
