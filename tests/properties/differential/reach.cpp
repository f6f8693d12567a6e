// The generator reaches what the evaluators are to agree on. A property over cases in which nothing happens would hold too.
#include "support/run.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

using namespace theriac;
using namespace theriac::testing;

TEST_CASE("generated cases reach every verdict, need, shift and way of grouping") {
  constexpr std::uint64_t cases = 5000;
  std::map<std::string, std::size_t> seen;
  for (std::uint64_t seed = 1; seed <= cases; ++seed) {
    const Case what = generate(seed);
    const Ran ran = run(what);
    seen["refused"] += ran.refused.size();
    for (const auto& draft : ran.drafts) {
      ++seen[std::string(to_string(draft.verdict))];
      seen["folded"] += draft.folded_into >= 0;
      seen["merged"] += !draft.also().empty();
      seen["several supports"] += draft.supports.size() > 1;
      seen["supports that hold others"] += draft.every_support.size() > draft.supports.size();
      seen["role drug"] += draft.of.has_value();
      seen["replaced"] += draft.exception >= 0;
      seen["raised"] += !draft.raised.empty();
      seen["lowered"] += !draft.lowered.empty();
      seen["could be raised"] += !draft.could_raise.empty();
      seen["flagged"] += !draft.flags.empty();
      seen["perhaps flagged"] += !draft.flags_possible.empty();
      seen["three drugs"] += draft.ingredients.size() > 2;
      for (const auto* needs : {&draft.needs, &draft.against})
        for (const Need& need : *needs) ++seen["need " + need.kind];
      for (const auto* support : draft.supports) seen["from an effect"] += !support->derived.empty();
    }
  }
  for (const char* what : {"refused", "certain", "unless", "possible", "open", "folded", "merged", "several supports", "supports that hold others", "role drug", "replaced", "raised",
                           "lowered", "could be raised", "flagged", "perhaps flagged", "three drugs", "from an effect", "need observation", "need patient", "need condition",
                           "need dose", "need date", "need status", "need medication", "need allergy", "need time", "need membership", "need route"}) {
    CAPTURE(std::string(what));
    CHECK(seen[what] >= 20);
  }
}
