// One patient by bits.
#include "plan/program.hpp"

#include <algorithm>
#include <bit>

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

// What is asked for: nothing below what is decided.
void add_needs(const Program& program, const std::uint8_t* stated, std::uint32_t at, std::vector<std::string>& needs) {
  const auto truth = truth_at(program, stated, at);
  if (truth == Truth::yes || truth == Truth::no) return;
  const auto& node = program.nodes[at];
  if (node.kind == GuardKind::leaf && truth == Truth::possible) needs.push_back(program.needs[node.fact]);
  for (std::uint32_t i = 0; i < node.count; ++i) add_needs(program, stated, program.children[node.first + i], needs);
}

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

// Can each phrase have a drug of its own? None is empty.
bool have_their_own(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return are_two(a | b) && are_two(a | c) && are_two(b | c) && are_at_least(a | b | c, 3);
}

struct Place {
  std::uint64_t order = 0;
  std::uint32_t hit = 0;
};

// By bytes of the order, the last first; bytes that are the same everywhere are passed over.
void sort_by_bytes(std::vector<Place>& places, std::vector<Place>& other) {
  std::uint64_t differ = 0;
  for (const auto& place : places) differ |= place.order ^ places.front().order;
  other.resize(places.size());
  for (unsigned shift = 0; shift < 64; shift += 8) {
    if ((differ >> shift & 0xFFU) == 0) continue;
    std::array<std::uint32_t, 257> from{};
    for (const auto& place : places) ++from[(place.order >> shift & 0xFFU) + 1];
    for (std::size_t i = 1; i < from.size(); ++i) from[i] += from[i - 1];
    for (const auto& place : places) other[from[place.order >> shift & 0xFFU]++] = place;
    places.swap(other);
  }
}

// Few: each goes where so many are before it, which asks for no guess.
void sort_by_rank(std::vector<Place>& places, std::vector<Place>& other) {
  other.resize(places.size());
  for (const auto& place : places) {
    std::size_t before = 0;
    for (const auto& each : places) before += each.order < place.order ? 1 : 0;
    other[before] = place;
  }
  places.swap(other);
}

void put_in_order(std::vector<PlanHit>& hits, std::vector<PlanHit>& ordered) {
  constexpr std::size_t few = 32;
  if (hits.size() < 2) return;
  thread_local std::vector<Place> places, other;
  places.clear();
  for (std::uint32_t i = 0; i < hits.size(); ++i) places.push_back({hits[i].order, i});
  (hits.size() <= few ? sort_by_rank : sort_by_bytes)(places, other);
  ordered.clear();
  for (const auto& place : places) ordered.push_back(hits[place.hit]);
  hits.swap(ordered);
}

}  // namespace

PlanRun::PlanRun(const Plan& plan, bool undecided)
    : program_(plan.program()),
      slots_(program_.slots()),
      survivors_(program_.program.size() + 1),
      tell_undecided_(undecided),
      stated_(program_.facts.size()),
      told_(program_.facts.size()) {
  slots_[program_.always()] = 1;
}

void PlanRun::begin() {
  clear();
  conditions_complete_ = false;
  plain_ = !program_.always_left_over;
  count_ = 0;
  facts_.clear();
  hits_.clear();
  undecided_ = 0;
}

bool PlanRun::judge() {
  if (plain_) order_drugs();
  if (plain_) set_defaults();
  if (!plain_) return false;
  set_drugs();
  bool done = true;
  for (std::size_t i = 0; done && i < count_; ++i) done = look_under(*drugs_[i], (std::uint64_t{1} << i) - 1);
  if (done) put_in_order(hits_, ordered_);
  return done;
}

// Positions in the order of names. One ingredient twice, or more drugs than there are bits, is not for here.
void PlanRun::order_drugs() {
  plain_ = count_ <= most_drugs;
  if (!plain_) return;
  for (std::size_t i = 0; i < count_; ++i) {  // each goes where so many are before it: no guess
    std::size_t before = 0, same = 0;
    for (std::size_t j = 0; j < count_; ++j) {
      before += as_added_[j]->drug < as_added_[i]->drug ? 1 : 0;
      same += as_added_[j]->drug == as_added_[i]->drug ? 1 : 0;
    }
    plain_ = plain_ && same == 1;
    drugs_[before] = as_added_[i];
  }
}

void PlanRun::set_drugs() {
  placed_ = count_;
  for (std::size_t i = 0; i < count_; ++i) {
    const auto bit = std::uint64_t{1} << i;
    for (const auto slot : drugs_[i]->slots) slots_[slot] |= bit;
  }
  // Without a question: what is left after two drugs are taken away is not empty where there are three.
  auto* slot = slots_.data() + program_.first_count();
  for (const auto phrase : program_.thrice) *slot++ = without_first(without_first(slots_[phrase]));
  for (const auto phrase : program_.twice) *slot++ = without_first(slots_[phrase]);
}

