#include "counsel/axis.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// The places of an axis at which one may look, in order: whole numbers, or all numbers of three figures from 0.001 on.
class Grid {
 public:
  explicit Grid(bool whole) : whole_(whole) {}

  Rational at(std::int64_t place) const {
    if (whole_) return Rational{place};
    auto value = *Rational::make(100 + place % each_decade, 100'000);
    for (auto decade = place / each_decade; decade > 0; --decade) value = *multiply(value, Rational{10});
    return value;
  }
  // The first place that is not below this value.
  std::int64_t from(const Rational& value) const {
    if (whole_) return std::max<std::int64_t>(0, ceiling(value));
    std::int64_t low = 0, high = 18 * each_decade;
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      if (at(middle) < value)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

 private:
  static constexpr std::int64_t each_decade = 900;
  static std::int64_t ceiling(const Rational& value) { return Rational{value.floor()} == value ? value.floor() : value.floor() + 1; }
  bool whole_;
};

// The open stretch between two limits, or between a limit and an end of the axis.
class Between {
 public:
  Between(const Axis& axis, const LooksLike& looks_like, const Rational* below, const Rational* above)
      : looks_like_(looks_like),
        below_(below),
        above_(above),
        low_(below == nullptr ? axis.low : *below),
        high_(above == nullptr ? axis.high : *above),
        grid_(axis.whole),
        whole_(axis.whole) {}

  void add_to(std::vector<Stretch>& out) const {
    auto first = grid_.from(low_), last = grid_.from(high_);
    if (below_ != nullptr && at(first) == low_) ++first;
    if (above_ != nullptr || at(last) > high_) --last;
    if (first > last) {
      if (whole_ || low_ >= high_) return;
      const auto middle = *divide(*add(low_, high_), Rational{2});  // closer together than three figures tell
      return out.push_back({middle, middle, from(), to()});
    }
    std::vector<std::int64_t> begins = {first};
    if (first < last) split(first, looks_like_(at(first)), last, looks_like_(at(last)), begins);
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const bool is_last = i + 1 == begins.size();
      const auto end = at(is_last ? last : begins[i + 1] - 1);
      const bool to_below = i == 0 && holds_up_to(below_, at(first)), to_above = is_last && holds_up_to(above_, end);
      out.push_back({at(begins[i]), end, to_below ? from() : "≥ " + at(begins[i]).to_string(places), to_above ? to() : "≤ " + end.to_string(places)});
    }
  }

 private:
  Rational at(std::int64_t place) const { return grid_.at(place); }
  std::string from() const { return below_ == nullptr ? "" : "> " + low_.to_string(places); }
  std::string to() const { return above_ == nullptr ? "" : "< " + high_.to_string(places); }

  // Is it the same from here to the limit, a thousandth of the way short of it?
  bool holds_up_to(const Rational* limit, const Rational& here) const {
    if (limit == nullptr || whole_) return true;
    const auto far = *subtract(here, *limit);
    return looks_like_(*add(*limit, *divide(far, Rational{1000}))) == looks_like_(here);
  }

  void split(std::int64_t a, std::size_t there, std::int64_t b, std::size_t here, std::vector<std::int64_t>& begins) const {
    if (there == here) return;
    if (b == a + 1) return begins.push_back(b);
    const auto middle = a + (b - a) / 2;
    const auto between = looks_like_(at(middle));
    split(a, there, middle, between, begins);
    split(middle, between, b, here, begins);
  }

  const LooksLike& looks_like_;
  const Rational* below_;
  const Rational* above_;
  Rational low_, high_;
  Grid grid_;
  bool whole_;
};

}  // namespace

std::vector<Stretch> stretches_of(const Axis& axis, const LooksLike& looks_like) {
  std::vector<Stretch> out;
  const Rational* below = nullptr;
  for (const auto& limit : axis.limits) {
    if (limit < axis.low || limit > axis.high) continue;
    Between(axis, looks_like, below, &limit).add_to(out);
    const auto value = limit.to_string(places);
    out.push_back({limit, limit, "≥ " + value, "≤ " + value});
    below = &limit;
  }
  Between(axis, looks_like, below, nullptr).add_to(out);
  return out;
}

}  // namespace theriac::detail
