// What is told of one evaluation.
#pragma once

#include "assemble/context.hpp"
#include "theriac/brief.hpp"

namespace theriac::detail {

Screening screening_of(const AssembleContext& context, const Patient& patient);
Brief brief_of(const AssembleContext& context, const Patient& patient);

}  // namespace theriac::detail
