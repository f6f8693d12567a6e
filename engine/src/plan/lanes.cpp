#include "plan/lanes.hpp"

#include <algorithm>
#include <cstddef>

#if defined(__x86_64__) && defined(__GNUC__)
#define THERIAC_WIDE 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // of the header's own undefined registers
#include <immintrin.h>
#else
#define THERIAC_WIDE 0
#endif

namespace theriac {
namespace detail {
namespace {

namespace portable {

std::size_t sift(const Triggers& triggers, std::span<const std::uint64_t> slots, std::span<const std::uint16_t> keys, std::uint32_t* passed) {
  std::size_t count = 0;
  for (const auto key : keys) {
    for (auto rule = triggers.under[key]; rule < triggers.under[key + 1]; ++rule) {
      passed[count] = rule;
      count += slots[triggers.further[rule]] != 0 ? 1 : 0;
    }
  }
  return count;
}

void rank(std::uint32_t* keys, std::size_t count, std::uint32_t* ranks) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto key = keys[i];
    std::uint32_t before = 0;
    for (std::size_t j = 0; j < i; ++j) before += keys[j] <= key ? 1 : 0;
    for (std::size_t j = i + 1; j < count; ++j) before += keys[j] < key ? 1 : 0;
    ranks[i] = before;
  }
}

constexpr Lanes all{sift, rank};

}  // namespace portable

#if THERIAC_WIDE
namespace wide {

#define THERIAC_TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,bmi,bmi2,popcnt")))

// Which slots are set, folded: a slot's bit is that of its number modulo 1,024, so a bit may be set for another slot's sake.
constexpr std::size_t bits = 1024;
struct alignas(64) Present {
  std::uint64_t words[bits / 64] = {};
};

// The slots from `from` to `to`, and their neighbours up to eights.
THERIAC_TARGET void fold(std::span<const std::uint64_t> slots, std::size_t from, std::size_t to, Present& present) {
  for (auto eight = from / 8; eight < (to + 7) / 8; ++eight) {
    const auto masks = _mm512_loadu_si512(slots.data() + eight * 8);
    const std::uint64_t set = _mm512_test_epi64_mask(masks, masks);
    present.words[eight / 8 % (bits / 64)] |= set << eight % 8 * 8;
  }
}

// Thirty-two rules at once: of each further slot its word out of sixty-four, and its bit.
THERIAC_TARGET std::size_t sift(const Triggers& triggers, std::span<const std::uint64_t> slots, std::span<const std::uint16_t> keys,
                                std::uint32_t* passed) {
  Present present;
  fold(slots, 0, triggers.first_of_drugs, present);
  fold(slots, triggers.behind_drugs, slots.size(), present);
  for (const auto key : keys) present.words[key / 64 % (bits / 64)] |= std::uint64_t{1} << key % 64;
  const auto low = _mm512_load_si512(present.words), high = _mm512_load_si512(present.words + 8);
  const auto one = _mm512_set1_epi16(1), fifteen = _mm512_set1_epi16(15);
  const auto lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::size_t count = 0;
  for (const auto key : keys) {
    auto rule = triggers.under[key];
    const auto end = triggers.under[key + 1];
    do {  // most often once
      const auto there = _bzhi_u32(~0U, std::min(end - rule, 32U));
      const auto further = _mm512_loadu_si512(triggers.further + rule);
      const auto words = _mm512_permutex2var_epi16(low, _mm512_srli_epi16(further, 4), high);
      const auto set = _mm512_mask_test_epi16_mask(there, words, _mm512_sllv_epi16(one, _mm512_and_si512(further, fifteen)));
      const auto first = _mm512_add_epi32(lanes, _mm512_set1_epi32(static_cast<int>(rule)));
      _mm512_storeu_si512(passed + count, _mm512_maskz_compress_epi32(static_cast<__mmask16>(set), first));
      count += static_cast<std::size_t>(_mm_popcnt_u32(set & 0xFFFFU));
      _mm512_storeu_si512(passed + count,
                          _mm512_maskz_compress_epi32(static_cast<__mmask16>(set >> 16U), _mm512_add_epi32(first, _mm512_set1_epi32(16))));
      count += static_cast<std::size_t>(_mm_popcnt_u32(set >> 16U));
      rule += 32;
    } while (rule < end);
  }
  return count;
}

// What is behind the keys is made greater than all.
THERIAC_TARGET void rank(std::uint32_t* keys, std::size_t count, std::uint32_t* ranks) {
  _mm512_storeu_si512(keys + count, _mm512_set1_epi32(-1));
  for (std::size_t i = 0; i < count; ++i) {
    const auto key = _mm512_set1_epi32(static_cast<int>(keys[i]));
    unsigned before = 0;
    for (std::size_t j = 0; j < count; j += 16) {
      const auto others = _mm512_loadu_si512(keys + j);
      const auto earlier = j >= i ? 0U : i - j >= 16 ? 0xFFFFU : (1U << (i - j)) - 1;
      before += static_cast<unsigned>(_mm_popcnt_u32(_mm512_cmplt_epu32_mask(others, key) | (_mm512_cmpeq_epi32_mask(others, key) & earlier)));
    }
    ranks[i] = before;
  }
}

constexpr Lanes all{sift, rank};

}  // namespace wide
#pragma GCC diagnostic pop
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
