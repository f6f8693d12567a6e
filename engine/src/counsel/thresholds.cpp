#include "counsel/thresholds.hpp"

namespace theriac::detail {

Thresholds::Thresholds(const std::vector<ResolvedRule>& rules) {
  for (const auto& rule : rules) {
    each_guard(rule, [&](const ResolvedGuard& guard) { each_leaf(guard, [&](const auto& leaf) { look_at_leaf(leaf); }); });
    each_dose_test(rule, [&](const DoseTest& dose) {
      if (dose.table) look_at(*dose.table);
    });
  }
}

std::vector<Rational> Thresholds::of(ObservationId id) const {
  const auto at = observations_.find(id);
  return at == observations_.end() ? std::vector<Rational>{} : std::vector<Rational>(at->second.begin(), at->second.end());
}

void Thresholds::look_at(const Measures& measure) {
  if (measure.of == Measures::Of::observation) observations_[measure.observation].insert(measure.limit);
  if (measure.of == Measures::Of::age_years) years_.insert(measure.limit);
}

void Thresholds::look_at(const LimitTable& table) {
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) look_at(cell);
  }
}

void Thresholds::look_at(const TableValue& value) {
  look_at(value.table);
  if (!value.of) return;
  for (const auto& row : value.table.rows) observations_[value.of->observation].insert(row.limit);
}

}  // namespace theriac::detail
