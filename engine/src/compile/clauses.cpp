#include "compile/clauses.hpp"

#include "evaluate/guard.hpp"
#include "evaluate/search.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace theriac::detail {
namespace {

// How those who judge a leaf look at it.
struct Place {
  bool exception = false, negated = false, below_negation = false;
};
using Visit = std::function<void(const ResolvedGuard&, Place)>;

// Every leaf. A population is one: what it says stands elsewhere.
void each_leaf(const ResolvedGuard& guard, Place place, const Visit& visit) {
  const bool whole = guard.kind == ResolvedGuard::Kind::leaf || !guard.population.empty();
  if (whole) return visit(guard, place);
  if (guard.kind == ResolvedGuard::Kind::negation) place = {place.exception, !place.negated, true};
  for (const auto& child : guard.children) each_leaf(child, place, visit);
}

void each_leaf(const ResolvedRule& rule, const Visit& visit) {
  constexpr Place plain{}, exception{true};
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) each_leaf(guard->guard, plain, visit);
  }
  each_leaf(rule.guard, plain, visit);
  for (const auto& guard : rule.unless) each_leaf(guard, exception, visit);
  for (const auto& each : rule.exceptions) each_leaf(each.when, exception, visit);
  for (const auto& shift : rule.shifts) each_leaf(shift.guard, shift.raise ? plain : exception, visit);
  for (const auto& flag : rule.flags) each_leaf(flag.guard, plain, visit);
}

// Every way of every drug phrase that is an item of its own.
void each_way(const ResolvedRule& rule, const std::function<void(const DrugAlternative&)>& visit) {
  for (const auto& item : rule.items) {
    if (const auto* drug = std::get_if<DrugItem>(&item.what)) std::for_each(drug->any_of.begin(), drug->any_of.end(), visit);
  }
}

// A member of a class that stands under a route of the phrase has that route too.
std::string words_of(const Terminology& terms, const DrugAlternative& way) {
  std::string words = way.text;
  for (const auto route : way.routes) {
    const auto& name = terms.at(route).name;
    if (words.find(name) == std::string::npos) words = name + " " + words;
  }
  return words;
}

}  // namespace

Clauses::Clauses(const Terminology& terms, const ResolvedRule& rule) : rule_(rule) {
  each_way(rule, [&](const DrugAlternative& way) {
    add(&way, words_of(terms, way), way.at);
    seen_.back().failed = true;  // nobody needs to be shown that who does not take it is not concerned
  });
  each_leaf(rule, [&](const ResolvedGuard& leaf, Place) { add(&leaf, leaf.text, leaf.at); });
}

void Clauses::add(const void* clause, const std::string& text, const grammar::Place& at) {
  places_.emplace(clause, seen_.size());
  seen_.push_back({rule_.label, text, at});
}

void Clauses::see(const World& world) {
  std::set<const void*> bound;
  each_binding(world, rule_, [&](const Binding& binding) {
    for (const auto* choice : binding.choices) {
      if (choice != nullptr && choice->judged.truth >= Truth::listed) bound.insert(choice->alternative);
    }
    each_leaf(rule_, [&](const ResolvedGuard& leaf, Place place) {
      auto& clause = seen_[places_.at(&leaf)];
      const auto truth = judge(leaf, {world, rule_, &binding, place.exception, place.negated, place.below_negation}).truth;
      (truth >= Truth::listed ? clause.held : truth == Truth::no ? clause.failed : clause.unknown) = true;
    });
  });
  each_way(rule_, [&](const DrugAlternative& way) { seen_[places_.at(&way)].held |= bound.contains(&way); });
}

}  // namespace theriac::detail
