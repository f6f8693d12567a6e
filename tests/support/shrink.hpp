// Makes a failing case small: takes away rules, parts of rules and facts, one at a time, as long as it still fails.
#pragma once

#include "support/generate.hpp"

#include <functional>

namespace theriac::testing {

Case shrink(Case failing, const std::function<bool(const Case&)>& still_fails);

}  // namespace theriac::testing
