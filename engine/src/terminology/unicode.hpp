// The few things that utf8proc does for us. Text that is not UTF-8 comes back as it is.
#pragma once

#include <string>
#include <string_view>

namespace theriac::detail {

std::string compatibility_form(std::string_view text);    // NFKC
std::string compatibility_folded(std::string_view text);  // NFKC with case folded

}  // namespace theriac::detail
