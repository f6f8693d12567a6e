// Resolved rules → program. A rule that bits cannot judge is left over: it stands under wide phrases, and whoever takes something of each goes the
// whole way.
#include "evaluate/guard.hpp"
#include "plan/link.hpp"
#include "plan/slots.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace theriac {
namespace {

using namespace detail;
using Program = Plan::Program;
using Kind = Program::Kind;

bool says_now(const ResolvedRule& rule) {
  return std::any_of(rule.actions.begin(), rule.actions.end(), [](const ResolvedAction& action) { return action.now; });
}

// Which effects are spoken of by one head alone, and by nothing of their kind: what finds them meets nothing to be joined with or to stand in.
class Effects {
 public:
  Effects(const Terminology& terms, const std::vector<ResolvedRule>& rules) : terms_(terms), kin_(terms.data().effects.size()), heads_(kin_.size()) {
    const auto& effects = terms.data().effects;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      if (!effects[i].is.empty()) kin_[i] = true;
      for (const auto parent : effects[i].is) kin_[index(parent)] = true;
    }
    for (const auto& rule : rules) {
      for (const auto& head : rule.heads) ++heads_[index(head.effect)];
      for (const auto& exception : rule.exceptions) {
        for (const auto& head : exception.heads) ++heads_[index(head.effect)];
      }
    }
  }
  bool is_alone(EffectId effect) const { return heads_[index(effect)] == 1 && !kin_[index(effect)] && !terms_.at(effect).state; }

 private:
  const Terminology& terms_;
  std::vector<char> kin_;
  std::vector<std::uint32_t> heads_;
};

class Maker {
 public:
  Maker(std::shared_ptr<const RuleBase> rules, PlanWidth width) : program_(std::make_shared<Program>()) {
    program_->rules = std::move(rules);
    program_->width = width;
    program_->lanes = &lanes(width);
  }

  std::shared_ptr<const Program> make() {
    const auto& base = program_->base();
    Effects effects(*base.terminology, base.rules);
    Slots slots(*program_);
    for (const auto& stratum : base.strata.strata) {
      for (const auto rule : stratum.rules) add(base.rules[rule], rule, effects, slots, stratum.cyclic);
    }
    number_phrases(*program_, drafts_);
    name_drugs();
    find_members();
    find_unstated();
    order_heads();
    link(*program_, drafts_, followers_);
    return program_;
  }

 private:
  void add(const ResolvedRule& rule, std::uint32_t label, const Effects& effects, Slots& slots, bool cyclic) {
    source_ = Program::none;
    auto made = cyclic ? std::nullopt : plain(rule, effects, slots);
    if (!made) return leave_over(rule, slots);
    made->rule.first_head = static_cast<std::uint32_t>(program_->heads.size());
    made->rule.heads = static_cast<std::uint8_t>(rule.heads.size());
    const auto number = static_cast<std::uint32_t>(drafts_.size());
    for (std::size_t i = 0; i < rule.heads.size(); ++i) {
      const auto& head = rule.heads[i];
      program_->heads.push_back({rule.label, program_->base().terminology->at(head.effect).name, head.severity});
      says_now_.push_back(says_now(rule));
      labels_.push_back(label);
      derived_by_[head.effect] = number;
    }
    if (source_ != Program::none) followers_.emplace_back(source_, number);
    made->source = source_;
    drafts_.push_back(*made);
  }

  // A rule that bits can judge; nothing where they cannot.
  std::optional<PlanDraft> plain(const ResolvedRule& rule, const Effects& effects, Slots& slots) {
    if (!rule.unless.empty() || !rule.exceptions.empty() || !rule.shifts.empty() || !rule.ask_for.empty() || rule.heads.size() > 16) return {};
    for (const auto& head : rule.heads) {
      if (head.of_item || !effects.is_alone(head.effect)) return {};
    }
    PlanDraft made;
    std::vector<std::uint32_t> guards;
    std::size_t drugs = 0, others = 0;
    for (const auto& item : rule.items) {
      if (const auto* guard = std::get_if<GuardItem>(&item.what)) {
        const auto node = slots.guard(guard->guard);
        if (!node) return {};
        guards.push_back(*node);
      } else if (const auto* drug = std::get_if<DrugItem>(&item.what)) {
        const auto phrase = drugs < made.phrase.size() ? slots.phrase(drug->any_of) : std::nullopt;
        if (!phrase) return {};
        made.phrase[drugs++] = *phrase;
      } else if (!other_item(item, slots, made) || ++others > 1) {
        return {};
      }
    }
    if (drugs + others == 0 || (drugs > 0 && others > 0)) return {};
    if (drugs > 0) {
      made.rule.kind = drugs == 1 ? Kind::single : Kind::together;
      made.rule.phrases = static_cast<std::uint8_t>(drugs);
    }
    const auto whole = slots.guard(rule.guard);
    if (!whole) return {};
    guards.push_back(*whole);
    std::erase_if(guards, [&](std::uint32_t node) { return says_nothing(program_->nodes[node]); });
    if (!guards.empty()) made.rule.guard = slots.all_of(guards);
    return made;
  }

