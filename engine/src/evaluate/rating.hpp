// How severe a head is for one binding: raises that hold lift it, lowers count only where no raise is possible.
#pragma once

#include "evaluate/evaluate.hpp"

namespace theriac::detail {

// Raises and lowers of one binding, before a head's own severity is known.
struct Shifts {
  std::vector<Shifted> raised, lowered, could_raise;
};

struct Rated {
  Severity severity{};
  Shifts shifts;
};

Rated rate(Severity base, const Shifts& shifts);

}  // namespace theriac::detail
