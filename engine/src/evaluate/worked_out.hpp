// What a quantity that a formula gave was worked out from, as leaves of a proof.
#pragma once

#include "evaluate/measured.hpp"

namespace theriac::detail {

std::vector<Proof> worked_out_from(const World& world, const Reading& reading);

// ", 14 days old" of the value that a comparison reads; nothing where it is worked out (its inputs have dates), has no date, or is an age.
std::string how_old(const World& world, const Measures& measure);

}  // namespace theriac::detail
