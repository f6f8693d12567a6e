#include "resolve/vocabulary.hpp"

#include "resolve/resolved.hpp"
#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace theriac::detail {
namespace {

using Kind = Meaning::Kind;

struct Keyword {
  std::string_view words;
  Meaning meaning;
};

constexpr std::uint32_t dose(DoseTest::Of of) { return static_cast<std::uint32_t>(of); }

constexpr std::array keywords{
    Keyword{"age", {Kind::age, 0}},
    Keyword{"female", {Kind::sex, 1}},
    Keyword{"male", {Kind::sex, 0}},
    Keyword{"drug", {Kind::any_drug, 0}},
    Keyword{"any", {Kind::determiner, 0}},
    Keyword{"other", {Kind::determiner, 1}},
    Keyword{"allergy to", {Kind::allergy_to, 0}},
    Keyword{"intolerance to", {Kind::allergy_to, 1}},
    Keyword{"as needed", {Kind::schedule, 1}},
    Keyword{"prn", {Kind::schedule, 1}},
    Keyword{"regular", {Kind::schedule, 0}},
    Keyword{"total daily dose", {Kind::quantity, dose(DoseTest::Of::total_daily)}},
    Keyword{"daily dose", {Kind::quantity, dose(DoseTest::Of::total_daily)}},
    Keyword{"maximum daily dose", {Kind::quantity, dose(DoseTest::Of::maximum_daily)}},
    Keyword{"single dose", {Kind::quantity, dose(DoseTest::Of::single)}},
    Keyword{"dosing interval", {Kind::quantity, dose(DoseTest::Of::interval)}},
    Keyword{"cumulative dose", {Kind::quantity, dose(DoseTest::Of::cumulative)}},
    Keyword{"duration", {Kind::quantity, dose(DoseTest::Of::duration)}},
    Keyword{"duration so far", {Kind::quantity, dose(DoseTest::Of::so_far)}},
};

std::string joined(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) {
  std::string text;
  for (auto i = begin; i < end; ++i) {
    if (!text.empty()) text += ' ';
    text += phrase.words[i].text;
  }
  return text;
}

bool holds_quoted(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) {
  return std::any_of(phrase.words.begin() + static_cast<std::ptrdiff_t>(begin), phrase.words.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const grammar::Word& word) { return word.quoted; });
}

Meaning meaning_of(const Name& name) {
  switch (name.kind) {
    case NameKind::ingredient:
    case NameKind::drug_class:
    case NameKind::brand:
      return {Kind::drug, name.id};
    case NameKind::combination:
      return {Kind::combination, name.id};
    case NameKind::condition:
      return {Kind::condition, name.id};
    case NameKind::observation:
      return {Kind::observation, name.id};
    case NameKind::effect:
      return {Kind::effect, name.id};
    case NameKind::flag:
      return {Kind::flag, name.id};
    case NameKind::route:
      return {Kind::route, name.id};
    case NameKind::summed:
      return {Kind::summed, name.id};
    case NameKind::form:
      break;
  }
  return {Kind::form, name.id};
}

void keep_each_once(std::vector<Meaning>& meanings) {
  std::sort(meanings.begin(), meanings.end());
  meanings.erase(std::unique(meanings.begin(), meanings.end()), meanings.end());
}

}  // namespace

void Vocabulary::use(std::shared_ptr<const Terminology> terminology) {
  terminology_ = std::move(terminology);
  cache_.clear();
}

void Vocabulary::declare(std::string_view name, Meaning meaning) {
  auto key = normalise(name);
  longest_declared_ = std::max(longest_declared_, static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1);
  declared_[std::move(key)].push_back(meaning);
  spelling_.emplace(meaning, name);
  cache_.clear();
}

std::size_t Vocabulary::longest() const { return std::max(longest_declared_, terminology_->longest_name_words()); }

std::vector<Meaning> Vocabulary::find(std::string_view name) const {
  std::vector<Meaning> meanings;
  for (const auto& found : terminology_->find(name)) meanings.push_back(meaning_of(found));
  if (const auto declared = declared_.find(normalise(name)); declared != declared_.end()) {
    meanings.insert(meanings.end(), declared->second.begin(), declared->second.end());
  }
  keep_each_once(meanings);
  return meanings;
}

