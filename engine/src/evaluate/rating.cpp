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

void note_worse(std::vector<Said>& said, Verdict says, const Rated& rated, const Judged& holds, const Judged& exception) {
  Shifted own{rated.severity, "another entry counts", holds.needs};
  if (!rated.shifts.raised.empty()) {
    own.because = rated.shifts.raised.back().because;
    own.at = rated.shifts.raised.back().at;
  }
  add(own.needs, exception.needs);
  said.push_back({says, std::move(own)});
  for (const auto& raise : rated.shifts.could_raise) said.push_back({says, raise});
}

void raise_by_less_sure(Support& support, const std::vector<Said>& said) {
  for (const auto& [verdict, severity] : said) {
    if (verdict < support.verdict && severity.to > support.severity) merge_sorted(support.could_raise, {severity});
  }
}

void note_way(LessSure& way, const Judged& holds, const Judged& exception, const std::vector<std::uint32_t>& exposures) {
  merge_sorted(way.exposures, exposures);
  add(way.needs, holds.needs);
  add(way.needs, exception.needs);
}

std::vector<LessSure> less_sure_ways(const Support& support, const Ways& ways) {
  std::vector<LessSure> result;
  auto exposures = support.exposures;
  for (auto way = ways.rbegin(); way != ways.rend(); ++way) {
    if (way->first >= support.verdict) continue;
    const auto before = exposures.size();
    merge_sorted(exposures, way->second.exposures);
    if (exposures.size() > before) result.push_back({way->first, exposures, way->second.needs});
  }
  return result;
}

}  // namespace theriac::detail
