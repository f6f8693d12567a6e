#include "evaluate/judged.hpp"

#include <algorithm>
#include <cassert>
#include <functional>

namespace theriac::detail {

void add(Needs& to, Need need) {
  const auto at = std::lower_bound(to.begin(), to.end(), need);
  if (at == to.end() || *at != need) to.insert(at, std::move(need));
}

void add(Needs& to, const Needs& more) {
  assert(std::is_sorted(more.begin(), more.end()));
  if (to.empty()) {
    to = more;
    return;
  }
  for (const auto& need : more) {
    const auto at = std::lower_bound(to.begin(), to.end(), need);
    if (at == to.end() || *at != need) to.insert(at, need);
  }
}

Judged Judged::missing(Truth truth, std::string kind, std::string input, std::string because, std::int32_t within_days) {
  return {truth, {Need{std::move(kind), std::move(input), std::move(because), within_days, truth == Truth::possible}}};
}

void AllOf::add(const Judged& part) {
  result_.truth = both(result_.truth, part.truth);
  if (!is_no()) detail::add(result_.needs, part.needs);
}

Judged AllOf::take() {
  if (result_.truth == Truth::no) result_.needs.clear();
  return std::move(result_);
}

void AnyOf::add(const Judged& part) {
  result_.truth = either(result_.truth, part.truth);
  if (result_.truth != Truth::yes) detail::add(result_.needs, part.needs);
}

Judged AnyOf::take() {
  if (result_.truth == Truth::yes) result_.needs.clear();
  return std::move(result_);
}

Judged negation(Judged part) {
  part.truth = !part.truth;
  return part;
}

Judged reaching(const std::vector<Rational>& points, const std::vector<Judged>& parts, const Rational& limit, bool beyond) {
  Judged result;
  for (const auto level : {Truth::yes, Truth::listed, Truth::possible, Truth::open}) {
    Rational sum;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].truth >= level) sum = add(sum, points[i]).value_or(sum);
    }
    if (sum < limit || (beyond && sum == limit)) continue;
    result.truth = level;
    break;
  }
  if (result.truth == Truth::yes || result.truth == Truth::no) return result;
  for (const auto& part : parts) add(result.needs, part.needs);
  return result;
}

Judged at_least(std::size_t k, const std::vector<Judged>& parts) {
  if (k == 0) return Judged::known(true);
  if (parts.size() < k) return Judged::known(false);
  std::vector<Truth> truths(parts.size());
  std::transform(parts.begin(), parts.end(), truths.begin(), [](const Judged& part) { return part.truth; });
  std::nth_element(truths.begin(), truths.begin() + static_cast<std::ptrdiff_t>(k - 1), truths.end(), std::greater<>());
  Judged result{truths[k - 1], {}};
  if (result.truth == Truth::yes || result.truth == Truth::no) return result;
  for (const auto& part : parts) add(result.needs, part.needs);
  return result;
}

}  // namespace theriac::detail
