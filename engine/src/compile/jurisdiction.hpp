// Where sources disagree, a finding takes the lowest severity that all chosen jurisdictions support; who says more stands in `disputed`. A rule whose
// sources all speak for other jurisdictions says nothing.
#pragma once

#include "resolve/resolved.hpp"

#include <map>

namespace theriac::detail {

// A rule as it was written, where it is now another.
struct Capped {
  std::uint32_t rule = 0;
  ResolvedRule as_written;
};
// `chosen` empty: all. Rules keep their places, so that strata stay valid. Those that became others.
std::vector<Capped> cap_for_jurisdictions(std::vector<ResolvedRule>& rules, const std::map<std::string, SourceReference>& references,
                                          const std::vector<std::string>& chosen);
// The same on a copy.
std::vector<ResolvedRule> for_jurisdictions(std::vector<ResolvedRule> rules, const std::map<std::string, SourceReference>& references,
                                            const std::vector<std::string>& chosen);

}  // namespace theriac::detail
