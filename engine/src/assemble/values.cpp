#include "assemble/values.hpp"

#include "resolve/parts.hpp"

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

void read_by(const LimitTable& table, std::set<ObservationId>& read) {
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) {
      if (cell.of == Measures::Of::observation) read.insert(cell.observation);
    }
  }
}

std::set<ObservationId> read_by(const ResolvedRule& rule) {
  std::set<ObservationId> read;
  each_dose_test(rule, [&](const DoseTest& dose) {
    if (dose.table) read_by(*dose.table, read);
    if (dose.per) read.insert(*dose.per);
  });
  const auto leaf_reads = [&](const auto& leaf) {
    if constexpr (requires { leaf.observation; }) read.insert(leaf.observation);
    if constexpr (requires { leaf.table; }) {
      read_by(leaf.table, read);
      if (leaf.of) read.insert(leaf.of->observation);
    }
  };
  each_guard(rule, [&](const ResolvedGuard& guard) { each_leaf(guard, [&](const auto& leaf) { std::visit(leaf_reads, leaf); }); });
  return read;
}

void rules_of(const Proof& proof, std::set<std::string>& labels) {
  if (!proof.rule.empty()) labels.insert(proof.rule);
  for (const auto& each : proof.because) rules_of(each, labels);
}

std::set<std::string> rules_of(const Finding& finding) {
  std::set<std::string> labels(finding.also.begin(), finding.also.end());
  labels.insert(finding.rule);
  rules_of(finding.derivation, labels);
  return labels;
}

DerivedValue told(const AssembleContext& context, const ObservationFact& fact) {
  DerivedValue value;
  value.name = context.terms().at(fact.what).name;
  value.value = fact.value_said;
  value.unit = fact.unit_said;
  value.formula = fact.formula;
  value.range = fact.range_said;
  for (const auto& input : fact.inputs) {
    const auto days = input.when ? (context.facts.as_of - input.when->latest) / minutes_per_day : -1;
    value.inputs.push_back({input.name, input.value, input.unit, input.when ? format_date(*input.when) : "", days, input.at.to_string()});
  }
  return value;
}

// Of a need that is not asked for, what is not mentioned decides; of one that is, what is not known.
void tell_missing(const Need& whole, const std::vector<Missing>& missing, std::vector<Need>& needs) {
  for (const auto& each : missing) {
    if (each.asked != whole.asked) continue;
    Need need{each.kind, each.input, each.because, -1, each.asked, whole.input};
    if (std::find(needs.begin(), needs.end(), need) == needs.end()) needs.push_back(std::move(need));
  }
}

void expand(const AssembleContext& context, Need need, std::vector<Need>& needs) {
  const auto is_it = [&](const auto& fact) { return context.terms().at(fact.what).name == need.input; };
  const auto& observations = context.facts.observations;
  const auto& not_derived = context.facts.not_derived;
  const auto derived = std::find_if(observations.begin(), observations.end(), [&](const auto& fact) { return !fact.formula.empty() && is_it(fact); });
  const auto none = std::find_if(not_derived.begin(), not_derived.end(), is_it);
  if (none != not_derived.end() && !none->because.empty() && need.because == "not given") need.because = none->because;
  needs.push_back(need);
  if (derived != observations.end())
    tell_missing(need, derived->inexact, needs);
  else if (none != not_derived.end())
    tell_missing(need, none->missing, needs);
}

}  // namespace

std::vector<DerivedValue> derived_values(const AssembleContext& context, const std::vector<Finding>& findings) {
  const auto& stated = context.facts.observations;
  if (std::all_of(stated.begin(), stated.end(), [](const ObservationFact& each) { return each.formula.empty(); })) return {};
  std::vector<std::set<ObservationId>> read;
  for (const auto& rule : context.rules) read.push_back(read_by(rule));
  std::vector<DerivedValue> values;
  for (const auto& fact : context.facts.observations) {
    if (fact.formula.empty() || std::none_of(read.begin(), read.end(), [&](const auto& of_rule) { return of_rule.contains(fact.what); })) continue;
    auto value = told(context, fact);
    for (const auto& finding : findings) {
      const auto labels = rules_of(finding);
      for (std::size_t i = 0; i < context.rules.size(); ++i) {
        if (!labels.contains(context.rules[i].label) || !read[i].contains(fact.what)) continue;
        value.used_by.push_back(finding.ref);
        break;
      }
    }
    values.push_back(std::move(value));
  }
  std::sort(values.begin(), values.end(), [](const DerivedValue& a, const DerivedValue& b) { return a.name < b.name; });
  return values;
}

std::vector<Need> told_needs(const AssembleContext& context, const std::vector<Need>& needs) {
  std::vector<Need> told;
  for (const auto& need : needs) {
    if (need.kind == "observation")
      expand(context, need, told);
    else if (std::find(told.begin(), told.end(), need) == told.end())
      told.push_back(need);
  }
  return told;
}

std::vector<Need> to_get(const std::vector<Need>& needs) {
  const auto inputs_of = [&](const std::string& quantity) {
    return static_cast<std::size_t>(std::count_if(needs.begin(), needs.end(), [&](const Need& other) { return other.of == quantity; }));
  };
  const auto by_inputs = [&](const Need& quantity) {
    const auto count = inputs_of(quantity.input);
    return count > 0 && (count <= most_inputs_asked || !quantity.asked);
  };
  std::vector<Need> result;
  for (const auto& need : needs) {
    const auto whole = std::find_if(needs.begin(), needs.end(), [&](const Need& other) { return other.of.empty() && other.input == need.of; });
    const bool told_otherwise = need.of.empty() ? by_inputs(need) : whole != needs.end() && !by_inputs(*whole);
    if (!told_otherwise) result.push_back(need);
  }
  return result;
}

}  // namespace theriac::detail
