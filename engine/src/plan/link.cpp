#include "plan/link.hpp"

#include <algorithm>
#include <numeric>

namespace theriac::detail {
namespace {

using Program = Plan::Program;
using Kind = Program::Kind;

// How many drugs are it.
std::size_t width(const Program& program, bool wide, std::uint32_t phrase) {
  const auto& terms = *program.base().terminology;
  std::size_t width = 0;
  const auto add = [&](const std::optional<ConceptId>& each) {
    if (!each)
      width += 1U << 20U;
    else
      width += terms.at(*each).kind == ConceptKind::ingredient ? 1 : terms.ingredients_in(*each).size();
  };
  if (!wide) {
    for (const auto& alternative : program.phrases[phrase]) add(alternative.concept_id);
  } else {
    for (const auto each : program.wide[phrase]) add(each);
    if (program.wide[phrase].empty()) add({});
  }
  return width;
}

class Linker {
 public:
  Linker(Program& program, const std::vector<PlanDraft>& drafts) : program_(program), drafts_(drafts), asks_(drafts.size()) {}

  void link(const std::vector<PlanFollower>& followers) {
    for (std::size_t i = 0; i < drafts_.size(); ++i) ask(i);
    number_rules();
    for (const auto draft : draft_of_) add(draft);
    program_.further.resize(program_.program.size() + Sieve::room);
    add_followers(followers);
    for (std::size_t i = 0; i < program_.program.size(); ++i) program_.program[i].alike = alike(program_.program[i]);
  }

 private:
  std::uint16_t slot(std::size_t number) const { return static_cast<std::uint16_t>(number); }

  bool has_counted_slot(const Program::Rule& rule) const { return rule.kind == Kind::count && (rule.at_least == 2 || rule.at_least == 3); }

  void ask(std::size_t number) {
    const auto& draft = drafts_[number];
    auto& ask = asks_[number];
    ask.fact = slot(program_.always());
    if (draft.rule.guard != Program::none && program_.nodes[draft.rule.guard].kind == ResolvedGuard::Kind::leaf)
      ask.fact = slot(program_.nodes[draft.rule.guard].fact);
    ask.phrase.fill(slot(program_.always()));
    const bool wide = draft.rule.kind == Kind::left_over;
    std::vector<std::pair<std::size_t, std::uint32_t>> by_width;
    for (std::uint8_t k = 0; k < draft.rule.phrases; ++k) by_width.emplace_back(width(program_, wide, draft.phrase[k]), draft.phrase[k]);
    std::sort(by_width.begin(), by_width.end());
    const auto base = wide ? program_.first_wide() : program_.first_phrase();
    for (std::size_t k = 0; k < by_width.size(); ++k) ask.phrase[k] = slot(base + by_width[k].second);
    if (!has_counted_slot(draft.rule)) return;
    ask.phrase[1] =
        slot(draft.rule.at_least == 2 ? program_.first_twice() + draft.phrase[0] : program_.first_thrice() + draft.phrase[0] - program_.thrice_from);
  }

