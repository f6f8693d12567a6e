// Where a statement holds words that are nobody's grammar: texts, actions, tags. Everything else of it is made of signs and names.
#pragma once

#include "theriac/grammar/ast.hpp"

#include <vector>

namespace theriac::grammar::detail {

// In the order of the text.
std::vector<Span> free_text(const Statement& statement);

}  // namespace theriac::grammar::detail