const std::vector<Meaning>& Vocabulary::at(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) const {
  static const std::vector<Meaning> none;
  const bool quoted = holds_quoted(phrase, begin, end);
  if (quoted && end - begin > 1) return none;
  auto text = joined(phrase, begin, end);
  auto key = (quoted ? "`" : "") + text;
  if (const auto known = cache_.find(key); known != cache_.end()) return known->second;
  auto meanings = find(text);
  const auto normalised = normalise(text);
  for (const auto& keyword : keywords) {
    // `as` is a reserved word: `as needed` can only open a phrase in back-quotes.
    if (normalised == keyword.words && (!quoted || keyword.meaning.kind == Kind::schedule)) meanings.push_back(keyword.meaning);
  }
  if (!quoted) keep_each_once(meanings);
  return cache_.emplace(std::move(key), std::move(meanings)).first->second;
}

std::string Vocabulary::name_of(const Meaning& meaning) const {
  const auto& data = terminology_->data();
  switch (meaning.kind) {
    case Kind::drug:
      return data.concepts[meaning.id].name;
    case Kind::combination:
      return data.combinations[meaning.id].name;
    case Kind::condition:
      return data.conditions[meaning.id].name;
    case Kind::observation:
      return data.observations[meaning.id].name;
    case Kind::effect:
      return data.effects[meaning.id].name;
    case Kind::flag:
      return data.flags[meaning.id];
    case Kind::route:
      return data.routes[meaning.id].name;
    case Kind::form:
      return data.forms[meaning.id].name;
    case Kind::summed:
      return data.sums[meaning.id].name;
    case Kind::declared_class:
    case Kind::qualifier:
    case Kind::state:
    case Kind::score:
    case Kind::table:
    case Kind::population: {
      const auto found = spelling_.find(meaning);
      return found == spelling_.end() ? std::string() : found->second;
    }
    default:
      break;
  }
  for (const auto& keyword : keywords) {
    if (keyword.meaning == meaning) return std::string(keyword.words);
  }
  return "the role";
}

std::vector<Terminology::Suggestion> Vocabulary::suggest(std::string_view name, const std::vector<NameKind>& kinds, bool declared) const {
  const auto wanted = normalise(name);
  const auto limit = grammar::allowed_slips(wanted.size());
  const auto slips = [&](std::string_view other) { return grammar::edit_distance(normalise(other), wanted, limit); };
  auto suggestions = terminology_->suggest(name, kinds);
  if (declared) {
    for (const auto& [key, meanings] : declared_) {
      if (grammar::edit_distance(key, wanted, limit) <= limit) suggestions.push_back({name_of(meanings.front()), false});
    }
  }
  // The nearest alone; but what is easily confused stays in sight.
  auto best = limit + 1;
  for (const auto& one : suggestions) best = std::min(best, slips(one.name));
  std::erase_if(suggestions, [&](const auto& one) { return !one.look_alike && slips(one.name) > best; });
  std::stable_sort(suggestions.begin(), suggestions.end(), [&](const auto& a, const auto& b) { return slips(a.name) < slips(b.name); });
  if (suggestions.size() > 3) suggestions.resize(3);
  return suggestions;
}

std::string_view noun_of(Meaning::Kind kind) {
  switch (kind) {
    case Kind::drug:
    case Kind::any_drug:
      return "a drug";
    case Kind::declared_class:
      return "a class of drugs";
    case Kind::combination:
      return "a product of several ingredients";
    case Kind::condition:
      return "a condition";
    case Kind::population:
      return "a population";
    case Kind::observation:
      return "a measurement";
    case Kind::effect:
      return "an effect";
    case Kind::flag:
      return "a flag";
    case Kind::route:
      return "a route";
    case Kind::form:
      return "a form";
    case Kind::schedule:
      return "a way of taking";
    case Kind::qualifier:
      return "a qualifier";
    case Kind::quantity:
      return "a quantity of a drug";
    case Kind::score:
      return "a score";
    case Kind::table:
      return "a table";
    case Kind::state:
      return "a state that rules derive";
    case Kind::role:
      return "a role";
    case Kind::age:
      return "the age";
    case Kind::sex:
      return "the sex";
    case Kind::summed:
      return "a sum over drugs";
    case Kind::determiner:
    case Kind::allergy_to:
      break;
  }
  return "a word of the language";
}

}  // namespace theriac::detail
