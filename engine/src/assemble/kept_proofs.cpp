#include "assemble/kept_proofs.hpp"

namespace theriac::detail {
namespace {

bool all_stay(const std::vector<std::int32_t>& new_entries) {
  for (std::size_t i = 0; i < new_entries.size(); ++i) {
    if (new_entries[i] >= 0 && new_entries[i] != static_cast<std::int32_t>(i)) return false;
  }
  return true;
}

void renumber(Proof& proof, const std::vector<std::int32_t>& new_entries) {
  for (auto& premise : proof.premises) {
    for (auto& entry : premise.entries) entry = new_entries[static_cast<std::size_t>(entry)];
  }
  for (auto& each : proof.because) renumber(each, new_entries);
}

}  // namespace

KeptProofs::KeptProofs(const KeptProofs& before, const Settled& settled) {
  const bool as_numbered = all_stay(settled.new_entries);
  const std::lock_guard lock(before.mutex_);
  for (const auto& [key, proof] : before.proofs_) {
    if (settled.touched[std::get<0>(key)] != 0) continue;
    if (as_numbered) {
      proofs_.emplace_hint(proofs_.end(), key, proof);
      continue;
    }
    auto renumbered = *proof;
    renumber(renumbered, settled.new_entries);
    proofs_.emplace_hint(proofs_.end(), key, std::make_shared<const Proof>(std::move(renumbered)));
  }
}

Proof KeptProofs::of(const Draft& draft, const std::function<Proof()>& anew) {
  const Key key{draft.rule, draft.exception, draft.head, draft.of, draft.verdict, draft.ingredients};
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = proofs_.find(key); at != proofs_.end()) return *at->second;
  }
  auto proof = std::make_shared<const Proof>(anew());
  const std::lock_guard lock(mutex_);
  return *proofs_.emplace(key, std::move(proof)).first->second;
}

}  // namespace theriac::detail
