#include "facts/example.hpp"

#include "facts/medication.hpp"
#include "facts/understand.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using grammar::Place;

constexpr Minutes day_of_example = 20089 * minutes_per_day;  // 2025-01-01

struct Part {
  std::string_view text;
  std::size_t offset = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// At commas that are not inside a number, or at semicolons.
std::vector<Part> split(Part whole, char at) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    const auto piece = whole.text.substr(begin, end - begin);
    const auto text = trimmed(piece);
    const auto lead = text.empty() ? 0 : static_cast<std::size_t>(text.data() - piece.data());
    if (!text.empty()) parts.push_back({text, whole.offset + begin + lead});
    begin = end + 1;
  };
  for (std::size_t i = 0; i < whole.text.size(); ++i) {
    if (whole.text[i] != at) continue;
    const bool in_number = at == ',' && i > 0 && i + 1 < whole.text.size() && is_digit(whole.text[i - 1]) && is_digit(whole.text[i + 1]);
    if (!in_number) close(i);
  }
  if (begin <= whole.text.size()) close(whole.text.size());
  return parts;
}

bool take_front(std::string_view& text, std::string_view phrase) {
  if (text.size() < phrase.size() || lower(text.substr(0, phrase.size())) != phrase) return false;
  if (text.size() > phrase.size() && text[phrase.size()] != ' ') return false;
  text = trimmed(text.substr(phrase.size()));
  return true;
}
bool take_back(std::string_view& text, std::string_view phrase) {
  if (text.size() < phrase.size() || lower(text.substr(text.size() - phrase.size())) != phrase) return false;
  if (text.size() > phrase.size() && text[text.size() - phrase.size() - 1] != ' ') return false;
  text = trimmed(text.substr(0, text.size() - phrase.size()));
  return true;
}

// "20 days ago" or "for 3 months" at the end → so long before the day of the example.
std::optional<When> take_time(std::string_view& text) {
  const auto words = words_of(text);
  if (words.size() < 3) return std::nullopt;
  const bool ago = lower(words.back().text) == "ago";
  const auto count_at = words.size() - (ago ? 3 : 2);
  const bool for_ = !ago && count_at > 0 && lower(words[count_at - 1].text) == "for";
  if (!ago && !for_) return std::nullopt;
  const auto line = grammar::read_medication_line("x for " + std::string(words[count_at].text) + " " + std::string(words[count_at + 1].text));
  if (!line.duration) return std::nullopt;
  const auto start = for_ ? count_at - 1 : count_at;
  text = trimmed(text.substr(0, words[start].begin));
  const auto then = shift(day_of_example, -static_cast<std::int64_t>(line.duration->count), line.duration->unit);
  return When{then, then};
}

class ExampleReader {
 public:
  ExampleReader(std::string_view text, const Terminology& terminology, grammar::Diagnostics& diagnostics, const Place& place)
      : text_(text), terminology_(terminology), diagnostics_(diagnostics), place_(place) {
    patient_.as_of = day_of_example;
    patient_.complete = {true, true, true, true};
    patient_.source = place.source ? place.source->name() : "";
  }

