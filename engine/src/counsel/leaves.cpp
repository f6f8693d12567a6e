#include "counsel/leaves.hpp"

#include "facts/understand.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

std::string text_of(const std::optional<Said>& said) { return said ? said->text : ""; }
std::string text_of(const std::optional<When>& when) { return when ? format_date(*when) : ""; }

std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  }
  return out;
}
std::string labelled(const char* label, const std::string& text) { return text.empty() ? "" : label + text; }

// ---- entries by all that they say; two that say the same are the same

std::string key(const MedicationEntry& entry) {
  constexpr const char* ended[] = {"", "abruptly", "tapered"};
  std::string phases;
  for (const auto& phase : entry.phases) phases += labelled("then ", phase.dose.text) + labelled(" until ", text_of(phase.until));
  return joined({entry.text.text,
                 text_of(entry.strength),
                 text_of(entry.dose),
                 text_of(entry.route),
                 text_of(entry.frequency),
                 text_of(entry.form),
                 text_of(entry.quantity),
                 labelled("for ", text_of(entry.indication)),
                 labelled("note ", text_of(entry.note)),
                 phases,
                 entry.as_needed ? (*entry.as_needed ? "as needed" : "regularly") : "",
                 labelled("as needed ", text_of(entry.as_needed_use)),
                 entry.status == Status::active ? "" : std::string(to_string(entry.status)),
                 labelled("since ", text_of(entry.start)),
                 labelled("until ", text_of(entry.stop)),
                 labelled("changed ", text_of(entry.changed)),
                 labelled("before ", text_of(entry.previous_dose)),
                 labelled("last taken ", text_of(entry.last_taken)),
                 ended[static_cast<std::size_t>(entry.ended)],
                 entry.taken,
                 entry.source,
                 entry.crushed.value_or(false) ? "crushed" : ""});
}
std::string key(const ConditionEntry& entry) {
  constexpr const char* is[] = {"", "resolved", "absent", "unknown"};
  return joined({entry.text.text, is[static_cast<std::size_t>(entry.is)], labelled("since ", text_of(entry.onset))});
}
std::string key(const AllergyEntry& entry) { return joined({"allergy", entry.substance.text, entry.reaction, entry.severity, entry.type}); }
std::string key(const ObservationEntry& entry) {
  return joined(
      {entry.name.text, entry.value.text, entry.unit.text, labelled("of ", text_of(entry.date)), entry.status, entry.timing, entry.position});
}
std::string key(const GenotypeEntry& entry) { return joined({entry.gene.text, entry.result.text}); }
std::string key(const HabitEntry& entry) { return joined({entry.name.text + ":", entry.value.text}); }

// In words: of a medication its text, which holds dose and times, and what stands beside it.
template <class Entry>
std::string words(const Entry& entry) {
  return key(entry);
}
std::string words(const MedicationEntry& entry) {
  return joined({entry.text.text, entry.status == Status::active ? "" : std::string(to_string(entry.status)),
                 labelled("since ", text_of(entry.start)), labelled("until ", text_of(entry.stop))});
}

// ---- lists

class Collector {
 public:
  Collector(const Terminology& terms, const Patient& before, const Patient& after) : before_(before), after_(after) {
    facts_before_ = understand(before, terms);
    facts_after_ = understand(after, terms);
  }

  std::vector<Leaf> run() {
    person();
    list(&Patient::facts, [](const HabitEntry& entry) { return entry.name.text; });
    list(&Patient::conditions, [](const ConditionEntry& entry) { return entry.text.text; });
    list(&Patient::allergies, [](const AllergyEntry& entry) { return entry.substance.text; });
    list(&Patient::observations, [](const ObservationEntry& entry) { return entry.name.text; });
    list(&Patient::genotypes, [](const GenotypeEntry& entry) { return entry.gene.text; });
    list(&Patient::habits, [](const HabitEntry& entry) { return entry.name.text; });
    list(&Patient::medications, [this](const MedicationEntry& entry) { return drugs_of(entry); });
    return std::move(out_);
  }

