// What one binding says beside its truth: how severe it is (raises that hold lift it, lowers count only where no raise is possible), its flags and exceptions.
#pragma once

#include "evaluate/evaluate.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace theriac::detail {

// Raises and lowers of one binding, before a head's own severity is known.
struct Shifts {
  std::vector<Shifted> raised, lowered, could_raise;
};

struct Rated {
  Severity severity{};
  Shifts shifts;
};

Rated rate(Severity base, const Shifts& shifts);

// What one binding says of severity: where a surer one speaks for the support, it could still be raised to this.
struct Said {
  Verdict verdict{};
  Shifted severity;
};
void note_worse(std::vector<Said>& said, Verdict says, const Rated& rated, const Judged& holds, const Judged& exception);
void raise_by_less_sure(Support& support, const std::vector<Said>& said);

// What the bindings of a support match, by their verdict.
using Ways = std::map<Verdict, LessSure>;
void note_way(LessSure& way, const Judged& holds, const Judged& exception, const std::vector<std::uint32_t>& exposures);
// A derivation that only a less sure binding gives, from other entries, may be the one that turns out to be so.
std::vector<LessSure> less_sure_ways(const Support& support, const Ways& ways);

struct Flags {
  std::vector<FlagId> stand, possible;
};

// The exceptions of one binding: what each comes to.
struct Exceptions {
  std::vector<Judged> unless;  // the rule's own `unless` guards
  std::vector<Judged> holds;   // of each exception, its own exceptions taken off
};

template <class T>
void merge_sorted(std::vector<T>& to, const std::vector<T>& more) {
  std::vector<T> merged;
  std::set_union(to.begin(), to.end(), more.begin(), more.end(), std::back_inserter(merged));
  to = std::move(merged);
}

}  // namespace theriac::detail
