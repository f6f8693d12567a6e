// The proofs of a screening that goes on. A proof is made from its rule, from what the rule reads, and from the proofs of what it rests on: where
// nothing has touched the rule, it is what it was, but for the numbers of entries. What else is told of a finding hangs on other findings and other
// entries too, and is told anew each time.
#pragma once

#include "assemble/draft.hpp"
#include "evaluate/again.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

namespace theriac::detail {

// May be asked by several threads at once.
class KeptProofs {
 public:
  KeptProofs() = default;
  // Of a state that came from the one to which `before` belongs: those that still hold.
  KeptProofs(const KeptProofs& before, const Settled& settled);
  KeptProofs(const KeptProofs&) = delete;
  KeptProofs& operator=(const KeptProofs&) = delete;
  ~KeptProofs() = default;

  Proof of(const Draft& draft, const std::function<Proof()>& anew);

 private:
  // What names a finding among those of one state: findings of one head and verdict share no drug.
  using Key = std::tuple<std::uint32_t, std::int32_t, std::uint32_t, std::optional<ConceptId>, Verdict, std::vector<ConceptId>>;
  mutable std::mutex mutex_;
  std::map<Key, std::shared_ptr<const Proof>> proofs_;
};

}  // namespace theriac::detail
