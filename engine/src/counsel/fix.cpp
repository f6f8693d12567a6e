#include "theriac/fix.hpp"

#include "assemble/assembled.hpp"
#include "counsel/compared.hpp"
#include "counsel/fix_search.hpp"
#include "facts/understand.hpp"
#include "theriac/live.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

namespace theriac {
namespace {

using namespace detail;

// What the caller keeps alive.
std::shared_ptr<const RuleBase> borrowed(const RuleBase& rules) { return {std::shared_ptr<const RuleBase>(), &rules}; }

// How many findings of each severity are left, the worst first.
std::vector<std::size_t> severities(const FixProposal& proposal) {
  std::vector<std::size_t> out;
  for (const auto severity : {Severity::contraindicated, Severity::major, Severity::moderate, Severity::minor, Severity::info})
    out.push_back(proposal.compared.after.count(severity));
  return out;
}

class Fixing {
 public:
  Fixing(const RuleBase& rules, const Patient& patient, const FixOptions& options)
      : rules_(rules),
        patient_(patient),
        options_(options),
        screened_by_{options.jurisdictions},
        in_force_(rules, screened_by_),
        facts_(understand(patient, rules.terminology())) {}

  Fix run() {
    Fix out;
    out.goal = options_.goal;
    out.before = screen(rules_, patient_, screened_by_);
    out.drugs = drugs_taken(facts_);
    out.too_many = out.drugs > most_drugs_to_fix;
    if (out.too_many) return out;
    edits_ = edits_to_try({in_force_.rules(), rules_.terminology(), patient_, facts_});
    out.changes = edits_.size();
    find(out);
    return out;
  }

 private:
  void find(Fix& out) {
    const LiveScreening live(borrowed(rules_), patient_, screened_by_);
    const Relevant relevant(rules_.terminology(), in_force_.rules(), edits_);
    set_aside(live, relevant, out);
    const auto searched = search(edits_, [&](const Chosen& chosen) { return conflicts(live, relevant, chosen); },
                                 {options_.most_proposals, options_.most_screenings, options_.most_steps});
    out.screenings = searched.screenings;
    out.proven = searched.ended;
    for (std::size_t i = 0; i < searched.solutions.size(); ++i) {
      if (searched.solutions[i].empty()) return;  // the goal is met as it stands
      out.proposals.push_back(proposal(searched.solutions[i], searched.alike[i], out.before));
    }
    note_without_alternative(out);
    // Of equal cost first what leaves least.
    std::stable_sort(out.proposals.begin(), out.proposals.end(), [](const FixProposal& a, const FixProposal& b) {
      return std::tuple(a.cost, a.edits.size(), severities(a)) < std::tuple(b.cost, b.edits.size(), severities(b));
    });
  }

  // What a proposal takes away, and for which no other drug was tried.
  void note_without_alternative(Fix& out) const {
    std::set<std::string> drugs;
    for (const auto& told : out.proposals) {
      for (const auto& edit : told.edits) {
        const bool goes = edit.kind == FixEdit::Kind::stop || edit.kind == FixEdit::Kind::taper || edit.kind == FixEdit::Kind::omit;
        const bool tried = std::any_of(edits_.begin(), edits_.end(), [&](const TriedEdit& other) {
          return other.told.kind == FixEdit::Kind::replace && other.told.entries == edit.entries;
        });
        if (goes && !tried) drugs.insert(edit.drug);
      }
    }
    out.without_alternative.assign(drugs.begin(), drugs.end());
  }

  bool is_above(const BriefFinding& finding) const { return finding.severity >= options_.goal; }

  // What no change could reach is no aim.
  void set_aside(const LiveScreening& live, const Relevant& relevant, Fix& out) {
    for (const auto& finding : live.brief().findings) {
      if (!is_above(finding)) continue;
      const auto parts = relevant.parts(finding);
      const bool in_reach = std::all_of(
          parts.begin(), parts.end(), [](const EditSet& part) { return std::any_of(part.begin(), part.end(), [](char mark) { return mark != 0; }); });
      if (in_reach) continue;
      for (const auto& whole : out.before.findings) {
        if (whole.rule == finding.rule && whole.effect == finding.effect && whole.drugs == finding.drugs) out.beyond.push_back(whole);
      }
    }
  }

  std::vector<Conflict> conflicts(const LiveScreening& live, const Relevant& relevant, const Chosen& chosen) const {
    auto tried = live;
    tried.edit([&](Patient& patient) { make(chosen, patient); });
    std::vector<Conflict> out;
    for (const auto& finding : tried.brief().findings) {
      if (!is_above(finding)) continue;
      for (auto& part : relevant.parts(finding)) {
        if (std::find(part.begin(), part.end(), 1) == part.end()) continue;  // out of reach
        Conflict conflict;
        for (const auto edit : chosen) {
          if (std::exchange(part[edit], 0) != 0) conflict.made.push_back(edit);
        }
        conflict.wanting = std::move(part);
        out.push_back(std::move(conflict));
      }
    }
    return out;
  }

  // What is added comes last, so that entries keep their numbers.
  void make(const Chosen& chosen, Patient& patient) const {
    for (const auto edit : chosen) edits_[edit].apply(patient);
  }

  FixProposal proposal(const Chosen& chosen, std::size_t alike, const Screening& before) const {
    FixProposal out;
    out.patient = patient_;
    out.also = alike;
    make(chosen, out.patient);
    for (const auto edit : chosen) {
      out.edits.push_back(edits_[edit].told);
      out.cost += edits_[edit].told.cost;
    }
    out.compared = compared(before, screen(rules_, out.patient, screened_by_));
    return out;
  }

  const RuleBase& rules_;
  const Patient& patient_;
  const FixOptions& options_;
  ScreenOptions screened_by_;
  RulesInForce in_force_;
  Facts facts_;
  std::vector<TriedEdit> edits_;
};

}  // namespace

Fix fix(const RuleBase& rules, const Patient& patient, const FixOptions& options) { return Fixing(rules, patient, options).run(); }

}  // namespace theriac
