// Is an exposure what a drug phrase names, and from when to when does it count?
#pragma once

#include "evaluate/world.hpp"

namespace theriac::detail {

// In a negation or an exception any route counts (a suppository is a laxative).
enum class Routes : std::uint8_t { systemic_or_gut, any };

struct DrugMatch {
  Judged judged;
  Window window;
};

// Is it taken, or was it? Without its window.
Judged presence_of(const World& world, const Exposure& exposure);
// Is it of the class? With what is missing where nobody looked it up, or where an entry names a class alone.
Judged membership(const World& world, ConceptId what, ConceptId where);
// Kind, exceptions, route, tests; neither presence nor window. Tests that compare with another matched drug need the binding, and hold without one.
Judged is_kind(const World& world, const DrugAlternative& alternative, const Exposure& exposure, Routes routes, const Binding* binding = nullptr);
// All of it; judged no where it cannot match.
DrugMatch match(const World& world, const DrugAlternative& alternative, const Exposure& exposure, Routes routes, const Binding* binding = nullptr);
// Tests that compare with another matched drug, alone.
Judged relations_hold(const World& world, const DrugAlternative& alternative, const Exposure& exposure, const Binding& binding);
bool has_relations(const DrugAlternative& alternative);

// The dates that keep a meeting in time from being certain.
Needs imprecise_dates(const World& world, const Exposure& exposure, const Window& window);

}  // namespace theriac::detail
