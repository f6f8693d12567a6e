// One patient by bits.
#include "plan/scratch.hpp"

#include <algorithm>
#include <span>

namespace theriac {
namespace {

using Program = Plan::Program;
using Kind = Program::Kind;
using GuardKind = detail::ResolvedGuard::Kind;

// Truths as numbers in the slots of facts: below `possible` a finding is none, and the slot is empty.
std::uint64_t as_slot(Truth truth) { return truth >= Truth::possible ? static_cast<std::uint64_t>(truth) : 0; }

// A fact below `possible` is as good as none: then its slot is empty.
Truth truth_of_guard(const Program& program, std::uint32_t number, const std::uint64_t* slots, const std::uint8_t* stated) {
  const auto guard = program.program[number].guard;
  if (guard == Program::none) return Truth::yes;
  if (guard == Program::one_fact) return static_cast<Truth>(slots[program.asks[number].fact]);
  return truth_at(program, stated, guard);
}

bool are_two(std::uint64_t drugs) { return without_first(drugs) != 0; }

bool are_at_least(std::uint64_t drugs, std::uint32_t count) {
  for (; count > 1; --count) drugs = without_first(drugs);
  return drugs != 0;
}

// Its order still without the number of drugs. `holds`: the truth of the rule's guard; a finding is as certain as that.
PlanHit hit_of(unsigned verdict_shift, std::uint32_t number, std::uint32_t head, std::uint32_t order, std::uint64_t drugs, std::uint64_t holds) {
  return {drugs, order | (4U - static_cast<unsigned>(holds)) << verdict_shift, head, number, static_cast<Verdict>(holds)};
}

// Can each phrase have a drug of its own? None is empty.
bool have_their_own(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return are_two(a | b) && are_two(a | c) && are_two(b | c) && are_at_least(a | b | c, 3);
}

}  // namespace

Truth truth_at(const Program& program, const std::uint8_t* stated, std::uint32_t at) {
  const auto& node = program.nodes[at];
  if (node.kind == GuardKind::leaf) return static_cast<Truth>(stated[node.fact]);
  const auto* child = program.children.data() + node.first;
  if (node.kind == GuardKind::count) {
    std::array<std::uint32_t, 5> at_level{};
    for (std::uint32_t i = 0; i < node.count; ++i) ++at_level[static_cast<std::size_t>(truth_at(program, stated, child[i]))];
    std::uint32_t above = 0;
    for (std::size_t level = at_level.size(); level-- > 0;) {
      above += at_level[level];
      if (above >= node.at_least) return static_cast<Truth>(level);
    }
    return Truth::no;
  }
  auto truth = node.kind == GuardKind::any_of ? Truth::no : Truth::yes;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const auto each = truth_at(program, stated, child[i]);
    truth = node.kind == GuardKind::any_of ? either(truth, each) : both(truth, each);
  }
  return node.kind == GuardKind::negation ? !truth : truth;
}

PlanRun::PlanRun(const Plan& plan, bool undecided)
    : program_(plan.program()),
      slots_(program_.slots() + 8),
      scratch_(std::make_unique<Scratch>()),
      tell_undecided_(undecided),
      stated_(program_.facts.size()),
      told_(program_.facts.size()) {
  slots_[program_.always()] = as_slot(Truth::yes);
  for (std::size_t i = 0; i < Program::spares; ++i) slots_[program_.spare() + i] = 1;
  scratch_->keys.resize(slots_.size() + PlanElement::at_once);
  scratch_->survivors.resize(program_.program.size() + detail::Sieve::room);
  scratch_->singles.resize(program_.program.size() + 1);
}

PlanRun::~PlanRun() = default;
PlanRun::PlanRun(PlanRun&&) noexcept = default;

void PlanRun::begin() {
  clear();
  conditions_complete_ = false;
  plain_ = !program_.always_left_over;
  count_ = 0;
  facts_.clear();
  found_ = 0;
  undecided_ = 0;
}

bool PlanRun::judge() {
  if (plain_) order_drugs();
  if (plain_) set_facts();
  if (!plain_) return false;
  set_drugs();
  if (!look_at_all()) return false;
  put_in_order();
  return true;
}

// False: the whole way.
bool PlanRun::look_at_all() {
  auto& scratch = *scratch_;
  scratch.survived = program_.lanes->sift(program_.sieve(), slots_.data(), {scratch.keys.data(), scratch.key_count}, scratch.survivors.data());
  survive();
  conclude_alike();
  for (std::size_t i = 0; i < scratch.survived; ++i) {
    if (!look_at(scratch.survivors[i])) return false;
  }
  return true;
}

