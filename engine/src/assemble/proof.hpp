// The proof of a finding: the rule, the drugs of all its supports with the classes that make them match; the facts of the patient, and what it rests
// on in turn, of the first support.
#pragma once

#include "assemble/context.hpp"

namespace theriac::detail {

// At least one support.
Proof prove(const AssembleContext& context, const World& world, std::uint32_t rule, std::int32_t exception,
            const std::vector<const Support*>& supports);

}  // namespace theriac::detail
