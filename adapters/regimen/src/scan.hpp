// The elements of a record as bytes, and a number by which to look them up. What is worth a processor's wide registers answers the same in each
// width.
#pragma once

#include "theriac/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
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

struct CacheLine {
  static constexpr std::size_t size = 64;
  alignas(size) std::byte bytes[size];
  static std::size_t to_hold(std::size_t bytes) { return (bytes + size - 1) / size; }
};

// What a memo keeps of a word; behind it its bytes. Entries begin with lines of 64 bytes, those of one block in a row.
struct Entry {
  const PlanElementView* view = nullptr;
  std::uint16_t size = 0;
  std::uint8_t part = 0;
  static constexpr std::size_t head = sizeof view + sizeof size + sizeof part;  // before its bytes
  const char* bytes() const { return reinterpret_cast<const char*>(this) + head; }
  char* bytes() { return reinterpret_cast<char*>(this) + head; }
};
// Where entries are: a slot has above some bits of the hash, below the line where the entry begins; 0 is none. Blocks count from 1, so that no entry
// has the number 0. Of `slots` there are a power of two.
struct Entries {
  static constexpr unsigned number_bits = 20, line_bits = 12;
  static constexpr std::size_t lines_each = std::size_t{1} << line_bits, most_blocks = (std::size_t{1} << (number_bits - line_bits)) - 2;
  const std::uint32_t* slots = nullptr;
  std::size_t mask = 0;
  const std::unique_ptr<CacheLine[]>* blocks = nullptr;

  CacheLine* line(std::uint32_t slot) const {
    const auto number = slot & ((1U << number_bits) - 1);
    return blocks[(number >> line_bits) - 1].get() + (number & (lines_each - 1));
  }
  const Entry* entry(std::uint32_t slot) const { return reinterpret_cast<const Entry*>(line(slot)); }
  static bool may_be(std::uint32_t slot, std::uint32_t hash) { return (slot ^ hash) >> number_bits == 0; }
};

struct Scan {
  // The elements of a list, from behind its opening bracket to behind its closing one: maps up to their first closing brace and strings without
  // escapes, each of at most 64 bytes, without blanks between them. `words` has room for `most_words`; `count` becomes how many there are. Where the
  // list is otherwise, or this width has no quick way, nullptr.
  const char* (*list)(const char* at, const char* end, std::uint8_t part, Word* words, std::size_t& count);
  // Into `views` what the words have, up to the first that has no entry: how many.
  std::size_t (*find)(const Entries& entries, const Word* words, std::size_t count, const PlanElementView** views);
  static constexpr std::size_t most_words = 128;
};

const Scan& scan(PlanWidth width);

}  // namespace theriac::regimen
