#include "counsel/nearest.hpp"

#include "evaluate/drug.hpp"
#include "evaluate/items.hpp"
#include "evaluate/rating.hpp"
#include "evaluate/search.hpp"
#include "trace/premises.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace theriac::detail {
namespace {

constexpr std::size_t most_options = 8;   // of one item
constexpr std::size_t most_tried = 1000;  // bindings of one rule

// What an item may be filled with; without exposures: nothing.
struct Option {
  Choice choice;
  Premise premise;
  bool none = false;
};
using Options = std::vector<Option>;

Option nothing(const ResolvedItem& item) {
  Option option;
  option.none = true;
  option.premise.kind = kind_of(item);
  option.premise.text = item.text;
  option.premise.in_rule = item.at.to_string();
  const auto* drug = std::get_if<DrugItem>(&item.what);
  option.premise.value = drug != nullptr                                 ? "none in the list"
                         : std::holds_alternative<EffectItem>(item.what) ? "no rule finds it here"
                                                                         : "not in this list";
  return option;
}

Option with(const World& world, const ResolvedItem& item, Choice choice) {
  Option option;
  option.premise = item_premise(world, item, choice);
  option.choice = std::move(choice);
  return option;
}

// A habit that nobody mentioned is in no list: it comes near only where it is what is asked for.
bool is_mentioned(const World& world, const Choice& choice) {
  return std::none_of(choice.exposures.begin(), choice.exposures.end(),
                      [&](auto i) { return world.exposure(i).presence == Presence::not_mentioned; });
}

bool is_far_fetched(const World& world, const Choice& choice) {
  if (is_mentioned(world, choice) || choice.alternative == nullptr || !choice.alternative->concept_id) return false;
  return membership(world, choice.ingredients.front(), *choice.alternative->concept_id).truth != Truth::yes;
}

// A drug that fails the phrase by something else than its class: the gel, the one that was stopped, the dose that is too low.
void add_near_drugs(const World& world, const DrugItem& item, const Options& real, Options& into) {
  for (std::uint32_t i = 0; i < world.facts.exposures.size(); ++i) {
    if (world.exposure(i).presence == Presence::not_mentioned) continue;
    const bool matches = std::any_of(real.begin(), real.end(), [&](const Option& option) { return option.choice.exposures.front() == i; });
    if (matches) continue;
    std::optional<Option> best;
    for (const auto& alternative : item.any_of) {
      if (!alternative.concept_id || membership(world, world.exposure(i).what, *alternative.concept_id).truth < Truth::possible) continue;
      Option option;
      option.premise = drug_premise(world, alternative, i);
      const auto& exposure = world.exposure(i);
      option.choice = {{i}, {exposure.what}, {option.premise.holds, option.premise.needs}, Window{exposure.start, exposure.end}, &alternative};
      if (!best || option.premise.holds > best->premise.holds) best = std::move(option);
    }
    if (best) into.push_back(std::move(*best));
  }
}

// A value stands for what could not be told otherwise: the same whatever the order of the entries.
void order(Options& options) {
  std::stable_sort(options.begin(), options.end(), [](const Option& a, const Option& b) {
    return std::tuple(a.none, -static_cast<int>(a.premise.holds), a.premise.value) <
           std::tuple(b.none, -static_cast<int>(b.premise.holds), b.premise.value);
  });
  if (options.size() > most_options) options.resize(most_options);
}

Options options_of(const World& world, const ResolvedItem& item) {
  Options options;
  for (auto& choice : choices_of(world, item)) {
    if (is_far_fetched(world, choice)) continue;
    options.push_back(with(world, item, std::move(choice)));
  }
  if (const auto* drug = std::get_if<DrugItem>(&item.what)) {
    const auto real = options;
    add_near_drugs(world, *drug, real, options);
  }
  order(options);
  options.push_back(nothing(item));
  return options;
}

// A count that is not reached says how many there are.
Option count_option(const World& world, const ResolvedItem& item, const std::vector<ConceptId>& without, const std::vector<std::uint32_t>& beside) {
  Options found;
  for (auto& choice : counts_of(world, item, without, beside)) found.push_back(with(world, item, std::move(choice)));
  order(found);
  if (!found.empty()) return std::move(found.front());
  auto none = nothing(item);
  const auto* count = std::get_if<CountItem>(&item.what);
  if (count == nullptr) return none;
  auto fewer = item;
  for (auto k = count->at_least; k > 1; --k) {
    std::get<CountItem>(fewer.what).at_least = k - 1;
    const auto choices = counts_of(world, fewer, without, {});
    if (choices.empty() || choices.front().exposures.empty()) continue;
    none.premise.value = std::to_string(choices.front().ingredients.size()) + ": " + item_premise(world, fewer, choices.front()).value;
    none.premise.at = world.exposure(choices.front().exposures.front()).at.to_string();
    return none;
  }
  return none;
}

class Nearest {
 public:
  Nearest(const World& world, const ResolvedRule& rule) : world_(world), rule_(rule) {
    binding_.choices.assign(rule.items.size(), nullptr);
    filled_.assign(rule.items.size(), nullptr);
    for (const auto& item : rule.items) options_.push_back(binds(item) && !counts_ingredients(item) ? options_of(world, item) : Options{});
  }

