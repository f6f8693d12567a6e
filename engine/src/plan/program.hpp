// What a plan is made of. Slots: first the patient's facts (their truth as a number where it is possible at least, else 0), then one that is always
// set, then the drug phrases, the wide phrases, the counts, and some that mean nothing.
#pragma once

#include "compile/compiled.hpp"
#include "plan/lanes.hpp"
#include "theriac/plan.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

namespace theriac {

struct Plan::Program {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  enum class Kind : std::uint8_t {
    single,     // a drug; each is a finding
    together,   // two or three drug phrases by different drugs; one finding
    count,      // at least so many of a phrase; one finding
    effect,     // what another rule found, again
    left_over,  // only the whole way can judge it
  };
  // What must be set for a rule to be worth a look: its phrases, the rarest first, and its guard where that is nothing but one fact. Where there is
  // no further one, the slot that is always set. A count of two or three has its count as the second.
  struct Ask {
    std::array<std::uint16_t, 3> phrase{};
    std::uint16_t fact = 0;
  };
  struct Rule {
    std::uint32_t guard = none;  // node; `one_fact` where it is nothing but that
    std::uint32_t first_head = 0;
    std::uint32_t follows = 0;  // rules that read what it finds: in `followers`, up to `none`
    std::uint32_t order = 0;    // of its first head
    Kind kind{};
    std::uint8_t phrases = 0;
    std::uint8_t at_least = 0;
    std::uint8_t heads = 0;
    // Most rules have one head, nothing follows, and their guard is one fact at most. Of these the findings are each drug of the first slot, or the
    // drugs of the first two where they are two at least.
    enum class Alike : std::uint8_t { no, each, union_of_two } alike{};
  };
  static constexpr std::uint32_t one_fact = none - 1;
  static constexpr std::uint32_t nobody = 0;  // of `follows`
  struct Node {
    detail::ResolvedGuard::Kind kind{};
    std::uint32_t at_least = 0;
    std::uint32_t fact = 0;              // of a leaf: its slot
    std::uint32_t first = 0, count = 0;  // children, in `children`
  };

  std::shared_ptr<const RuleBase> rules;
  // Each rule stands under its rarest phrase, and rules under one phrase stand in a row: slot s has the rules from under[s] to under[s + 1].
  std::vector<Rule> program;
  std::vector<Ask> asks;
  std::vector<std::uint32_t> under;
  std::vector<std::uint16_t> further;  // of each rule a slot that must be set too; with room behind
  std::vector<std::uint32_t> sources;  // of each rule that reads an effect: the rule that derives it; else none
  std::vector<std::uint32_t> followers;
  std::vector<Node> nodes;
  std::vector<std::uint32_t> children;
  std::vector<Head> heads;
  // Of a head: what its findings are sorted by, without verdict and number of drugs: its severity, whether it asks for something now, its place
  // among all heads in the order of rules. One bit stands by the other, so that few bits part many findings.
  std::vector<std::uint32_t> order;
  unsigned place_bits = 0;
  static constexpr unsigned drugs_bits = 6, now_bits = 1, verdict_bits = 2, severity_bits = 3;
  static constexpr unsigned most_place_bits = 32 - drugs_bits - now_bits - verdict_bits - severity_bits;
  unsigned now_shift() const { return place_bits + drugs_bits; }
  unsigned verdict_shift() const { return now_shift() + now_bits; }
  unsigned severity_shift() const { return verdict_shift() + verdict_bits; }
  PlanWidth width{};
  const detail::Lanes* lanes = nullptr;
  bool always_left_over = false;
  std::size_t left_over = 0;

  // Slots.
  static constexpr std::size_t most_slots = std::numeric_limits<std::uint16_t>::max();
  std::vector<detail::ResolvedGuard> facts;                   // leaf by leaf
  std::vector<std::string> needs;                             // what would decide each
  std::array<std::vector<std::uint8_t>, 2> unstated;          // their truth where nothing is stated; conditions not complete, complete
  std::vector<std::vector<detail::DrugAlternative>> phrases;  // exact
  // The first `twice` phrases have a slot for where two of their drugs or more are there, and from `thrice_from` on `thrice` of them one for three.
  std::uint32_t twice = 0, thrice_from = 0, thrice = 0;
  std::vector<std::vector<ConceptId>> wide;  // of left-over rules: anything that may be one of these; empty: any drug
  std::uint32_t always() const { return static_cast<std::uint32_t>(facts.size()); }
  std::uint32_t first_phrase() const { return always() + 1; }
  std::uint32_t first_wide() const { return first_phrase() + static_cast<std::uint32_t>(phrases.size()); }
  std::uint32_t first_twice() const { return first_wide() + static_cast<std::uint32_t>(wide.size()); }
  std::uint32_t first_thrice() const { return first_twice() + twice; }
  std::uint32_t spare() const { return first_thrice() + thrice; }
  // The slots that fill a drug's up to `at_once`, each once, so that none waits for another: always set, and never a rule's.
  static constexpr std::size_t spares = PlanElement::at_once;
  std::size_t slots() const { return spare() + spares; }
  detail::Sieve sieve() const {
    return {under.data(), further.data(), always() + std::size_t{1}, first_phrase(), twice, thrice_from, thrice, first_twice()};
  }

  // What a drug may be, certainly or not.
  struct MayBe {
    std::vector<std::uint32_t> phrases, wide;
  };
  std::vector<MayBe> may_be;            // by concept
  std::vector<std::uint32_t> place_of;  // by concept: in the order of names
  std::vector<std::string> names;       // by place

  const RuleBase::Compiled& base() const { return rules->compiled(); }
};

}  // namespace theriac
