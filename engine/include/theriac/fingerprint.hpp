// The SHA-256 of some bytes as 64 hexadecimal digits: what results call rule bases, vocabularies and inputs by. Not for secrets.
#pragma once

#include <string>
#include <string_view>

namespace theriac {

std::string fingerprint(std::string_view bytes);

}  // namespace theriac
