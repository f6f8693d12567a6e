#include "plan/lanes.hpp"

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

using Candidate = PlanElement::Candidate;

namespace portable {

// A slot is as quickly asked as its bit.
void fold(std::span<const std::uint64_t> /*slots*/, SlotBits& /*present*/) {}

std::size_t sift(std::span<const Candidate> candidates, std::span<const std::uint64_t> slots, const SlotBits& /*present*/, std::uint32_t* places) {
  std::size_t passed = 0;
  for (std::uint32_t i = 0; i < candidates.size(); ++i) {
    __builtin_prefetch(candidates.data() + i + 64);
    places[passed] = i;
    passed += slots[candidates[i].further] != 0 ? 1 : 0;
  }
  return passed;
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

constexpr Lanes all{fold, sift, rank};

}  // namespace portable

#if THERIAC_WIDE
namespace wide {

#define THERIAC_TARGET __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,bmi,bmi2,popcnt")))

THERIAC_TARGET void fold(std::span<const std::uint64_t> slots, SlotBits& present) {
  alignas(64) std::array<std::uint8_t, SlotBits::bits / 8> bytes{};
  for (std::size_t i = 0; i < slots.size(); i += 8) {
    const auto eight = _mm512_loadu_si512(slots.data() + i);
    bytes[i / 8 % bytes.size()] = static_cast<std::uint8_t>(bytes[i / 8 % bytes.size()] | _mm512_test_epi64_mask(eight, eight));
  }
  _mm512_store_si512(present.words.data(), _mm512_load_si512(bytes.data()));
  _mm512_store_si512(present.words.data() + 16, _mm512_load_si512(bytes.data() + 64));
}

// Sixteen candidates: their further slots out of the pairs, the word of each out of the 32 words, its bit.
THERIAC_TARGET std::size_t sift(std::span<const Candidate> candidates, std::span<const std::uint64_t> /*slots*/, const SlotBits& present,
                                std::uint32_t* places) {
  static_assert(sizeof(Candidate) == 8 && offsetof(Candidate, further) == 4);
  const auto low = _mm512_load_si512(present.words.data()), high = _mm512_load_si512(present.words.data() + 16);
  const auto odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  const auto one = _mm512_set1_epi32(1);
  auto place = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::size_t passed = 0;
  for (std::size_t i = 0; i < candidates.size(); i += 16) {
    const auto left = candidates.size() - i;
    const auto pairs = left >= 16 ? ~0U : (1U << 2 * left) - 1;
    const auto* from = candidates.data() + i;
    __builtin_prefetch(from + 64);
    __builtin_prefetch(from + 72);
    const auto first = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(pairs), from);
    const auto second = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(pairs >> 16U), from + 8);
    const auto further = _mm512_permutex2var_epi32(first, odd, second);
    const auto words = _mm512_permutex2var_epi32(low, _mm512_srli_epi32(further, 5), high);
    const auto bits = _mm512_srlv_epi32(words, _mm512_and_epi32(further, _mm512_set1_epi32(31)));
    const auto there = left >= 16 ? ~0U : (1U << left) - 1;
    const auto set = static_cast<__mmask16>(_mm512_test_epi32_mask(bits, one) & there);
    _mm512_storeu_si512(places + passed, _mm512_maskz_compress_epi32(set, place));
    passed += static_cast<std::size_t>(_mm_popcnt_u32(set));
    place = _mm512_add_epi32(place, _mm512_set1_epi32(16));
  }
  return passed;
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

constexpr Lanes all{fold, sift, rank};

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
