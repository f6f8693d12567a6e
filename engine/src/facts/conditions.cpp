// Conditions in clinicians' words. What is present is found by the longest known name inside the phrase ("two falls this winter"); what is absent
// must be known word for word, since "no severe liver disease" rules out no liver disease. Phrases that may not mean that the patient has it are not
// understood.
#include "facts/medication_lines.hpp"
#include "facts/names.hpp"
#include "facts/understand.hpp"

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using Is = ConditionEntry::Is;

const Kinds condition_kind{NameKind::condition};

// Takes the phrase off the front, if it stands there as whole words.
bool take_front(std::string_view& text, std::string_view phrase) {
  if (text.size() < phrase.size() || lower(text.substr(0, phrase.size())) != phrase) return false;
  const bool whole = text.size() == phrase.size() || text[phrase.size()] == ' ' || phrase.back() == ' ';
  if (!whole) return false;
  text = trimmed(text.substr(phrase.size()));
  return true;
}

bool take_any(std::string_view& text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return take_front(text, phrase); });
}

bool has_word(const std::vector<Word>& words, std::initializer_list<std::string_view> any) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return std::find(any.begin(), any.end(), std::string_view(lower(word.text))) != any.end(); });
}

// "risk of falls", "family history of stroke", "mother had epilepsy".
bool may_not_be_theirs(std::string_view text, const std::vector<Word>& words) {
  const auto lowered = lower(text);
  for (const std::string_view phrase :
       {"risk of", "at risk", "fear of", "family history", "screening for", "prevention of", "prophylaxis", "vaccin", "rule out"}) {
    if (lowered.find(phrase) != std::string::npos) return true;
  }
  return has_word(words, {"fhx", "fh", "mother", "father", "sister", "brother", "r/o"});
}

// "since 2010", "(2019)", "diagnosed March 2021".
std::optional<When> onset_in(std::string_view text) {
  const auto read = medication_line("x " + std::string(text.substr(0, 300)));
  if (read.start_date) return parse_date(*read.start_date);
  const auto words = words_of(text);
  for (const auto& word : words) {
    const bool year = word.text.size() == 4 && (word.text.substr(0, 2) == "19" || word.text.substr(0, 2) == "20");
    if (year) {
      if (const auto when = parse_date(word.text)) return when;
    }
  }
  return std::nullopt;
}

class Phrases {
 public:
  Phrases(const Terminology& terminology, Facts& facts) : terminology_(terminology), facts_(facts) {}

  void read(const ConditionEntry& entry) {
    auto text = trimmed(entry.text.text);
    auto is = entry.is;
    if (text.size() > 1000) return refuse(entry, "too long for one condition");
    if (read_code(entry)) return;
    if (take_any(text, {"allergy to", "allergic to", "hypersensitivity to"})) {
      return add_allergy({{std::string(text), entry.text.at}, "", ""}, terminology_, facts_);
    }
    const bool asked = text.substr(0, 1) == "?";
    if (asked) text = trimmed(text.substr(1));
    if (asked || take_any(text, {"query", "possible", "suspected", "probable", "unconfirmed"})) {
      if (is == Is::present) is = Is::unknown;
    }
    const bool negated = take_any(text, {"no known history of", "no history of", "no evidence of", "no known", "never had", "no", "not", "denies any",
                                         "denies", "without", "nil", "negative for"});
    if (negated && is != Is::present) return refuse(entry, "negated twice");
    if (negated) is = Is::absent;
    if (take_any(text, {"resolved"})) is = is == Is::present ? Is::resolved : is;
    if (is == Is::absent) return absent(entry, text);
    present(entry, text, is);
  }

 private:
  void refuse(const ConditionEntry& entry, std::string reason) {
    facts_.not_understood.push_back({"condition", entry.text.text, std::move(reason), entry.text.at.to_string()});
  }

  void add(const ConditionEntry& entry, ConditionId what, Truth truth) {
    ConditionFact fact;
    fact.what = what;
    fact.truth = truth;
    fact.onset = entry.onset ? entry.onset : onset_in(entry.text.text);
    fact.shown = entry.text.text;
    fact.at = entry.text.at;
    facts_.conditions.push_back(std::move(fact));
  }

  Truth truth_of(const ConditionEntry& entry, Is is, ConditionId what) {
    if (is == Is::unknown) return Truth::possible;
    if (is != Is::resolved) return Truth::yes;
    // A history counts where the vocabulary says that it is the same thing.
    const auto history = exactly("history of " + terminology_.at(what).name, condition_kind, terminology_);
    if (history && make_id<ConditionId>(history->id) == what) return Truth::yes;
    facts_.assumed.push_back(entry.text.text + ": resolved, counted as not present");
    return Truth::no;
  }

