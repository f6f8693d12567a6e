// Scores and tables: statements whose indented lines are no clauses but points and rows.
#pragma once

#include "rules/layout.hpp"
#include "rules/productions.hpp"

namespace theriac::grammar::detail {

std::optional<ScoreDeclaration> read_score(const Context& context, const RawStatement& raw);
std::optional<TableDeclaration> read_table(const Context& context, const RawStatement& raw);

}  // namespace theriac::grammar::detail
