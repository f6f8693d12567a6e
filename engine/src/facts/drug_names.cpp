// Which drugs a line names. The longest name at the start of its name part; then what follows: a brand of the same drug, a salt, another ingredient,
// a form, or words that nothing reads. A drug is never put in for a name that is only near it.
#include "facts/medication.hpp"

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::MedicationLine;

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  const auto lowered = lower(word);
  return std::find(words.begin(), words.end(), std::string_view(lowered)) != words.end();
}

// Words that say which salt it is, behind a drug's name.
bool is_salt(std::string_view word) {
  static constexpr std::array<std::string_view, 66> salts{
      "hydrochloride", "hcl",         "sodium",      "potassium",  "sulfate",   "sulphate",  "maleate",      "tartrate",        "bitartrate",
      "succinate",     "fumarate",    "mesylate",    "mesilate",   "besylate",  "besilate",  "citrate",      "phosphate",       "acetate",
      "hydrobromide",  "bromide",     "nitrate",     "gluconate",  "calcium",   "magnesium", "monohydrate",  "dihydrate",       "trihydrate",
      "anhydrous",     "base",        "hemihydrate", "propionate", "furoate",   "valerate",  "dipropionate", "pamoate",         "decanoate",
      "enanthate",     "palmitate",   "lactate",     "malate",     "oxalate",   "tosylate",  "xinafoate",    "disoproxil",      "alafenamide",
      "medoxomil",     "cilexetil",   "axetil",      "etexilate",  "mofetil",   "chloride",  "hydrate",      "dihydrochloride", "aspartate",
      "saccharate",    "mononitrate", "polistirex",  "tannate",    "monobasic", "dibasic",   "hemifumarate", "mucate",          "esylate",
      "usp",           "bp",          "nf"};
  return is_one_of(word, salts);
}

// Words that may stand before a name and change nothing about what it is.
bool goes_before(std::string_view word) {
  static constexpr std::array<std::string_view, 15> words{"generic", "brand",   "oral", "iv", "topical", "inhaled", "crushed", "liquid",
                                                          "soluble", "regular", "a",    "an", "the",     "some",    "any"};
  return is_one_of(word, words);
}

// A brand with one of these behind it is another product, often with more in it: Tylenol PM, Diovan HCT, Claritin-D.
bool makes_another_product(std::string_view word) {
  static constexpr std::array<std::string_view, 18> words{"d",     "dm",   "pm",  "hct", "hctz",  "plus",      "duo",     "comp",  "compound",
                                                          "combi", "cold", "flu", "pe",  "sinus", "nighttime", "daytime", "cough", "congestion"};
  return is_one_of(word, words);
}

bool is_link(std::string_view word) {
  static constexpr std::array<std::string_view, 4> links{"and", "with", "plus", "&"};
  return is_one_of(word, links);
}

class DrugNames {
 public:
  DrugNames(std::string_view text, const MedicationLine& line, const Terminology& terminology)
      : text_(text), line_(line), terminology_(terminology), words_(words_of(text)) {}

  NamedDrugs run() {
    const auto first = first_name();
    if (!first) return std::move(result_);
    take(*first);
    std::size_t name_end = first->end;
    while (name_end < words_.size() && words_[name_end].begin < line_.name.end) ++name_end;
    auto begin = first->end;
    if (other_product(*first)) begin = extension_;
    rest(begin, std::max(begin, name_end));
    const auto of_name = result_.not_read.size(), parts_of_name = result_.unknown_parts.size();
    for (const auto& span : line_.not_read) leftover(span.begin, span.end);
    const auto behind = [this](const std::vector<std::string>& words, std::size_t from) {
      result_.not_read_of_dose.insert(result_.not_read_of_dose.end(), words.begin() + static_cast<std::ptrdiff_t>(from), words.end());
    };
    behind(result_.not_read, of_name);
    behind(result_.unknown_parts, parts_of_name);  // "daily except methotrexate day" is no daily dose
    return std::move(result_);
  }

 private:
  const Concept& at(ConceptId id) const { return terminology_.at(id); }

  // From the very start ("oral contraceptive"), else from where the name begins.
  std::optional<FoundName> first_name() const {
    std::size_t at = 0;
    while (at < words_.size() && words_[at].begin < line_.name.begin) {
      auto found = name_at(text_, words_, at, drug_kinds(), terminology_);
      if (found && words_[found->end - 1].end > line_.name.begin) return found;
      ++at;
    }
    for (; at < words_.size() && words_[at].begin < std::max<std::size_t>(line_.name.end, 1); ++at) {
      if (auto found = name_at(text_, words_, at, drug_kinds(), terminology_)) return found;
      const bool skip = goes_before(words_[at].text) || name_at(text_, words_, at, {NameKind::route, NameKind::form}, terminology_);
      if (!skip || words_[at].joiner) return std::nullopt;
    }
    return std::nullopt;
  }

