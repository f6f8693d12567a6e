#include "theriac/diff.hpp"

#include "counsel/compared.hpp"
#include "counsel/leaves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace theriac {
namespace {

using namespace detail;
using Names = std::vector<std::string>;

// ---- two states of a patient

// What is told of a finding that a change can be about.
using Told = std::tuple<std::string, std::string, Names, Severity, Verdict, Names>;
using Found = std::set<Told>;
Told told(const Finding& finding) { return {finding.rule, finding.effect, finding.drugs, finding.severity, finding.status, finding.flags}; }

Found found_in(const RuleBase& rules, const Patient& patient, const ScreenOptions& options) {
  Found out;
  for (const auto& finding : screen(rules, patient, options).findings) out.insert(told(finding));
  return out;
}

bool overlap(const Names& a, const Names& b) {
  return (a.empty() && b.empty()) ||
         std::any_of(a.begin(), a.end(), [&](const std::string& each) { return std::binary_search(b.begin(), b.end(), each); });
}

// The same rule's word of the same effect, of these drugs or some of them.
bool speaks_of(const Found& found, const Finding& finding) {
  return std::any_of(found.begin(), found.end(), [&](const Told& each) {
    return std::get<0>(each) == finding.rule && std::get<1>(each) == finding.effect && overlap(finding.drugs, std::get<2>(each));
  });
}

bool is_as_before(const Change& change, const Found& found) {
  if (change.is == Change::Is::added) return !speaks_of(found, change.after);
  if (change.is == Change::Is::gone) return speaks_of(found, change.before);
  return found.contains(told(change.before));
}

// Which of the differences it takes, the fewest first: one, else two, else all of them.
class Blaming {
 public:
  Blaming(const RuleBase& rules, const Patient& after, const ScreenOptions& options, const std::vector<Leaf>& all)
      : rules_(rules), after_(after), options_(options), all_(all) {
    for (std::size_t i = 0; i < all.size(); ++i) singles_.push_back(without({i}));
  }

  Names of(const Change& change) {
    Names out;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (is_as_before(change, singles_[i])) out.push_back(all_[i].words);
    }
    if (!out.empty()) return out;
    for (std::size_t i = 0; i < all_.size() && all_.size() <= most_in_pairs; ++i) {
      for (std::size_t j = i + 1; j < all_.size(); ++j) {
        if (is_as_before(change, without({i, j}))) return {all_[i].words + " and " + all_[j].words};
      }
    }
    for (const auto& leaf : all_) out.push_back(leaf.words);
    return out;
  }

 private:
  static constexpr std::size_t most_in_pairs = 15;

  Found without(std::initializer_list<std::size_t> reverted) const {
    auto patient = after_;
    for (const auto i : reverted) all_[i].revert(patient);
    return found_in(rules_, patient, options_);
  }

  const RuleBase& rules_;
  const Patient& after_;
  const ScreenOptions& options_;
  const std::vector<Leaf>& all_;
  std::vector<Found> singles_;
};

// ---- two rule bases

std::set<std::string> classes_of(const RuleBase& rules, const std::string& drug) {
  const auto& terms = rules.terminology();
  std::set<std::string> out;
  for (const auto& name : terms.find(drug)) {
    if (name.kind != NameKind::ingredient) continue;
    const auto& concepts = terms.data().concepts;
    for (std::size_t i = 0; i < concepts.size(); ++i) {
      const auto where = make_id<ConceptId>(i);
      if (concepts[i].kind == ConceptKind::drug_class && terms.membership(make_id<ConceptId>(name.id), where) == Truth::yes)
        out.insert(concepts[i].name);
    }
  }
  return out;
}

Names classes_changed(const RuleBase& before, const RuleBase& after, const std::string& drug) {
  const auto was = classes_of(before, drug), now = classes_of(after, drug);
  Names out;
  for (const auto& each : now) {
    if (!was.contains(each)) out.push_back(fmt::format("{} is now in {}", drug, each));
  }
  for (const auto& each : was) {
    if (!now.contains(each)) out.push_back(fmt::format("{} is no longer in {}", drug, each));
  }
  return out;
}

Names rule_changed(const RuleBase& before, const RuleBase& after, const std::string& rule) {
  if (!before.has_rule(rule)) return {fmt::format("rule {} is new", rule)};
  if (!after.has_rule(rule)) return {fmt::format("rule {} is gone", rule)};
  if (before.reading(rule) != after.reading(rule)) return {fmt::format("rule {} says something else", rule)};
  return {};
}

Names blame_rules(const RuleBase& before, const RuleBase& after, const Change& change) {
  Names out;
  std::set<std::string> rules, drugs;
  for (const auto* finding : {&change.before, &change.after}) {
    if (finding->rule.empty()) continue;
    rules.insert(finding->rule);
    drugs.insert(finding->drugs.begin(), finding->drugs.end());
  }
  for (const auto& rule : rules) {
    for (auto& words : rule_changed(before, after, rule)) out.push_back(std::move(words));
  }
  if (!out.empty()) return out;
  for (const auto& drug : drugs) {
    for (auto& words : classes_changed(before, after, drug)) out.push_back(std::move(words));
  }
  if (out.empty()) out.emplace_back("what this rule builds on: another rule or the vocabulary");
  return out;
}

}  // namespace

Difference diff(const RuleBase& rules, const Patient& before, const Patient& after, const ScreenOptions& options) {
  Difference out;
  out.patient = after.id.empty() ? after.source : after.id;
  const auto all = leaves(rules.terminology(), before, after);
  for (const auto& leaf : all) out.changed.push_back(leaf.words);
  out.compared = compared(screen(rules, before, options), screen(rules, after, options));
  if (out.compared.changes.empty()) return out;
  Blaming blaming(rules, after, options, all);
  for (const auto& change : out.compared.changes) out.blame.push_back(blaming.of(change));
  return out;
}

Difference diff(const RuleBase& before, const RuleBase& after, const Patient& patient, const ScreenOptions& options) {
  Difference out;
  out.patient = patient.id.empty() ? patient.source : patient.id;
  out.compared = compared(screen(before, patient, options), screen(after, patient, options));
  for (const auto& change : out.compared.changes) out.blame.push_back(blame_rules(before, after, change));
  return out;
}

std::vector<RuleChange> diff_rules(const RuleBase& before, const RuleBase& after) {
  std::vector<RuleChange> out;
  for (const auto& rule : after.labels()) {
    if (!before.has_rule(rule))
      out.push_back({RuleChange::Is::added, rule, "", after.reading(rule)});
    else if (before.reading(rule) != after.reading(rule))
      out.push_back({RuleChange::Is::changed, rule, before.reading(rule), after.reading(rule)});
  }
  for (const auto& rule : before.labels()) {
    if (!after.has_rule(rule)) out.push_back({RuleChange::Is::gone, rule, before.reading(rule), ""});
  }
  std::stable_sort(out.begin(), out.end(), [](const RuleChange& a, const RuleChange& b) { return a.is < b.is; });
  return out;
}

}  // namespace theriac
