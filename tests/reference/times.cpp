// What moves with time: trends of measurements, and the times of the day.
#include "reference/world.hpp"

namespace theriac::reference {

using namespace detail;

namespace {

Truth not_above(const std::optional<Fraction>& a, const std::optional<Fraction>& b) {
  return !a || !b ? Truth::possible : known(!less(*b, *a)).truth;
}

// Every pair of numbers of the two ranges, by their four ends: rising goes up, so the ends decide.
struct Move {
  const Trend& asked;
  Fraction by;

  std::optional<Fraction> needed(const std::optional<Fraction>& from) const {
    if (!from) return from;
    Fraction change = by;
    if (asked.percent) {
      if (less(*from, Fraction(0, 1))) return std::nullopt;
      change = product(product(*from, by), Fraction(1, 100));
    }
    if (!asked.rising) change.over = -change.over;
    return sum(*from, change);
  }
  Truth holds(const Range& before, const Range& now) const {
    const auto &hard = asked.rising ? before.high : before.low, &easy = asked.rising ? before.low : before.high;
    const auto &least = asked.rising ? now.low : now.high, &most = asked.rising ? now.high : now.low;
    const bool ends_open = asked.rising ? before.low_open || now.high_open : before.high_open || now.low_open;
    const auto beyond = [&](const auto& a, const auto& b) {
      return asked.rising ? not_above(a, b) : not_above(b, a);
    };  // b is where a is, or further
    if (beyond(needed(hard), least) == Truth::yes && beyond(least, hard) == Truth::no) return Truth::yes;
    if (beyond(needed(easy), most) == Truth::no || beyond(most, easy) == Truth::yes) return Truth::no;
    const auto goal = needed(easy);
    if (ends_open && goal && most && !less(*goal, *most) && !less(*most, *goal)) return Truth::no;
    return Truth::possible;
  }
};

}  // namespace

Answer World::trend(const Trend& asked) const {
  const std::string& its_name = terms.at(asked.observation).name;
  const auto maybe = usable(asked.observation, asked.within, false), surely = usable(asked.observation, asked.within, true);
  const auto when = [&](const ObservationFact* fact) { return fact->when.value_or(When{facts.as_of, facts.as_of}); };
  const auto sure = [&](const ObservationFact* fact) { return std::count(surely.begin(), surely.end(), fact) > 0; };
  const Move move{asked, Fraction(asked.by)};
  Minutes newest = always_before;
  bool two = false;
  for (const auto* fact : maybe) newest = std::max(newest, when(fact).earliest);
  Truth all_move = Truth::yes, any_moves = Truth::no;
  for (const auto* last : maybe) {
    Truth moves = Truth::no;
    for (const auto* earlier : maybe) {
      if (earlier == last) continue;
      const Truth order = before(when(earlier), when(last));
      two = two || (sure(earlier) && sure(last) && order == Truth::yes);
      const Truth value = move.holds(range(earlier->value), range(last->value));
      moves = std::max(moves, std::min({sure(earlier) ? Truth::yes : Truth::possible, order, value}));
    }
    if (when(last).latest < newest) continue;
    all_move = std::min(all_move, moves);
    any_moves = std::max(any_moves, moves);
  }
  if (!maybe.empty() && all_move == Truth::yes) return known(true);
  if (two && any_moves == Truth::no) return known(false);
  Needs needs;
  if (two || maybe.empty()) needs.insert({"observation", its_name, true});
  if (!two) needs.insert({"observation", "earlier " + its_name, true});
  return {Truth::possible, needs};
}

// Minute by minute: which differences can be, and is each of them far enough?
Answer World::apart(const HoursApart& asked, const Context& context) const {
  std::set<std::size_t> drugs;
  for (const Choice& choice : *context.binding) drugs.insert(choice.exposures.begin(), choice.exposures.end());
  const Minutes by = later(0, asked.by);
  std::vector<Answer> pairs;
  for (const std::size_t one : drugs)
    for (const std::size_t other : drugs) {
      const Exposure &a = facts.exposures[one], &b = facts.exposures[other];
      if (one >= other || a.what == b.what || entries({one, other}).size() < 2) continue;
      Needs needs;
      for (const std::size_t each : {one, other})
        if (const auto& times = facts.exposures[each].times;
            times.empty() || std::any_of(times.begin(), times.end(), [](const TimeOfDay& t) { return t.earliest != t.latest; }))
          needs.insert({"time", "times of day of " + name(each), true});
      if (a.times.empty() || b.times.empty()) pairs.push_back({Truth::possible, needs});
      for (const TimeOfDay& s : a.times)
        for (const TimeOfDay& t : b.times) {
          bool some_near = false, some_far = false;
          for (Minutes d = t.earliest - s.latest; d <= t.latest - s.earliest; ++d) {
            const Minutes within_day = ((d % 1440) + 1440) % 1440, away = std::min(within_day, 1440 - within_day);
            (away < by ? some_near : some_far) = true;
          }
          pairs.push_back(settled(!some_near ? Truth::yes : !some_far ? Truth::no : Truth::possible, needs));
        }
    }
  return all(pairs);
}

}  // namespace theriac::reference
