// Are the drugs of a binding taken far enough from one another within the day?
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

Judged taken_apart(const World& world, const HoursApart& asked, const Binding& binding);

}  // namespace theriac::detail
