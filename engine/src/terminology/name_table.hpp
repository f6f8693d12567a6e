// Every name of a vocabulary, normalised, with its meanings: one text and plain numbers, so that it is packed, and used as it lies.
#pragma once

#include "theriac/terminology.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

struct NameTable {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Spelt {
    static constexpr bool is_flat = true;
    std::uint32_t kind = 0, id = 0;                 // of the Name
    std::uint32_t shown_begin = 0, shown_size = 0;  // as it was declared, in `text`
    std::uint32_t key_begin = 0, key_size = 0;      // normalised, in `text`
    std::uint32_t next = none;                      // a further meaning of the same key
    std::uint32_t look_alike = 0;                   // declared to look like another
  };

  std::string text;
  std::vector<Spelt> names;          // in the order of declaration
  std::vector<std::uint32_t> slots;  // by the sum of the key: the first of its names; a power of two, half of them free at least
  std::uint32_t longest_words = 1;

  static Name name(const Spelt& spelt) { return {static_cast<NameKind>(spelt.kind), spelt.id}; }
  std::string_view shown(const Spelt& spelt) const { return std::string_view(text).substr(spelt.shown_begin, spelt.shown_size); }
  std::string_view key(const Spelt& spelt) const { return std::string_view(text).substr(spelt.key_begin, spelt.key_size); }
  // The first of the names with this key; `none` where there is none.
  std::uint32_t find(std::string_view key) const;

  static NameTable build(const TerminologyData& data, grammar::Diagnostics& diagnostics);
};

}  // namespace theriac::detail
