#include "theriac/attribute.hpp"

#include "assemble/assembled.hpp"
#include "evaluate/window.hpp"
#include "facts/names.hpp"
#include "facts/understand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace theriac {
namespace {

using namespace detail;

// "unsteady on her feet" holds a name; the longest one counts.
std::vector<EffectId> effects_named(std::string_view complaint, const Terminology& terms) {
  std::vector<EffectId> out;
  for (const auto& name : terms.find(complaint)) {
    if (name.kind == NameKind::effect) out.push_back(make_id<EffectId>(name.id));
  }
  if (!out.empty()) return out;
  if (const auto inside = name_inside(complaint, words_of(complaint), {NameKind::effect}, terms)) out.push_back(make_id<EffectId>(inside->name.id));
  return out;
}

// The more often, the nearer to 0.
std::size_t rank_of(const std::string& frequency) {
  constexpr std::array<std::string_view, 5> often = {"very common", "common", "uncommon", "rare", "very rare"};
  return static_cast<std::size_t>(std::find(often.begin(), often.end(), frequency) - often.begin());
}

std::string words_of(const Span_& span) { return fmt::format("{} {}{}", span.count, span.unit, span.count == 1 ? "" : "s"); }

std::string usual_onset(const ResolvedAttribution& attribution) {
  std::string out;
  if (attribution.onset_after) out = "after " + words_of(*attribution.onset_after);
  if (attribution.onset_within) out += (out.empty() ? "within " : ", within ") + words_of(*attribution.onset_within);
  return out;
}

class Attributing {
 public:
  Attributing(const RuleBase& rules, const Patient& patient, const ScreenOptions& options, std::vector<EffectId> effects, std::optional<When> began)
      : rules_(rules), terms_(rules.terminology()), effects_(std::move(effects)), facts_(understand(patient, terms_)) {
    out_.screening = screen(rules, patient, options);
    out_.began = began;
  }

  Attribution run(std::string_view complaint) {
    out_.complaint = complaint;
    for (const auto effect : effects_) out_.effects.push_back(terms_.at(effect).name);
    add_findings();
    add_drugs();
    return std::move(out_);
  }

 private:
  bool is_like(EffectId effect) const {
    return std::any_of(effects_.begin(), effects_.end(),
                       [&](EffectId asked) { return terms_.is_kind_of(effect, asked) || terms_.is_kind_of(asked, effect); });
  }

  bool ends_in_it(const Finding& finding) const {
    const auto names = terms_.find(finding.effect);
    return std::any_of(names.begin(), names.end(),
                       [&](const Name& name) { return name.kind == NameKind::effect && is_like(make_id<EffectId>(name.id)); });
  }

  // In the order of the report.
  void add_findings() {
    for (const auto* list : {&out_.screening.findings, &out_.screening.undecided}) {
      for (const auto& finding : *list) {
        if (finding.drugs.empty() || !ends_in_it(finding)) continue;
        Candidate candidate;
        candidate.effect = finding.effect;
        candidate.at = finding.rule;
        candidate.not_sure_taken = finding.status == Verdict::possible;
        candidate.finding = finding;
        note_newest(finding, candidate);
        out_.candidates.push_back(std::move(candidate));
      }
    }
  }

  // Of the drugs of a finding the one that began last.
  void note_newest(const Finding& finding, Candidate& candidate) const {
    for (const auto& exposure : facts_.exposures) {
      const auto& name = terms_.at(exposure.what).name;
      if (!is_taken(exposure) || std::find(finding.drugs.begin(), finding.drugs.end(), name) == finding.drugs.end()) continue;
      if (!exposure.start_given || (candidate.since && candidate.since->latest >= exposure.start.latest)) continue;
      note_start(exposure, candidate);
      candidate.shown = exposure.shown;
    }
  }

  void note_start(const Exposure& exposure, Candidate& candidate) const {
    if (!exposure.start_given) return;
    candidate.since = exposure.start;
    candidate.days.reset();
    if (exposure.start.earliest == exposure.start.latest) candidate.days = (facts_.as_of - exposure.start.earliest) / minutes_per_day;
  }

  static bool is_taken(const Exposure& exposure) { return may_be_taken(exposure.presence) && exposure.presence != Presence::not_mentioned; }

  // Why an exposure cannot have brought it; "" where it may have.
  std::string not_counted(const Exposure& exposure) const {
    if (exposure.exposes == Exposes::local) return "counts as local";
    if (exposure.proposed || exposure.start.earliest > facts_.as_of) return "not begun";
    if (exposure.presence == Presence::past) return exposure.end_given ? "stopped " + format_date(exposure.end) : "no longer taken";
    return {};
  }

