#include "terminology/name_table.hpp"

#include "pack/checksum.hpp"
#include "terminology/index.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <unordered_map>

namespace theriac::detail {
namespace {

std::size_t slot_of(std::string_view key, std::size_t slots) { return static_cast<std::size_t>(checksum(key)) & (slots - 1); }

// Names that may not be shared: drugs and classes among one another, each other kind by itself.
int name_space(NameKind kind) { return is_drug(kind) || kind == NameKind::drug_class ? 0 : static_cast<int>(kind); }
bool is_same_thing(const Name& a, const Name& b) { return a.id == b.id && (a.kind == NameKind::combination) == (b.kind == NameKind::combination); }

// Fills in the names and notices those that two things claim.
class NameIndexer {
 public:
  NameIndexer(const TerminologyData& data, grammar::Diagnostics& diagnostics) : data_(data), diagnostics_(diagnostics) {}

  NameTable run() {
    for (std::uint32_t i = 0; i < data_.concepts.size(); ++i) add_concept(i);
    for (std::uint32_t i = 0; i < data_.combinations.size(); ++i) {
      const auto& combination = data_.combinations[i];
      add({NameKind::combination, i}, combination.name);
      add_all({NameKind::combination, i}, combination.synonyms);
      add_all({NameKind::combination, i}, combination.brands);
    }
    add_kind(NameKind::condition, data_.conditions);
    add_kind(NameKind::observation, data_.observations);
    add_kind(NameKind::effect, data_.effects);
    add_kind(NameKind::summed, data_.sums);
    for (std::uint32_t i = 0; i < data_.flags.size(); ++i) add({NameKind::flag, i}, data_.flags[i]);
    add_worded(NameKind::route, data_.routes);
    add_worded(NameKind::form, data_.forms);
    mark_look_alikes();
    fill_slots();
    return std::move(table_);
  }

 private:
  void add_concept(std::uint32_t i) {
    const auto& drug = data_.concepts[i];
    const auto kind = drug.kind == ConceptKind::drug_class ? NameKind::drug_class : NameKind::ingredient;
    add({kind, i}, drug.name);
    add_all({kind, i}, drug.synonyms);
    add_all({NameKind::brand, i}, drug.brands);
  }
  template <class Things>
  void add_kind(NameKind kind, const Things& things) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
      add({kind, i}, things[i].name);
      add_all({kind, i}, things[i].synonyms);
    }
  }
  template <class Things>
  void add_worded(NameKind kind, const Things& things) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
      add({kind, i}, things[i].name);
      add_all({kind, i}, things[i].words);
    }
  }
  void add_all(Name name, const std::vector<std::string>& spellings) {
    for (const auto& spelling : spellings) add(name, spelling);
  }

  void add(Name name, const std::string& spelling) {
    auto key = normalise(spelling);
    table_.longest_words = std::max(table_.longest_words, static_cast<std::uint32_t>(std::count(key.begin(), key.end(), ' ')) + 1);
    const auto here = static_cast<std::uint32_t>(table_.names.size());
    const auto [found, fresh] = first_.try_emplace(std::move(key), here);
    auto last = NameTable::none;
    for (auto at = fresh ? NameTable::none : found->second; at != NameTable::none; at = table_.names[at].next) {
      const auto other = NameTable::name(table_.names[at]);
      last = at;
      if (name_space(other.kind) != name_space(name.kind)) continue;
      if (!is_same_thing(other, name)) report(other, name, spelling);
      return;
    }
    if (last != NameTable::none) table_.names[last].next = here;
    put(name, spelling, found->first);
  }

  void put(Name name, const std::string& spelling, const std::string& key) {
    NameTable::Spelt spelt;
    spelt.kind = static_cast<std::uint32_t>(name.kind);
    spelt.id = name.id;
    spelt.shown_begin = append(spelling);
    spelt.shown_size = static_cast<std::uint32_t>(spelling.size());
    spelt.key_begin = key == spelling ? spelt.shown_begin : append(key);
    spelt.key_size = static_cast<std::uint32_t>(key.size());
    table_.names.push_back(spelt);
  }
  std::uint32_t append(const std::string& text) {
    const auto begin = table_.text.size();
    table_.text += text;
    return static_cast<std::uint32_t>(begin);
  }

  void mark_look_alikes() {
    for (const auto& group : data_.look_alikes) {
      for (const auto& name : group) {
        const auto found = first_.find(normalise(name));
        for (auto at = found == first_.end() ? NameTable::none : found->second; at != NameTable::none; at = table_.names[at].next) {
          table_.names[at].look_alike = 1;
        }
      }
    }
  }

  void fill_slots() {
    table_.slots.assign(std::bit_ceil(2 * first_.size() + 1), NameTable::none);
    for (std::uint32_t at = 0; at < table_.names.size(); ++at) {
      const auto key = table_.key(table_.names[at]);
      if (first_.find(std::string(key))->second != at) continue;  // a further meaning
      auto slot = slot_of(key, table_.slots.size());
      while (table_.slots[slot] != NameTable::none) slot = (slot + 1) % table_.slots.size();
      table_.slots[slot] = at;
    }
  }

  void report(const Name& first, const Name& second, const std::string& spelling) {
    const auto one = declared_name(data_, first);
    const auto two = declared_name(data_, second);
    const auto message =
        one == two ? fmt::format("`{}` is declared twice: as {} and as {}", spelling, describe(first.kind), describe(second.kind))
                   : fmt::format("`{}` names both `{}` ({}) and `{}` ({})", spelling, one, describe(first.kind), two, describe(second.kind));
    const auto* place = place_of(data_, second);
    const auto* other = place_of(data_, first);
    auto diagnostic = grammar::diagnose(grammar::Code::TH2005, place ? *place : grammar::Place{}, message);
    if (other && other->source) diagnostic.secondary.push_back({*other, "first here"});
    diagnostics_.push_back(std::move(diagnostic));
  }

  const TerminologyData& data_;
  grammar::Diagnostics& diagnostics_;
  NameTable table_;
  std::unordered_map<std::string, std::uint32_t> first_;
};

}  // namespace

std::uint32_t NameTable::find(std::string_view wanted) const {
  if (slots.empty()) return none;
  for (auto slot = slot_of(wanted, slots.size()); slots[slot] != none; slot = (slot + 1) & (slots.size() - 1)) {
    if (key(names[slots[slot]]) == wanted) return slots[slot];
  }
  return none;
}

NameTable NameTable::build(const TerminologyData& data, grammar::Diagnostics& diagnostics) { return NameIndexer(data, diagnostics).run(); }

}  // namespace theriac::detail
