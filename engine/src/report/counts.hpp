// Numbers that text and JSON must agree on.
#pragma once

#include "theriac/screening.hpp"

namespace theriac::detail {

struct EntryCounts {
  std::size_t all = 0;       // entries of the list
  std::size_t screened = 0;  // recognised whole: an entry with one part that nothing knows is not among them
};
EntryCounts count_entries(const Screening& screening);

}  // namespace theriac::detail
