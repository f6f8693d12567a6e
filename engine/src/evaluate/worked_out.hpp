// What a quantity that a formula gave was worked out from, as leaves of a proof.
#pragma once

#include "evaluate/measured.hpp"

namespace theriac::detail {

std::vector<Proof> worked_out_from(const World& world, const Reading& reading);

}  // namespace theriac::detail