// Those of which all that they ask for is set. Without a branch, since which fail is hard to guess. What memory holds of many rules is far away: it
// is asked for what a rule is made of before the rule is looked at.
void PlanRun::survive() {
  auto* survivors = scratch_->survivors.data();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < scratch_->survived; ++i) {
    const auto number = survivors[i];
    const auto& ask = program_.asks[number];
    survivors[kept] = number;
    kept += (slots_[ask.phrase[1]] != 0 ? 1U : 0U) & (slots_[ask.phrase[2]] != 0 ? 1U : 0U) & (slots_[ask.fact] != 0 ? 1U : 0U);
    __builtin_prefetch(&program_.program[number]);
  }
  scratch_->survived = kept;
}

// What most rules are is concluded without a branch; the others remain as survivors.
void PlanRun::conclude_alike() {
  using Alike = Program::Rule::Alike;
  auto* others = scratch_->survivors.data();
  auto* single = scratch_->singles.data();
  const auto survived = scratch_->survived;
  auto* hit = room_for(survived);
  const auto least = static_cast<std::uint64_t>(tell_undecided_ ? Truth::possible : Truth::listed);
  std::size_t undecided = 0;
  for (std::size_t i = 0; i < survived; ++i) {
    const auto number = scratch_->survivors[i];
    const auto& rule = program_.program[number];
    const auto& ask = program_.asks[number];
    const auto drugs = slots_[ask.phrase[0]] | slots_[ask.phrase[1]];
    const auto holds = slots_[ask.fact];
    *hit = hit_of(program_.verdict_shift(), number, rule.first_head, rule.order, drugs, holds);
    const auto is_hit = static_cast<unsigned>(rule.alike == Alike::union_of_two) & static_cast<unsigned>(are_two(drugs));
    hit += is_hit & static_cast<unsigned>(holds >= least);
    undecided += is_hit & static_cast<unsigned>(holds < static_cast<std::uint64_t>(Truth::listed));
    *others = number;
    others += static_cast<unsigned>(rule.alike == Alike::no);
    *single = number;
    single += static_cast<unsigned>(rule.alike == Alike::each);
  }
  found_ = static_cast<std::size_t>(hit - hits_.data());
  undecided_ += undecided;
  scratch_->survived = static_cast<std::size_t>(others - scratch_->survivors.data());
  conclude_each({scratch_->singles.data(), single});
}

// Each drug of these is a finding.
void PlanRun::conclude_each(std::span<const std::uint32_t> rules) {
  const auto least = static_cast<std::uint64_t>(tell_undecided_ ? Truth::possible : Truth::listed);
  std::size_t undecided = 0;
  auto* hit = room_for(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto number = rules[i];
    const auto& rule = program_.program[number];
    const auto& ask = program_.asks[number];
    const auto holds = slots_[ask.fact];
    auto drugs = slots_[ask.phrase[0]];
    do {  // most often one
      if (hit == hits_.data() + hits_.size() - 1) {
        found_ = static_cast<std::size_t>(hit - hits_.data());
        hit = room_for(rules.size());
      }
      *hit = hit_of(program_.verdict_shift(), number, rule.first_head, rule.order, drugs & (~drugs + 1), holds);
      hit += static_cast<unsigned>(holds >= least);
      undecided += static_cast<unsigned>(holds < static_cast<std::uint64_t>(Truth::listed));
      drugs = without_first(drugs);
    } while (drugs != 0);
  }
  found_ = static_cast<std::size_t>(hit - hits_.data());
  undecided_ += undecided;
}

// Where the next hits go, of which there may be so many.
PlanHit* PlanRun::room_for(std::size_t hits) {
  if (found_ + hits + 1 > hits_.size()) hits_.resize(2 * (found_ + hits) + 64);
  return hits_.data() + found_;
}

// Positions in the order of names. One ingredient twice, or more drugs than there are bits, is not for here.
void PlanRun::order_drugs() {
  plain_ = count_ <= most_drugs;
  if (!plain_) return;
  static_assert(room_behind >= lanes_ahead);
  std::array<std::uint32_t, most_drugs + lanes_ahead> ranks;
  for (std::size_t i = 0; i < count_; i += lanes_ahead) program_.lanes->rank(names_.data(), i, 0, count_, ranks.data() + i);
  for (std::size_t i = 0; i < count_; ++i) drugs_[ranks[i]] = as_added_[i];
  for (std::size_t i = 1; i < count_; ++i) plain_ = plain_ && drugs_[i]->drug() != drugs_[i - 1]->drug();
}

