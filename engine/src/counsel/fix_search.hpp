// Cheapest first, the sets of changes that meet a goal and no part of which does. An implicit hitting set: a screened set that fails teaches
// conflicts, each of them changes that it has made and changes of which one more must be made; only a set that no conflict forbids is screened. Where
// a limit ends it, one set that does it is looked for without that proof; none of its changes can be left out.
#pragma once

#include "counsel/fix_relevant.hpp"

#include <functional>

namespace theriac::detail {

// Of every set that makes all of `made` and none of `wanting`, the finding remains.
struct Conflict {
  std::vector<std::uint32_t> made;  // sorted
  EditSet wanting;
};

using Chosen = std::vector<std::uint32_t>;  // edits, sorted

struct SearchLimits {
  std::size_t solutions = 5, screenings = 1500, steps = 200'000;
};

struct Searched {
  std::vector<Chosen> solutions;   // cheapest first, then fewest changes, then in the order of the edits
  std::vector<std::size_t> alike;  // by solution: others of the same kinds and entries
  bool ended = false;              // false: a limit ended it before the first solution was proven, or before all was ruled out
  std::size_t screenings = 0;
};

// `screen_again`: what still stands in the way of the goal with these changes made; none: it is met.
using ScreenAgain = std::function<std::vector<Conflict>(const Chosen&)>;
Searched search(const std::vector<TriedEdit>& edits, const ScreenAgain& screen_again, const SearchLimits& limits);

}  // namespace theriac::detail
