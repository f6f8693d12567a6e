// When a finding would no longer stand, read from its supports. It says what is so, never that something should be stopped.
#pragma once

#include "theriac/screening.hpp"

namespace theriac::detail {

struct Clears {
  std::vector<std::string> without_any_of;  // each of these is in every support: without it alone the finding does not stand
  std::size_t at_most = 0;                  // it clears when at most so many of its drugs are left; 0: not of that kind
  bool known = false;                       // false: more supports than are recorded, or none
};
Clears clears(const Finding& finding);

}  // namespace theriac::detail