  // "Tylenol PM": a brand that is known with something behind it that may add a drug.
  bool other_product(const FoundName& brand) {
    extension_ = brand.end;
    if (brand.name.kind != NameKind::brand && brand.name.kind != NameKind::combination) return false;
    auto next = brand.end;
    if (next < words_.size() && words_[next].text == "-") ++next;
    if (next >= words_.size() || words_[next].joiner || !makes_another_product(words_[next].text)) return false;
    if (name_at(text_, words_, next, drug_kinds(), terminology_)) return false;
    extension_ = next + 1;
    result_.unknown_parts.emplace_back(text_.substr(words_[brand.begin].begin, words_[next].end - words_[brand.begin].begin));
    return true;
  }

  void take(const FoundName& found) {
    result_.known_until = words_[found.end - 1].end;
    result_.said = found.spelt;
    switch (found.name.kind) {
      case NameKind::combination: {
        result_.combination = make_id<CombinationId>(found.name.id);
        result_.matched_by = "combination";
        take_ingredients(terminology_.at(*result_.combination), found);
        return;
      }
      case NameKind::brand:
        result_.matched_by = "brand";
        break;
      case NameKind::drug_class:
        result_.matched_by = "class";
        break;
      default:
        result_.matched_by = "name";
    }
    result_.ingredients = {make_id<ConceptId>(found.name.id)};
    result_.order_is_told = true;
  }

  // In the order of the words where they name each: "oxycodone/acetaminophen".
  void take_ingredients(const Combination& combination, const FoundName& found) {
    std::vector<ConceptId> told;
    for (std::size_t i = found.begin; i < found.end;) {
      const auto part = name_at(text_, words_, i, {NameKind::ingredient}, terminology_);
      if (part && part->end <= found.end) told.push_back(make_id<ConceptId>(part->name.id));
      i = part ? part->end : i + 1;
    }
    auto sorted = combination.ingredients;
    auto told_sorted = told;
    std::sort(sorted.begin(), sorted.end());
    std::sort(told_sorted.begin(), told_sorted.end());
    result_.order_is_told = sorted == told_sorted;
    result_.ingredients = result_.order_is_told ? told : combination.ingredients;
  }

  bool has_all(const std::vector<ConceptId>& ids) const {
    return std::all_of(ids.begin(), ids.end(), [&](ConceptId id) {
      return std::find(result_.ingredients.begin(), result_.ingredients.end(), id) != result_.ingredients.end();
    });
  }

  std::vector<ConceptId> ingredients_of(const Name& name) const {
    if (name.kind == NameKind::combination) return terminology_.data().combinations[name.id].ingredients;
    return {make_id<ConceptId>(name.id)};
  }

  // A further drug: the same one again, the class it is in, or another ingredient.
  void take_more(const FoundName& found) {
    const auto more = ingredients_of(found.name);
    if (has_all(more)) return;
    const bool of_class = found.name.kind == NameKind::drug_class || result_.matched_by == "class";
    if (of_class) {
      const auto other = more.front();
      for (auto& id : result_.ingredients) {
        if (terminology_.membership(id, other) == Truth::yes) return;  // "diazepam (benzodiazepine)"
        if (terminology_.membership(other, id) == Truth::yes) {        // "NSAID (ibuprofen)"
          id = other;
          result_.matched_by = "name";
          result_.said = found.spelt;
          return;
        }
      }
    }
    for (const auto id : more) {
      if (!has_all({id})) result_.ingredients.push_back(id);
    }
    if (result_.matched_by != "class") result_.matched_by = "combination";
    if (result_.said.find(found.spelt) == std::string::npos) result_.said += "/" + found.spelt;
    result_.combination.reset();
    if (more.size() > 1) result_.order_is_told = false;
  }

  // "Acetaminophen 250 MG / Caffeine 65 MG Oral Tablet [Excedrin]": the ingredients are told, the brand adds nothing.
  bool in_square_brackets(std::size_t byte) const {
    const auto open = text_.rfind('[', byte);
    if (open == std::string_view::npos || open > byte) return false;
    const auto close = text_.find(']', open);
    return close != std::string_view::npos && close > byte;
  }

  bool reads_as_part(std::size_t at, std::size_t& end) const {
    const auto found = name_at(text_, words_, at, {NameKind::route, NameKind::form}, terminology_);
    if (found) end = found->end;
    return found.has_value();
  }

