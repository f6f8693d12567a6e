// The pages of docs/author/diagnostics.md, one a code, built into the program.
#pragma once

#include <string>
#include <string_view>

namespace theriac::cli {

// "TH2003", in either case.
bool looks_like_code(std::string_view word);
// The code's entry without its heading mark, ending in a new line; "" where there is none.
std::string diagnostic_page(std::string_view code);

}  // namespace theriac::cli
