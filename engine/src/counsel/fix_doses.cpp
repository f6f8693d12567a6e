// A lower dose: down to what a rule allows, or to the half where a rule counts up to a limit that belongs to it.
#include "counsel/fix_edits.hpp"
#include "facts/understand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace theriac::detail {
namespace {

// ---- which doses

class Doses {
 public:
  Doses(const EditMaking& making, const Exposure& exposure) : making_(making), exposure_(exposure), now_(*exposure.dose.per_day.high) {
    for (const auto& rule : making.rules) {
      each_phrase(rule, [&](const DrugAlternative& phrase) {
        if (!phrase.concept_id || making_.terms.membership(exposure_.what, *phrase.concept_id) != Truth::yes) return;
        for (const auto& test : phrase.tests) {
          if (const auto* dose = std::get_if<DoseTest>(&test)) look_at(*dose);
        }
      });
    }
  }
  const std::set<Rational>& all() const { return doses_; }  // daily

 private:
  void look_at(const DoseTest& test) {
    if (test.of != DoseTest::Of::total_daily && test.of != DoseTest::Of::maximum_daily) return;
    if (test.per) return;
    if (!test.table) return add(test.limit, test);
    for (const auto& row : test.table->rows) add(row.limit, test);
  }

  void add(const Rational& limit, const DoseTest& test) {
    auto unit = exposure_.dose.unit;
    if (const auto daily = parse_unit(unit.text + "/day")) unit = *daily;
    const auto here = convert({limit, test.unit}, unit);
    if (!here || *here > now_ || *here <= Rational{0}) return;
    if (test.order == Order::greater && *here < now_) doses_.insert(*here);
    if (test.order == Order::greater_equal) below(*here);
  }

  // The half or the quarter of what is taken now, whichever first is below the limit.
  void below(const Rational& limit) {
    for (const std::int64_t parts : {2, 4}) {
      const auto part = divide(now_, Rational{parts});
      if (part && *part < limit) {
        doses_.insert(*part);
        return;
      }
    }
  }

  const EditMaking& making_;
  const Exposure& exposure_;
  Rational now_;
  std::set<Rational> doses_;
};

// ---- in the words of the list

// The one number of these words that stands for the amount, put in place of it; nothing where it is not there, or more than once.
std::optional<std::string> with_number(const std::string& text, const std::string& from, const std::string& to) {
  const auto part_of_number = [&](std::size_t at) {
    return at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) != 0 || text[at] == '.' || text[at] == ',');
  };
  std::optional<std::size_t> found;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
    if ((at > 0 && part_of_number(at - 1)) || part_of_number(at + from.size())) continue;
    if (found) return {};
    found = at;
  }
  if (!found) return {};
  return text.substr(0, *found) + to + text.substr(*found + from.size());
}

bool set_dose(MedicationEntry& entry, const std::string& from, const std::string& to) {
  auto& said = entry.free_text || !entry.dose ? entry.text : *entry.dose;
  const auto words = with_number(said.text, from, to);
  if (!words) return false;
  said.text = *words;
  if (&said == &entry.text) entry.drug.text = *words;
  return true;
}

}  // namespace

void add_reductions(const EditMaking& making, std::size_t entry, std::vector<TriedEdit>& into) {
  const auto taken = taken_of(making.facts, entry);
  const auto& exposure = *taken.front();
  const auto& dose = exposure.dose;
  const auto& stated = making.patient.medications[entry];
  if (taken.size() != 1 || !dose.known() || !dose.per_day.high || !dose.single || !dose.single->high || !stated.phases.empty()) return;
  const auto now = *dose.per_day.high, single = *dose.single->high;
  if (dose.per_day != Interval::exactly(now) || dose.single != Interval::exactly(single) || now <= Rational{0}) return;
  const auto doses = Doses(making, exposure).all();
  for (auto at = doses.rbegin(); at != doses.rend(); ++at) {
    const auto share = divide(*at, now);
    const auto amount = share ? multiply(single, *share) : std::nullopt;
    if (!amount || Rational::parse(amount->to_string()) != *amount) continue;  // no decimal that can be written
    auto changed = making.patient;
    if (!set_dose(changed.medications[entry], single.to_string(), amount->to_string())) continue;
    const auto after = understand(changed, making.terms);
    const auto then = taken_of(after, entry);
    if (then.size() != 1 || then.front()->what != exposure.what || then.front()->dose.per_day != Interval::exactly(*at)) continue;
    TriedEdit edit;
    edit.told.kind = FixEdit::Kind::reduce;
    edit.told.drug = shown_of(taken);
    edit.told.to = fmt::format("{} {} a day", at->to_string(), dose.unit.text);
    edit.told.entries = {static_cast<std::int32_t>(entry)};
    edit.touches = {entry};
    edit.drugs = drugs_of(taken);
    edit.apply = [entry, with = changed.medications[entry]](Patient& patient) { patient.medications[entry] = with; };
    into.push_back(std::move(edit));
  }
}

}  // namespace theriac::detail
