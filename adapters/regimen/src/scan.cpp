#include "scan.hpp"

#include "theriac/wide.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace theriac::regimen {
namespace {

// The number of some bytes: in blocks of 64, filled with zeros, the sum of the products of neighbouring words of 32 bits, each with a key of its own
// added to it (the NH of UMAC, RFC 4418); in the order in which memory has them on this machine, since no number outlives the process.
constexpr std::size_t block = 64;
alignas(block) constexpr std::array<std::uint32_t, block / 4> keys = {0x9E3779B9, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1, 0xD3A2646C,
                                                                      0xFD7046C5, 0xB55A4F09, 0x2545F491, 0x6C8E9CF5, 0x94D049BB, 0x133111EB,
                                                                      0xBF58476D, 0x1CE4E5B9, 0x5851F42D, 0x4C957F2D};

constexpr std::uint32_t number(std::uint8_t part, std::uint64_t sum) {
  const auto mixed = (sum + part) * 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(mixed >> 32U ^ mixed);
}

constexpr std::uint64_t product(std::uint32_t first, std::uint32_t second, std::size_t i) {
  return std::uint64_t{first + keys[i]} * std::uint64_t{second + keys[i + 1]};
}

// What zeros make from the second pair of words on.
constexpr std::uint64_t sum_of_zeros = [] {
  std::uint64_t sum = 0;
  for (std::size_t i = 2; i < keys.size(); i += 2) sum += product(0, 0, i);
  return sum;
}();

std::uint64_t sum_of(const char* bytes, std::size_t size) {
  std::array<std::uint32_t, block / 4> words{};
  if (size <= 8) {
    std::memcpy(words.data(), bytes, size);
    return product(words[0], words[1], 0) + sum_of_zeros;
  }
  std::memcpy(words.data(), bytes, size);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < words.size(); i += 2) sum += product(words[i], words[i + 1], i);
  return sum;
}

template <bool (*same)(const char*, const char*, std::size_t)>
inline std::size_t find_by(const Entries& entries, const Word* words, std::size_t count, const PlanElementView** views) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto& word = words[i];
    for (auto at = word.hash & entries.mask;; at = (at + 1) & entries.mask) {
      const auto slot = entries.slots[at];
      if (slot == 0) return i;
      if (!Entries::may_be(slot, word.hash)) continue;
      const auto* entry = entries.entry(slot);
      if (entry->size != word.size || entry->part != word.part || !same(entry->bytes(), word.at, word.size)) continue;
      views[i] = entry->view;
      break;
    }
  }
  return count;
}

namespace portable {

const char* list(const char*, const char*, std::uint8_t, Word*, std::size_t&) { return nullptr; }

bool same(const char* a, const char* b, std::size_t size) { return std::memcmp(a, b, size) == 0; }

std::size_t find(const Entries& entries, const Word* words, std::size_t count, const PlanElementView** views) {
  return find_by<same>(entries, words, count, views);
}

constexpr Scan all{list, find};

}  // namespace portable

#if THERIAC_WIDE
namespace wide {

// The first `size` of 64 bits.
THERIAC_TARGET inline std::uint64_t first_bits(std::size_t size) {
  return _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(std::min(size, block)));
}

THERIAC_TARGET inline std::uint64_t sum_of(__m512i bytes) {
  const auto words = _mm512_add_epi32(bytes, _mm512_load_si512(keys.data()));
  const auto products = _mm512_mul_epu32(words, _mm512_srli_epi64(words, 32));
  const auto four = _mm256_add_epi64(_mm512_castsi512_si256(products), _mm512_extracti64x4_epi64(products, 1));
  const auto two = _mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(two)) + static_cast<std::uint64_t>(_mm_extract_epi64(two, 1));
}

THERIAC_TARGET const char* list(const char* at, const char* end, std::uint8_t part, Word* words, std::size_t& count) {
  const auto brace = _mm512_set1_epi8('}'), quote = _mm512_set1_epi8('"'), escape = _mm512_set1_epi8('\\');
  const auto* const limit = words + Scan::most_words;
  for (auto* word = words; word < limit && at < end;) {
    const auto bytes = _mm512_maskz_loadu_epi8(first_bits(static_cast<std::size_t>(end - at)), at);
    const bool is_map = *at == '{';
    if (!is_map && *at != '"') return nullptr;
    const std::uint64_t last = is_map ? _mm512_cmpeq_epi8_mask(bytes, brace) : _mm512_cmpeq_epi8_mask(bytes, quote) & ~std::uint64_t{1};
    if (last == 0) return nullptr;
    const auto size = static_cast<std::uint32_t>(_tzcnt_u64(last)) + 1;
    const auto its = first_bits(size);
    if (!is_map && (_mm512_cmpeq_epi8_mask(bytes, escape) & its) != 0) return nullptr;
    *word++ = {at, size, number(part, sum_of(_mm512_maskz_mov_epi8(its, bytes))), part};
    at += size;
    if (at == end) return nullptr;
    if (*at == ']') {
      count = static_cast<std::size_t>(word - words);
      return at + 1;
    }
    if (*at++ != ',') return nullptr;
  }
  return nullptr;
}

THERIAC_TARGET inline bool same(const char* a, const char* b, std::size_t size) {
  for (std::size_t i = 0; i < size; i += block) {
    const auto those = first_bits(size - i);
    if (_mm512_mask_cmpneq_epi8_mask(those, _mm512_maskz_loadu_epi8(those, a + i), _mm512_maskz_loadu_epi8(those, b + i)) != 0) return false;
  }
  return true;
}

THERIAC_TARGET std::size_t find(const Entries& entries, const Word* words, std::size_t count, const PlanElementView** views) {
  return find_by<same>(entries, words, count, views);
}

constexpr Scan all{list, find};

}  // namespace wide
#endif

}  // namespace

Word word_of(std::uint8_t part, std::string_view bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += block) sum = sum * 0x9E3779B97F4A7C15U + sum_of(bytes.data() + i, std::min(block, bytes.size() - i));
  return {bytes.data(), static_cast<std::uint32_t>(bytes.size()), number(part, sum), part};
}

const Scan& scan(PlanWidth width) {
#if THERIAC_WIDE
  if (width == PlanWidth::wide) return wide::all;
#endif
  static_cast<void>(width);
  return portable::all;
}

}  // namespace theriac::regimen
