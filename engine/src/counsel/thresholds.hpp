// The numbers with which rules compare a measurement or an age.
#pragma once

#include "resolve/parts.hpp"

#include <map>
#include <set>
#include <vector>

namespace theriac::detail {

class Thresholds {
 public:
  explicit Thresholds(const std::vector<ResolvedRule>& rules);
  // Sorted, each once.
  std::vector<Rational> of(ObservationId id) const;
  std::vector<Rational> of_age() const { return {years_.begin(), years_.end()}; }

 private:
  void look_at(const Measures& measure);
  void look_at(const LimitTable& table);
  void look_at(const TableValue& value);
  template <class Leaf>
  void look_at_leaf(const Leaf& leaf) {
    if (const auto* measure = std::get_if<Measures>(&leaf)) look_at(*measure);
    if (const auto* value = std::get_if<TableValue>(&leaf)) look_at(*value);
  }
  std::map<ObservationId, std::set<Rational>> observations_;
  std::set<Rational> years_;
};

}  // namespace theriac::detail
