// The elements of a record as bytes, and a number by which to look them up. What is worth a processor's wide registers answers the same in each
// width.
#pragma once

#include "theriac/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace theriac::regimen {

// Bytes of one part of a record.
struct Word {
  const char* at = nullptr;
  std::uint32_t size = 0, hash = 0;
  std::uint8_t part = 0;
  std::string_view bytes() const { return {at, size}; }
};

Word word_of(std::uint8_t part, std::string_view bytes);

struct Scan {
  // The elements of a list, from behind its opening bracket to behind its closing one: maps up to their first closing brace and strings without
  // escapes, each of at most 64 bytes, without blanks between them. `words` has room for `most_words`; `count` becomes how many there are. Where the
  // list is otherwise, or this width has no quick way, nullptr.
  const char* (*list)(const char* at, const char* end, std::uint8_t part, Word* words, std::size_t& count);
  bool (*same)(const char* a, const char* b, std::size_t size);
  static constexpr std::size_t most_words = 128;
};

const Scan& scan(PlanWidth width);

}  // namespace theriac::regimen
