#include "counsel/axis.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// Three figures of this value.
Rational step_at(const Rational& value) {
  Rational step = *Rational::make(1, 100);
  for (int i = 0; i < 12 && *multiply(step, Rational{1000}) <= value; ++i) step = *multiply(step, Rational{10});
  for (int i = 0; i < 6 && *multiply(step, Rational{100}) > value; ++i) step = *divide(step, Rational{10});
  return step;
}

std::int64_t ceiling(const Rational& value) { return Rational{value.floor()} == value ? value.floor() : value.floor() + 1; }

// The open stretch between two limits, or between a limit and an end of the axis.
class Between {
 public:
  Between(const Axis& axis, const LooksLike& looks_like, const Rational* below, const Rational* above)
      : looks_like_(looks_like),
        below_(below),
        above_(above),
        low_(below == nullptr ? axis.low : *below),
        high_(above == nullptr ? axis.high : *above),
        step_(axis.whole ? Rational{1} : step_at(low_ > Rational{0} ? low_ : high_)),
        whole_(axis.whole) {}

  void add_to(std::vector<Stretch>& out) const {
    const auto first = below_ == nullptr ? std::max<std::int64_t>(ceiling(*divide(low_, step_)), whole_ ? 0 : 1) : divide(low_, step_)->floor() + 1;
    const auto last = above_ == nullptr ? divide(high_, step_)->floor() : ceiling(*divide(high_, step_)) - 1;
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
      out.push_back({at(begins[i]), end, i == 0 ? from() : "≥ " + at(begins[i]).to_string(), is_last ? to() : "≤ " + end.to_string()});
    }
  }

 private:
  Rational at(std::int64_t step) const { return *multiply(step_, Rational{step}); }
  std::string from() const { return below_ == nullptr ? "" : "> " + low_.to_string(); }
  std::string to() const { return above_ == nullptr ? "" : "< " + high_.to_string(); }

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
  Rational low_, high_, step_;
  bool whole_;
};

}  // namespace

std::vector<Stretch> stretches_of(const Axis& axis, const LooksLike& looks_like) {
  std::vector<Stretch> out;
  const Rational* below = nullptr;
  for (const auto& limit : axis.limits) {
    if (limit < axis.low || limit > axis.high) continue;
    Between(axis, looks_like, below, &limit).add_to(out);
    const auto value = limit.to_string();
    out.push_back({limit, limit, "≥ " + value, "≤ " + value});
    below = &limit;
  }
  Between(axis, looks_like, below, nullptr).add_to(out);
  return out;
}

}  // namespace theriac::detail
