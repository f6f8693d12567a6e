// What of a finding's words holds as long as nothing touches its rule: its proof, which is made from the rule, from what the rule reads, and from the
// proofs of what it rests on (but for the numbers of entries), and its identity. What else is told of it hangs on other findings and other entries
// too, and is told anew each time.
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
class KeptWords {
 public:
  KeptWords() = default;
  // Of a state that came from the one to which `before` belongs: those that still hold.
  KeptWords(const KeptWords& before, const Settled& settled);
  KeptWords(const KeptWords&) = delete;
  KeptWords& operator=(const KeptWords&) = delete;
  ~KeptWords() = default;

  struct Words {
    Proof proof;
    std::string id;
  };
  Words of(const Draft& draft, const std::function<Words()>& anew);

 private:
  // What names a finding among those of one state: findings of one head and verdict share no drug.
  using Key = std::tuple<std::uint32_t, std::int32_t, std::uint32_t, std::optional<ConceptId>, Verdict, std::vector<ConceptId>>;
  mutable std::mutex mutex_;
  std::map<Key, std::shared_ptr<const Words>> words_;
};

}  // namespace theriac::detail
