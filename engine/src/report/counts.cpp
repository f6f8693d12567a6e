#include "report/counts.hpp"

#include <set>

namespace theriac {

namespace detail {

EntryCounts count_entries(const Screening& screening) {
  std::set<std::int32_t> known, unknown;
  for (const auto& entry : screening.coverage.screened) {
    if (entry.entry >= 0) known.insert(entry.entry);
  }
  for (const auto& entry : screening.coverage.not_screened) {
    known.erase(entry.entry);
    if (entry.entry >= 0) unknown.insert(entry.entry);
  }
  return {known.size() + unknown.size(), known.size()};
}

}  // namespace detail
}  // namespace theriac
