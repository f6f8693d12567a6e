// Laws of what is written in another order, in other entries or of another drug that is the same in all that rules read.
#include "properties/laws/law.hpp"
#include "resolve/parts.hpp"

#include <algorithm>

using namespace theriac;
using namespace theriac::testing;
using namespace theriac::detail;

namespace {

// ---- clauses

class Shuffled {
 public:
  explicit Shuffled(std::uint64_t seed) : random_(seed) {}

  void clauses(ResolvedRule& rule) {
    guard(rule.guard);
    random_.shuffle(rule.unless);
    for (auto& each : rule.unless) guard(each);
    for (auto& exception : rule.exceptions) guard(exception.when);
    random_.shuffle(rule.shifts);
    for (auto& shift : rule.shifts) guard(shift.guard);
    random_.shuffle(rule.flags);
    for (auto& flag : rule.flags) guard(flag.guard);
    for (auto& item : rule.items) {
      if (auto* drug = std::get_if<DrugItem>(&item.what)) random_.shuffle(drug->any_of);
      if (auto* count = std::get_if<CountItem>(&item.what)) random_.shuffle(count->any_of);
      if (auto* asked = std::get_if<GuardItem>(&item.what)) guard(asked->guard);
    }
  }

  // Where nothing in the rule speaks of an item by its number.
  void items(ResolvedRule& rule) { random_.shuffle(rule.items); }

 private:
  void guard(ResolvedGuard& of) {
    if (of.points.empty()) random_.shuffle(of.children);  // points stand beside their children
    for (auto& child : of.children) guard(child);
    if (of.kind != ResolvedGuard::Kind::leaf) return;
    if (auto* drug = std::get_if<TakesDrug>(&of.leaf)) random_.shuffle(drug->any_of);
    if (auto* count = std::get_if<CountDrugs>(&of.leaf)) random_.shuffle(count->any_of);
  }
  Random random_;
};

bool speaks_of_items(const ResolvedRule& rule) {
  bool speaks = std::any_of(rule.heads.begin(), rule.heads.end(), [](const ResolvedHead& head) { return head.of_item.has_value(); });
  for (const auto& exception : rule.exceptions) {
    for (const auto& head : exception.heads) speaks = speaks || head.of_item.has_value();
  }
  each_guard(rule, [&](const ResolvedGuard& guard) {
    each_leaf(guard, [&](const auto& leaf) {
      if (const auto* drug = std::get_if<TakesDrug>(&leaf)) speaks = speaks || drug->which == TakesDrug::Which::item;
      if (const auto* allergy = std::get_if<HasAllergy>(&leaf)) speaks = speaks || allergy->to_item.has_value();
    });
  });
  return speaks;
}

// ---- entries

bool only_daily_sums(const Case& what) {
  bool only = true;
  for (const auto& rule : what.rules) {
    each_dose_test(rule, [&](const DoseTest& test) { only = only && test.of == DoseTest::Of::total_daily; });
    for (const auto& item : rule.items) only = only && !std::holds_alternative<SameItem>(item.what);
  }
  return only;
}

std::vector<std::string> sorted(Lines lines) {
  for (auto& line : lines) line.resize(line.rfind(" within "));  // a number in the order of the report
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string with(std::string text, const std::string& name, const std::string& other) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + other.size())) text.replace(at, name.size(), other);
  return text;
}

// ---- another drug

// The case with a drug in the place of another that is the same in every class, table and list; nothing where a rule or an allergy names that one.
std::optional<Case> with_its_twin(const Case& what, ConceptId drug) {
  const auto& terms = *what.terms;
  for (const auto* phrase : phrases_of(what).drugs) {
    if (!phrase->concept_id || *phrase->concept_id == drug) return {};  // "drug" would count the other too
  }
  for (const auto& allergy : what.facts.allergies) {
    if (std::find(allergy.to.begin(), allergy.to.end(), drug) != allergy.to.end()) return {};
  }
  auto data = terms.data();
  const auto twin = make_id<ConceptId>(data.concepts.size());
  data.concepts.push_back(data.concepts[index(drug)]);
  data.concepts.back().name = terms.at(drug).name + "a";
  for (auto& sum : data.sums) {
    for (std::size_t i = sum.rows.size(); i-- > 0;) {
      if (sum.rows[i].drug != drug) continue;
      sum.rows.push_back(sum.rows[i]);
      sum.rows.back().drug = twin;
    }
  }
  auto out = what;
  out.terms = Terminology::build(std::move(data)).terminology;
  for (auto& exposure : out.facts.exposures) {
    if (exposure.what == drug) exposure.what = twin;
  }
  return out;
}

}  // namespace

