#include "support/compare.hpp"

#include "reference/reference.hpp"
#include "support/told.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace theriac::testing {

namespace {

std::string told_of(const reference::Needs& needs) {
  std::set<std::pair<std::string, std::string>> plain;
  for (const auto& need : needs) plain.emplace(need.kind, need.input);
  return told(plain);
}

struct ToldSupport {
  std::size_t rule = 0, head = 0;
  std::string of_drug;
  std::vector<std::string> drugs;
  Verdict verdict{};
  Severity severity{};
  std::set<Severity> could_raise;
  std::string needs, against;
  std::set<std::string> flags, flags_possible;
  std::set<std::size_t> exposures;
};
std::string line_of(const ToldSupport& s) {
  return fmt::format("rule {} head {} of '{}' {}: {} {} could{} needs {} against {} flags {} possible {} exposures {}", s.rule, s.head, s.of_drug,
                     s.drugs, to_string(s.verdict), to_string(s.severity), told(s.could_raise, s.severity), s.needs, s.against, s.flags,
                     without(s.flags_possible, s.flags), s.exposures);
}

std::vector<ConceptId> ids(const std::set<ConceptId>& of) { return {of.begin(), of.end()}; }
std::vector<FlagId> ids(const std::set<FlagId>& of) { return {of.begin(), of.end()}; }

Lines supports_of_reference(const Case& what, const reference::Supports& supports) {
  Lines lines;
  for (const auto& [key, s] : supports)
    lines.push_back(
        line_of({key.rule, key.head, key.of_drug, names(*what.terms, ids(key.drugs)), s.verdict, s.severity, s.could_raise, told_of(s.needs),
                 told_of(s.against), flag_names(*what.terms, ids(s.flags)), flag_names(*what.terms, ids(s.flags_possible)), s.exposures}));
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The rule's own heads first, then those of its replacing exceptions in order.
std::size_t head_number(const detail::ResolvedRule& rule, const detail::Derivation& derivation) {
  if (derivation.exception < 0) return derivation.head;
  std::size_t number = rule.heads.size() + derivation.head;
  for (std::int32_t i = 0; i < derivation.exception; ++i)
    if (const auto& each = rule.exceptions[static_cast<std::size_t>(i)]; each.kind == detail::ResolvedException::Kind::replace)
      number += each.heads.size();
  return number;
}

Lines supports_of_engine(const Case& what, const detail::Evaluation& evaluation) {
  Lines lines;
  for (const detail::Derivation& d : evaluation.derivations)
    for (const detail::Support& s : d.supports)
      lines.push_back(line_of({d.rule, head_number(what.rules[d.rule], d), d.of ? what.terms->at(*d.of).name : "", names(*what.terms, s.ingredients),
                               s.verdict, s.severity, targets(s.could_raise), told(s.needs), told(s.against), flag_names(*what.terms, s.flags),
                               flag_names(*what.terms, s.flags_possible), std::set<std::size_t>(s.exposures.begin(), s.exposures.end())}));
  std::sort(lines.begin(), lines.end());
  return lines;
}

Lines findings_of_reference(const Case& what, const reference::Supports& supports) {
  Lines lines;
  for (const reference::Finding& f : reference::findings(what.rules, supports, *what.terms))
    lines.push_back(line({f.rule, f.effect, f.of_drug, f.drugs, f.verdict, f.severity, f.could_raise, f.supports, told_of(f.needs),
                          told_of(f.against), f.flags, f.flags_possible, f.also, f.within ? static_cast<int>(*f.within) : -1}));
  return lines;
}

}  // namespace

std::string disagreement(const Case& given) {
  Case what = given;
  Ran ran = run(what);
  if (ran.refused.empty() != reference::derive(what.rules, what.facts, *what.terms).has_value())
    return ran.refused.empty() ? "the reference alone refuses\n" : "the engine alone refuses\n";
  if (!ran.refused.empty()) {
    for (auto r = ran.refused.rbegin(); r != ran.refused.rend(); ++r) what.rules.erase(what.rules.begin() + *r);
    ran = run(what);
    if (!ran.refused.empty()) return "the engine refuses more, once what it refused is gone\n";
  }
  const auto supports = reference::derive(what.rules, what.facts, *what.terms);
  if (!supports) return "the reference refuses what is left\n";
  const std::string difference =
      first_difference(supports_of_engine(what, ran.evaluation), supports_of_reference(what, *supports), "engine", "reference");
  return !difference.empty() ? difference
                             : first_difference(findings_told(what, ran.drafts), findings_of_reference(what, *supports), "engine", "reference");
}

}  // namespace theriac::testing
