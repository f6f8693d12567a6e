#include "compile/compiled.hpp"
#include "compile/stratify.hpp"
#include "resolve/resolve.hpp"
#include "terminology/sha256.hpp"
#include "theriac/grammar/parse.hpp"

#include <algorithm>
#include <ranges>
#include <set>

namespace theriac {
namespace {

using namespace detail;

std::vector<grammar::Parsed> parse_all(const std::vector<grammar::SourcePtr>& sources, grammar::Diagnostics& diagnostics) {
  std::vector<grammar::Parsed> result;
  for (const auto& source : sources) {
    result.push_back(grammar::parse(source));
    diagnostics.insert(diagnostics.end(), result.back().diagnostics.begin(), result.back().diagnostics.end());
  }
  return result;
}

std::string hash_of(const std::vector<grammar::SourcePtr>& sources) {
  std::vector<std::string> parts;
  for (const auto& source : sources) parts.push_back(source->name() + '\0' + source->text());
  std::sort(parts.begin(), parts.end());
  std::string all;
  for (const auto& part : parts) all += sha256_hex(part);
  return sha256_hex(all);
}

// "rules/sedation/opioids.rx" → "sedation"
std::string family_of(const ResolvedRule& rule) {
  if (!rule.at.source) return {};
  const auto& name = rule.at.source->name();
  const auto first = name.find('/');
  const auto last = name.rfind('/');
  return first == std::string::npos || first == last ? std::string() : name.substr(first + 1, last - first - 1);
}

RuleBaseInfo info_of(const RuleBase::Compiled& compiled, const CompileOptions& options, std::size_t not_loaded) {
  RuleBaseInfo info;
  info.name = options.name;
  info.version = options.version;
  info.rules = compiled.rules.size();
  info.not_loaded = not_loaded;
  std::set<std::string> families, jurisdictions;
  for (const auto& rule : compiled.rules) {
    if (rule.status == "reviewed") ++info.reviewed_by_clinician;
    if (auto family = family_of(rule); !family.empty()) families.insert(std::move(family));
    for (const auto& use : rule.sources) {
      const auto at = compiled.references.find(use.key);
      if (at != compiled.references.end() && !at->second.jurisdiction.empty()) jurisdictions.insert(at->second.jurisdiction);
    }
  }
  info.families.assign(families.begin(), families.end());
  info.jurisdictions.assign(jurisdictions.begin(), jurisdictions.end());
  return info;
}

// Takes refused rules out and orders the rest.
Strata order(const Terminology& terms, std::vector<ResolvedRule>& rules, grammar::Diagnostics& diagnostics) {
  auto stratified = stratify(terms, rules);
  if (stratified.refused.empty()) return std::move(stratified.strata);
  diagnostics.insert(diagnostics.end(), stratified.diagnostics.begin(), stratified.diagnostics.end());
  for (const auto at : std::views::reverse(stratified.refused)) rules.erase(rules.begin() + at);
  return stratify(terms, rules).strata;
}

}  // namespace

const RuleBaseInfo& RuleBase::info() const { return compiled_->info; }
const Terminology& RuleBase::terminology() const { return *compiled_->terminology; }

std::vector<std::string> RuleBase::labels() const {
  std::vector<std::string> result;
  for (const auto& rule : compiled_->rules) result.push_back(rule.label);
  return result;
}

std::optional<std::uint32_t> RuleBase::Compiled::find(std::string_view label) const {
  const auto at = std::lower_bound(rules.begin(), rules.end(), label, [](const ResolvedRule& rule, std::string_view of) { return rule.label < of; });
  if (at == rules.end() || at->label != label) return {};
  return static_cast<std::uint32_t>(at - rules.begin());
}

const std::vector<ResolvedRule>& RuleBase::Compiled::as_written() const {
  return as_written_.get([&] {
    auto written = rules;
    for (const auto& each : capped) written[each.rule] = each.as_written;
    return written;
  });
}

const ReadIndex& RuleBase::Compiled::reads() const {
  return reads_.get([&] { return ReadIndex(*terminology, rules); });
}

std::size_t RuleBase::Compiled::overdue(Minutes as_of) const {
  const auto& reviews = reviews_.get([&] {
    std::vector<Minutes> dates;
    for (const auto& rule : rules) {
      if (const auto date = parse_date(rule.review_by)) dates.push_back(date->latest);
    }
    std::sort(dates.begin(), dates.end());
    return dates;
  });
  return static_cast<std::size_t>(std::lower_bound(reviews.begin(), reviews.end(), as_of) - reviews.begin());
}

std::size_t RuleBase::Compiled::ingredients() const {
  return ingredients_.get([&] {
    const auto& all = terminology->data().concepts;
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const Concept& each) { return each.kind == ConceptKind::ingredient; }));
  });
}

bool RuleBase::has_rule(std::string_view label) const { return compiled_->find(label).has_value(); }

std::string RuleBase::reading(std::string_view label) const {
  const auto at = compiled_->find(label);
  return at ? compiled_->rules[*at].reading : "";
}

// The passes: parse, resolve, stratify, adjust for jurisdictions.
CompileResult compile(std::shared_ptr<const Terminology> terminology, const std::vector<grammar::SourcePtr>& sources, const CompileOptions& options) {
  CompileResult result;
  const auto vocabulary = parse_all(options.vocabulary, result.diagnostics);
  const auto parsed = parse_all(sources, result.diagnostics);
  auto resolved = resolve(std::move(terminology), vocabulary, parsed, options.references, options.strict);
  result.diagnostics.insert(result.diagnostics.end(), resolved.diagnostics.begin(), resolved.diagnostics.end());

  auto compiled = std::make_shared<RuleBase::Compiled>();
  compiled->terminology = resolved.terminology;
  compiled->attributions = std::move(resolved.attributions);
  for (const auto& reference : options.references) compiled->references.emplace(reference.key, reference);
  const auto before = resolved.rules.size();
  compiled->strata = order(*compiled->terminology, resolved.rules, result.diagnostics);
  const auto refused = before - resolved.rules.size();
  compiled->rules = std::move(resolved.rules);
  compiled->capped = cap_for_jurisdictions(compiled->rules, compiled->references, {});
  compiled->info = info_of(*compiled, options, resolved.not_loaded + refused);
  compiled->info.sha256 = hash_of(sources);

  grammar::sort_by_place(result.diagnostics);
  const bool usable = options.strict ? !grammar::has_errors(result.diagnostics) : !compiled->rules.empty();
  if (usable && compiled->terminology) result.rules = std::make_shared<const RuleBase>(std::move(compiled));
  return result;
}

}  // namespace theriac
