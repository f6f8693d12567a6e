// The index of all rules, and what was looked up of each drug.
#include "document/markdown.hpp"
#include "document/pages.hpp"
#include "report/words.hpp"

#include "theriac/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace theriac::detail {
namespace {

// A label may hold what no file name should: then its bytes stand as numbers.
std::string file_name(std::string_view label) {
  std::string out;
  for (const char c : label) {
    const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    out += safe ? std::string(1, c) : fmt::format(".{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

using Rules = std::vector<const ResolvedRule*>;

Severity worst(const ResolvedRule& rule) {
  Severity severity{};
  for (const auto& head : rule.heads) severity = std::max(severity, head.severity);
  for (const auto& shift : rule.shifts) severity = shift.raise ? std::max(severity, shift.to) : severity;
  return severity;
}

// The folder that its file stands in: "sedation".
std::string folder_of(const ResolvedRule& rule) {
  const auto place = rule.at.source ? rule.at.source->name() : "";
  const auto slash = place.rfind('/');
  if (slash == std::string::npos) return place;
  const auto before = place.rfind('/', slash - 1);
  return place.substr(before == std::string::npos ? 0 : before + 1, slash - (before == std::string::npos ? 0 : before + 1));
}

// "respiratory depression (major)"
std::string head_words(const Terminology& terms, const ResolvedRule& rule) {
  std::vector<std::string> heads;
  for (const auto& head : rule.heads) {
    const auto& effect = terms.at(head.effect);
    heads.push_back(effect.state ? "state: " + effect.name : fmt::format("{} ({})", effect.name, to_string(head.severity)));
  }
  return join(heads, ", ");
}

std::string title_link(const ResolvedRule& rule) { return link(rule.title.empty() ? rule.label : rule.title, page_file(rule)); }

std::string table(const Terminology& terms, const Rules& rules) {
  auto out = header({"rule", "concludes", "at most", "status"});
  for (const auto* rule : rules)
    out += row({title_link(*rule), plain(head_words(terms, *rule)), std::string(to_string(worst(*rule))),
                plain(rule->status.empty() ? "draft" : rule->status)});
  return out;
}

std::string links(const Rules& rules) {
  std::vector<std::string> out;
  for (const auto* rule : rules) out.push_back(link(rule->label, page_file(*rule)));
  return join(out, ", ");
}

// The worst that each can say, worst first. A rule that only derives a state says nothing of its own.
std::string by_severity(const Terminology& terms, const std::vector<ResolvedRule>& rules) {
  std::map<Severity, Rules, std::greater<>> severities;
  Rules states;
  for (const auto& rule : rules) {
    const bool says = std::any_of(rule.heads.begin(), rule.heads.end(), [&](const auto& head) { return !terms.at(head.effect).state; });
    (says ? severities[worst(rule)] : states).push_back(&rule);
  }
  auto out = section("By the most that a rule can say");
  for (const auto& [severity, list] : severities) out += fmt::format("- {} ({}): {}\n", to_string(severity), list.size(), links(list));
  return states.empty() ? out : out + fmt::format("- no severity, a state for other rules ({}): {}\n", states.size(), links(states));
}

std::map<std::string, Rules> by_effect(const Terminology& terms, const std::vector<ResolvedRule>& rules) {
  std::map<std::string, Rules> out;
  for (const auto& rule : rules) {
    for (const auto& head : rule.heads) {
      auto& list = out[terms.at(head.effect).name];
      if (list.empty() || list.back() != &rule) list.push_back(&rule);
    }
  }
  return out;
}

}  // namespace

std::string page_file(const ResolvedRule& rule) { return "rules/" + file_name(rule.label) + ".md"; }

std::string page_of_index(const RuleBase::Compiled& base) {
  const auto& rules = base.as_written();
  const auto& terms = *base.terminology;
  std::map<std::string, Rules> folders;
  for (const auto& rule : rules) folders[folder_of(rule)].push_back(&rule);
  const auto checked = std::count_if(rules.begin(), rules.end(), [](const ResolvedRule& rule) { return rule.status == "checked"; });
  auto out = fmt::format("# Rules of {}{}\n\n", plain(base.info.name), base.info.version.empty() ? "" : " " + plain(base.info.version));
  out += fmt::format(
      "{}, {} of them compared with their source by a second reader, {} reviewed by a clinician. They support a clinician's decision and do not make "
      "it.\n",
      plural(rules.size(), "rule"), checked, base.info.reviewed_by_clinician);
  out += fmt::format("\n{}: what was looked up of each drug.\n", link("Drugs", "drugs.md"));
  for (const auto& [folder, list] : folders) out += section(folder.empty() ? "rules" : folder) + table(terms, list);
  out += by_severity(terms, rules) + section("By effect");
  for (const auto& [effect, list] : by_effect(terms, rules)) out += fmt::format("- {}: {}\n", plain(effect), links(list));
  return out;
}

std::string page_of_drugs(const Terminology& terms) {
  const auto& data = terms.data();
  std::vector<std::string> names{"drug"};
  for (const auto& family : data.families) names.push_back(plain(family));
  std::map<std::string, const Concept*> drugs;
  for (const auto& each : data.concepts) {
    if (each.kind == ConceptKind::ingredient && !each.habit) drugs.emplace(each.name, &each);
  }
  auto out = std::string(
                 "# What was looked up of each drug\n\nA family that is not named was not looked up: whether the drug belongs to its classes is not "
                 "known, which is not no.\n\n") +
             header(names);
  std::size_t by_name_only = 0;
  for (const auto& [name, drug] : drugs) {
    std::vector<std::string> cells{plain(name)};
    for (std::size_t family = 0; family < data.families.size(); ++family) {
      const auto at = std::find_if(drug->reviewed.begin(), drug->reviewed.end(), [&](const auto& review) { return index(review.first) == family; });
      cells.push_back(at == drug->reviewed.end() ? "" : at->second.empty() ? "yes" : plain(at->second));
    }
    by_name_only += drug->reviewed.empty() ? 1 : 0;
    out += row(cells);
  }
  return out + fmt::format("\n{}, {} of them known by name and class only.\n", plural(drugs.size(), "drug"), by_name_only);
}

}  // namespace theriac::detail

namespace theriac {

std::string rule_page(const RuleBase& rules, std::string_view label) {
  const auto& base = rules.compiled();
  const auto rule = base.find(label);
  return rule ? detail::page_of_rule(base, *rule) : std::string();
}

std::vector<DocumentPage> pages_of(const RuleBase& rules) {
  const auto& base = rules.compiled();
  std::vector<DocumentPage> out{{"index.md", detail::page_of_index(base)}, {"drugs.md", detail::page_of_drugs(*base.terminology)}};
  for (std::uint32_t rule = 0; rule < base.as_written().size(); ++rule)
    out.push_back({detail::page_file(base.as_written()[rule]), detail::page_of_rule(base, rule)});
  return out;
}

}  // namespace theriac
