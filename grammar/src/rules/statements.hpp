// What a statement is, by its first word and its arrow, and the statement itself.
#pragma once

#include "rules/layout.hpp"
#include "rules/productions.hpp"

namespace theriac::grammar::detail {

// Records every mistake in `context.sink`; a statement that had one may still be returned and is for the caller to drop.
std::optional<Statement> read_statement(const Context& context, const RawStatement& raw);

}  // namespace theriac::grammar::detail
