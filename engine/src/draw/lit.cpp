// The part of the graph that one patient's facts reached, read from the proofs of the findings.
#include "draw/collect.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace detail {
namespace {

using Kind = Picture::Kind;
enum Column : std::size_t { taken = 0, is_a = 1, derives = 2, derived = 3, rules = 4, effects = 5 };

class Lit {
 public:
  explicit Lit(const Screening& screening) {
    for (const auto& entry : screening.coverage.screened) {
      for (const auto& drug : entry.ingredients) words_.emplace(drug, drug);
    }
    for (const auto* findings : {&screening.findings, &screening.folded}) {
      for (const auto& finding : *findings) {
        for (std::size_t i = 0; i < finding.drugs.size(); ++i)
          words_.insert_or_assign(finding.drugs[i], i < finding.shown.size() ? finding.shown[i] : finding.drugs[i]);
      }
    }
  }

  void add(const Finding& finding) {
    const auto rule = out_.node(Kind::rule, rules, finding.rule, finding.title.empty() ? finding.rule : finding.rule + ": " + finding.title);
    out_.rate(rule, finding.severity);
    refs_[rule].push_back(finding.ref);
    const auto effect = out_.node(Kind::effect, effects, finding.effect);
    out_.rate(effect, finding.severity);
    out_.edge(rule, effect, finding.severity);
    severity_ = finding.severity;
    proved_.clear();
    for (const auto& proof : finding.derivation.because) add(proof, rule, true);
    for (const auto& drug : finding.drugs) {
      if (!proved_.contains(drug)) out_.edge(drug_node(drug), rule, severity_);
    }
  }

  Picture finish() {
    for (const auto& [node, refs] : refs_) {
      auto& it = out_.picture.nodes[node];
      it.note = fmt::format("{} {}", signed_word(it.severity), join(refs, ", "));
    }
    return out_.finish();
  }

 private:
  std::size_t drug_node(const std::string& drug) { return out_.node(Kind::drug, taken, words_.contains(drug) ? words_.at(drug) : drug); }

  // A drug with the class that made the rule see it; what another rule said of it; or a fact of the patient. `direct`: it leads to the finding's own
  // rule; what lies deeper than one derived state is drawn at that state.
  void add(const Proof& proof, std::size_t target, bool direct) {
    if (!proof.rule.empty()) return add_derived(proof, target, direct);
    if (proof.via.empty() || !words_.contains(proof.via.front())) return add_fact(proof, target);
    const auto from = drug_node(proof.via.front());
    proved_.insert(proof.via.front());
    if (proof.via.size() > 1 && proof.via.back() != proof.via.front()) {
      const auto concept_ = out_.node(Kind::concept_, is_a, proof.via.back());
      out_.edge(from, concept_, severity_);
      out_.edge(concept_, target, severity_);
    } else {
      out_.edge(from, target, severity_);
    }
    for (const auto& each : proof.because) add(each, target, direct);
  }

  void add_derived(const Proof& proof, std::size_t target, bool direct) {
    auto into = target;
    if (direct) {
      into = out_.node(Kind::rule, derives, proof.rule);
      const auto state = out_.node(Kind::state, derived, proof.fact.empty() ? proof.rule : proof.fact);
      out_.edge(into, state, severity_);
      out_.edge(state, target, severity_);
    }
    for (const auto& each : proof.because) add(each, into, false);
  }

  void add_fact(const Proof& proof, std::size_t target) {
    const auto words = proof.value.empty() || proof.value == proof.fact ? proof.fact : fmt::format("{}: {}", proof.fact, proof.value);
    if (words.empty()) return;
    const auto column = out_.picture.nodes[target].column == derives ? taken : is_a;
    out_.edge(out_.node(Kind::fact, column, words), target, severity_);
    for (const auto& each : proof.because) add(each, target, false);
  }

  Collector out_;
  std::map<std::string, std::string> words_;
  std::map<std::size_t, std::vector<std::string>> refs_;
  std::set<std::string> proved_;
  Severity severity_{};
};

}  // namespace
}  // namespace detail

Picture picture_of(const Screening& screening, std::size_t most) {
  detail::Lit lit(screening);
  std::size_t drawn = 0, left_out = 0;
  for (const auto& finding : screening.findings) {  // the worst first
    if (finding.severity == Severity::info || drawn == most) {
      ++left_out;
      continue;
    }
    lit.add(finding);
    ++drawn;
  }
  auto out = lit.finish();
  out.left_out = left_out;
  out.title = fmt::format("What leads to what: {}", screening.patient_id.empty() ? "this patient" : detail::printable(screening.patient_id));
  out.description = fmt::format("From left to right: what is taken, the classes and facts that count, the rules, and their effects, of {}{}.",
                                detail::plural(drawn, "finding"), left_out > 0 ? fmt::format("; {} more not drawn", left_out) : "");
  return out;
}

}  // namespace theriac