  // Words [begin, end) behind a name. A drug is read where a run of words begins; behind words that nothing reads it may be a piece of another name
  // ("hydroxy chloroquine"), and the run is an unknown part.
  void rest(std::size_t begin, std::size_t end, bool linked = false) {
    std::size_t unread = end;
    bool holds_a_drug = false;
    const auto close = [&](std::size_t at) {
      if (unread >= at) return;
      auto words = std::string(text_.substr(words_[unread].begin, words_[at - 1].end - words_[unread].begin));
      (linked || holds_a_drug ? result_.unknown_parts : result_.not_read).push_back(std::move(words));
      holds_a_drug = false;
    };
    for (std::size_t i = begin; i < end;) {
      if (in_square_brackets(words_[i].begin)) {
        close(i);
        unread = end;
        ++i;
        continue;
      }
      std::size_t next = i + 1;
      const auto found = name_at(text_, words_, i, drug_kinds(), terminology_);
      const bool salt = is_salt(words_[i].text) && !(linked && unread == end);
      const bool link = words_[i].joiner || is_link(words_[i].text);
      if (found && !salt && unread < i) {
        holds_a_drug = holds_a_drug || found->name.kind != NameKind::drug_class;
      } else if (found && !salt) {
        take_more(*found);
        linked = false;
        next = found->end;
      } else if (link || (salt && unread == end) || reads_as_part(i, next)) {
        const bool inside_name = link && words_[i].joiner && words_[i].text == "-" && unread < i;
        if (!inside_name) {
          close(i);
          unread = end;
          linked = link && (words_[i].text != "-" || i == begin);
        }
      } else if (unread == end) {
        unread = i;
      }
      i = std::min(next, end);
    }
    close(end);
  }

  // A run of words that the dosage reader could not read, with what joins it to the words before.
  void leftover(std::size_t begin, std::size_t end) {
    if (begin < result_.known_until) return;
    std::size_t first = 0;
    while (first < words_.size() && words_[first].begin < begin) ++first;
    std::size_t last = first;
    while (last < words_.size() && words_[last].begin < end) ++last;
    if (first == last) result_.not_read.emplace_back(text_.substr(begin, end - begin));  // a piece of a word: "1O"
    const bool linked = first > 0 && ((words_[first - 1].joiner && words_[first - 1].text != "-") || is_link(words_[first - 1].text));
    rest(first, last, linked);
  }

  std::string_view text_;
  const MedicationLine& line_;
  const Terminology& terminology_;
  std::vector<Word> words_;
  std::size_t extension_ = 0;
  NamedDrugs result_;
};

void take_code(NamedDrugs& named, const Said& rxcui, const Terminology& terminology) {
  const auto& data = terminology.data();
  for (std::size_t i = 0; i < data.concepts.size(); ++i) {
    if (data.concepts[i].rxcui == rxcui.text) named.ingredients = {make_id<ConceptId>(i)};
  }
  for (std::size_t i = 0; i < data.combinations.size(); ++i) {
    if (data.combinations[i].rxcui != rxcui.text) continue;
    named.combination = make_id<CombinationId>(i);
    named.ingredients = data.combinations[i].ingredients;
  }
  if (!named.ingredients.empty()) named.matched_by = "code";
}

}  // namespace

NamedDrugs named_drugs(std::string_view text, const MedicationLine& line, const std::optional<Said>& rxcui, const Terminology& terminology) {
  auto named = text.size() > longest_medication ? NamedDrugs{} : DrugNames(text, line, terminology).run();
  if (named.ingredients.empty() && rxcui) {
    take_code(named, *rxcui, terminology);
    named.said = std::string(text.substr(line.name.begin, line.name.end - line.name.begin));
  }
  return named;
}

std::string shown_as(ConceptId ingredient, const std::string& said, const Terminology& terminology) {
  const auto& name = terminology.at(ingredient).name;
  if (said.empty() || said == name || normalise(said) == normalise(name)) return name;
  return name + " (" + said + ")";
}

std::vector<std::string> drug_suggestions(std::string_view text, const MedicationLine& line, const Terminology& terminology) {
  static const Kinds kinds{NameKind::ingredient, NameKind::brand, NameKind::combination};
  std::vector<std::string> result;
  const auto add = [&](std::string_view words) {
    if (words.empty() || words.size() > 100) return;
    for (const auto& suggestion : terminology.suggest(words, kinds)) {
      if (result.size() < 3 && std::find(result.begin(), result.end(), suggestion.name) == result.end()) result.push_back(suggestion.name);
    }
  };
  const auto name = text.substr(line.name.begin, line.name.end - line.name.begin);
  add(name);
  if (result.empty()) {
    const auto words = words_of(name);
    if (words.size() > 1) add(words.front().text);
  }
  return result;
}

}  // namespace theriac::detail
