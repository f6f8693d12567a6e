// SHA-256 (FIPS 180-4), small and by itself: the core builds where no cryptographic library is at hand. For names and fingerprints, not for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace theriac::detail {

class Sha256 {
 public:
  Sha256& add(std::string_view bytes);
  // 64 hexadecimal digits; the object is spent.
  std::string hex();

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> rest_{};
  std::uint64_t size_ = 0;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace theriac::detail
