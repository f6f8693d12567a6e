// What differs between two states of a patient's facts, as marks on the rules that read it.
#pragma once

#include "evaluate/reads.hpp"

#include <cstdint>
#include <vector>

namespace theriac::detail {

struct Changes {
  ReadIndex::Marks marks;                    // by rule
  std::vector<std::uint32_t> new_exposures;  // by exposure of before: its number now; of one that has changed nothing is kept that names it
  bool exposures_moved = false;
  std::vector<std::int32_t> new_entries;  // by entry of before, likewise; −1: of one that has changed, or has no drug
};

Changes changes(const Facts& before, const Facts& after, const ReadIndex& index, std::size_t rules);

}  // namespace theriac::detail
