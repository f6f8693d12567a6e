// What a plan is made of. Slots: first the patient's facts (their truth as a number where it is possible at least, else 0), then one that is always
// set, then the drug phrases, the wide phrases, the counts.
#pragma once

#include "compile/compiled.hpp"
#include "plan/lanes.hpp"
#include "theriac/plan.hpp"

#include <array>
#include <cstdint>
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
  struct Rule {
    Kind kind{};
    std::uint8_t phrases = 0;
    std::uint8_t at_least = 0;
    std::uint8_t heads = 0;
    std::array<std::uint32_t, 3> phrase{};  // the rarest first; where there are fewer, the slot that is always set
    std::uint32_t guard = none;             // node; `one_fact` where it is nothing but `fact`
    std::uint32_t fact = 0;                 // slot; else the one that is always set
    std::uint32_t first_head = 0;
    std::uint32_t follows = 0;  // rules that read what it finds: in `followers`, up to `none`
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
  std::vector<Rule> program;
  std::vector<std::uint32_t> sources;  // of each rule that reads an effect: the rule that derives it; else none
  std::vector<std::uint32_t> rarest;   // of each rule: its first phrase
  std::vector<std::uint32_t> followers;
  std::vector<std::vector<PlanElement::Candidate>> triggers;  // by drug slot − first_phrase; each rule under its rarest phrase
  std::vector<Node> nodes;
  std::vector<std::uint32_t> children;
  std::vector<Head> heads;
  // Of a head: what its findings are sorted by, without verdict and number of drugs: its severity, whether it asks for something now, its place
  // among all heads in the order of rules.
  static constexpr unsigned severity_shift = 29, verdict_shift = 27, now_shift = 26, drugs_shift = 20;
  std::vector<std::uint32_t> order;
  const detail::Lanes* lanes = nullptr;
  bool always_left_over = false;
  std::size_t left_over = 0;

  // Slots.
  std::vector<detail::ResolvedGuard> facts;                   // leaf by leaf
  std::vector<std::string> needs;                             // what would decide each
  std::array<std::vector<std::uint8_t>, 2> unstated;          // their truth where nothing is stated; conditions not complete, complete
  std::vector<std::vector<detail::DrugAlternative>> phrases;  // exact
  // Slot first_count() + i has the mask of the phrase thrice[i] where three of its drugs or more are there; likewise of those of two, behind them.
  std::vector<std::uint32_t> thrice, twice;
  std::vector<std::vector<ConceptId>> wide;  // of left-over rules: anything that may be one of these; empty: any drug
  std::uint32_t always() const { return static_cast<std::uint32_t>(facts.size()); }
  std::uint32_t first_phrase() const { return always() + 1; }
  std::uint32_t first_wide() const { return first_phrase() + static_cast<std::uint32_t>(phrases.size()); }
  std::uint32_t first_count() const { return first_wide() + static_cast<std::uint32_t>(wide.size()); }
  std::size_t slots() const { return first_count() + thrice.size() + twice.size(); }

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