  void add_drugs() {
    std::map<ConceptId, Candidate> known;
    std::set<ConceptId> taken, told;
    for (const auto& exposure : facts_.exposures) {
      if (exposure.presence == Presence::never || exposure.presence == Presence::not_mentioned) continue;
      if (const auto why = not_counted(exposure); !why.empty()) {
        if (best_of(exposure.what) != nullptr) out_.not_counted.push_back(fmt::format("{}: {}", exposure.shown, why));
        continue;
      }
      taken.insert(exposure.what);
      if (!exposure.start_given && told.insert(exposure.what).second) ++out_.without_start;
      if (const auto* attribution = best_of(exposure.what)) add_to(known, exposure, *attribution);
    }
    out_.drugs = taken.size();
    for (auto& [drug, candidate] : known) out_.candidates.push_back(std::move(candidate));
    for (const auto drug : taken) {
      if (!known.contains(drug)) out_.nothing_known.push_back(shown(drug));
    }
    std::sort(out_.nothing_known.begin(), out_.nothing_known.end());
    std::sort(out_.not_counted.begin(), out_.not_counted.end());
    std::stable_sort(out_.candidates.begin(), out_.candidates.end(), [](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
  }

  // Findings as they stand; of drugs what began after the complaint last, else by how often, whether the time fits, then the newest first, those
  // without a start last, then by name.
  static std::tuple<bool, bool, std::size_t, Onset, bool, Minutes, std::string> key(const Candidate& each) {
    if (each.finding) return {false, false, 0, Onset::fits, false, 0, ""};
    return {true,     each.onset == Onset::before_the_drug, rank_of(each.frequency), each.onset, !each.since, each.since ? -each.since->latest : 0,
            each.drug};
  }

  // Certain where the dates are; else not known.
  Onset onset_of(const Exposure& exposure, const ResolvedAttribution& attribution) const {
    if (!out_.began || !exposure.start_given) return Onset::not_known;
    const auto& began = *out_.began;
    if (exposure.start.earliest > began.latest) return Onset::before_the_drug;
    if (!attribution.onset_after && !attribution.onset_within) return Onset::not_known;
    const auto from = attribution.onset_after ? plus(exposure.start, *attribution.onset_after) : exposure.start;
    const auto until = attribution.onset_within ? plus(exposure.start, *attribution.onset_within) : When{always_after, always_after};
    if (began.latest < from.earliest) return Onset::early;
    if (began.earliest > until.latest) return Onset::late;
    return began.earliest >= from.latest && began.latest <= until.earliest ? Onset::fits : Onset::not_known;
  }

  std::string shown(ConceptId drug) const {
    for (const auto& exposure : facts_.exposures) {
      if (exposure.what == drug && not_counted(exposure).empty()) return exposure.shown;
    }
    return terms_.at(drug).name;
  }

  // The attribution that says most of the drug: by how often, then the nearest class.
  const ResolvedAttribution* best_of(ConceptId drug) const {
    const ResolvedAttribution* best = nullptr;
    std::tuple<std::size_t, std::size_t, std::string> best_key;
    for (const auto& attribution : rules_.compiled().attributions) {
      if (!is_like(attribution.effect) || terms_.membership(drug, attribution.to) != Truth::yes) continue;
      std::tuple<std::size_t, std::size_t, std::string> here{rank_of(attribution.frequency), terms_.path(drug, attribution.to).size(),
                                                             attribution.at.to_string()};
      if (best != nullptr && best_key <= here) continue;
      best = &attribution;
      best_key = std::move(here);
    }
    return best;
  }

  Candidate candidate_of(const Exposure& exposure, const ResolvedAttribution& attribution) const {
    Candidate candidate;
    candidate.drug = terms_.at(exposure.what).name;
    candidate.shown = exposure.shown;
    candidate.frequency = attribution.frequency;
    candidate.effect = terms_.at(attribution.effect).name;
    candidate.named_for = terms_.at(attribution.to).name;
    candidate.at = attribution.at.to_string();
    candidate.usually = usual_onset(attribution);
    candidate.onset = onset_of(exposure, attribution);
    candidate.not_sure_taken = exposure.presence == Presence::unknown;
    note_start(exposure, candidate);
    return candidate;
  }

  // Of several entries of one drug the one whose time fits best counts; of those the newest start.
  void add_to(std::map<ConceptId, Candidate>& known, const Exposure& exposure, const ResolvedAttribution& attribution) const {
    auto candidate = candidate_of(exposure, attribution);
    const auto [at, is_new] = known.emplace(exposure.what, candidate);
    auto& other = at->second;
    if (is_new || candidate.onset > other.onset) return;
    const bool newer = candidate.since && (!other.since || other.since->latest < candidate.since->latest);
    if (candidate.onset < other.onset || newer) other = std::move(candidate);
  }

  const RuleBase& rules_;
  const Terminology& terms_;
  std::vector<EffectId> effects_;
  Facts facts_;
  Attribution out_;
};

}  // namespace

std::string_view to_string(Onset onset) {
  constexpr std::array<std::string_view, 5> words = {"fits", "", "earlier than usual", "later than usual", "before the drug"};
  return words[static_cast<std::size_t>(onset)];
}

std::optional<Attribution> attribute(const RuleBase& rules, const Patient& patient, std::string_view complaint, const ScreenOptions& options,
                                     std::optional<When> began) {
  auto effects = effects_named(complaint, rules.terminology());
  if (effects.empty()) return {};
  return Attributing(rules, patient, options, std::move(effects), began).run(complaint);
}

}  // namespace theriac
