// Rules × facts → what each rule derives, with the binding that shows it. The heart of the engine; docs/design/semantics.md says what it must do, and
// tests/reference does the same by brute force. Grouping, folding and words come later (assemble).
#pragma once

#include "evaluate/guard.hpp"
#include "evaluate/world.hpp"

#include <memory>

namespace theriac::detail {

// A severity shift that counted, or could.
struct Shifted {
  Severity to{};
  std::string because;  // the author's words for the guard
  Needs needs;
  std::string at{};  // the place of the guard; "" where it is another binding that says more
  bool operator==(const Shifted&) const = default;
  auto operator<=>(const Shifted&) const = default;
};

// Bindings of one support that are less sure than its best and match exposures that no surer one does: the exposures of all that are so sure or
// surer.
struct LessSure {
  Verdict verdict{};
  std::vector<std::uint32_t> exposures;  // sorted
  Needs needs;                           // of their bodies and exceptions
};

// A set of ingredients for which a head holds, best over its bindings.
struct Support {
  std::vector<ConceptId> ingredients;    // sorted
  std::vector<std::uint32_t> exposures;  // of all bindings with that verdict, sorted
  Verdict verdict{};
  Needs needs;    // of the body
  Needs against;  // of the exceptions: what, if known, would silence it
  Severity severity{};
  std::vector<Shifted> raised, lowered, could_raise;  // sorted, unique
  std::vector<FlagId> flags, flags_possible;          // sorted, unique
  std::vector<std::vector<std::uint32_t>> items;      // exposures matched by each item, over all bindings with that verdict
  std::vector<std::int64_t> derived;                  // facts it rests on (first binding)
  std::vector<Proof> premises;                        // the patient's facts that made the guard true (first binding)
  std::vector<std::string> exceptions;                // labels of exceptions that might hold
  std::vector<LessSure> less_sure;                    // the surest first
};

// What one head of one rule derives.
struct Derivation {
  std::uint32_t rule = 0;
  std::uint32_t head = 0;
  std::int32_t exception = -1;    // the replacing exception whose head it is
  std::optional<ConceptId> of;    // where the head names a role
  std::vector<Support> supports;  // by ingredients
};

struct SilencedSupport {
  std::uint32_t rule = 0;
  std::string by;
  std::vector<ConceptId> ingredients;
  auto operator<=>(const SilencedSupport&) const = default;
};

struct Evaluation {
  std::vector<Derivation> derivations;    // by rule, exception, head, of
  std::vector<SilencedSupport> silenced;  // sorted
  std::vector<DerivedFact> facts;         // what `Support::derived` points into
};

struct Strata {
  // Rules by index; a later stratum reads what an earlier derives. Those of a cyclic one are repeated until nothing changes.
  struct Stratum {
    std::vector<std::uint32_t> rules;
    bool cyclic = false;
  };
  std::vector<Stratum> strata;
};

const ResolvedHead& head_of(const ResolvedRule& rule, const Derivation& derivation);

Evaluation evaluate(const Terminology& terms, const std::vector<ResolvedRule>& rules, const Strata& strata, const Facts& facts);

}  // namespace theriac::detail
