// What to do: the drugs that an action speaks of first, what it leads to, and the whole text.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using Kind = Meaning::Kind;

constexpr std::size_t longest_lead = 8;  // words

// The words of a text, each with the sign that closes it.
struct TextWord {
  std::string text;
  bool closed = false;  // a sign stands behind it: no name runs over it
  std::size_t end = 0;  // in the text, signs and blank behind it included
};

std::vector<TextWord> words_of(std::string_view text) {
  std::vector<TextWord> words;
  constexpr std::string_view signs = ",.;:!?";
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    auto word = text.substr(at, end - at);
    at = end + 1;
    bool closed = false;
    while (!word.empty() && signs.find(word.back()) != std::string_view::npos) {
      word.remove_suffix(1);
      closed = true;
    }
    if (!word.empty()) words.push_back({std::string(word), closed, std::min(at, text.size())});
  }
  return words;
}

bool is_article(std::string_view word) { return word == "the" || word == "a" || word == "an"; }

// Verbs that act on a drug which is being taken.
bool changes_drugs(std::string_view verb) {
  constexpr std::array<std::string_view, 7> verbs{"avoid", "stop", "taper", "reduce", "switch", "separate", "delay"};
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

bool has_target(std::string_view verb) {
  constexpr std::array<std::string_view, 4> verbs{"taper", "reduce", "switch", "start"};
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

class LeadReader {
 public:
  LeadReader(Run& run, const Scope& scope, const std::vector<TextWord>& words, ResolvedAction& into)
      : run_(run), scope_(scope), words_(words), into_(into) {}

  // The number of words that name drugs.
  std::size_t read() {
    if (const auto all = everything()) return all;
    std::size_t at = 0;
    while (const auto end = one(at == 0 ? 0 : after_joint(at))) {
      at = end;
      if (words_[at - 1].closed) break;
    }
    return at;
  }

 private:
  // `reduce each to the lowest dose`
  std::size_t everything() {
    if (words_.empty() || scope_.items == nullptr || !changes_drugs(into_.verb)) return 0;
    const auto& first = words_.front().text;
    if (first != "each" && first != "both" && first != "all") return 0;
    if (words_.size() > 1 && first != "each" && !words_.front().closed && words_[1].text != "to") return 0;  // "both kidneys"
    for (std::uint32_t i = 0; i < scope_.items->size(); ++i) {
      if (!std::holds_alternative<GuardItem>((*scope_.items)[i].what)) into_.items.push_back(i);
    }
    return 1;
  }

  std::size_t after_joint(std::size_t at) const {
    if (at >= words_.size() || (words_[at].text != "and" && words_[at].text != "or")) return words_.size();
    return at + 1;
  }

  // One item, role or drug from `begin` on; the end of its words, or 0.
  std::size_t one(std::size_t begin) {
    if (begin < words_.size() && is_article(words_[begin].text)) ++begin;
    auto last = begin;
    while (last < words_.size() && last < begin + longest_lead) {
      ++last;
      if (words_[last - 1].closed) break;
    }
    for (auto end = last; end > begin; --end) {
      if (names_items(begin, end) || names_drug(begin, end)) return end;
      if (names_other(begin, end)) return 0;
    }
    return 0;
  }

  std::string text(std::size_t begin, std::size_t end) const {
    std::string joined;
    for (auto i = begin; i < end; ++i) joined += (joined.empty() ? "" : " ") + words_[i].text;
    return joined;
  }

  bool names_items(std::size_t begin, std::size_t end) {
    const auto words = normalise(text(begin, end));
    for (const auto& role : scope_.roles) {
      if (role.name == words) return add_item(role.item);
    }
    if (scope_.items == nullptr) return false;
    bool found = false;
    for (std::uint32_t i = 0; i < scope_.items->size(); ++i) {
      const auto& item = (*scope_.items)[i];
      if (std::holds_alternative<GuardItem>(item.what) || normalise(item.text) != words) continue;
      found = add_item(i);
    }
    return found;
  }

  bool add_item(std::uint32_t item) {
    if (std::find(into_.items.begin(), into_.items.end(), item) == into_.items.end()) into_.items.push_back(item);
    return true;
  }

  bool names_drug(std::size_t begin, std::size_t end) {
    const auto phrase = phrase_of(begin, end);
    const auto covered = cover(run_.names, phrase, {Shape::Of::drug, false}, {});
    if (covered.best.size() != 1) return false;
    const Reporter::Muted quiet(run_.report);
    const auto drugs = plain_drug(run_, scope_, phrase);
    if (!drugs) return false;
    if (add_items_of(*drugs)) return true;
    std::vector<ConceptId> concepts;
    for (const auto& drug : *drugs) {
      if (drug.concept_id) concepts.push_back(*drug.concept_id);
    }
    if (concepts.empty()) return false;
    for (const auto id : concepts) {
      if (std::find(into_.concepts.begin(), into_.concepts.end(), id) == into_.concepts.end()) into_.concepts.push_back(id);
    }
    return true;
  }

  // The drug by a synonym of an item's words.
  bool add_items_of(const std::vector<DrugAlternative>& drugs) {
    bool found = false;
    for (std::uint32_t i = 0; scope_.items != nullptr && i < scope_.items->size(); ++i) {
      const auto* own = drugs_of_item((*scope_.items)[i]);
      if (own != nullptr && same_drugs(*own, drugs)) found = add_item(i);
    }
    return found;
  }

  // "lithium level" is no drug though "lithium" is.
  bool names_other(std::size_t begin, std::size_t end) const {
    const auto phrase = phrase_of(begin, end);
    const auto& meanings = run_.names.at(phrase, 0, phrase.words.size());
    return std::any_of(meanings.begin(), meanings.end(),
                       [](const Meaning& m) { return m.kind == Kind::observation || m.kind == Kind::condition || m.kind == Kind::effect; });
  }

  grammar::Phrase phrase_of(std::size_t begin, std::size_t end) const {
    grammar::Phrase phrase;
    for (auto i = begin; i < end; ++i) phrase.words.push_back({words_[i].text, false, {}});
    return phrase;
  }

  Run& run_;
  const Scope& scope_;
  const std::vector<TextWord>& words_;
  ResolvedAction& into_;
};

// What stands behind `to`, up to the next sign.
std::string target_of(const std::vector<TextWord>& words, std::size_t from) {
  if (from >= words.size() || words[from].text != "to") return {};
  std::string target;
  for (auto i = from + 1; i < words.size(); ++i) {
    target += (target.empty() ? "" : " ") + words[i].text;
    if (words[i].closed) break;
  }
  return target;
}

// A preference may be plain words ("another analgesic"); what is nearly a known name is a slip.
bool alternative_is_sound(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  if (!cover(run.names, phrase, {Shape::Of::drug, false}, {}).best.empty()) return true;
  if (run.names.suggest(phrase.text(), {NameKind::ingredient, NameKind::drug_class, NameKind::brand}, true).empty()) return true;
  report_no_cover(run, scope, phrase, {Shape::Of::drug, false});
  return false;
}

}  // namespace

std::optional<ResolvedAction> action_of(Run& run, const Scope& scope, const grammar::Advice& advice) {
  ResolvedAction action;
  action.verb = advice.verb;
  action.now = advice.now;
  action.text = advice.text.text;
  const auto words = words_of(advice.text.text);
  const auto lead = LeadReader(run, scope, words, action).read();
  if (lead > 0) action.text.erase(0, words[lead - 1].end);
  if (has_target(action.verb) && (lead == 0 || !words[lead - 1].closed)) action.to = target_of(words, lead);
  return action;
}

std::optional<ResolvedAction> preference_of(Run& run, const Scope& scope, const grammar::Prefer& prefer) {
  ResolvedAction action;
  action.verb = "switch";
  action.text = "to ";
  bool good = true;
  for (const auto& alternative : prefer.alternatives) {
    good = alternative_is_sound(run, scope, alternative) && good;
    action.to += (action.to.empty() ? "" : " or ") + alternative.text();
  }
  action.text += action.to;
  if (prefer.over) {
    ResolvedAction over;
    const auto words = words_of(prefer.over->text());
    const auto lead = LeadReader(run, scope, words, over).read();
    if (lead < words.size()) {
      report_no_cover(run, scope, *prefer.over, {Shape::Of::drug, false});
      good = false;
    }
    action.items = std::move(over.items);
    action.concepts = std::move(over.concepts);
  }
  if (!good) return std::nullopt;
  return action;
}

}  // namespace theriac::detail
