// A generated case as text, to be read by whoever finds out who is right.
#pragma once

#include "support/generate.hpp"

namespace theriac::testing {

std::string describe(const Case& what);

}  // namespace theriac::testing
