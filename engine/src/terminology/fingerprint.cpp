#include "theriac/fingerprint.hpp"

#include "terminology/sha256.hpp"

namespace theriac {

std::string fingerprint(std::string_view bytes) { return detail::sha256_hex(bytes); }

}  // namespace theriac