TEST_CASE("the order of the clauses of a rule, of alternatives and of raises changes nothing") {
  changes_nothing([](const Case& what) {
    Case other = what;
    Shuffled shuffled(13);
    for (auto& rule : other.rules) shuffled.clauses(rule);
    return other;
  });
}

TEST_CASE("the order of the items of a rule changes nothing") {
  changes_nothing(
      [](const Case& what) -> std::optional<Case> {
        if (std::any_of(what.rules.begin(), what.rules.end(), speaks_of_items)) return std::nullopt;
        Case other = what;
        Shuffled shuffled(17);
        for (auto& rule : other.rules) shuffled.items(rule);
        return other;
      },
      {.relative = false});
}

TEST_CASE("a daily dose in two entries changes nothing where rules ask for total daily doses alone") {
  changes_nothing([](const Case& what) -> std::optional<Case> {
    if (!only_daily_sums(what)) return std::nullopt;
    Case other = what;
    auto entry = next_entry(what);
    for (const auto& exposure : what.facts.exposures) {
      const auto same = [&](const Exposure& each) { return each.entry == exposure.entry; };
      if (exposure.entry < 0 || exposure.as_needed || !exposure.dose.known() ||
          std::count_if(what.facts.exposures.begin(), what.facts.exposures.end(), same) > 1)
        continue;
      auto& first = *std::find_if(other.facts.exposures.begin(), other.facts.exposures.end(), same);
      for (auto* end : {&first.dose.per_day.low, &first.dose.per_day.high}) {
        if (*end) *end = divide(**end, Rational(2));
      }
      auto second = first;
      second.entry = entry++;
      other.facts.exposures.push_back(second);
    }
    if (other.facts.exposures.size() == what.facts.exposures.size()) return std::nullopt;
    return other;
  });
}

TEST_CASE("a drug that is the same in all that rules read, in the place of another, changes nothing but the name") {
  holds([](const Case& what) -> std::string {
    if (what.facts.exposures.empty()) return "";
    const auto drug = what.facts.exposures.front().what;
    const auto other = what.terms->at(drug).kind == ConceptKind::ingredient && !what.terms->at(drug).habit ? with_its_twin(what, drug) : std::nullopt;
    if (!other) return "";
    auto told = told_of(*other);
    const auto& name = what.terms->at(drug).name;
    Lines renamed;
    for (auto line : told_of(what)) renamed.push_back(with(std::move(line), name, name + "a"));
    return first_difference(sorted(renamed), sorted(told), "renamed", "the other drug");
  });
}

// Hours between two drugs are those between two entries, so what asks for them is left out.
TEST_CASE("a combination is its ingredients as separate entries, but for what lies wholly inside it") {
  holds(
      [](const Case& what) -> std::string {
        Case apart = what;
        auto entry = next_entry(what);
        for (std::size_t i = 1; i < apart.facts.exposures.size(); ++i) {
          auto& exposure = apart.facts.exposures[i];
          if (exposure.entry >= 0 && exposure.entry == what.facts.exposures[i - 1].entry) exposure.entry = entry++;
        }
        if (entry == next_entry(what)) return "";
        const auto inside = [&](const std::vector<ConceptId>& drugs) {
          return drugs.size() > 1 && std::any_of(what.facts.exposures.begin(), what.facts.exposures.end(), [&](const Exposure& one) {
                   return std::all_of(drugs.begin(), drugs.end(), [&](ConceptId drug) {
                     return std::any_of(what.facts.exposures.begin(), what.facts.exposures.end(),
                                        [&](const Exposure& each) { return each.what == drug && each.entry == one.entry; });
                   });
                 });
        };
        const Ran before = run(what), after = run(apart);
        for (const auto& [one, two] : {std::pair(&before, &after), std::pair(&after, &before)}) {
          for (const auto& d : one->evaluation.derivations) {
            for (const auto& s : d.supports) {
              if (!inside(s.ingredients) && verdict_in(*two, head_of(d), s.ingredients, false) != s.verdict)
                return "otherwise: " + what.rules[d.rule].label + "\n";
            }
          }
        }
        return "";
      },
      {.effects = false, .counts = false, .relative = false});
}
