// Does a measurement rise or fall?
#include "evaluate/measured.hpp"

#include <algorithm>
#include <tuple>

namespace theriac::detail {
namespace {

using Value = std::optional<Rational>;

bool at_least(const Value& a, const Value& b) { return a && b && *a >= *b; }
bool above(const Value& a, const Value& b) { return a && b && *a > *b; }

// What a value must reach, from `from` on: so much more (less), and of percentages a part of it. Of less than nothing there is no percentage.
Value mark(const Value& from, const Trend& asked) {
  if (!from) return std::nullopt;
  if (!asked.percent) return asked.rising ? add(*from, asked.by) : subtract(*from, asked.by);
  if (*from < Rational{0}) return std::nullopt;
  const auto part = multiply(*from, asked.by);
  const auto change = part ? divide(*part, Rational{100}) : std::nullopt;
  if (!change) return std::nullopt;
  return asked.rising ? add(*from, *change) : subtract(*from, *change);
}

// Has it come from `before` to `now` as asked, whatever in the intervals they are? It must have moved at all.
Decided moved(const Interval& before, const Interval& now, const Trend& asked) {
  const Value& far = asked.rising ? before.high : before.low;
  const Value& least = asked.rising ? now.low : now.high;
  const auto needed = mark(far, asked);
  const bool reaches = asked.rising ? at_least(least, needed) && above(least, far) : at_least(needed, least) && above(far, least);
  if (reaches) return Decided::yes;
  const Value& near = asked.rising ? before.low : before.high;
  const Value& most = asked.rising ? now.high : now.low;
  const auto hoped = mark(near, asked);
  const bool below = asked.rising ? above(hoped, most) || at_least(near, most) : above(most, hoped) || at_least(most, near);
  const bool open = asked.rising ? before.low_open || now.high_open : before.high_open || now.low_open;
  const bool touches = open && hoped && most && *hoped == *most;
  return below || touches ? Decided::no : Decided::unknown;
}

struct Candidate {
  const ObservationFact* fact = nullptr;
  Decided counts = Decided::no;
  When when;
};

Truth truth_of(Decided answer) { return answer == Decided::yes ? Truth::yes : answer == Decided::no ? Truth::no : Truth::possible; }

// From some earlier value to this one.
Truth moved_to(const Candidate& newest, const std::vector<Candidate>& all, const Trend& asked) {
  Truth best = Truth::no;
  for (const auto& earlier : all) {
    if (&earlier == &newest) continue;
    const auto counts = both(truth_of(earlier.counts), truth_of(before(earlier.when, newest.when)));
    best = either(best, both(counts, truth_of(moved(earlier.fact->value, newest.fact->value, asked))));
  }
  return best;
}

// Are there values of two instants?
bool certainly_two(const std::vector<Candidate>& all) {
  return std::any_of(all.begin(), all.end(), [&](const Candidate& one) {
    return one.counts == Decided::yes && std::any_of(all.begin(), all.end(), [&](const Candidate& other) {
             return other.counts == Decided::yes && before(one.when, other.when) == Decided::yes;
           });
  });
}

std::string shown_of(const std::vector<Candidate>& all) {
  auto sorted = all;
  std::sort(sorted.begin(), sorted.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.when.latest, a.when.earliest, a.fact->shown) < std::tuple(b.when.latest, b.when.earliest, b.fact->shown);
  });
  std::string shown;
  for (const auto& each : sorted) shown += (shown.empty() ? "" : ", then ") + each.fact->shown;
  return shown;
}

}  // namespace

Found trend(const World& world, const Trend& asked) {
  const auto& kind = world.terms.at(asked.observation);
  std::vector<Candidate> all;
  Minutes newest_at = always_before;
  for (const auto& fact : world.facts.observations) {
    const auto counts = fact.what == asked.observation ? fresh(fact, kind, asked.within, world.facts.as_of) : Decided::no;
    if (counts == Decided::no) continue;
    all.push_back({&fact, counts, dated(fact, world.facts.as_of)});
    newest_at = std::max(newest_at, all.back().when.earliest);
  }
  Truth every = Truth::yes, some = Truth::no;
  const Candidate* last = nullptr;
  for (const auto& each : all) {
    if (each.when.latest < newest_at) continue;  // certainly older than another
    const auto holds = moved_to(each, all, asked);
    every = both(every, holds);
    some = either(some, holds);
    if (last == nullptr || each.fact->shown < last->fact->shown) last = &each;
  }
  const bool two = certainly_two(all);
  Found result{{}, kind.name, shown_of(all), last == nullptr ? "" : last->fact->at.to_string()};
  if (!all.empty() && every == Truth::yes) {
    result.judged = Judged::known(true);
  } else if (two && some == Truth::no) {
    result.judged = Judged::known(false);
  } else {
    const auto days = days_in(asked.within);
    const auto need = [&](const std::string& input, const std::string& why) {
      add(result.judged.needs, Judged::missing(Truth::possible, "observation", input, why, days).needs);
    };
    result.judged.truth = Truth::possible;
    if (two || all.empty()) need(kind.name, all.empty() ? newest(world, asked.observation, asked.within).why_not : "only known as " + result.value);
    if (!two) need("earlier " + kind.name, all.size() < 2 ? "not given" : "its date is not exact");
  }
  return result;
}

}  // namespace theriac::detail