// Sifts without a branch, since most rules fail and which is hard to guess: first by the further slot, then by whether a drug before this one has
// looked at the rule. False: the whole way.
bool PlanRun::look_under(const PlanElementView& drug, std::uint64_t before) {
  auto* survivors = survivors_.data();
  const auto* slots = slots_.data();
  const auto* rarest = program_.rarest.data();
  std::size_t passed = 0;
  for (const auto& candidate : drug.rules) {
    survivors[passed] = candidate.rule;
    passed += slots[candidate.further] != 0 ? 1 : 0;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < passed; ++i) {
    const auto rule = survivors[i];
    survivors[kept] = rule;
    kept += (slots[rarest[rule]] & before) == 0 ? 1 : 0;
    __builtin_prefetch(&program_.program[rule]);
  }
  for (std::size_t i = 0; i < kept; ++i) {
    if (!look_at(survivors[i])) return false;
  }
  return true;
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

// All of few slots is sooner done than some of them.
void PlanRun::clear() {
  constexpr std::size_t few = 4096;
  if (slots_.size() <= few) {
    std::fill(slots_.begin() + program_.first_phrase(), slots_.end(), 0);
  } else {
    for (std::size_t i = 0; i < placed_; ++i) {
      for (const auto slot : drugs_[i]->slots) slots_[slot] = 0;
    }
  }
  placed_ = 0;
}

// Joins the drugs of all phrases, where each has one of its own.
bool PlanRun::together(std::uint32_t number, std::uint64_t& drugs) const {
  const auto& rule = program_.program[number];
  const auto second = slots_[rule.phrase[1]];
  if (rule.phrases == 2) return are_two(drugs |= second);
  const auto third = slots_[rule.phrase[2]];
  if (third == 0 || !have_their_own(drugs, second, third)) return false;
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
      for (auto drugs = slots_[rule.phrase[i]] & ~set; drugs != 0; drugs = without_first(drugs)) larger.push_back(set | (drugs & (~drugs + 1)));
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
    if (program_.program[number].guard != Program::none) add_needs(program_, stated_.data(), program_.program[number].guard, result);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

// False: the whole way.
bool PlanRun::look_at(std::uint32_t number) {
  const auto& rule = program_.program[number];
  std::uint64_t drugs = slots_[rule.phrase[0]];
  switch (rule.kind) {
    case Kind::left_over:
      for (std::uint8_t i = 1; i < rule.phrases; ++i) {
        if (slots_[rule.phrase[i]] == 0) return true;
      }
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
  const auto holds = rule.guard == Program::none ? Truth::yes : truth_at(program_, stated_.data(), rule.guard);
  if (holds < Truth::possible) return true;
  const auto says = verdict(holds, Truth::no);
  if (rule.kind != Kind::single) {
    conclude(number, drugs, says);
    return follow(number, drugs, says);
  }
  for (; drugs != 0; drugs = without_first(drugs)) {
    const auto drug = drugs & (~drugs + 1);
    conclude(number, drug, says);
    if (!follow(number, drug, says)) return false;
  }
  return true;
}

void PlanRun::conclude(std::uint32_t number, std::uint64_t drugs, Verdict says) {
  const auto& rule = program_.program[number];
  if (says < Verdict::unless) {
    undecided_ += rule.heads;
    if (!tell_undecided_) return;
  }
  const auto sure = std::uint64_t{4U - static_cast<unsigned>(says)} << 58U;
  const auto size = static_cast<std::uint64_t>(64 - how_many(drugs)) << 50U;
  const auto first = static_cast<std::uint64_t>(std::countr_zero(drugs)) << 8U;
  for (std::uint32_t head = rule.first_head; head < rule.first_head + rule.heads; ++head) {
    hits_.push_back({program_.order[head] | sure | size | first, drugs, head, number, says});
  }
}

// What rests on it.
bool PlanRun::follow(std::uint32_t number, std::uint64_t drugs, Verdict says) {
  const auto& rule = program_.program[number];
  for (std::uint32_t i = 0; i < rule.follows; ++i) {
    const auto reader = program_.followers[rule.follows_first + i];
    const auto& reads = program_.program[reader];
    if (reads.kind == Kind::left_over) return false;
    const auto holds = reads.guard == Program::none ? Truth::yes : truth_at(program_, stated_.data(), reads.guard);
    const auto both_hold = both(truth_of(says), holds);
    if (both_hold < Truth::possible) continue;
    const auto concluded = verdict(both_hold, Truth::no);
    conclude(reader, drugs, concluded);
    if (!follow(reader, drugs, concluded)) return false;
  }
  return true;
}

}  // namespace theriac
