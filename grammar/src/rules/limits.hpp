// Guards before the grammar, each one linear pass: size, bytes that are not UTF-8, invisible characters, nesting. They bound the recursion and the
// work of everything after them.
#pragma once

#include "rules/productions.hpp"

#include <optional>

namespace theriac::grammar::detail {

inline constexpr std::uint32_t longest_statement = 64 * 1024;
inline constexpr std::uint32_t deepest_nesting = 64;
inline constexpr std::uint32_t most_statements = 100'000;  // of one file; the tree of a rule takes about a hundred times its text
inline constexpr std::size_t most_diagnostics = 1000;      // of one file; what is beyond is counted

// Records what forbids parsing `context.statement`; true where it may be parsed. Bytes that are not UTF-8 forbid it too, but are reported once a
// file.
bool within_limits(const Context& context);
// Offset of the first byte in `text` that is not UTF-8.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

}  // namespace theriac::grammar::detail
