// A sum over bytes, by words: finds damage and change, proves nothing. Any one word that differs gives another sum.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace theriac::detail {

inline std::uint64_t checksum(std::string_view bytes) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
  constexpr std::size_t lanes = 4, step = lanes * sizeof(std::uint64_t);
  const auto mixed = [](std::uint64_t sum, std::uint64_t word) {
    sum = (sum ^ word) * odd;
    return sum ^ sum >> 29U;
  };
  auto sum = mixed(odd, bytes.size());
  std::array<std::uint64_t, lanes> sums = {1, 2, 3, 4}, words{};
  const auto add = [&] {
    for (std::size_t i = 0; i < lanes; ++i) sums[i] = mixed(sums[i], words[i]);
  };
  for (; bytes.size() >= step; bytes.remove_prefix(step)) {
    std::memcpy(words.data(), bytes.data(), step);
    add();
  }
  if (!bytes.empty()) {
    words = {};
    std::memcpy(words.data(), bytes.data(), bytes.size());
    add();
  }
  for (const auto each : sums) sum = mixed(sum, each);
  return sum;
}

}  // namespace theriac::detail
