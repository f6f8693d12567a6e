// The reference evaluator's own arithmetic: truths with what is missing, dates, fractions. Written from docs/design/semantics.md for being obviously right, not
// fast; shares no code with the engine beyond the plain data types.
#pragma once

#include "resolve/resolved.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace theriac::reference {

struct Missing {
  std::string kind, input;
  bool asked = true;
  auto operator<=>(const Missing&) const = default;
};
using Needs = std::set<Missing>;

struct Answer {
  Truth truth = Truth::no;
  Needs needs{};
};

inline Answer settled(Truth truth, Needs needs) {
  if (truth == Truth::no || truth == Truth::yes) needs.clear();
  return {truth, std::move(needs)};
}
inline Answer known(bool holds) { return {holds ? Truth::yes : Truth::no, {}}; }
inline Answer missing(Truth truth, std::string kind, std::string input) {
  return settled(truth, {{std::move(kind), std::move(input), truth == Truth::possible}});
}
inline void unite(Needs& to, const Needs& more) { to.insert(more.begin(), more.end()); }

// The k-th largest; with k = 1 "any of", with k = all "all of".
inline Answer at_least(std::size_t k, const std::vector<Answer>& parts) {
  if (k == 0) return known(true);
  if (k > parts.size()) return known(false);
  std::vector<Truth> truths;
  Needs needs;
  for (const Answer& part : parts) {
    truths.push_back(part.truth);
    unite(needs, part.needs);
  }
  std::sort(truths.begin(), truths.end(), std::greater<>());
  return settled(truths[k - 1], needs);
}
inline Answer any(const std::vector<Answer>& parts) { return at_least(1, parts); }
inline Answer all(const std::vector<Answer>& parts) { return at_least(parts.size(), parts); }
// A score: the highest truth at or above which the points reach the limit.
Answer reaching(const detail::ResolvedGuard& score, const std::vector<Answer>& parts);
inline Answer negate(const Answer& part) { return {static_cast<Truth>(4 - static_cast<int>(part.truth)), part.needs}; }

// The table of verdicts, read as four planes.
inline Verdict judge(Truth body, Truth exception) {
  const auto in_plane = [](Truth t, int plane) { return static_cast<int>(t) >= plane; };  // 4 certain and open, 3 certain and listed, 2 possible and listed, 1
  if (in_plane(body, 4) && !in_plane(exception, 1)) return Verdict::certain;
  if (in_plane(body, 3) && !in_plane(exception, 3)) return Verdict::unless;
  if (in_plane(body, 2) && !in_plane(exception, 3)) return Verdict::possible;
  if (in_plane(body, 1) && !in_plane(exception, 4)) return Verdict::open;
  return Verdict::silent;
}

// ---- dates ----
inline bool exact(const When& when) { return when.earliest == when.latest; }
inline Truth before(const When& a, const When& b) {
  return a.latest < b.earliest ? Truth::yes : a.earliest >= b.latest ? Truth::no : Truth::possible;
}
Minutes later(Minutes from, const detail::Span_& by);
inline When later(const When& from, const detail::Span_& by) { return {later(from.earliest, by), later(from.latest, by)}; }
inline When days_on(const When& from, Minutes days) { return {from.earliest + days * 1440, from.latest + days * 1440}; }

// ---- numbers ----
__extension__ using Wide = __int128;
struct Fraction {
  Wide over = 0, under = 1;
  Fraction() = default;
  Fraction(Wide n, Wide d) : over(n), under(d) {}
  explicit Fraction(const Rational& r) : over(r.numerator()), under(r.denominator()) {}
};
inline bool less(const Fraction& a, const Fraction& b) { return a.over * b.under < b.over * a.under; }
Fraction sum(const Fraction& a, const Fraction& b);
Fraction product(const Fraction& a, const Fraction& b);

struct Range {
  std::optional<Fraction> low, high;
  bool low_open = false, high_open = false;
};
Range range(const Interval& interval);
Truth holds(const Range& value, Order order, const Fraction& limit);

}  // namespace theriac::reference
