#include "evaluate/rating.hpp"

#include <algorithm>

namespace theriac::detail {

Rated rate(Severity base, const Shifts& shifts) {
  Rated result{base, {}};
  for (const auto& raise : shifts.raised) {
    if (raise.to > base) result.shifts.raised.push_back(raise);
    result.severity = std::max(result.severity, raise.to);
  }
  if (shifts.raised.empty() && shifts.could_raise.empty()) {
    for (const auto& lower : shifts.lowered) {
      if (lower.to < base) result.shifts.lowered.push_back(lower);
      result.severity = std::min(result.severity, lower.to);
    }
  }
  for (const auto& raise : shifts.could_raise) {
    if (raise.to > result.severity) result.shifts.could_raise.push_back(raise);
  }
  return result;
}

}  // namespace theriac::detail
