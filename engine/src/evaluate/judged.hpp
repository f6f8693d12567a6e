// A truth with the inputs that are missing. The set is kept sorted and is never cut short, so that the order of operands cannot show.
#pragma once

#include "theriac/quantity.hpp"
#include "theriac/screening.hpp"
#include "theriac/truth.hpp"

#include <string>
#include <utility>
#include <vector>

namespace theriac::detail {

using Needs = std::vector<Need>;  // sorted, unique

void add(Needs& to, const Needs& more);
void add(Needs& to, Need need);

struct Judged {
  Truth truth = Truth::no;
  Needs needs{};

  static Judged known(bool holds) { return {holds ? Truth::yes : Truth::no, {}}; }
  // Asked for where `truth` is possible, merely not mentioned otherwise.
  static Judged missing(Truth truth, std::string kind, std::string input, std::string because, std::int32_t within_days = -1);
};

// Minimum; no needs where it is no.
class AllOf {
 public:
  void add(const Judged& part);
  bool is_no() const { return result_.truth == Truth::no; }
  Judged take();

 private:
  Judged result_{Truth::yes, {}};
};

// Maximum; no needs where it is yes.
class AnyOf {
 public:
  void add(const Judged& part);
  Judged take();

 private:
  Judged result_{Truth::no, {}};
};

Judged negation(Judged part);
// The largest truth at or above which the points of the parts reach the limit (beyond: more than it).
Judged reaching(const std::vector<Rational>& points, const std::vector<Judged>& parts, const Rational& limit, bool beyond);
// The k-th largest of the parts.
Judged at_least(std::size_t k, const std::vector<Judged>& parts);

}  // namespace theriac::detail
