#include "compile/jurisdiction.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

bool is_chosen(const std::string& jurisdiction, const std::vector<std::string>& chosen) {
  return chosen.empty() || jurisdiction.empty() || jurisdiction == "international" ||
         std::find(chosen.begin(), chosen.end(), jurisdiction) != chosen.end();
}

struct Backing {
  std::optional<Severity> cap;  // the lowest of what each chosen jurisdiction states at most
  bool any_chosen = false;      // some source speaks for a chosen one, or there is no source
};

Backing backing_of(const ResolvedRule& rule, const std::map<std::string, SourceReference>& references, const std::vector<std::string>& chosen) {
  std::map<std::string, Severity> stated;
  Backing backing;
  backing.any_chosen = rule.sources.empty();
  for (const auto& use : rule.sources) {
    const auto at = references.find(use.key);
    const auto jurisdiction = at == references.end() ? std::string() : at->second.jurisdiction;
    if (!is_chosen(jurisdiction, chosen)) continue;
    backing.any_chosen = true;
    if (!use.severity) continue;
    auto& most = stated[jurisdiction];
    most = std::max(most, *use.severity);
  }
  for (const auto& [jurisdiction, severity] : stated) backing.cap = std::min(backing.cap.value_or(severity), severity);
  return backing;
}

void cap_heads(std::vector<ResolvedHead>& heads, Severity cap) {
  for (auto& head : heads) head.severity = std::min(head.severity, cap);
}

bool is_above(const std::vector<ResolvedHead>& heads, Severity cap) {
  return std::any_of(heads.begin(), heads.end(), [&](const ResolvedHead& head) { return head.severity > cap; });
}

bool is_as_written(const ResolvedRule& rule, const Backing& backing) {
  const auto stays = [&](const std::vector<ResolvedHead>& heads) {
    return backing.any_chosen ? !backing.cap || !is_above(heads, *backing.cap) : heads.empty();
  };
  return stays(rule.heads) && std::all_of(rule.exceptions.begin(), rule.exceptions.end(), [&](const auto& each) { return stays(each.heads); });
}

}  // namespace

std::vector<Capped> cap_for_jurisdictions(std::vector<ResolvedRule>& rules, const std::map<std::string, SourceReference>& references,
                                          const std::vector<std::string>& chosen) {
  std::vector<Capped> capped;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    auto& rule = rules[i];
    const auto backing = backing_of(rule, references, chosen);
    if (is_as_written(rule, backing)) continue;
    capped.push_back({i, rule});
    if (!backing.any_chosen) {
      rule.heads.clear();
      for (auto& exception : rule.exceptions) exception.heads.clear();
    } else if (backing.cap) {
      cap_heads(rule.heads, *backing.cap);
      for (auto& exception : rule.exceptions) cap_heads(exception.heads, *backing.cap);
    }
  }
  return capped;
}

std::vector<ResolvedRule> for_jurisdictions(std::vector<ResolvedRule> rules, const std::map<std::string, SourceReference>& references,
                                            const std::vector<std::string>& chosen) {
  cap_for_jurisdictions(rules, references, chosen);
  return rules;
}

}  // namespace theriac::detail