void PlanRun::set_drugs() {
  auto* key = scratch_->keys.data();
  auto* slots = slots_.data();
  for (std::size_t i = 0; i < count_; ++i) {
    const auto bit = std::uint64_t{1} << i;
    const auto of_drug = drugs_[i]->slots();
    for (std::size_t j = 0; j < of_drug.size(); j += PlanElement::at_once) {
      for (std::size_t k = j; k < j + PlanElement::at_once; ++k) {
        const auto slot = of_drug[k];
        const auto before = slots[slot];
        *key = slot;
        key += before == 0 ? 1 : 0;
        slots[slot] = before | bit;
      }
    }
  }
  scratch_->key_count = static_cast<std::size_t>(key - scratch_->keys.data());
}

// What the patient's facts are. Two elements that tell of one must tell the same.
void PlanRun::set_facts() {
  const auto& unstated = program_.unstated[conditions_complete_ ? 1 : 0];
  std::copy(unstated.begin(), unstated.end(), stated_.begin());
  ++turn_;
  for (const auto& facts : facts_) {
    for (const auto& [slot, truth] : facts) {
      const auto told = static_cast<std::uint8_t>(truth);
      plain_ = plain_ && (told_[slot] != turn_ || stated_[slot] == told);
      stated_[slot] = told;
      told_[slot] = turn_;
    }
  }
  for (std::size_t i = 0; i < stated_.size(); ++i) slots_[i] = as_slot(static_cast<Truth>(stated_[i]));
}

void PlanRun::clear() {
  for (std::size_t i = 0; i < scratch_->key_count; ++i) slots_[scratch_->keys[i]] = 0;
  scratch_->key_count = 0;
}

// Joins the drugs of all phrases, where each has one of its own.
bool PlanRun::together(std::uint32_t number, std::uint64_t& drugs) const {
  const auto& ask = program_.asks[number];
  const auto second = slots_[ask.phrase[1]];
  if (program_.program[number].phrases == 2) return are_two(drugs |= second);
  const auto third = slots_[ask.phrase[2]];
  if (!have_their_own(drugs, second, third)) return false;
  drugs |= second | third;
  return true;
}

inline void PlanRun::conclude(std::uint32_t number, std::uint64_t drugs, Verdict says) {
  const auto& rule = program_.program[number];
  if (says < Verdict::unless) {
    undecided_ += rule.heads;
    if (!tell_undecided_) return;
  }
  auto* hit = room_for(rule.heads);
  for (std::uint32_t head = rule.first_head; head < rule.first_head + rule.heads; ++head) {
    *hit++ = hit_of(program_.verdict_shift(), number, head, program_.order[head], drugs, static_cast<std::uint64_t>(truth_of(says)));
  }
  found_ += rule.heads;
}

// False: the whole way.
bool PlanRun::look_at(std::uint32_t number) {
  const auto& rule = program_.program[number];
  std::uint64_t drugs = slots_[program_.asks[number].phrase[0]];
  switch (rule.kind) {
    case Kind::left_over:
      return false;
    case Kind::together:
      if (!together(number, drugs)) return true;
      break;
    case Kind::count:
      if (rule.at_least > 3 && !are_at_least(drugs, rule.at_least)) return true;
      break;
    default:
      break;
  }
  const auto holds = truth_of_guard(program_, number, slots_.data(), stated_.data());
  if (holds < Truth::possible) return true;
  const auto says = verdict(holds, Truth::no);
  if (rule.kind != Kind::single) {
    conclude(number, drugs, says);
    return rule.follows == Program::nobody || follow(number, drugs, says);
  }
  for (; drugs != 0; drugs = without_first(drugs)) {
    const auto drug = drugs & (~drugs + 1);
    conclude(number, drug, says);
    if (rule.follows != Program::nobody && !follow(number, drug, says)) return false;
  }
  return true;
}

// What rests on it.
bool PlanRun::follow(std::uint32_t number, std::uint64_t drugs, Verdict says) {
  for (const auto* reader = program_.followers.data() + program_.program[number].follows; *reader != Program::none; ++reader) {
    const auto& reads = program_.program[*reader];
    if (reads.kind == Kind::left_over) return false;
    const auto holds = truth_of_guard(program_, *reader, slots_.data(), stated_.data());
    const auto both_hold = both(truth_of(says), holds);
    if (both_hold < Truth::possible) continue;
    const auto concluded = verdict(both_hold, Truth::no);
    conclude(*reader, drugs, concluded);
    if (reads.follows != Program::nobody && !follow(*reader, drugs, concluded)) return false;
  }
  return true;
}

}  // namespace theriac
