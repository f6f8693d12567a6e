#include "explain/proof.hpp"

#include "explain/clears.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

// A drug's way begins with the drug; other facts may name what led to them too ("elderly").
bool is_drug(const Finding& finding, const Proof& proof) {
  return !proof.via.empty() && std::find(finding.drugs.begin(), finding.drugs.end(), proof.via.front()) != finding.drugs.end();
}

// "benzodiazepine → CNS depressant", or its end alone; nothing where the rule named the drug itself.
std::string classes(const Proof& proof, bool whole) {
  if (proof.via.size() < 2 || (proof.via.size() == 2 && proof.via[0] == proof.via[1])) return {};
  return whole ? join(printable_all({proof.via.begin() + 1, proof.via.end()}), " → ") : printable(proof.via.back());
}

// "taken since 2019": that it is taken goes without saying.
std::string when_words(const Proof& proof) {
  constexpr std::string_view taken = "taken since";
  return printable(proof.value.starts_with(taken) ? std::string_view(proof.value).substr(6) : std::string_view(proof.value));
}

std::string fact_words(const Proof& proof) {
  const auto fact = proof.fact.empty() ? printable(proof.rule) : printable(proof.fact);
  return proof.value.empty() || proof.value == proof.fact ? fact : fmt::format("{}: {}", fact, printable(proof.value));
}

std::vector<Branch> below(const Finding& finding, const std::vector<Proof>& proofs);

Branch derived(const Finding& finding, const Proof& proof) {
  auto text = fact_words(proof);
  if (!proof.rule.empty() && proof.rule != proof.fact) text += fmt::format(", by {}", printable(proof.rule));
  return {std::move(text), without_column(proof.at), below(finding, proof.because)};
}

struct Columns {
  std::size_t name = 0, of = 0, when = 0, place = 0;
};

Columns columns_of(const Finding& finding, const std::vector<Proof>& proofs, bool whole) {
  Columns out;
  for (const auto& proof : proofs) {
    if (!is_drug(finding, proof)) continue;
    out.name = std::max(out.name, width(printable(shown_as(finding, proof.via.front()))));
    out.of = std::max(out.of, width(classes(proof, whole)));
    out.when = std::max(out.when, width(when_words(proof)));
    out.place = std::max(out.place, width(without_column(proof.at)));
  }
  return out;
}

// A line a drug: its name, the classes that led to it, since when. Where that is too wide for the page, the last class alone.
std::vector<Branch> drug_branches(const Finding& finding, const std::vector<Proof>& proofs) {
  constexpr std::size_t room = 98 - 6;
  auto columns = columns_of(finding, proofs, true);
  const bool whole = columns.name + columns.of + columns.when + columns.place + 6 <= room;
  if (!whole) columns = columns_of(finding, proofs, false);
  std::vector<Branch> out;
  for (const auto& proof : proofs) {
    if (!is_drug(finding, proof)) continue;
    auto text = pad(printable(shown_as(finding, proof.via.front())), columns.name);
    if (columns.of > 0) text += "  " + pad(classes(proof, whole), columns.of);
    text += "  " + when_words(proof);
    while (text.ends_with(' ')) text.pop_back();
    out.push_back({std::move(text), without_column(proof.at), below(finding, proof.because)});
  }
  return out;
}

std::vector<Branch> below(const Finding& finding, const std::vector<Proof>& proofs) {
  auto out = drug_branches(finding, proofs);
  for (const auto& proof : proofs) {
    if (!is_drug(finding, proof)) out.push_back(derived(finding, proof));
  }
  return out;
}

bool rests_on(const Proof& proof, const Proof& premise) {
  if (proof.fact == premise.fact && proof.at == premise.at) return true;
  return std::any_of(proof.because.begin(), proof.because.end(), [&](const Proof& each) { return rests_on(each, premise); });
}

// The drugs of the finding that the recorded proof does not name: other supports hold them.
std::vector<std::string> not_in_proof(const Finding& finding) {
  std::vector<std::string> out;
  for (const auto& drug : finding.drugs) {
    const auto names = [&](const Proof& proof) { return is_drug(finding, proof) && proof.via.front() == drug; };
    if (std::none_of(finding.derivation.because.begin(), finding.derivation.because.end(), names)) out.push_back(printable(shown_as(finding, drug)));
  }
  return out;
}

std::string drugs_heading(const Finding& finding, bool all) {
  const auto count = finding.drugs.size();
  const auto drugs = count == 1 ? std::string("one drug") : small_number(count) + " drugs";
  if (!all) return fmt::format("{}, in {} that each suffice; one of these is", drugs, plural(finding.supports_total, "set"));
  const auto at_most = clears(finding).at_most;
  return at_most > 0 && at_most + 1 < count ? fmt::format("{} (any {} suffice)", drugs, small_number(at_most + 1)) : drugs;
}

}  // namespace

std::vector<Branch> proof_branches(const Finding& finding) {
  const auto& proof = finding.derivation;
  std::vector<Branch> out;
  if (auto drugs = drug_branches(finding, proof.because); !drugs.empty()) {
    const auto others = not_in_proof(finding);
    if (!others.empty()) drugs.push_back({"in the others: " + join(others, ", "), {}, {}});
    out.push_back({drugs_heading(finding, others.empty()), without_column(proof.at), std::move(drugs)});
  }
  for (const auto& each : proof.because) {
    if (!is_drug(finding, each)) out.push_back(derived(finding, each));
  }
  for (const auto& premise : finding.premises) {
    if (!rests_on(proof, premise)) out.push_back(derived(finding, premise));
  }
  return out;
}

}  // namespace theriac::detail
