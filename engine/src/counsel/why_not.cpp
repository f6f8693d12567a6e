#include "theriac/why_not.hpp"

#include "assemble/assembled.hpp"
#include "counsel/nearest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace theriac {
namespace {

using namespace detail;

// One screening, looked at for any number of rules.
class Looked {
 public:
  Looked(const RuleBase& rules, const Patient& patient, const ScreenOptions& options)
      : judged_(rules, patient, options),
        world_{*base().terminology, judged_.facts, judged_.evaluation.facts},
        screening_(screening_of(judged_.context(), patient)),
        chosen_(options.jurisdictions) {}

  const std::vector<ResolvedRule>& rules() const { return judged_.in_force.rules(); }
  std::vector<NearMiss> near(std::uint32_t rule, std::size_t most) const { return nearest(world_, rules()[rule], most); }

  WhyNot answer(std::uint32_t index, std::vector<NearMiss> near) const {
    const auto& rule = rules()[index];
    WhyNot result;
    result.rule = rule.label;
    result.title = rule.title;
    result.reading = rule.reading;
    result.at = rule.at.to_string();
    result.status = rule.status;
    result.source = screening_.source;
    result.nearest = std::move(near);
    if (speaks_for_others(rule, result)) return result;
    result.is = verdict(index, result);
    if (result.is == WhyNot::Is::silent && !result.nearest.empty() && only_blocked(result.nearest.front())) result.is = WhyNot::Is::silenced;
    return result;
  }

 private:
  static bool only_blocked(const NearMiss& near) { return near.blocked > 0 && near.not_so == 0; }

  bool speaks_for_others(const ResolvedRule& rule, WhyNot& result) const {
    if (chosen_.empty() || !rule.heads.empty()) return false;
    std::set<std::string> speaks;
    for (const auto& use : rule.sources) {
      const auto at = base().references.find(use.key);
      if (at != base().references.end()) speaks.insert(at->second.jurisdiction);
    }
    result.is = WhyNot::Is::not_loaded;
    result.because = fmt::format("its sources speak for {}, and {} was asked for", fmt::join(speaks, ", "), fmt::join(chosen_, ", "));
    return true;
  }

  // The surest of what the rule says, and where the report has it.
  WhyNot::Is verdict(std::uint32_t index, WhyNot& result) const {
    auto best = Verdict::silent;
    for (const auto& derivation : judged_.evaluation.derivations) {
      if (derivation.rule != index) continue;
      for (const auto& support : derivation.supports) {
        if (support.verdict < best) continue;
        if (support.verdict > best) result.needs.clear();
        best = support.verdict;
        if (best <= Verdict::possible) add(result.needs, support.needs);
      }
    }
    if (best == Verdict::silent) return WhyNot::Is::silent;
    for (const auto* list : {&screening_.findings, &screening_.folded, &screening_.undecided}) {
      for (const auto& finding : *list) {
        const bool also = std::find(finding.also.begin(), finding.also.end(), result.rule) != finding.also.end();
        if (finding.rule == result.rule || also) result.findings.push_back(finding.ref.empty() ? finding.id : finding.ref);
      }
    }
    return best >= Verdict::unless ? WhyNot::Is::fires : best == Verdict::possible ? WhyNot::Is::undecided : WhyNot::Is::open;
  }

  const RuleBase::Compiled& base() const { return judged_.in_force.base(); }

  Judgement judged_;
  World world_;
  Screening screening_;
  std::vector<std::string> chosen_;
};

bool has_all(const NearMiss& near, const std::vector<std::string>& drugs) {
  return std::all_of(drugs.begin(), drugs.end(),
                     [&](const std::string& drug) { return std::find(near.drugs.begin(), near.drugs.end(), drug) != near.drugs.end(); });
}

bool fills_every_item(const NearMiss& near) {
  return std::none_of(near.premises.begin(), near.premises.end(),
                      [](const Premise& premise) { return premise.at.empty() && premise.kind == "drug"; });
}

}  // namespace

std::string_view to_string(WhyNot::Is is) {
  constexpr std::string_view names[] = {"fires", "undecided", "open", "silenced", "silent", "not loaded"};
  return names[static_cast<std::size_t>(is)];
}

std::optional<WhyNot> why_not(const RuleBase& rules, const Patient& patient, std::string_view rule, const ScreenOptions& options) {
  const auto index = rules.compiled().find(rule);
  if (!index) return {};
  const Looked looked(rules, patient, options);
  return looked.answer(*index, looked.near(*index, most_near));
}

std::vector<WhyNot> why_not_together(const RuleBase& rules, const Patient& patient, const std::vector<std::string>& drugs,
                                     const ScreenOptions& options) {
  const Looked looked(rules, patient, options);
  std::vector<WhyNot> result;
  for (std::uint32_t i = 0; i < looked.rules().size(); ++i) {
    auto near = looked.near(i, most_near * most_near);
    std::erase_if(near, [&](const NearMiss& each) { return !has_all(each, drugs) || !fills_every_item(each); });
    if (near.empty()) continue;
    if (near.size() > most_near) near.resize(most_near);
    auto answer = looked.answer(i, std::move(near));
    const auto& front = answer.nearest.front();
    if (answer.is == WhyNot::Is::fires && front.not_so + front.blocked > 0) answer.is = WhyNot::Is::silent;  // of other drugs it speaks
    result.push_back(std::move(answer));
  }
  std::stable_sort(result.begin(), result.end(), [](const WhyNot& a, const WhyNot& b) {
    const auto key = [](const WhyNot& each) {
      const auto* near = each.nearest.empty() ? nullptr : &each.nearest.front();
      return std::tuple(each.is, near == nullptr ? 0 : near->not_so + near->blocked, near == nullptr ? 0 : near->not_known);
    };
    return key(a) < key(b);
  });
  return result;
}

}  // namespace theriac
