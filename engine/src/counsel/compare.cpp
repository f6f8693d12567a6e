#include "counsel/compared.hpp"

#include "theriac/why_not.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace theriac {
namespace {

using Names = std::vector<std::string>;

Names without(const Names& of, const Names& those) {
  Names out;
  std::set_difference(of.begin(), of.end(), those.begin(), those.end(), std::back_inserter(out));
  return out;
}

std::string joined(const Names& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

// The same finding, or one that grew out of it: the same rule and effect, of drugs that overlap.
std::size_t likeness(const Finding& a, const Finding& b) {
  if (a.id == b.id) return 1000;
  if (a.rule != b.rule || a.effect != b.effect || a.of_drug != b.of_drug) return 0;
  const auto common = a.drugs.size() - without(a.drugs, b.drugs).size();
  return a.drugs.empty() && b.drugs.empty() ? 1 : common;
}

Names what_changed(const Finding& before, const Finding& after) {
  Names out;
  if (before.severity != after.severity) out.push_back(fmt::format("{} → {}", to_string(before.severity), to_string(after.severity)));
  if (before.status != after.status) out.push_back(fmt::format("{} → {}", to_string(before.status), to_string(after.status)));
  if (const auto less = without(before.drugs, after.drugs); !less.empty()) out.push_back("without " + joined(less));
  if (const auto more = without(after.drugs, before.drugs); !more.empty()) out.push_back("with " + joined(more));
  if (before.flags != after.flags) out.push_back("flags: " + (after.flags.empty() ? std::string("none") : joined(after.flags)));
  return out;
}

// What keeps the rule silent now, of the same drugs: the smallest changed leaves.
Names what_is_missing(const RuleBase& rules, const Patient& after, const Finding& gone, const ScreenOptions& options) {
  const auto answer = why_not(rules, after, gone.rule, options);
  Names out;
  if (!answer) return out;
  const auto near = std::max_element(answer->nearest.begin(), answer->nearest.end(), [&](const NearMiss& a, const NearMiss& b) {
    return gone.drugs.size() - without(gone.drugs, a.drugs).size() < gone.drugs.size() - without(gone.drugs, b.drugs).size();
  });
  if (near == answer->nearest.end()) return out;
  for (const auto& premise : near->premises) {
    if (premise.holds >= Truth::listed && !premise.blocks) continue;
    if (premise.blocks)
      out.push_back("silenced: " + premise.text);
    else if ((premise.kind != "drug" && premise.kind != "time") || premise.at.empty())
      out.push_back(premise.value.empty() ? premise.text + (premise.holds == Truth::no ? ": not so" : ": not known")
                                          : fmt::format("{}: {}", premise.text, premise.value));
    else
      out.push_back(premise.value.empty() ? premise.text : premise.value);
  }
  return out;
}

}  // namespace

std::size_t Compared::count(Change::Is is) const {
  return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const Change& change) { return change.is == is; }));
}

namespace {

using Left = std::vector<const Finding*>;

// What became of each finding; none: it is gone. The very same first, then the most alike.
std::vector<const Finding*> what_became(const std::vector<Finding>& before, Left& left) {
  std::vector<const Finding*> became(before.size(), nullptr);
  for (const bool the_same : {true, false}) {
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (became[i] != nullptr || left.empty()) continue;
      const auto best = std::max_element(left.begin(), left.end(),
                                         [&](const Finding* a, const Finding* b) { return likeness(before[i], *a) < likeness(before[i], *b); });
      const auto like = likeness(before[i], **best);
      if (like == 0 || (the_same && before[i].id != (*best)->id)) continue;
      became[i] = *best;
      left.erase(best);
    }
  }
  return became;
}

}  // namespace

Compared detail::compared(Screening before, Screening after) {
  Compared out;
  out.before = std::move(before);
  out.after = std::move(after);
  Left left;
  for (const auto& finding : out.after.findings) left.push_back(&finding);
  const auto became = what_became(out.before.findings, left);
  for (const auto* finding : left) out.changes.push_back({Change::Is::added, {}, *finding, {}});
  for (std::size_t i = 0; i < became.size(); ++i) {
    if (became[i] == nullptr) continue;
    if (auto reasons = what_changed(out.before.findings[i], *became[i]); !reasons.empty())
      out.changes.push_back({Change::Is::changed, out.before.findings[i], *became[i], std::move(reasons)});
  }
  for (std::size_t i = 0; i < became.size(); ++i) {
    if (became[i] == nullptr) out.changes.push_back({Change::Is::gone, out.before.findings[i], {}, {}});
  }
  return out;
}

Names detail::why_it_is_silent(const RuleBase& rules, const Patient& patient, const Finding& gone, const ScreenOptions& options) {
  return what_is_missing(rules, patient, gone, options);
}

Compared compare(const RuleBase& rules, const Patient& before, const Patient& after, const ScreenOptions& options) {
  auto out = detail::compared(screen(rules, before, options), screen(rules, after, options));
  for (auto& change : out.changes) {
    if (change.is == Change::Is::gone) change.reasons = what_is_missing(rules, after, change.before, options);
  }
  return out;
}

}  // namespace theriac
