#include "evaluate/apart.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr Minutes a_day = minutes_per_day;

// Every difference of two times of day between the ends, minutes from one to the other; a whole number of days apart is the same time.
struct Difference {
  Minutes low = 0, high = 0;
};

// Yes where no difference comes within `by` of a whole number of days, no where all of them do.
Decided far_enough(const Difference& of, Minutes by) {
  if (2 * by > a_day) return Decided::no;  // nowhere on the clock is as far away
  bool all_near = false, some_near = false;
  for (Minutes whole = -2 * a_day; whole <= 2 * a_day; whole += a_day) {
    const Minutes from = whole - by, until = whole + by;  // near: strictly between
    all_near = all_near || (from < of.low && of.high < until);
    some_near = some_near || (of.low < until && of.high > from);
  }
  return all_near ? Decided::no : some_near ? Decided::unknown : Decided::yes;
}

Minutes in_minutes(const Span_& span) { return shift(0, span.count, span.unit); }

bool not_exact(const Exposure& exposure) {
  return exposure.times.empty() ||
         std::any_of(exposure.times.begin(), exposure.times.end(), [](const TimeOfDay& time) { return time.earliest != time.latest; });
}

Judged apart(const World& world, const Exposure& one, const Exposure& other, Minutes by) {
  Judged missing{Truth::possible, {}};
  for (const auto* each : {&one, &other}) {
    if (not_exact(*each))
      add(missing.needs, Judged::missing(Truth::possible, "time", "times of day of " + world.name(each->what), "not exact").needs);
  }
  if (one.times.empty() || other.times.empty()) return missing;
  AllOf all;
  for (const auto& a : one.times) {
    for (const auto& b : other.times) {
      const auto answer = far_enough({b.earliest - a.latest, b.latest - a.earliest}, by);
      all.add(answer == Decided::unknown ? missing : Judged::known(answer == Decided::yes));
    }
  }
  return all.take();
}

}  // namespace

Judged taken_apart(const World& world, const HoursApart& asked, const Binding& binding) {
  std::vector<std::uint32_t> drugs;
  for (const auto* choice : binding.choices) {
    if (choice != nullptr) drugs.insert(drugs.end(), choice->exposures.begin(), choice->exposures.end());
  }
  AllOf all;
  for (std::size_t i = 0; i < drugs.size(); ++i) {
    for (std::size_t j = i + 1; j < drugs.size(); ++j) {
      const auto& one = world.exposure(drugs[i]);
      const auto& other = world.exposure(drugs[j]);
      const bool together = one.entry >= 0 && one.entry == other.entry;
      if (one.what != other.what && !together) all.add(apart(world, one, other, in_minutes(asked.by)));
    }
  }
  return all.take();
}

}  // namespace theriac::detail