  static bool says_nothing(const Program::Node& node) { return node.kind == ResolvedGuard::Kind::all_of && node.count == 0; }

  bool other_item(const ResolvedItem& item, Slots& slots, PlanDraft& made) {
    if (const auto* count = std::get_if<CountItem>(&item.what)) {
      const auto phrase = count->at_least > 0 && count->at_least < 64 ? slots.phrase(count->any_of) : std::nullopt;
      if (!phrase) return false;
      made.rule.kind = Kind::count;
      made.rule.phrases = 1;
      made.phrase[0] = *phrase;
      made.rule.at_least = static_cast<std::uint8_t>(count->at_least);
      return true;
    }
    const auto* effect = std::get_if<EffectItem>(&item.what);
    if (effect == nullptr || effect->any_of.size() != 1) return false;
    const auto source = derived_by_.find(effect->any_of.front());
    if (source == derived_by_.end()) return false;  // a rule that is left over derives it, or several do
    made.rule.kind = Kind::effect;
    source_ = source->second;
    return true;
  }

  void leave_over(const ResolvedRule& rule, Slots& slots) {
    PlanDraft made;
    made.rule.kind = Kind::left_over;
    ++program_->left_over;
    const auto number = static_cast<std::uint32_t>(drafts_.size());
    bool of_effects = false;
    if (std::any_of(rule.items.begin(), rule.items.end(), never_of_plain)) return;
    for (const auto& item : rule.items) {
      if (const auto* effect = std::get_if<EffectItem>(&item.what)) {
        of_effects = true;
        for (const auto& [derived, source] : derived_by_) {
          const bool reads = std::any_of(effect->any_of.begin(), effect->any_of.end(),
                                         [&](EffectId of) { return program_->base().terminology->is_kind_of(derived, of); });
          if (reads) followers_.emplace_back(source, number);
        }
      }
      if (made.rule.phrases == made.phrase.size()) continue;
      if (const auto wide = wide_of(item, slots)) made.phrase[made.rule.phrases++] = *wide;
    }
    // What reads effects alone comes only after what derives them: a rule that it follows, or one that is left over itself.
    if (made.rule.phrases == 0 && !of_effects) program_->always_left_over = true;
    drafts_.push_back(made);
  }

  // Two entries of one ingredient: a plain patient has none.
  static bool never_of_plain(const ResolvedItem& item) {
    const auto* same = std::get_if<SameItem>(&item.what);
    return same != nullptr && same->members.empty() && same->at_least >= 2;
  }