  Patient run() {
    const auto parts = split({text_, 0}, ';');
    if (parts.empty()) error({text_, 0}, "no patient", "write the medications, then `;` and the facts; `none` for no medications");
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (const auto& part : split(parts[i], ',')) i == 0 ? medication(part) : fact(part);
    }
    const auto& facts = patient_.facts;
    const bool pregnancy_said =
        pregnancy_said_ || std::any_of(facts.begin(), facts.end(), [](const HabitEntry& f) { return f.name.text == "pregnant"; });
    if (!pregnancy_said) patient_.facts.push_back({{"pregnant", place_}, {"false", place_}});
    if (!childbearing_said_) patient_.facts.push_back({{"childbearing", place_}, {"not possible", place_}});
    return std::move(patient_);
  }

 private:
  // Exact where the text stands in the source as it is; else the whole example.
  Place at(const Part& part) const {
    const bool exact = place_.source && place_.source->slice(place_.span) == text_;
    if (!exact) return place_;
    const auto begin = place_.span.begin + static_cast<std::uint32_t>(part.offset);
    return {place_.source, {begin, begin + static_cast<std::uint32_t>(part.text.size())}};
  }
  Said said(const Part& part) const { return {std::string(part.text), at(part)}; }

  void error(const Part& part, std::string label, std::string help = {}) {
    auto diagnostic = grammar::diagnose(Code::TH7001, at(part), "cannot read `" + std::string(part.text) + "` in an example", std::move(label));
    if (!help.empty()) diagnostic.help.push_back(std::move(help));
    diagnostics_.push_back(std::move(diagnostic));
  }

  // ---- medications ----
  void medication(const Part& part) {
    if (lower(part.text) == "none") return;
    const auto line = grammar::read_medication_line(part.text);
    const auto named = named_drugs(part.text, line, std::nullopt, terminology_);
    if (!line.refused.empty()) return error(part, line.refused.front());
    if (named.ingredients.empty()) {
      const auto near = drug_suggestions(part.text, line, terminology_);
      return error(part, "no such drug or class", near.empty() ? "" : "did you mean `" + near.front() + "`?");
    }
    if (!named.unknown_parts.empty()) return error(part, "`" + named.unknown_parts.front() + "` is not known");
    if (!named.not_read.empty()) return error(part, "`" + named.not_read.front() + "` is not read");
    patient_.medications.push_back(entry_of(part, line));
  }

  MedicationEntry entry_of(const Part& part, const grammar::MedicationLine& line) {
    MedicationEntry entry;
    entry.text = entry.drug = said(part);
    entry.free_text = true;
    entry.at = entry.text.at;
    std::vector<NotUnderstood> wrong;
    entry = with_course(entry, line, day_of_example, wrong);
    for (const auto& each : wrong) error(part, each.reason);
    if (line.duration && !entry.start && !entry.stop) {  // so far
      const auto start = shift(day_of_example, -static_cast<std::int64_t>(line.duration->count), line.duration->unit);
      entry.start = When{start, start};
    }
    entry.status_said = entry.text;  // settled: the line says no more
    return entry;
  }

  // ---- facts ----
  void fact(const Part& part) {
    if (age(part) || sex(part) || list_statement(part) || allergy(part) || genotype(part) || observation(part)) return;
    condition_or_habit(part);
  }

  bool age(const Part& part) {
    auto text = part.text;
    take_front(text, "aged");
    take_front(text, "age");
    take_back(text, "old");
    const auto line = grammar::read_medication_line("x for " + std::string(text));
    const auto words = words_of(text);
    if (!line.duration || words.empty() || !is_digit(text.front()) || line.duration->span.end != text.size() + 6) {
      return lower(part.text) == "age unknown";
    }
    const auto count = static_cast<std::int32_t>(line.duration->count);
    Age age;
    age.text = std::string(text);
    age.at = at(part);
    const auto& unit = line.duration->unit;
    if (unit == "year")
      age = {count * 12, count * 12 + 11, age.text, age.at};
    else if (unit == "month")
      age = {count, count, age.text, age.at};
    else if (unit == "week")
      age = {count * 7 / 31, count * 7 / 28, age.text, age.at, count * 7, count * 7 + 6};
    else if (unit == "day")
      age = {count / 31, count / 28, age.text, age.at, count, count};
    else
      return false;
    if (count > 1600) return false;
    patient_.age = age;
    return true;
  }

  bool sex(const Part& part) {
    const auto word = lower(part.text);
    if (word == "female" || word == "woman" || word == "girl")
      patient_.sex = "female";
    else if (word == "male" || word == "man" || word == "boy")
      patient_.sex = "male";
    else
      return word == "sex unknown";
    patient_.sex_at = at(part);
    return true;
  }

  // "medications not complete": then what is not written is open.
  bool list_statement(const Part& part) {
    auto text = part.text;
    if (!take_back(text, "not complete") && !take_back(text, "incomplete")) return false;
    const auto list = lower(text);
    if (list == "medications" || list == "medication list")
      patient_.complete.medications = false;
    else if (list == "conditions" || list == "problem list")
      patient_.complete.conditions = false;
    else if (list == "allergies" || list == "allergy list")
      patient_.complete.allergies = false;
    else if (list == "habits")
      patient_.complete.habits = false;
    else
      return false;
    return true;
  }

  bool allergy(const Part& part) {
    auto text = part.text;
    const bool intolerance = take_front(text, "intolerance to") || take_front(text, "intolerant of");
    if (!intolerance && !take_front(text, "allergy to") && !take_front(text, "allergic to")) return false;
    const auto words = words_of(text);
    const auto found = name_at(text, words, 0, drug_kinds(), terminology_);
    if (!found || found->end != words.size()) {
      error(part, not_known(text, drug_kinds(), terminology_));
    } else {
      patient_.allergies.push_back({{std::string(text), at(part)}, "", "", intolerance ? "intolerance" : "allergy"});
    }
    return true;
  }

  bool genotype(const Part& part) {
    const auto entry = genotype_in(part.text, at(part), terminology_);
    if (!entry) return false;
    Patient alone;
    alone.genotypes.push_back(*entry);
    Facts facts;
    understand_genotypes(alone, terminology_, facts);
    for (const auto& wrong : facts.not_understood) error(part, wrong.reason);
    patient_.genotypes.push_back(*entry);
    return true;
  }

  bool observation(const Part& part) {
    auto text = part.text;
    const auto words = words_of(text);
    const auto name = name_at(text, words, 0, {NameKind::observation}, terminology_);
    const bool pressure = words.size() > 2 && lower(words[0].text) == "blood" && lower(words[1].text) == "pressure";
    if (!name && !pressure) return false;
    const auto name_end = name ? words[name->end - 1].end : words[1].end;
    const auto kept = std::string(text.substr(0, name_end));
    auto rest = trimmed(text.substr(name_end));
    if (lower(rest) == "unknown") return true;  // as it is when it is not written
    const auto time = take_time(rest);
    std::size_t end = 0;
    while (end < rest.size() && (is_digit(rest[end]) || std::string_view(".,<>=/-\xE2\x89\xA4\xA5 ").find(rest[end]) != std::string_view::npos))
      ++end;
    const auto value = trimmed(rest.substr(0, end));
    if (value.empty()) return false;
    ObservationEntry entry;
    entry.name = {kept, at(part)};
    entry.value = {std::string(value), at(part)};
    entry.unit = {std::string(trimmed(rest.substr(end))), at(part)};
    entry.date = time ? *time : When{day_of_example, day_of_example};
    check(entry, part);
    patient_.observations.push_back(std::move(entry));
    return true;
  }

  // A value that a patient's list would call not understood is the author's mistake here.
  void check(const ObservationEntry& entry, const Part& part) {
    Facts facts;
    const bool known = add_observation(entry, terminology_, facts);
    if (!known) error(part, not_known(entry.name.text, {NameKind::observation}, terminology_));
    for (const auto& wrong : facts.not_understood) error(part, wrong.reason);
  }

  void condition_or_habit(const Part& part) {
    auto text = part.text;
    ConditionEntry entry;
    if (take_back(text, "unknown"))
      entry.is = ConditionEntry::Is::unknown;
    else if (take_front(text, "no") || take_front(text, "not") || take_back(text, "absent"))
      entry.is = ConditionEntry::Is::absent;
    else if (take_front(text, "resolved") || take_back(text, "resolved"))
      entry.is = ConditionEntry::Is::resolved;
    entry.onset = take_time(text);
    const auto what = exactly(text, {NameKind::condition}, terminology_);
    if (what) {
      entry.text = {std::string(text), at(part)};
      const auto& name = terminology_.data().conditions[what->id].name;
      if (name == "pregnancy" || name.ends_with(" trimester")) pregnancy_said_ = true;
      if (name == "childbearing potential" || name == "planning pregnancy") childbearing_said_ = true;
      patient_.conditions.push_back(std::move(entry));
      return;
    }
    if (habit(text, part, entry.is)) return;
    error(part, not_known(text, {NameKind::condition, NameKind::observation}, terminology_),
          "facts are an age, a sex, conditions, `allergy to …`, habits, or measurements with their unit");
  }

  // "alcohol", "alcohol daily", "grapefruit".
  bool habit(std::string_view text, const Part& part, ConditionEntry::Is is) {
    const auto words = words_of(text);
    const auto found = name_at(text, words, 0, {NameKind::ingredient}, terminology_);
    if (!found || !terminology_.data().concepts[found->name.id].habit) return false;
    const auto rest = std::string(trimmed(text.substr(words[found->end - 1].end)));
    const std::string value = is == ConditionEntry::Is::unknown  ? "unknown"
                              : is == ConditionEntry::Is::absent ? "never"
                              : rest.empty()                     ? "true"
                                                                 : rest;
    patient_.habits.push_back({{found->spelt, at(part)}, {value, at(part)}});
    return true;
  }

  std::string_view text_;
  const Terminology& terminology_;
  grammar::Diagnostics& diagnostics_;
  Place place_;
  Patient patient_;
  bool pregnancy_said_ = false, childbearing_said_ = false;
};

}  // namespace

Patient read_example(std::string_view text, const Terminology& terminology, grammar::Diagnostics& diagnostics, const grammar::Place& place) {
  return ExampleReader(text, terminology, diagnostics, place).run();
}

}  // namespace theriac::detail
