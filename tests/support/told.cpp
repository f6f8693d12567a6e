#include "support/told.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace theriac::testing {

std::string told(const std::set<std::pair<std::string, std::string>>& needs) {
  std::string out;
  for (const auto& [kind, input] : needs) out += fmt::format("{}{}:{}", out.empty() ? "" : ", ", kind, input);
  return "{" + out + "}";
}

std::string told(const detail::Needs& needs) {
  std::set<std::pair<std::string, std::string>> plain;
  for (const Need& need : needs) plain.emplace(need.kind, need.input);
  return told(plain);
}

std::string told(const std::set<Severity>& of, Severity above) {
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

std::set<std::string> flag_names(const Terminology& terms, const std::vector<FlagId>& flags) {
  std::set<std::string> result;
  for (const FlagId flag : flags) result.insert(terms.at(flag));
  return result;
}

std::set<std::string> without(std::set<std::string> flags, const std::set<std::string>& those) {
  std::erase_if(flags, [&](const std::string& flag) { return those.contains(flag); });
  return flags;
}

std::vector<std::string> names(const Terminology& terms, const std::vector<ConceptId>& ids) {
  std::vector<std::string> result;
  for (const ConceptId id : ids) result.push_back(terms.at(id).name);
  std::sort(result.begin(), result.end());
  return result;
}

std::string line(const Told& t) {
  return fmt::format("{} {} of '{}' {} {} {} could{} supports {} needs {} against {} flags {} possible {} also {} within {}", t.rule, t.effect, t.of_drug, t.drugs,
                     to_string(t.verdict), to_string(t.severity), told(t.could_raise, t.severity), t.supports, t.needs, t.against, t.flags,
                     without(t.flags_possible, t.flags), t.also, t.within);
}

Lines findings_told(const Case& what, const std::vector<detail::Draft>& drafts) {
  Lines lines;
  for (const detail::Draft& d : drafts) {
    Told t{what.rules[d.rule].label, what.terms->at(d.effect).name, d.of ? what.terms->at(*d.of).name : "", names(*what.terms, d.ingredients), d.verdict, d.severity,
           targets(d.could_raise), {}, told(d.needs), told(d.against), flag_names(*what.terms, d.flags), flag_names(*what.terms, d.flags_possible), {},
           static_cast<int>(d.folded_into)};
    for (const detail::Support* support : d.supports) t.supports.push_back(names(*what.terms, support->ingredients));
    std::sort(t.supports.begin(), t.supports.end());
    for (const std::uint32_t rule : d.also()) t.also.insert(what.rules[rule].label);
    lines.push_back(line(t));
  }
  return lines;
}

std::string first_difference(const Lines& one, const Lines& other, const char* one_is, const char* other_is) {
  for (std::size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
    const std::string a = i < one.size() ? one[i] : "-", b = i < other.size() ? other[i] : "-";
    if (a != b) return fmt::format("{}: {}\n{}: {}\n", one_is, a, other_is, b);
  }
  return "";
}

}  // namespace theriac::testing
