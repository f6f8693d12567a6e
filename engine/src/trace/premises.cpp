#include "trace/premises.hpp"

#include "evaluate/items.hpp"
#include "evaluate/search.hpp"
#include "evaluate/stands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

Premise premise(std::string kind, std::string text, Judged judged, const grammar::Place& in_rule) {
  Premise result;
  result.kind = std::move(kind);
  result.text = std::move(text);
  result.holds = judged.truth;
  result.needs = std::move(judged.needs);
  result.in_rule = in_rule.to_string();
  return result;
}

// What a guard read: the first fact that says something, or, where a denial fails, what stands against it.
void tell_what_was_read(const ResolvedGuard& guard, GuardContext context, Premise& into) {
  std::vector<Proof> seen;
  context.seen = &seen;
  context.even_if_not = true;
  if (guard.kind == ResolvedGuard::Kind::negation) {
    context.below_negation = true;
    for (const auto& child : guard.children) judge(child, context);
  } else {
    judge(guard, context);
  }
  for (const auto& proof : seen) {
    if (proof.value.empty() && proof.at.empty()) continue;
    const bool same = proof.value.empty() || proof.fact == proof.value;
    into.value = same ? proof.fact : fmt::format("{} {}", proof.fact, proof.value);
    into.at = proof.at;
    return;
  }
}

void add_guard(const World& world, const ResolvedRule& rule, const Binding& binding, const ResolvedGuard& guard, std::vector<Premise>& into) {
  if (guard.kind == ResolvedGuard::Kind::all_of) {
    for (const auto& child : guard.children) add_guard(world, rule, binding, child, into);
    return;
  }
  const GuardContext context{world, rule, &binding, false, false, false, nullptr};
  auto result = premise("guard", guard.text, judge(guard, context), guard.at);
  tell_what_was_read(guard, context, result);
  into.push_back(std::move(result));
}

// What silences a rule, where it may hold.
void add_against(const World& world, const ResolvedRule& rule, const Binding& binding, std::vector<Premise>& into) {
  const auto exceptions = exceptions_of(world, rule, binding);
  const auto add = [&](const char* kind, std::string text, const Judged& holds, const ResolvedGuard& guard) {
    auto result = premise(kind, std::move(text), negation(holds), guard.at);
    result.blocks = holds.truth >= Truth::listed;
    tell_what_was_read(guard, {world, rule, &binding, true, false, false, nullptr}, result);
    into.push_back(std::move(result));
  };
  for (std::size_t i = 0; i < rule.unless.size(); ++i) add("unless", "unless " + rule.unless[i].text, exceptions.unless[i], rule.unless[i]);
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    const auto& exception = rule.exceptions[i];
    if (exception.top && exception.kind != ResolvedException::Kind::lower)
      add("exception", fmt::format("not {} ({})", exception.label, exception.when.text), exceptions.holds[i], exception.when);
  }
}

std::string times_words(const World& world, const Binding& binding) {
  std::string words;
  for (const auto i : exposures_of(binding)) {
    const auto& exposure = world.exposure(i);
    std::string when;
    if (exposure.presence == Presence::past) when = exposure.end_given ? "stopped " + format_date(exposure.end) : "stopped";
    if (exposure.start_given && exposure.start.latest > world.facts.as_of) when = "from " + format_date(exposure.start);
    if (!when.empty()) words += (words.empty() ? "" : ", ") + exposure.shown + " " + when;
  }
  return words;
}

bool of_one_entry(const World& world, const std::vector<std::uint32_t>& exposures) {
  if (exposures.size() < 2) return false;
  const auto entry = world.exposure(exposures.front()).entry;
  for (const auto i : exposures) {
    if (entry < 0 || world.exposure(i).entry != entry) return false;
  }
  return true;
}

std::string shown_of(const World& world, const Choice& choice) {
  std::vector<std::string> names;
  for (const auto i : choice.exposures) names.push_back(world.exposure(i).shown);
  std::sort(names.begin(), names.end());
  std::string words;
  for (const auto& name : names) words += (words.empty() ? "" : ", ") + name;
  return words;
}

