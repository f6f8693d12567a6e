// The engine and the reference evaluator say the same of every generated case: supports with verdict, severity, needs, flags and exposures; findings in the
// order of the report; what is folded into what; which rules are refused.
#include "reference/reference.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace theriac;
using namespace theriac::testing;

namespace {

std::string show(const reference::Needs& needs) {
  std::string out;
  for (const auto& need : needs) out += fmt::format("{}{}:{}", out.empty() ? "" : ", ", need.kind, need.input);
  return "{" + out + "}";
}
reference::Needs plain(const detail::Needs& needs) {
  reference::Needs result;
  for (const Need& need : needs) result.insert({need.kind, need.input, need.asked});
  return result;
}
std::string show(const std::set<Severity>& of, Severity above) {
  std::string out;
  for (const Severity s : of)
    if (s > above) out += fmt::format(" {}", to_string(s));
  return out;
}
std::set<Severity> targets(const std::vector<detail::Shifted>& shifts) {
  std::set<Severity> result;
  for (const detail::Shifted& shift : shifts) result.insert(shift.to);
  return result;
}
std::set<std::string> flag_names(const Terminology& terms, const auto& flags) {
  std::set<std::string> result;
  for (const FlagId flag : flags) result.insert(terms.at(flag));
  return result;
}
std::set<std::string> without(std::set<std::string> flags, const std::set<std::string>& those) {
  std::erase_if(flags, [&](const std::string& flag) { return those.contains(flag); });
  return flags;
}
std::vector<std::string> names(const Terminology& terms, const auto& ids) {
  std::vector<std::string> result;
  for (const ConceptId id : ids) result.push_back(terms.at(id).name);
  std::sort(result.begin(), result.end());
  return result;
}

using Lines = std::vector<std::string>;

Lines supports_of_reference(const Case& what, const reference::Supports& supports) {
  Lines lines;
  for (const auto& [key, s] : supports) {
    const auto flags = flag_names(*what.terms, s.flags);
    lines.push_back(fmt::format("{} head {} of '{}' {}: {} {} could{} needs {} against {} flags {} possible {} exposures {}", key.rule, key.head, key.of_drug, names(*what.terms, key.drugs),
                                to_string(s.verdict), to_string(s.severity), show(s.could_raise, s.severity), show(s.needs), show(s.against), flags,
                                without(flag_names(*what.terms, s.flags_possible), flags), s.exposures));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::size_t head_number(const detail::ResolvedRule& rule, const detail::Derivation& derivation) {
  if (derivation.exception < 0) return derivation.head;
  std::size_t number = rule.heads.size() + derivation.head;
  for (std::int32_t i = 0; i < derivation.exception; ++i)
    if (const auto& each = rule.exceptions[static_cast<std::size_t>(i)]; each.kind == detail::ResolvedException::Kind::replace) number += each.heads.size();
  return number;
}

Lines supports_of_engine(const Case& what, const detail::Evaluation& evaluation) {
  Lines lines;
  for (const detail::Derivation& d : evaluation.derivations)
    for (const detail::Support& s : d.supports) {
      const auto flags = flag_names(*what.terms, s.flags);
      lines.push_back(fmt::format("{} head {} of '{}' {}: {} {} could{} needs {} against {} flags {} possible {} exposures {}", d.rule, head_number(what.rules[d.rule], d),
                                  d.of ? what.terms->at(*d.of).name : "", names(*what.terms, s.ingredients), to_string(s.verdict), to_string(s.severity),
                                  show(targets(s.could_raise), s.severity), show(plain(s.needs)), show(plain(s.against)), flags,
                                  without(flag_names(*what.terms, s.flags_possible), flags), std::set<std::size_t>(s.exposures.begin(), s.exposures.end())));
    }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Lines findings_of_reference(const Case& what, const reference::Supports& supports) {
  Lines lines;
  for (const reference::Finding& f : reference::findings(what.rules, supports, *what.terms))
    lines.push_back(fmt::format("{} {} of '{}' {} {} {} could{} supports {} needs {} against {} flags {} possible {} also {} within {}", f.rule, f.effect, f.of_drug, f.drugs,
                                to_string(f.verdict), to_string(f.severity), show(f.could_raise, f.severity), f.supports, show(f.needs), show(f.against), f.flags,
                                f.flags_possible, f.also, f.within ? static_cast<int>(*f.within) : -1));
  return lines;
}

Lines findings_of_engine(const Case& what, const std::vector<detail::Draft>& drafts) {
  Lines lines;
  for (const detail::Draft& d : drafts) {
    const auto flags = flag_names(*what.terms, d.flags);
    std::vector<std::vector<std::string>> supports;
    for (const detail::Support* support : d.supports) supports.push_back(names(*what.terms, support->ingredients));
    std::sort(supports.begin(), supports.end());
    std::set<std::string> also;
    for (const std::uint32_t rule : d.also) also.insert(what.rules[rule].label);
    lines.push_back(fmt::format("{} {} of '{}' {} {} {} could{} supports {} needs {} against {} flags {} possible {} also {} within {}", what.rules[d.rule].label,
                                what.terms->at(d.effect).name, d.of ? what.terms->at(*d.of).name : "", names(*what.terms, d.ingredients), to_string(d.verdict),
                                to_string(d.severity), show(targets(d.could_raise), d.severity), supports, show(plain(d.needs)), show(plain(d.against)), flags,
                                without(flag_names(*what.terms, d.flags_possible), flags), also, d.folded_into));
  }
  return lines;
}

std::string differ(const Lines& engine, const Lines& reference) {
  std::string out;
  for (std::size_t i = 0; i < std::max(engine.size(), reference.size()); ++i) {
    const std::string e = i < engine.size() ? engine[i] : "-", r = i < reference.size() ? reference[i] : "-";
    if (e != r) return fmt::format("engine:    {}\nreference: {}\n", e, r);
  }
  return out;
}

std::string wrong(const Case& given) {
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
  const std::string difference = differ(supports_of_engine(what, ran.evaluation), supports_of_reference(what, *supports));
  return !difference.empty() ? difference : differ(findings_of_engine(what, ran.drafts), findings_of_reference(what, *supports));
}

}  // namespace

TEST_CASE("the engine says what the reference evaluator says") {
  const std::string found = search(cases_wanted(20000), [](std::uint64_t seed) { return generate(seed); }, wrong);
  INFO(found);
  CHECK(found.empty());
}
