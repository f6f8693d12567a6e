// One patient by bits.
#include "plan/program.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>

namespace theriac {
namespace {

using Program = Plan::Program;
using Kind = Program::Kind;
using GuardKind = detail::ResolvedGuard::Kind;

// Truths as numbers in the slots of facts: below `possible` a finding is none, and the slot is empty.
std::uint64_t as_slot(Truth truth) { return truth >= Truth::possible ? static_cast<std::uint64_t>(truth) : 0; }

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

// A fact below `possible` is as good as none: then its slot is empty.
Truth truth_of_guard(const Program& program, std::uint32_t number, const std::uint64_t* slots, const std::uint8_t* stated) {
  const auto guard = program.program[number].guard;
  if (guard == Program::none) return Truth::yes;
  if (guard == Program::one_fact) return static_cast<Truth>(slots[program.asks[number].fact]);
  return truth_at(program, stated, guard);
}

// What is asked for: nothing below what is decided.
void add_needs(const Program& program, const std::uint8_t* stated, std::uint32_t at, std::vector<std::string>& needs) {
  const auto truth = truth_at(program, stated, at);
  if (truth == Truth::yes || truth == Truth::no) return;
  const auto& node = program.nodes[at];
  if (node.kind == GuardKind::leaf && truth == Truth::possible) needs.push_back(program.needs[node.fact]);
  for (std::uint32_t i = 0; i < node.count; ++i) add_needs(program, stated, program.children[node.first + i], needs);
}

constexpr std::size_t lanes_ahead = 16;  // room that `detail::Lanes::rank` asks for

constexpr std::uint64_t without_first(std::uint64_t drugs) { return drugs & (drugs - 1); }
bool are_two(std::uint64_t drugs) { return without_first(drugs) != 0; }

bool are_at_least(std::uint64_t drugs, std::uint32_t count) {
  for (; count > 1; --count) drugs = without_first(drugs);
  return drugs != 0;
}

// Without an instruction that not every processor has.
unsigned how_many(std::uint64_t drugs) {
  drugs -= drugs >> 1U & 0x5555555555555555U;
  drugs = (drugs & 0x3333333333333333U) + (drugs >> 2U & 0x3333333333333333U);
  return static_cast<unsigned>(((drugs + (drugs >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56U);
}

// Its order still without the number of drugs. `holds`: the truth of the rule's guard; a finding is as certain as that.
PlanHit hit_of(std::uint32_t number, std::uint32_t head, std::uint32_t order, std::uint64_t drugs, std::uint64_t holds) {
  return {drugs, order | (4U - static_cast<unsigned>(holds)) << Program::verdict_shift, head, number, static_cast<Verdict>(holds)};
}

// Can each phrase have a drug of its own? None is empty.
bool have_their_own(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return are_two(a | b) && are_two(a | c) && are_two(b | c) && are_at_least(a | b | c, 3);
}

// By bytes, the last first; bytes that are the same everywhere are passed over. Into `ranks`: where each goes.
void rank_by_bytes(std::span<const std::uint32_t> keys, std::vector<std::uint32_t>& sorted, std::vector<std::uint32_t>& other,
                   std::vector<std::uint32_t>& ranks) {
  sorted.resize(keys.size());
  other.resize(keys.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::uint32_t differ = 0;
  for (const auto key : keys) differ |= key ^ keys.front();
  for (unsigned shift = 0; shift < 32; shift += 8) {
    if ((differ >> shift & 0xFFU) == 0) continue;
    std::array<std::uint32_t, 257> from{};
    for (const auto key : keys) ++from[(key >> shift & 0xFFU) + 1];
    for (std::size_t i = 1; i < from.size(); ++i) from[i] += from[i - 1];
    for (const auto each : sorted) other[from[keys[each] >> shift & 0xFFU]++] = each;
    sorted.swap(other);
  }
  for (std::uint32_t i = 0; i < sorted.size(); ++i) ranks[sorted[i]] = i;
}

}  // namespace

struct PlanRun::Scratch {
  std::vector<std::uint16_t> keys;  // slots of drugs that are set, each once
  std::size_t key_count = 0;
  std::vector<std::uint32_t> survivors;  // rules that are worth a look, each once
  std::size_t survived = 0;
  std::vector<std::uint32_t> singles;  // of them those of which each drug is a finding
  std::vector<std::uint32_t> order_keys, ranks;  // of hits
  std::vector<std::uint32_t> sorted, other;
  std::vector<PlanHit> ordered;
};

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
  if (plain_) set_defaults();
  if (!plain_) return false;
  set_drugs();
  if (!look_at_all()) return false;
  put_in_order();
  return true;
}

// Equal keys stand in the order in which they were found: that of the drug's position. Many are first parted by severity and verdict, since ranking
// asks of each how it stands to all others.
void PlanRun::put_in_order() {
  constexpr std::size_t few = 24;
  auto& ordered = scratch_->ordered;
  if (ordered.size() < hits_.size()) ordered.resize(hits_.size());
  std::array<std::size_t, 33> from{};
  if (found_ > few) {
    for (std::size_t i = 0; i < found_; ++i) ++from[(hits_[i].order >> Program::verdict_shift) + 1];
    std::partial_sum(from.begin(), from.end(), from.begin());
    auto to = from;
    for (std::size_t i = 0; i < found_; ++i) ordered[to[hits_[i].order >> Program::verdict_shift]++] = hits_[i];
    hits_.swap(ordered);
    for (std::size_t part = 0; part + 1 < from.size(); ++part) rank(from[part], from[part + 1]);
  } else {
    rank(0, found_);
  }
  hits_.swap(ordered);
}

// Those from one to another place.
void PlanRun::rank(std::size_t from, std::size_t to) {
  const auto count = to - from;
  if (count == 0) return;
  auto& keys = scratch_->order_keys;
  auto& ranks = scratch_->ranks;
  if (keys.size() < count + lanes_ahead) keys.resize(2 * count + lanes_ahead);
  ranks.resize(keys.size());
  const auto* hits = hits_.data() + from;
  for (std::size_t i = 0; i < count; ++i) keys[i] = hits[i].order | (64U - how_many(hits[i].drugs)) << Program::drugs_shift;
  if (count <= detail::most_ranked)
    program_.lanes->rank(keys.data(), count, ranks.data());
  else
    rank_by_bytes({keys.data(), count}, scratch_->sorted, scratch_->other, ranks);
  for (std::size_t i = 0; i < count; ++i) scratch_->ordered[from + ranks[i]] = hits[i];
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
    *hit = hit_of(number, rule.first_head, rule.order, drugs, holds);
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
      *hit = hit_of(number, rule.first_head, rule.order, drugs & (~drugs + 1), holds);
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
  std::array<std::uint32_t, most_drugs + lanes_ahead + 1> ranks{};
  program_.lanes->rank(names_.data(), count_, ranks.data());
  for (std::size_t i = 0; i < count_; ++i) drugs_[ranks[i]] = as_added_[i];
  for (std::size_t i = 1; i < count_; ++i) plain_ = plain_ && drugs_[i]->drug != drugs_[i - 1]->drug;
}

void PlanRun::set_drugs() {
  auto* key = scratch_->keys.data();
  auto* slots = slots_.data();
  for (std::size_t i = 0; i < count_; ++i) {
    const auto bit = std::uint64_t{1} << i;
    const auto of_drug = drugs_[i]->slots;
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
void PlanRun::set_defaults() {
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

std::vector<std::uint64_t> PlanRun::supports(const PlanHit& hit) const {
  auto number = hit.rule;
  while (program_.sources[number] != Program::none) number = program_.sources[number];
  const auto& rule = program_.program[number];
  if (rule.kind != Kind::together) return {hit.drugs};
  std::vector<std::uint64_t> sets{0};
  for (std::uint8_t i = 0; i < rule.phrases; ++i) {
    std::vector<std::uint64_t> larger;
    for (const auto set : sets) {
      for (auto drugs = slots_[program_.asks[number].phrase[i]] & ~set; drugs != 0; drugs = without_first(drugs))
        larger.push_back(set | (drugs & (~drugs + 1)));
    }
    sets = std::move(larger);
  }
  // By names: the first position decides, then the next. Turned round, sets of one size are numbers in that order.
  const auto turned = [](std::uint64_t set) {
    std::uint64_t result = 0;
    for (; set != 0; set = without_first(set)) result |= std::uint64_t{1} << (63 - std::countr_zero(set));
    return result;
  };
  std::sort(sets.begin(), sets.end(), [&](std::uint64_t a, std::uint64_t b) { return turned(a) > turned(b); });
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  return sets;
}

std::vector<std::string> PlanRun::needs(const PlanHit& hit) const {
  std::vector<std::string> result;
  for (auto number = hit.rule; number != Program::none; number = program_.sources[number]) {
    const auto& rule_of_it = program_.program[number];
    if (rule_of_it.guard == Program::one_fact) {
      if (static_cast<Truth>(stated_[program_.asks[number].fact]) == Truth::possible) result.push_back(program_.needs[program_.asks[number].fact]);
    } else if (rule_of_it.guard != Program::none) {
      add_needs(program_, stated_.data(), rule_of_it.guard, result);
    }
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

inline void PlanRun::conclude(std::uint32_t number, std::uint64_t drugs, Verdict says) {
  const auto& rule = program_.program[number];
  if (says < Verdict::unless) {
    undecided_ += rule.heads;
    if (!tell_undecided_) return;
  }
  auto* hit = room_for(rule.heads);
  for (std::uint32_t head = rule.first_head; head < rule.first_head + rule.heads; ++head) {
    *hit++ = hit_of(number, head, program_.order[head], drugs, static_cast<std::uint64_t>(truth_of(says)));
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
