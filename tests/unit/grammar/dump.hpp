// The syntax tree as text, without places: two texts mean the same where their dumps are equal.
#pragma once

#include "theriac/grammar/parse.hpp"

#include <string>

namespace theriac::grammar::test {

std::string dump(const Statement& statement);
std::string dump(const Parsed& parsed);
std::string dump(const Guard& guard);

}  // namespace theriac::grammar::test