  std::vector<NearMiss> run(std::size_t most) {
    fill(0);
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.order() < b.order(); });
    std::vector<NearMiss> result;
    for (auto& each : found_) {
      const bool told = std::any_of(result.begin(), result.end(), [&](const NearMiss& other) { return other.shown == each.miss.shown; });
      if (!told && result.size() < most) result.push_back(std::move(each.miss));
    }
    return result;
  }

 private:
  struct Found {
    NearMiss miss;
    std::size_t empty = 0, not_mentioned = 0;
    std::tuple<std::size_t, std::size_t, std::size_t, std::size_t, const std::vector<std::string>&> order() const {
      return {empty + not_mentioned, empty > 0 ? not_mentioned : 0, miss.not_so + miss.blocked, miss.not_known, miss.shown};
    }
  };

  void fill(std::size_t item) {
    if (tried_ >= most_tried) return;
    if (item == rule_.items.size()) return count_and_tell();
    if (options_[item].empty()) return fill(item + 1);
    for (const auto& option : options_[item]) {
      if (!option.none && shares_a_drug(option.choice)) continue;
      filled_[item] = &option;
      binding_.choices[item] = option.none ? nullptr : &option.choice;
      fill(item + 1);
      filled_[item] = nullptr;
      binding_.choices[item] = nullptr;
    }
  }

  bool shares_a_drug(const Choice& choice) const {
    for (const auto* other : binding_.choices) {
      if (other == nullptr || (other->may_share && choice.may_share)) continue;
      for (const auto id : choice.ingredients) {
        if (std::find(other->ingredients.begin(), other->ingredients.end(), id) != other->ingredients.end()) return true;
      }
    }
    return false;
  }

  void count_and_tell() {
    ++tried_;
    const auto before = binding_;
    const auto without = matched(binding_);
    const auto beside = exposures_matched(rule_, binding_);
    std::vector<Option> counted(rule_.items.size());
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (!counts_ingredients(rule_.items[i])) continue;
      counted[i] = count_option(world_, rule_.items[i], without, beside);
      filled_[i] = &counted[i];
      binding_.choices[i] = counted[i].none ? nullptr : &counted[i].choice;
    }
    binding_.ingredients.clear();
    for (const auto* choice : binding_.choices) {
      if (choice == nullptr) continue;
      merge_sorted(binding_.ingredients, choice->ingredients);
      merge_sorted(binding_.ingredients, choice->brought);
    }
    tell();
    binding_ = before;
  }

  void tell() {
    Found found;
    for (const auto* option : filled_) {
      if (option == nullptr) continue;
      found.empty += option->none ? 1 : 0;
      found.not_mentioned += option->none || is_mentioned(world_, option->choice) ? 0 : 1;
      found.miss.premises.push_back(option->premise);
    }
    add_premises_of_all(world_, rule_, binding_, found.miss.premises);
    for (const auto& premise : found.miss.premises) {
      if (premise.blocks)
        ++found.miss.blocked;
      else if (premise.holds == Truth::no)
        ++found.miss.not_so;
      else if (premise.holds < Truth::listed)
        ++found.miss.not_known;
    }
    std::map<std::string, std::string> names;
    for (const auto i : exposures_of(binding_)) names.emplace(world_.exposure(i).shown, world_.name(world_.exposure(i).what));
    for (const auto& [shown, name] : names) {
      found.miss.shown.push_back(shown);
      found.miss.drugs.push_back(name);
    }
    std::sort(found.miss.drugs.begin(), found.miss.drugs.end());
    found.miss.drugs.erase(std::unique(found.miss.drugs.begin(), found.miss.drugs.end()), found.miss.drugs.end());
    found_.push_back(std::move(found));
  }

  const World& world_;
  const ResolvedRule& rule_;
  std::vector<Options> options_;  // of each item that does not count
  std::vector<const Option*> filled_;
  Binding binding_;
  std::vector<Found> found_;
  std::size_t tried_ = 0;
};

}  // namespace

std::vector<NearMiss> nearest(const World& world, const ResolvedRule& rule, std::size_t most) { return Nearest(world, rule).run(most); }

}  // namespace theriac::detail
