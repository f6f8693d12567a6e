// The body size that a dose by weight or surface is multiplied by. Reads the measurements alone, so it can be asked before the medications are
// understood; works everything out anew at each call, so ask only where a dose needs it.
#pragma once

#include "facts/facts.hpp"

namespace theriac::detail {

struct Body {
  std::optional<Interval> weight_kg, surface_m2;  // the newest that is not too old; a surface that nobody stated is worked out (Mosteller)
  std::string why_no_weight, why_no_surface;      // "not given", "412 days old"
};

Body body_of(const Patient& patient, const Terminology& terminology);

}  // namespace theriac::detail
