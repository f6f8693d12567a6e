// The proof of a support: the rule, the drugs with the classes that make them match, the facts of the patient, and what it rests on in turn.
#pragma once

#include "assemble/context.hpp"

namespace theriac::detail {

Proof prove(const AssembleContext& context, std::uint32_t rule, const Support& support);

}  // namespace theriac::detail
