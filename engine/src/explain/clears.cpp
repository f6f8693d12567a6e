#include "explain/clears.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// "n choose k", or nothing where it passes `limit`.
std::optional<std::size_t> choose(std::size_t n, std::size_t k, std::size_t limit) {
  std::size_t out = 1;
  for (std::size_t i = 1; i <= k; ++i) {
    out = out * (n - k + i) / i;
    if (out > limit) return {};
  }
  return out;
}

bool is_every_set_of(const Finding& finding, std::size_t size) {
  const bool alike = std::all_of(finding.supports.begin(), finding.supports.end(), [&](const auto& support) { return support.size() == size; });
  return alike && size <= finding.drugs.size() && choose(finding.drugs.size(), size, finding.supports.size()) == finding.supports.size();
}

}  // namespace

Clears clears(const Finding& finding) {
  if (finding.supports.empty() || finding.supports.size() != finding.supports_total) return {};
  Clears out;
  out.known = true;
  if (finding.supports.size() == 1 && finding.enough > 0 && finding.enough < finding.supports.front().size()) {  // counted: some of them suffice
    out.at_most = finding.enough - 1;
    return out;
  }
  for (const auto& drug : finding.drugs) {
    const bool in_all = std::all_of(finding.supports.begin(), finding.supports.end(),
                                    [&](const auto& support) { return std::find(support.begin(), support.end(), drug) != support.end(); });
    if (in_all) out.without_any_of.push_back(drug);
  }
  const auto size = finding.supports.front().size();
  if (finding.supports.size() > 1 && size > 0 && is_every_set_of(finding, size)) out.at_most = size - 1;
  return out;
}

}  // namespace theriac::detail