 private:
  template <class Value, class Words>
  void value(Value Patient::*member, const char* name, const Words& told) {
    const auto was = told(before_.*member), now = told(after_.*member);
    if (was == now) return;
    const auto say = [](const std::string& text) { return text.empty() ? std::string("not stated") : text; };
    out_.push_back(
        {fmt::format("{} {} → {}", name, say(was), say(now)), [member, old = before_.*member](Patient& patient) { patient.*member = old; }});
  }

  void person() {
    value(&Patient::as_of, "as of", [](Minutes day) { return format_date(day); });
    value(&Patient::age, "age", [](const std::optional<Age>& age) { return age ? age->text : ""; });
    value(&Patient::sex, "sex", [](const std::string& sex) { return sex; });
    value(&Patient::no_known_allergies, "no known allergies", [](bool yes) { return std::string(yes ? "yes" : "no"); });
    value(&Patient::complete, "complete lists", [](const Complete& lists) {
      const auto told = joined({lists.medications ? "medications" : "", lists.conditions ? "conditions" : "", lists.allergies ? "allergies" : ""});
      return told.empty() ? std::string("none") : told;
    });
  }

  // The ingredients of an entry, so that one whose dose changed is the same entry; its text where nothing knows it.
  std::string drugs_of(const MedicationEntry& entry) const {
    for (const auto* side : {&before_, &after_}) {
      const auto& all = side->medications;
      if (&entry < all.data() || &entry >= all.data() + all.size()) continue;
      const auto& facts = side == &before_ ? facts_before_ : facts_after_;
      for (const auto& screened : facts.screened) {
        if (screened.entry != static_cast<std::int32_t>(&entry - all.data())) continue;
        std::string out;
        for (const auto drug : screened.ingredients) out += std::to_string(index(drug)) + " ";
        return out;
      }
    }
    return entry.text.text;
  }

  template <class Entry>
  static void erase(std::vector<Entry>& all, const std::string& what) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Entry& each) { return key(each) == what; });
    if (at != all.end()) all.erase(at);
  }

  template <class Entry, class Name>
  void list(std::vector<Entry> Patient::*member, const Name& name) {
    std::vector<const Entry*> gone, added;
    for (const auto& each : before_.*member) gone.push_back(&each);
    for (const auto& each : after_.*member) {
      const auto at = std::find_if(gone.begin(), gone.end(), [&](const Entry* other) { return key(*other) == key(each); });
      at == gone.end() ? added.push_back(&each) : void(gone.erase(at));
    }
    for (const auto* now : added) {
      const auto at = std::find_if(gone.begin(), gone.end(), [&](const Entry* other) { return name(*other) == name(*now); });
      if (at == gone.end()) {
        out_.push_back({"with " + words(*now), [member, what = key(*now)](Patient& patient) { erase(patient.*member, what); }});
        continue;
      }
      out_.push_back({fmt::format("{} → {}", words(**at), words(*now)), [member, old = **at, what = key(*now)](Patient& patient) {
                        auto& all = patient.*member;
                        const auto place = std::find_if(all.begin(), all.end(), [&](const Entry& each) { return key(each) == what; });
                        if (place != all.end()) *place = old;
                      }});
      gone.erase(at);
    }
    for (const auto* old : gone)
      out_.push_back({"without " + words(*old), [member, entry = *old](Patient& patient) { (patient.*member).push_back(entry); }});
  }

  const Patient& before_;
  const Patient& after_;
  Facts facts_before_, facts_after_;
  std::vector<Leaf> out_;
};

}  // namespace

std::vector<Leaf> leaves(const Terminology& terms, const Patient& before, const Patient& after) { return Collector(terms, before, after).run(); }

}  // namespace theriac::detail