  // Rules under one phrase stand in a row, and in it those of one kind together: the processor guesses better.
  void number_rules() {
    draft_of_.resize(drafts_.size());
    std::iota(draft_of_.begin(), draft_of_.end(), 0U);
    const auto key = [&](std::uint32_t draft) { return std::pair(key_of(draft), drafts_[draft].rule.kind); };
    std::stable_sort(draft_of_.begin(), draft_of_.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    number_of_.resize(drafts_.size());
    for (std::uint32_t i = 0; i < draft_of_.size(); ++i) number_of_[draft_of_[i]] = i;
    program_.under.assign(program_.slots() + 1, 0);
    for (std::uint32_t draft = 0; draft < drafts_.size(); ++draft) {
      if (key_of(draft) < program_.slots()) ++program_.under[key_of(draft) + 1];
    }
    std::partial_sum(program_.under.begin(), program_.under.end(), program_.under.begin());
  }

  // Where nothing brings it but what another rule finds: behind all.
  std::size_t key_of(std::uint32_t draft) const { return drafts_[draft].rule.phrases > 0 ? asks_[draft].phrase[0] : program_.slots(); }

  void add(std::uint32_t number) {
    const auto& draft = drafts_[number];
    const auto& ask = asks_[number];
    auto rule = draft.rule;
    if (ask.fact != program_.always()) rule.guard = Program::one_fact;
    if (rule.heads > 0) rule.order = program_.order[rule.first_head];
    program_.program.push_back(rule);
    program_.asks.push_back(ask);
    program_.further.push_back(ask.phrase[1] != program_.always() ? ask.phrase[1] : ask.fact);
    program_.sources.push_back(draft.source == Program::none ? Program::none : number_of_[draft.source]);
  }

  void add_followers(const std::vector<PlanFollower>& followers) {
    std::vector<PlanFollower> renumbered;
    for (const auto& [source, reader] : followers) renumbered.emplace_back(number_of_[source], number_of_[reader]);
    std::sort(renumbered.begin(), renumbered.end());
    program_.followers = {Program::none};  // of nobody
    std::uint32_t before = Program::none;
    for (const auto& [source, reader] : renumbered) {
      if (source != before) {
        program_.program[source].follows = static_cast<std::uint32_t>(program_.followers.size());
        program_.followers.push_back(Program::none);
      }
      before = source;
      program_.followers.back() = reader;
      program_.followers.push_back(Program::none);
    }
  }

  Program::Rule::Alike alike(const Program::Rule& rule) const {
    using Alike = Program::Rule::Alike;
    const bool is_plain = rule.guard == Program::none || rule.guard == Program::one_fact;
    if (!is_plain || rule.heads != 1 || rule.follows != Program::nobody) return Alike::no;
    if (rule.kind == Kind::single) return Alike::each;
    const bool is_of_two = (rule.kind == Kind::together && rule.phrases == 2) || has_counted_slot(rule);
    return is_of_two ? Alike::union_of_two : Alike::no;
  }

  Program& program_;
  const std::vector<PlanDraft>& drafts_;
  std::vector<Program::Ask> asks_;        // by draft
  std::vector<std::uint32_t> draft_of_;   // by number of rule
  std::vector<std::uint32_t> number_of_;  // by draft
};

}  // namespace

void number_phrases(Program& program, std::vector<PlanDraft>& drafts) {
  enum : std::uint8_t { twice = 1, thrice = 2 };
  std::vector<std::uint8_t> counted(program.phrases.size());
  for (const auto& [rule, phrase, source] : drafts) {
    if (rule.kind != Kind::count) continue;
    if (rule.at_least == 2) counted[phrase[0]] |= twice;
    if (rule.at_least == 3) counted[phrase[0]] |= thrice;
  }
  constexpr std::array<std::uint8_t, 4> place = {3, 0, 2, 1};  // by what is counted: those of two, of both, of three, the others
  std::vector<std::uint32_t> old(program.phrases.size()), fresh(old.size());
  std::iota(old.begin(), old.end(), 0U);
  std::stable_sort(old.begin(), old.end(), [&](std::uint32_t a, std::uint32_t b) { return place.at(counted[a]) < place.at(counted[b]); });
  std::vector<std::vector<DrugAlternative>> phrases;
  for (std::uint32_t i = 0; i < old.size(); ++i) {
    fresh[old[i]] = i;
    phrases.push_back(std::move(program.phrases[old[i]]));
    const auto what = counted[old[i]];
    program.twice += (what & twice) != 0 ? 1 : 0;
    program.thrice += (what & thrice) != 0 ? 1 : 0;
    program.thrice_from += what == twice ? 1 : 0;
  }
  program.phrases = std::move(phrases);
  for (auto& draft : drafts) {
    if (draft.rule.kind == Kind::left_over) continue;
    for (std::uint8_t k = 0; k < draft.rule.phrases; ++k) draft.phrase[k] = fresh[draft.phrase[k]];
  }
}

void link(Program& program, const std::vector<PlanDraft>& drafts, const std::vector<PlanFollower>& followers) {
  if (program.slots() > Program::most_slots) program.always_left_over = true;  // more than a slot's number has bits for
  if (!program.always_left_over) Linker(program, drafts).link(followers);
}

}  // namespace theriac::detail