  static std::optional<std::uint32_t> wide_of(const ResolvedItem& item, Slots& slots) {
    if (const auto* drug = std::get_if<DrugItem>(&item.what)) return slots.wide(drug->any_of);
    if (const auto* count = std::get_if<CountItem>(&item.what); count != nullptr && count->at_least > 0) return slots.wide(count->any_of);
    if (const auto* sum = std::get_if<SumItem>(&item.what)) return slots.wide(sum->sum.any_of);
    if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) return slots.wide(stop->any_of);
    if (const auto* same = std::get_if<SameItem>(&item.what); same != nullptr && !same->members.empty() && same->at_least > 0) {
      std::vector<DrugAlternative> members(same->members.size());
      for (std::size_t i = 0; i < members.size(); ++i) members[i].concept_id = same->members[i];
      return slots.wide(members);
    }
    return std::nullopt;
  }

  void name_drugs() {
    const auto& concepts = program_->base().terminology->data().concepts;
    std::vector<std::uint32_t> places(concepts.size());
    std::iota(places.begin(), places.end(), 0U);
    std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) { return concepts[a].name < concepts[b].name; });
    program_->place_of.resize(concepts.size());
    for (std::uint32_t place = 0; place < places.size(); ++place) {
      program_->place_of[places[place]] = place;
      program_->names.push_back(concepts[places[place]].name);
    }
  }

  // Which phrases speak of a concept; then, of each ingredient, the phrases of all that it may be.
  void find_members() {
    auto& program = *program_;
    const auto& terms = *program.base().terminology;
    const auto count = terms.data().concepts.size();
    std::vector<Program::MayBe> of(count);
    Program::MayBe of_any;
    for (std::uint32_t i = 0; i < program.phrases.size(); ++i) {
      for (const auto& alternative : program.phrases[i]) {
        (alternative.concept_id ? of[index(*alternative.concept_id)] : of_any).phrases.push_back(i);
      }
    }
    for (std::uint32_t i = 0; i < program.wide.size(); ++i) {
      if (program.wide[i].empty()) of_any.wide.push_back(i);
      for (const auto each : program.wide[i]) of[index(each)].wide.push_back(i);
    }
    std::vector<ConceptId> named;
    for (std::size_t i = 0; i < count; ++i) {
      if (!of[i].phrases.empty() || !of[i].wide.empty()) named.push_back(make_id<ConceptId>(i));
    }
    program.may_be.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto drug = make_id<ConceptId>(i);
      if (terms.at(drug).kind != ConceptKind::ingredient) continue;
      auto& all = program.may_be[i];
      all = of_any;
      for (const auto each : named) {
        if (terms.membership(drug, each) == Truth::no) continue;
        append(all.phrases, of[index(each)].phrases);
        append(all.wide, of[index(each)].wide);
      }
      for (auto* list : {&all.phrases, &all.wide}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
      }
    }
  }

  static void append(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) { to.insert(to.end(), more.begin(), more.end()); }

  // What each fact is where nothing is stated of it.
  void find_unstated() {
    static const ResolvedRule no_rule;
    Patient nobody;
    for (const bool complete : {false, true}) {
      nobody.complete.conditions = complete;
      const auto facts = understand(nobody, *program_->base().terminology);
      const World world{*program_->base().terminology, facts};
      for (const auto& fact : program_->facts) {
        program_->unstated[complete ? 1 : 0].push_back(static_cast<std::uint8_t>(judge(fact, {world, no_rule}).truth));
        if (!complete) program_->needs.push_back(need_of(fact));
      }
    }
  }

  std::string need_of(const ResolvedGuard& fact) const {
    const auto& terms = *program_->base().terminology;
    if (const auto* condition = std::get_if<HasCondition>(&fact.leaf)) return terms.at(condition->condition).name;
    const auto* measure = std::get_if<Measures>(&fact.leaf);
    if (measure == nullptr) return "sex";
    return measure->of == Measures::Of::observation ? terms.at(measure->observation).name : "age";
  }

  // Heads by the order of their rules; those of one rule stand in a row.
  void order_heads() {
    std::vector<std::uint32_t> by_label(labels_.size());
    std::iota(by_label.begin(), by_label.end(), 0U);
    std::stable_sort(by_label.begin(), by_label.end(), [&](std::uint32_t a, std::uint32_t b) { return labels_[a] < labels_[b]; });
    program_->place_bits = static_cast<unsigned>(std::bit_width(by_label.size()));
    if (program_->place_bits > Program::most_place_bits) program_->always_left_over = true;  // more than the order has bits for
    if (program_->always_left_over) return;
    program_->order.resize(by_label.size());
    for (std::uint32_t place = 0; place < by_label.size(); ++place) {
      const auto head = by_label[place];
      const auto severity = 7U - static_cast<unsigned>(program_->heads[head].severity), now = says_now_[head] ? 0U : 1U;
      program_->order[head] = severity << program_->severity_shift() | now << program_->now_shift() | place;
    }
  }

  std::shared_ptr<Program> program_;
  std::map<EffectId, std::uint32_t> derived_by_;  // plain rules that alone speak of an effect
  std::vector<PlanDraft> drafts_;
  std::vector<PlanFollower> followers_;
  std::vector<std::uint32_t> labels_;     // of each head: its rule
  std::vector<char> says_now_;            // of each head: whether its rule does
  std::uint32_t source_ = Program::none;  // of the rule that is being made: what derives the effect that it reads
};

}  // namespace

std::shared_ptr<const Plan> Plan::make(std::shared_ptr<const RuleBase> rules, PlanWidth width) {
  return std::make_shared<const Plan>(Maker(std::move(rules), width).make());
}

PlanWidth Plan::width() const { return program_->width; }
bool Plan::serves() const { return !program_->always_left_over; }
std::size_t Plan::rules_left_over() const { return program_->left_over; }
const std::vector<Plan::Head>& Plan::heads() const { return program_->heads; }
const std::string& Plan::drug(std::uint32_t place) const { return program_->names[place]; }
std::uint32_t Plan::drugs() const { return static_cast<std::uint32_t>(program_->names.size()); }

}  // namespace theriac
