// Rules: the clauses of a block, the actions of a line, and what a rule must have once and at most once.
#pragma once

#include "rules/layout.hpp"
#include "rules/productions.hpp"

#include <span>
#include <string_view>

namespace theriac::grammar::detail {

struct Arrow;

// Both read as far as they can and record every mistake in `context.sink`.
Rule read_short_rule(const Context& context, const RawStatement& raw, const std::vector<Arrow>& arrows);
Rule read_block_rule(const Context& context, const RawStatement& raw);

// The words that open a clause.
std::span<const std::string_view> clause_words();
bool opens_clause(std::string_view text);

}  // namespace theriac::grammar::detail
