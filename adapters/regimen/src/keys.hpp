// The keys of a regimen that a line of a batch may have and still be plain.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace theriac::regimen {

enum Key : std::uint8_t {
  key_schema,
  key_as_of,
  key_patient,
  key_medications,
  key_conditions,
  key_observations,
  key_labs,
  key_vitals,
  key_complete,
  key_id,
  key_age,
  key_sex,
  key_complete_conditions
};
// As the line has it, with its quotes and colon; at most sixteen bytes, which are compared as two words.
struct Spelt {
  constexpr Spelt(std::string_view as_text, Key as_key) : text(as_text), key(as_key) {
    std::array<char, 16> bytes{}, ones{};
    for (std::size_t i = 0; i < text.size(); ++i) {
      bytes[i] = text[i];
      ones[i] = static_cast<char>(-1);
    }
    words = std::bit_cast<Words>(bytes);
    mask = std::bit_cast<Words>(ones);
  }
  using Words = std::array<std::uint64_t, 2>;
  // Do these bytes begin with it?
  bool begins(const char* at, const char* end) const {
    const auto left = static_cast<std::size_t>(end - at);
    Words these;
    if (left < sizeof these) return left >= text.size() && std::memcmp(at, text.data(), text.size()) == 0;
    std::memcpy(&these, at, sizeof these);
    return (((these[0] ^ words[0]) & mask[0]) | ((these[1] ^ words[1]) & mask[1])) == 0;
  }

  std::string_view text;
  Key key;
  Words words{}, mask{};
};
inline constexpr std::array<Spelt, 9> top_keys = {{{"\"patient\":", key_patient},
                                                   {"\"medications\":", key_medications},
                                                   {"\"conditions\":", key_conditions},
                                                   {"\"observations\":", key_observations},
                                                   {"\"labs\":", key_labs},
                                                   {"\"vitals\":", key_vitals},
                                                   {"\"complete\":", key_complete},
                                                   {"\"as_of\":", key_as_of},
                                                   {"\"schema\":", key_schema}}};
inline constexpr std::array<Spelt, 3> person_keys = {{{"\"id\":", key_id}, {"\"age\":", key_age}, {"\"sex\":", key_sex}}};
inline constexpr std::array<Spelt, 1> complete_keys = {{{"\"conditions\":", key_complete_conditions}}};

}  // namespace theriac::regimen
