// "did you mean": near names, with the care that names of drugs and their opposites need.
#include "terminology/index.hpp"

#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace theriac {
namespace {

constexpr std::array<std::string_view, 4> prefixes = {"non", "anti", "hypo", "hyper"};

// The words of a normalised text without these prefixes, and which of them there were.
struct Bare {
  std::string text;
  std::array<bool, prefixes.size()> had{};
};

std::size_t prefix_of(std::string_view word) {
  std::size_t which = 0;
  while (which < prefixes.size() && word.substr(0, prefixes[which].size()) != prefixes[which]) ++which;
  return which;
}

Bare strip(std::string_view text) {
  Bare bare;
  while (!text.empty()) {
    auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (const auto which = prefix_of(word); which < prefixes.size()) {
      bare.had[which] = true;
      word.remove_prefix(prefixes[which].size());
    }
    if (word.empty()) continue;
    if (!bare.text.empty()) bare.text.push_back(' ');
    bare.text += word;
  }
  return bare;
}

// Would this suggestion turn what was meant into its opposite? A slip inside a prefix (`antcholinergic`) is none: there the bare words are further
// apart.
bool crosses(const Bare& bare, std::string_view candidate, std::size_t distance) {
  const auto other = strip(candidate);
  if (bare.had == other.had) return false;
  if ((bare.had[2] && other.had[3]) || (bare.had[3] && other.had[2])) return true;
  return distance > 0 && grammar::edit_distance(bare.text, other.text, distance) < distance;
}

using detail::NameTable;
using Spelt = NameTable::Spelt;

struct Candidate {
  std::size_t distance = 0;
  bool other_initial = false;
  const Spelt* spelt = nullptr;
  std::string_view shown;
  auto rank() const { return std::tuple(distance, other_initial, shown); }
};

bool is_same_thing(const Name& a, const Name& b) {
  const bool drugs = detail::is_drug(a.kind) && detail::is_drug(b.kind);
  return a.id == b.id && (a.kind == b.kind || (drugs && (a.kind == NameKind::combination) == (b.kind == NameKind::combination)));
}

std::vector<Candidate> near(const std::string& typed, const std::vector<NameKind>& kinds, const NameTable& table) {
  const auto limit = grammar::allowed_slips(typed.size());
  const auto bare = strip(typed);
  std::vector<Candidate> candidates;
  for (const auto& spelt : table.names) {
    if (std::find(kinds.begin(), kinds.end(), NameTable::name(spelt).kind) == kinds.end()) continue;
    const auto key = table.key(spelt);
    const auto distance = grammar::edit_distance(typed, key, limit);
    if (distance > limit || distance >= std::max(typed.size(), key.size()) || crosses(bare, key, distance)) continue;
    candidates.push_back({distance, typed.front() != key.front(), &spelt, table.shown(spelt)});
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.rank() < b.rank(); });
  return candidates;
}

// Another drug is declared a look-alike of this one, or its name stands near.
bool has_look_alike(const Spelt& spelt, const NameTable& table) {
  const auto name = NameTable::name(spelt);
  if (!detail::is_drug(name.kind)) return false;
  if (spelt.look_alike != 0) return true;
  const auto key = table.key(spelt);
  const auto limit = std::min<std::size_t>(grammar::allowed_slips(key.size()), 2);
  return std::any_of(table.names.begin(), table.names.end(), [&](const Spelt& other) {
    const auto other_name = NameTable::name(other);
    return detail::is_drug(other_name.kind) && !is_same_thing(other_name, name) && grammar::edit_distance(table.key(other), key, limit) <= limit;
  });
}

}  // namespace

std::vector<Terminology::Suggestion> Terminology::suggest(std::string_view text, const std::vector<NameKind>& kinds) const {
  const auto typed = normalise(text);
  if (typed.size() < 2 || typed.size() > 200) return {};
  std::vector<Suggestion> suggestions;
  std::vector<Name> taken;
  for (const auto& candidate : near(typed, kinds, index_->names)) {
    const auto name = NameTable::name(*candidate.spelt);
    if (std::any_of(taken.begin(), taken.end(), [&](const Name& other) { return is_same_thing(other, name); })) continue;
    taken.push_back(name);
    suggestions.push_back({std::string(candidate.shown), has_look_alike(*candidate.spelt, index_->names)});
    if (suggestions.size() == 3) break;
  }
  // Several drugs near what was typed are look-alikes of one another here.
  const auto drugs = std::count_if(taken.begin(), taken.end(), [](const Name& one) { return detail::is_drug(one.kind); });
  for (std::size_t i = 0; i < taken.size(); ++i) suggestions[i].look_alike |= drugs > 1 && detail::is_drug(taken[i].kind);
  return suggestions;
}

}  // namespace theriac
