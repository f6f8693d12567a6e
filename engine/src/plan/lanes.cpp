#include "plan/lanes.hpp"

#include "theriac/wide.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace theriac {
namespace detail {
namespace {

namespace portable {

std::size_t sift(const Sieve& sieve, std::uint64_t* slots, std::span<const std::uint16_t> keys, std::uint32_t* passed) {
  // Without a question: what is left after one drug is taken away is not empty where there are two.
  const auto* phrases = slots + sieve.phrases;
  auto* counts = slots + sieve.counts;
  for (std::size_t i = 0; i < sieve.twice; ++i) counts[i] = without_first(phrases[i]);
  for (std::size_t i = 0; i < sieve.thrice; ++i) counts[sieve.twice + i] = without_first(without_first(phrases[sieve.thrice_from + i]));
  std::size_t count = 0;
  for (const auto key : keys) {
    for (auto rule = sieve.under[key]; rule < sieve.under[key + 1]; ++rule) {
      passed[count] = rule;
      count += slots[sieve.further[rule]] != 0 ? 1 : 0;
    }
  }
  return count;
}

void rank(const std::uint32_t* keys, std::size_t at, std::size_t from, std::size_t to, std::uint32_t* ranks) {
  for (std::size_t i = at; i < std::min(at + Lanes::ranked, to); ++i) {
    auto before = static_cast<std::uint32_t>(from);
    for (auto j = from; j < i; ++j) before += keys[j] <= keys[i] ? 1 : 0;
    for (auto j = i + 1; j < to; ++j) before += keys[j] < keys[i] ? 1 : 0;
    ranks[i - at] = before;
  }
}

constexpr Lanes all{sift, rank};

}  // namespace portable

#if THERIAC_WIDE
namespace wide {

// Which slots are set, folded: a slot's place is its number modulo 1,024, so it may be set for another slot's sake. First a byte each, since bytes
// can be written without waiting for those before, then a bit.
constexpr std::size_t places = 1024;
struct alignas(64) Present {
  std::uint8_t bytes[places + 64];
};

template <std::size_t... lines>
THERIAC_TARGET inline void clear(Present& present, std::index_sequence<lines...>) {
  (_mm512_store_si512(present.bytes + lines * 64, _mm512_setzero_si512()), ...);
}

THERIAC_TARGET inline void set(Present& present, std::size_t slot, __mmask8 eight) {
  const auto bytes = _pdep_u64(eight, 0x0101010101010101U);
  auto* at = present.bytes + slot % places;
  std::uint64_t before = 0;
  std::memcpy(&before, at, sizeof before);
  before |= bytes;
  std::memcpy(at, &before, sizeof before);
}

// The slots of counts, of eight phrases at once; those behind the last are written over later.
THERIAC_TARGET void count(const std::uint64_t* phrases, std::size_t size, bool is_thrice, std::uint64_t* slots, std::size_t at, Present& present) {
  const auto ones = _mm512_set1_epi64(-1);
  for (std::size_t i = 0; i < size; i += 8) {
    const auto there = static_cast<__mmask8>(_bzhi_u32(0xFFU, static_cast<unsigned>(std::min<std::size_t>(size - i, 8))));
    auto drugs = _mm512_maskz_loadu_epi64(there, phrases + i);
    drugs = _mm512_and_si512(drugs, _mm512_add_epi64(drugs, ones));
    if (is_thrice) drugs = _mm512_and_si512(drugs, _mm512_add_epi64(drugs, ones));
    _mm512_mask_storeu_epi64(slots + at + i, there, drugs);
    set(present, at + i, _mm512_test_epi64_mask(drugs, drugs));
  }
}

// Thirty-two rules at once: of each further slot its word out of sixty-four, and its bit.
THERIAC_TARGET std::size_t sift(const Sieve& sieve, std::uint64_t* slots, std::span<const std::uint16_t> keys, std::uint32_t* passed) {
  Present present;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled here, since the compiler would do it byte by byte
  std::memset(&present, 0, sizeof present);
  for (std::size_t i = 0; i < sieve.facts; i += 8) {  // with some phrases behind them
    const auto facts = _mm512_loadu_si512(slots + i);
    set(present, i, _mm512_test_epi64_mask(facts, facts));
  }
  count(slots + sieve.phrases, sieve.twice, false, slots, sieve.counts, present);
  count(slots + sieve.phrases + sieve.thrice_from, sieve.thrice, true, slots, sieve.counts + sieve.twice, present);
  for (const auto key : keys) present.bytes[key % places] = 1;
  alignas(64) std::array<std::uint64_t, places / 64> bits;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    auto bytes = _mm512_load_si512(present.bytes + i * 64);
    if (i == 0) bytes = _mm512_or_si512(bytes, _mm512_load_si512(present.bytes + places));  // what went over the end
    bits[i] = _mm512_test_epi8_mask(bytes, bytes);
  }
  const auto low = _mm512_load_si512(bits.data()), high = _mm512_load_si512(bits.data() + 8);
  const auto one = _mm512_set1_epi16(1), fifteen = _mm512_set1_epi16(15);
  const auto lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::size_t found = 0;
  for (const auto key : keys) {
    auto rule = sieve.under[key];
    const auto end = sieve.under[key + 1];
    do {  // most often once
      const auto there = _bzhi_u32(~0U, std::min(end - rule, 32U));
      const auto further = _mm512_loadu_si512(sieve.further + rule);
      const auto words = _mm512_permutex2var_epi16(low, _mm512_srli_epi16(further, 4), high);
      const auto set = _mm512_mask_test_epi16_mask(there, words, _mm512_sllv_epi16(one, _mm512_and_si512(further, fifteen)));
      const auto first = _mm512_add_epi32(lanes, _mm512_set1_epi32(static_cast<int>(rule)));
      _mm512_storeu_si512(passed + found, _mm512_maskz_compress_epi32(static_cast<__mmask16>(set), first));
      found += static_cast<std::size_t>(_mm_popcnt_u32(set & 0xFFFFU));
      if (set >> 16U != 0) {
        const auto second = _mm512_add_epi32(first, _mm512_set1_epi32(16));
        _mm512_storeu_si512(passed + found, _mm512_maskz_compress_epi32(static_cast<__mmask16>(set >> 16U), second));
        found += static_cast<std::size_t>(_mm_popcnt_u32(set >> 16U));
      }
      rule += 32;
    } while (rule < end);
  }
  return found;
}

THERIAC_TARGET inline __m512i each(std::uint32_t key) { return _mm512_set1_epi32(static_cast<int>(key)); }

// Sixteen keys beside each: how many of those before are no greater, of those behind less.
THERIAC_TARGET void rank(const std::uint32_t* keys, std::size_t at, std::size_t from, std::size_t to, std::uint32_t* ranks) {
  static_assert(Lanes::ranked == 16);
  const auto one = _mm512_set1_epi32(1);
  const auto these = _mm512_loadu_si512(keys + at);
  auto before = _mm512_set1_epi32(static_cast<int>(from));
  auto i = from;
  for (; i < at; ++i) before = _mm512_mask_add_epi32(before, _mm512_cmple_epu32_mask(each(keys[i]), these), before, one);
  for (unsigned behind = 0xFFFE; i < std::min(to, at + 16); ++i, behind = behind << 1U & 0xFFFFU) {
    const auto less = _mm512_cmplt_epu32_mask(each(keys[i]), these) | (_mm512_cmpeq_epi32_mask(each(keys[i]), these) & behind);
    before = _mm512_mask_add_epi32(before, static_cast<__mmask16>(less), before, one);
  }
  for (; i < to; ++i) before = _mm512_mask_add_epi32(before, _mm512_cmplt_epu32_mask(each(keys[i]), these), before, one);
  _mm512_storeu_si512(ranks, before);
}

constexpr Lanes all{sift, rank};

}  // namespace wide
#endif

}  // namespace

const Lanes& lanes(PlanWidth width) {
#if THERIAC_WIDE
  if (width == PlanWidth::wide) return wide::all;
#endif
  static_cast<void>(width);
  return portable::all;
}

}  // namespace detail

PlanWidth widest() {
#if THERIAC_WIDE
  const bool is_wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  return is_wide ? PlanWidth::wide : PlanWidth::portable;
#else
  return PlanWidth::portable;
#endif
}

}  // namespace theriac
