// A quantity that adds up over drugs, compared with a limit: `opioid morphine equivalent >= 50 mg/day`, `anticholinergic burden >= 3`.
#pragma once

#include "evaluate/count.hpp"

namespace theriac::detail {

struct Added {
  Counted counted;    // its members are what adds something; none of a guard's
  std::string shown;  // "60 mg/day", "30 to 90 mg/day", "30 mg/day or more"
};

// As an item: at least one drug adds something. In a guard nothing may: 0 is below every limit.
enum class Adds : std::uint8_t { item, guard };
Added add_up(const World& world, const SummedDrugs& what, Adds as, const CountOptions& options);
// What the rule's items that add up came to, for the proof.
std::vector<Proof> told_sums(const World& world, const ResolvedRule& rule, const CountOptions& options);

}  // namespace theriac::detail
