#include "assemble/kept_words.hpp"

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

KeptWords::KeptWords(const KeptWords& before, const Settled& settled) {
  const bool as_numbered = all_stay(settled.new_entries);
  const std::lock_guard lock(before.mutex_);
  for (const auto& [key, words] : before.words_) {
    if (settled.touched[std::get<0>(key)] != 0) continue;
    if (as_numbered) {
      words_.emplace_hint(words_.end(), key, words);
      continue;
    }
    auto renumbered = *words;
    renumber(renumbered.proof, settled.new_entries);
    words_.emplace_hint(words_.end(), key, std::make_shared<const Words>(std::move(renumbered)));
  }
}

KeptWords::Words KeptWords::of(const Draft& draft, const std::function<Words()>& anew) {
  const Key key{draft.rule, draft.exception, draft.head, draft.of, draft.verdict, draft.ingredients};
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = words_.find(key); at != words_.end()) return *at->second;
  }
  auto words = std::make_shared<const Words>(anew());
  const std::lock_guard lock(mutex_);
  return *words_.emplace(key, std::move(words)).first->second;
}

}  // namespace theriac::detail
