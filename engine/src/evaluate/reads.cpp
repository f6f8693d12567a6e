#include "evaluate/reads.hpp"

#include "resolve/parts.hpp"

#include <algorithm>
#include <set>

namespace theriac::detail {

// Walks one rule and puts it under everything that it names.
class ReadCollector {
 public:
  ReadCollector(ReadIndex& index, std::uint32_t rule) : index_(index), rule_(rule) {}

  void add(const ResolvedRule& rule) {
    for (const auto& item : rule.items) std::visit([&](const auto& what) { read(what); }, item.what);
    each_guard(rule, [&](const ResolvedGuard& guard) { read(guard); });
  }

 private:
  void put(ReadIndex::Rules& rules) const {
    if (rules.empty() || rules.back() != rule_) rules.push_back(rule_);
  }

  // Items.
  void read(const DrugItem& item) { drugs(item.any_of); }
  void read(const EffectItem& item) { effects(item.any_of); }
  void read(const CountItem& item) { drugs(item.any_of); }
  void read(const SameItem& item) {
    if (item.members.empty()) put(index_.any_drug_);
    for (const auto member : item.members) put(index_.drugs_[member]);
  }
  void read(const SumItem& item) { drugs(item.sum.any_of); }
  void read(const AbruptStopItem& item) { drugs(item.any_of); }
  void read(const GuardItem&) {}  // among the guards

  // Guards.
  void read(const ResolvedGuard& guard) {
    if (guard.kind == ResolvedGuard::Kind::leaf) return std::visit([&](const auto& leaf) { read(leaf); }, guard.leaf);
    for (const auto& child : guard.children) read(child);
  }
  void read(const HasCondition& leaf) {
    put(index_.conditions_[leaf.condition]);
    effects(leaf.derived);
  }
  void read(const Measures& leaf) { put(leaf.of == Measures::Of::observation ? index_.observations_[leaf.observation] : index_.age_); }
  void read(const IsSex&) { put(index_.sex_); }
  void read(const TakesDrug& leaf) { drugs(leaf.any_of); }
  void read(const HasAllergy&) { put(index_.allergies_); }
  void read(const HasEffect& leaf) { effects({leaf.effect}); }
  void read(const NoRecent& leaf) { put(index_.observations_[leaf.observation]); }
  void read(const HoursApart&) {}  // of the drugs of its items
  void read(const CountDrugs& leaf) { drugs(leaf.any_of); }
  void read(const SummedDrugs& leaf) { drugs(leaf.any_of); }
  void read(const Trend& leaf) { put(index_.observations_[leaf.observation]); }

  void read(const TableValue& leaf) {
    read(leaf.table);
    if (leaf.of) read(*leaf.of);
  }
  void read(const LimitTable& table) {
    for (const auto& row : table.rows) {
      for (const auto& cell : row.cells) read(cell);
    }
  }

  void effects(const std::vector<EffectId>& all) {
    for (const auto effect : all) put(index_.effects_[effect]);
  }

  // An empty phrase is any drug, or asks for none: to mark too much is never wrong.
  void drugs(const std::vector<DrugAlternative>& any_of) {
    if (any_of.empty()) put(index_.any_drug_);
    for (const auto& alternative : any_of) {
      put(alternative.concept_id ? index_.drugs_[*alternative.concept_id] : index_.any_drug_);
      if (!alternative.except.empty()) drugs(alternative.except);
      for (const auto& test : alternative.tests) read_test(test);
    }
  }
  void read_test(const DrugTest& test) {
    if (const auto* is = std::get_if<IsDerived>(&test)) effects({is->state});
    const auto* dose = std::get_if<DoseTest>(&test);
    if (dose != nullptr && dose->table) read(*dose->table);
    if (dose != nullptr && dose->per) put(index_.observations_[*dose->per]);
  }

  ReadIndex& index_;
  std::uint32_t rule_;
};

namespace {

std::set<EffectId> derived_by(const ResolvedRule& rule) {
  std::set<EffectId> result;
  for (const auto& head : rule.heads) result.insert(head.effect);
  for (const auto& exception : rule.exceptions) {
    for (const auto& head : exception.heads) result.insert(head.effect);
  }
  return result;
}

}  // namespace

ReadIndex::ReadIndex(const Terminology& terms, const std::vector<ResolvedRule>& rules) : terms_(terms), readers_(rules.size()) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) ReadCollector(*this, i).add(rules[i]);
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    for (const auto effect : derived_by(rules[i])) {
      for (const auto& [read, readers] : effects_) {
        if (terms.is_kind_of(effect, read)) readers_[i].insert(readers_[i].end(), readers.begin(), readers.end());
      }
    }
  }
}

void ReadIndex::mark_drug(ConceptId drug, Marks& marks) const {
  mark(any_drug_, marks);
  for (const auto& [named, rules] : drugs_) {
    if (terms_.membership(drug, named) != Truth::no) mark(rules, marks);
  }
}

void ReadIndex::mark_condition(ConditionId condition, Marks& marks) const {
  for (const auto& [asked, rules] : conditions_) {
    if (terms_.is_kind_of(condition, asked) || terms_.is_kind_of(asked, condition)) mark(rules, marks);
  }
}

void ReadIndex::mark_observation(ObservationId observation, Marks& marks) const {
  if (const auto at = observations_.find(observation); at != observations_.end()) mark(at->second, marks);
}

bool ReadIndex::reads(std::uint32_t reader, std::uint32_t of) const {
  return std::find(readers_[of].begin(), readers_[of].end(), reader) != readers_[of].end();
}

void ReadIndex::mark_effects_of(std::uint32_t rule, Marks& marks) const { mark(readers_[rule], marks); }

void ReadIndex::mark_conditions(Marks& marks) const {
  for (const auto& [asked, rules] : conditions_) mark(rules, marks);
}

}  // namespace theriac::detail
