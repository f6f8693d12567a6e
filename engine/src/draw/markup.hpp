// Text for HTML and XML.
#pragma once

#include <string>
#include <string_view>

namespace theriac::detail {

// Printable, with < > & " ' as entities: neither an element nor the end of an attribute, and no character that XML forbids.
std::string escape_markup(std::string_view text);

}  // namespace theriac::detail
