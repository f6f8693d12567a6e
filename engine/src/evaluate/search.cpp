#include "evaluate/search.hpp"

#include "evaluate/drug.hpp"
#include "evaluate/items.hpp"
#include "evaluate/rating.hpp"

#include <algorithm>
#include <iterator>

namespace theriac::detail {
namespace {

void add_exposures(std::vector<std::uint32_t>& to, const Choice& choice) {
  merge_sorted(to, choice.exposures);
  merge_sorted(to, choice.brought_exposures);
}

// Drugs of different items differ; two effects or counts may share.
bool disjoint(const Binding& binding, const Choice& choice) {
  for (const auto* other : binding.choices) {
    if (other == nullptr || (other->may_share && choice.may_share)) continue;
    std::vector<ConceptId> common;
    std::set_intersection(other->ingredients.begin(), other->ingredients.end(), choice.ingredients.begin(), choice.ingredients.end(),
                          std::back_inserter(common));
    if (!common.empty()) return false;
  }
  return true;
}

class Search {
 public:
  Search(const World& world, const ResolvedRule& rule, const std::function<void(const Binding&)>& visit, const std::vector<ConceptId>* among)
      : world_(world), rule_(rule), visit_(visit), among_(among) {}

  void run() {
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (!binds(rule_.items[i]) || counts_ingredients(rule_.items[i])) continue;
      choices_.emplace_back(i, choices_of(world_, rule_.items[i], among_));
      if (choices_.back().second.empty()) return;
    }
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (counts_ingredients(rule_.items[i])) counts_.push_back(i);
    }
    binding_.choices.assign(rule_.items.size(), nullptr);
    search(0);
  }

 private:
  void search(std::size_t next) {
    if (next == choices_.size()) return count(0);
    try_each(choices_[next].first, choices_[next].second, [&] { search(next + 1); });
  }

  // Counts come last: they count what no drug item has.
  void count(std::size_t next) {
    if (next == counts_.size()) {
      if (!all_of_one_entry()) visit_(binding_);
      return;
    }
    const auto item = counts_[next];
    try_each(item, counts_of(world_, rule_.items[item], matched(binding_), exposures_matched(rule_, binding_)), [&] { count(next + 1); });
  }

  template <class Then>
  void try_each(std::size_t item, const std::vector<Choice>& options, const Then& then) {
    for (const auto& choice : options) {
      if (!disjoint(binding_, choice)) continue;
      const auto before = binding_.ingredients;
      binding_.choices[item] = &choice;
      merge_sorted(binding_.ingredients, choice.ingredients);
      merge_sorted(binding_.ingredients, choice.brought);
      then();
      binding_.ingredients = before;
      binding_.choices[item] = nullptr;
    }
  }

  // A count looks to this itself, with what stands beside it.
  bool all_of_one_entry() const {
    if (binding_.ingredients.size() < 2 || !counts_.empty()) return false;
    const auto exposures = exposures_of(binding_);
    const auto entry = world_.exposure(exposures.front()).entry;
    return entry >= 0 && std::all_of(exposures.begin(), exposures.end(), [&](auto i) { return world_.exposure(i).entry == entry; });
  }

  const World& world_;
  const ResolvedRule& rule_;
  const std::function<void(const Binding&)>& visit_;
  const std::vector<ConceptId>* among_;
  std::vector<std::pair<std::size_t, std::vector<Choice>>> choices_;  // item, its choices
  std::vector<std::size_t> counts_;                                   // items that count ingredients
  Binding binding_;
};

}  // namespace

void each_binding(const World& world, const ResolvedRule& rule, const std::function<void(const Binding&)>& visit,
                  const std::vector<ConceptId>* among) {
  Search(world, rule, visit, among).run();
}

std::vector<ConceptId> matched(const Binding& binding) {
  std::vector<ConceptId> result;
  for (const auto* choice : binding.choices) {
    if (choice != nullptr && !choice->may_share) merge_sorted(result, choice->ingredients);
  }
  return result;
}

std::vector<std::uint32_t> exposures_matched(const ResolvedRule& rule, const Binding& binding) {
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i < rule.items.size(); ++i) {
    if (binding.choices[i] != nullptr && !counts_ingredients(rule.items[i])) add_exposures(result, *binding.choices[i]);
  }
  return result;
}

std::vector<std::uint32_t> exposures_of(const Binding& binding) {
  std::vector<std::uint32_t> all;
  for (const auto* choice : binding.choices) {
    if (choice != nullptr) add_exposures(all, *choice);
  }
  return all;
}

Judged chosen(const World& world, const Choice& choice, const Binding& binding) {
  if (choice.alternative == nullptr || !has_relations(*choice.alternative)) return choice.judged;
  AllOf all;
  all.add(choice.judged);
  for (const auto i : choice.exposures) all.add(relations_hold(world, *choice.alternative, world.exposure(i), binding));
  return all.take();
}

Judged meet_in_time(const World& world, const Binding& binding) {
  std::vector<Window> windows;
  Needs imprecise;
  for (const auto* choice : binding.choices) {
    if (choice == nullptr || !choice->window) continue;
    windows.push_back(*choice->window);
    for (const auto i : choice->exposures) add(imprecise, imprecise_dates(world, world.exposure(i), *choice->window));
  }
  const auto meets = share_an_instant(windows, world.facts.as_of);
  if (meets == Decided::unknown) return {Truth::possible, imprecise};
  return Judged::known(meets == Decided::yes);
}

Judged somebody_present(const World& world, const Binding& binding, const std::vector<std::uint32_t>& exposures) {
  const auto drug_items = std::count_if(binding.choices.begin(), binding.choices.end(), [](const Choice* choice) { return choice != nullptr; });
  if (drug_items < 2 || exposures.size() < 2) return Judged::known(true);
  AnyOf any;
  for (const auto i : exposures) {
    if (world.exposure(i).presence != Presence::past) any.add(presence_of(world, world.exposure(i)));
  }
  return any.take();
}

}  // namespace theriac::detail
