// `abrupt stop of X after longer than D`: a run of entries of one ingredient that ended lately, or ends by our own plan, without a taper or a switch.
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

inline constexpr Minutes run_gap = 7 * minutes_per_day;  // entries closer than this are one run
inline constexpr Minutes stop_is_recent = 14 * minutes_per_day;
inline constexpr Minutes switch_window = 7 * minutes_per_day;  // a start this near the end is a switch

std::vector<Choice> abrupt_stops(const World& world, const AbruptStopItem& item);

}  // namespace theriac::detail
