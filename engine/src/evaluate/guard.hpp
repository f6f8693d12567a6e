// Judges a guard: what must hold of the patient and the rest of the regimen, for one binding.
#pragma once

#include "evaluate/drug.hpp"

namespace theriac::detail {

struct GuardContext {
  const World& world;
  const ResolvedRule& rule;            // whose `ask for` counts
  const Binding* binding = nullptr;    // none: judged before anything is matched
  bool exception = false;              // in an exception any route counts
  bool negated = false;                // below an odd number of negations
  bool below_negation = false;         // below any
  std::vector<Proof>* seen = nullptr;  // where the facts that made it true are written down; none costs nothing
};

Judged judge(const ResolvedGuard& guard, const GuardContext& context);

// The newest usable value, and why there is none.
struct Reading {
  std::optional<Interval> value;
  std::optional<Interval> listed;  // where something not mentioned makes a difference to it: the value without it
  std::string shown, at;
  std::string why_not = "not given";
  Decided some = Decided::no;             // is there any usable value?
  const ObservationFact* fact = nullptr;  // the one that is shown
};
Reading newest(const World& world, ObservationId observation, const std::optional<Span_>& within);

}  // namespace theriac::detail