  // An ICD-10-CM code says it exactly: I50 reads I50.22. A name beside it that is known adds its own.
  bool read_code(const ConditionEntry& entry) {
    if (!entry.icd10cm) return false;
    const auto& code = entry.icd10cm->text;
    std::optional<ConditionId> best;
    std::size_t longest = 0;
    const auto& conditions = terminology_.data().conditions;
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      for (const auto& branch : conditions[i].icd10cm) {
        if (branch.size() <= longest || code.compare(0, branch.size(), branch) != 0) continue;
        longest = branch.size();
        best = make_id<ConditionId>(i);
      }
    }
    if (!best) return false;
    const auto words = words_of(entry.text.text);
    const auto named = name_inside(entry.text.text, words, condition_kind, terminology_);
    const bool same = !named || terminology_.is_kind_of(make_id<ConditionId>(named->name.id), *best) ||
                      terminology_.is_kind_of(*best, make_id<ConditionId>(named->name.id));
    if (!same) return false;  // code and words differ: the words are what the clinician read
    const auto what = named && !terminology_.is_kind_of(*best, make_id<ConditionId>(named->name.id)) ? make_id<ConditionId>(named->name.id) : *best;
    add(entry, what, entry.is == Is::absent ? Truth::no : truth_of(entry, entry.is, what));
    return true;
  }

  void absent(const ConditionEntry& entry, std::string_view text) {
    take_any(text, {"history of", "any", "known"});
    if (const auto name = exactly(text, condition_kind, terminology_)) return add(entry, make_id<ConditionId>(name->id), Truth::no);
    refuse(entry, not_known(text, condition_kind, terminology_));
  }

  void present(const ConditionEntry& entry, std::string_view text, Is is) {
    if (const auto name = exactly(text, condition_kind, terminology_)) return keep(entry, make_id<ConditionId>(name->id), is);
    const auto words = words_of(text);
    if (may_not_be_theirs(text, words)) return refuse(entry, "may not mean that the patient has it");
    if (has_word(words, {"no", "not", "without", "denies", "never", "negative", "excluded", "absent"}))
      return refuse(entry, "a negation inside the phrase");
    if (has_word(words, {"resolved", "healed", "cured"}) && is == Is::present) is = Is::resolved;
    const auto parts = split(text);
    if (parts.size() > 1 && all_known(parts)) {
      for (const auto part : parts) keep(entry, *inside(part), is);
      return;
    }
    if (const auto what = inside(text)) return keep(entry, *what, is);
    if (measured(entry, text)) return;
    refuse(entry, not_known(text, condition_kind, terminology_));
  }

  void keep(const ConditionEntry& entry, ConditionId what, Is is) { add(entry, what, truth_of(entry, is, what)); }

  std::optional<ConditionId> inside(std::string_view text) const {
    const auto words = words_of(text);
    const auto found = name_inside(text, words, condition_kind, terminology_);
    if (!found) return std::nullopt;
    return make_id<ConditionId>(found->name.id);
  }

  static std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool sign = text[i] == ',' || text[i] == ';' || text[i] == '+' || text[i] == '&';
      const bool word = lower(text.substr(i, 5)) == " and ";
      if (!sign && !word) continue;
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      i += word ? 4 : 0;
      begin = i + 1;
    }
    parts.push_back(trimmed(text.substr(std::min(begin, text.size()))));
    return parts;
  }

  bool all_known(const std::vector<std::string_view>& parts) const {
    return parts.size() < 20 && std::all_of(parts.begin(), parts.end(), [&](std::string_view part) { return inside(part).has_value(); });
  }

  // "EF 25 %", "eGFR 29 mL/min/1.73m2": a measurement in the problem list.
  bool measured(const ConditionEntry& entry, std::string_view text) {
    const auto words = words_of(text);
    const auto name = name_at(text, words, 0, {NameKind::observation}, terminology_);
    if (!name || name->end >= words.size()) return false;
    const auto rest = trimmed(text.substr(words[name->end - 1].end));
    const auto end = std::min(rest.find_first_not_of("0123456789.<>=/"), rest.size());
    if (end == 0) return false;
    ObservationEntry observation;
    observation.name = {name->spelt, entry.text.at};
    observation.value = {std::string(rest.substr(0, end)), entry.text.at};
    observation.unit = {std::string(trimmed(rest.substr(end))), entry.text.at};
    observation.date = entry.onset;
    return add_observation(observation, terminology_, facts_);
  }

  const Terminology& terminology_;
  Facts& facts_;
};

}  // namespace

void understand_conditions(const Patient& patient, const Terminology& terminology, Facts& facts) {
  facts.conditions_complete = patient.complete.conditions;
  Phrases phrases(terminology, facts);
  for (const auto& entry : patient.conditions) phrases.read(entry);
}

}  // namespace theriac::detail
