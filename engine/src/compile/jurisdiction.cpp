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

}  // namespace

std::vector<ResolvedRule> for_jurisdictions(std::vector<ResolvedRule> rules, const std::map<std::string, SourceReference>& references,
                                            const std::vector<std::string>& chosen) {
  for (auto& rule : rules) {
    const auto backing = backing_of(rule, references, chosen);
    if (!backing.any_chosen) {
      rule.heads.clear();
      for (auto& exception : rule.exceptions) exception.heads.clear();
    } else if (backing.cap) {
      cap_heads(rule.heads, *backing.cap);
      for (auto& exception : rule.exceptions) cap_heads(exception.heads, *backing.cap);
    }
  }
  return rules;
}

}  // namespace theriac::detail