void name_drugs(const World& world, const Choice& choice, Premise& into) {
  std::set<std::string> drugs;
  std::set<std::int32_t> entries;
  for (const auto id : choice.ingredients) drugs.insert(world.name(id));
  for (const auto id : choice.brought) drugs.insert(world.name(id));
  for (const auto* list : {&choice.exposures, &choice.brought_exposures}) {
    for (const auto i : *list) {
      if (world.exposure(i).entry >= 0) entries.insert(world.exposure(i).entry);
    }
  }
  into.drugs.assign(drugs.begin(), drugs.end());
  into.entries.assign(entries.begin(), entries.end());
}

}  // namespace

std::string_view kind_of(const ResolvedItem& item) {
  constexpr std::string_view kinds[] = {"drug", "effect", "count", "count", "sum", "stop", "guard"};
  return kinds[item.what.index()];
}

Premise item_premise(const World& world, const ResolvedItem& item, const Choice& choice) {
  Premise result;
  result.kind = kind_of(item);
  result.text = choice.alternative == nullptr ? item.text : choice.alternative->text;
  result.holds = choice.judged.truth;
  result.needs = choice.judged.needs;
  result.value = shown_of(world, choice);
  result.in_rule = item.at.to_string();
  if (!choice.exposures.empty()) result.at = world.exposure(choice.exposures.front()).at.to_string();
  if (choice.alternative != nullptr) {
    if (auto why = drug_premise(world, *choice.alternative, choice.exposures.front()); why.holds == result.holds) result = std::move(why);
  }
  name_drugs(world, choice, result);
  return result;
}

void add_premises_of_all(const World& world, const ResolvedRule& rule, const Binding& binding, std::vector<Premise>& into) {
  const auto exposures = exposures_of(binding);
  const auto together = [&](Judged judged, const char* text) {
    auto result = premise("time", text, std::move(judged), rule.at);
    if (result.holds == Truth::yes) return into.push_back(std::move(result));
    result.value = times_words(world, binding);
    if (!exposures.empty()) result.at = world.exposure(exposures.front()).at.to_string();
    for (const auto i : exposures) {
      if (world.exposure(i).presence == Presence::past) result.at = world.exposure(i).at.to_string();
    }
    into.push_back(std::move(result));
  };
  together(meet_in_time(world, binding), exposures.size() > 1 ? "taken at the same time" : "taken now");
  together(somebody_present(world, binding, exposures), "one of them is still taken");
  const bool counts = std::any_of(rule.items.begin(), rule.items.end(), counts_ingredients);  // then the count has looked to it
  if (!counts && of_one_entry(world, exposures) && binding.ingredients.size() > 1) {
    auto result = premise("entry", "from two entries of the list", Judged::known(false), rule.at);
    result.value = "both are in " + world.exposure(exposures.front()).shown;
    result.at = world.exposure(exposures.front()).at.to_string();
    into.push_back(std::move(result));
  }
  for (const auto* choice : binding.choices) {
    if (choice == nullptr || choice->alternative == nullptr || !has_relations(*choice->alternative)) continue;
    AllOf all;
    for (const auto i : choice->exposures) all.add(relations_hold(world, *choice->alternative, world.exposure(i), binding));
    into.push_back(premise("time", choice->alternative->text, all.take(), choice->alternative->at));
  }
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) add_guard(world, rule, binding, guard->guard, into);
  }
  add_guard(world, rule, binding, rule.guard, into);
  add_against(world, rule, binding, into);
}

std::vector<Premise> premises_of(const World& world, const Sought& sought) {
  std::vector<Premise> result;
  each_binding(
      world, sought.rule,
      [&](const Binding& binding) {
        if (!result.empty() || binding.ingredients != sought.ingredients) return;
        const auto exceptions = exceptions_of(world, sought.rule, binding);
        auto body = body_of(world, sought.rule, binding, exposures_of(binding));
        if (sought.exception >= 0) {
          AllOf both;
          both.add(body);
          both.add(exceptions.holds[static_cast<std::size_t>(sought.exception)]);
          body = both.take();
        }
        if (verdict(body.truth, against(sought.rule, exceptions, sought.exception).truth) != sought.verdict) return;
        for (std::size_t i = 0; i < sought.rule.items.size(); ++i) {
          if (binding.choices[i] != nullptr) result.push_back(item_premise(world, sought.rule.items[i], *binding.choices[i]));
        }
        add_premises_of_all(world, sought.rule, binding, result);
      },
      &sought.ingredients);
  return result;
}

}  // namespace theriac::detail
