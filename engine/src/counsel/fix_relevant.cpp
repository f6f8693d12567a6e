#include "counsel/fix_relevant.hpp"

#include "resolve/parts.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

bool asks_of_what_rules_find(const std::vector<DrugAlternative>& any_of) {
  return std::any_of(any_of.begin(), any_of.end(), [](const DrugAlternative& alternative) {
    return asks_of_what_rules_find(alternative.except) || std::any_of(alternative.tests.begin(), alternative.tests.end(),
                                                                      [](const DrugTest& test) { return std::holds_alternative<IsDerived>(test); });
  });
}

// Is the answer the same for every binding of the rule?
bool is_of_the_patient(const ResolvedGuard& guard) {
  bool result = true;
  each_leaf(guard, [&](const auto& leaf) {
    if (const auto* takes = std::get_if<TakesDrug>(&leaf))
      result = result && takes->which != TakesDrug::Which::item && takes->which != TakesDrug::Which::other;
    if (const auto* allergy = std::get_if<HasAllergy>(&leaf)) result = result && !allergy->to_item;
    if (std::holds_alternative<HoursApart>(leaf)) result = false;
  });
  return result;
}

// Does each support of it hold whatever becomes of the drugs of another, and is each as severe?
bool stands_apart(const ResolvedRule& rule) {
  const bool plain = std::all_of(rule.items.begin(), rule.items.end(), [](const ResolvedItem& item) {
    const auto* drug = std::get_if<DrugItem>(&item.what);
    return drug != nullptr ? !asks_of_what_rules_find(drug->any_of) : std::holds_alternative<GuardItem>(item.what);
  });
  const bool one_outcome = std::all_of(rule.exceptions.begin(), rule.exceptions.end(),
                                       [](const ResolvedException& each) { return each.kind == ResolvedException::Kind::silent; });
  return plain && one_outcome &&
         std::all_of(rule.shifts.begin(), rule.shifts.end(), [](const ResolvedShift& shift) { return is_of_the_patient(shift.guard); });
}

std::vector<ResolvedRule> without_items(std::vector<ResolvedRule> rules) {
  for (auto& rule : rules) std::erase_if(rule.items, [](const ResolvedItem& item) { return !std::holds_alternative<GuardItem>(item.what); });
  return rules;
}

// What is touched by what these rules find, too.
void follow(const ReadIndex& index, ReadIndex::Marks& marks) {
  for (bool more = true; more;) {
    const auto before = marks;
    for (std::uint32_t rule = 0; rule < before.size(); ++rule) {
      if (before[rule] != 0) index.mark_effects_of(rule, marks);
    }
    more = marks != before;
  }
}

}  // namespace

Relevant::Relevant(const Terminology& terms, const std::vector<ResolvedRule>& rules, const std::vector<TriedEdit>& edits) : rules_(rules) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    labels_[rules[i].label] = i;
    apart_.push_back(stands_apart(rules[i]) ? 1 : 0);
  }
  const ReadIndex index(terms, rules);
  const auto bare = without_items(rules);
  const ReadIndex guards(terms, bare);
  for (const auto& edit : edits) {
    ReadIndex::Marks all(rules.size(), 0), by_guard(rules.size(), 0);
    std::set<std::string> names;
    for (const auto drug : edit.drugs) {
      index.mark_drug(drug, all);
      guards.mark_drug(drug, by_guard);
      names.insert(terms.at(drug).name);
    }
    follow(index, all);
    for (std::uint32_t rule = 0; rule < all.size(); ++rule) {
      if (all[rule] != 0) guards.mark_effects_of(rule, by_guard);
    }
    all_.push_back(std::move(all));
    guards_.push_back(std::move(by_guard));
    drugs_.push_back(std::move(names));
  }
}

EditSet Relevant::of_rule(std::uint32_t rule) const {
  EditSet result(all_.size(), 0);
  for (std::size_t i = 0; i < all_.size(); ++i) result[i] = all_[i][rule];
  return result;
}

EditSet Relevant::of_support(std::uint32_t rule, const std::vector<std::string>& drugs) const {
  EditSet result(all_.size(), 0);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const bool its_drug = std::any_of(drugs.begin(), drugs.end(), [&](const std::string& drug) { return drugs_[i].contains(drug); });
    result[i] = its_drug || guards_[i][rule] != 0 ? 1 : 0;
  }
  return result;
}

std::vector<EditSet> Relevant::parts(const BriefFinding& finding) const {
  const auto rule = labels_.at(finding.rule);
  if (apart_[rule] == 0 || finding.supports.empty()) return {of_rule(rule)};
  std::vector<EditSet> result;
  for (const auto& support : finding.supports) result.push_back(of_support(rule, support));
  return result;
}

}  // namespace theriac::detail
