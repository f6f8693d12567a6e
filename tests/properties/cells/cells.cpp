// What `what-if` tells of values, against screenings of the patient with these values, written from docs/user/why.md: each cell holds exactly where
// it says, from one edge to the other, the cells leave no gap between them, and what is not told makes no difference.
#include "properties/cells/person.hpp"
#include "support/run.hpp"
#include "theriac/brief.hpp"
#include "theriac/load.hpp"
#include "theriac/what_if.hpp"

#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t people_each = 20, screened_each = 6;  // a person is screened some dozens of times, here and by what-if: as much as six cases

using Says = std::set<std::string>;

struct Asked {
  const RuleBase& rules;
  const Person& person;
  mutable std::map<Assumed, std::optional<Says>> known{};

  // Nothing: no such value can be.
  const std::optional<Says>& found(const Assumed& assumed) const {
    const auto [at, is_new] = known.try_emplace(assumed);
    if (!is_new) return at->second;
    const auto told = brief(rules, patient_of(person, assumed));
    if (!told.not_understood.empty()) return at->second;
    at->second.emplace();
    for (const auto& finding : told.findings)
      at->second->insert(fmt::format("{} {}: {}", to_string(finding.severity), finding.effect, fmt::join(finding.drugs, " + ")));
    return at->second;
  }
};

// ---- what a cell says of its place

struct End {
  Rational value;
  bool belongs = false;
};
struct Range {
  std::optional<End> low, high;
};

std::optional<Range> range_of(const std::string& text) {
  Range out;
  for (std::size_t at = 0; at < text.size();) {
    const auto and_at = text.find(" and ", at);
    const auto part = text.substr(at, and_at == std::string::npos ? and_at : and_at - at);
    at = and_at == std::string::npos ? text.size() : and_at + 5;
    const auto blank = part.find(' ');
    const auto value = blank == std::string::npos ? std::nullopt : Rational::parse(part.substr(blank + 1));
    if (!value) return {};
    const auto sign = part.substr(0, blank);
    if (sign == "=" || sign == "≥" || sign == ">") out.low = End{*value, sign != ">"};
    if (sign == "=" || sign == "≤" || sign == "<") out.high = End{*value, sign != "<"};
  }
  return out;
}

Rational sum(const Rational& a, const Rational& b) { return *add(a, b); }

// All that is plausible of it.
std::pair<Rational, Rational> bounds_of(const std::string& input) {
  const auto& terms = *vocabulary_of_people();
  for (const auto& name : terms.find(input)) {
    if (name.kind == NameKind::observation) return *terms.at(make_id<ObservationId>(name.id)).plausible;
  }
  return {Rational{0}, Rational{oldest_years}};
}

// Its edges, what lies just inside and somewhere within, as one writes them.
std::vector<std::string> values_in(const Range& range, const std::string& input, Random& random) {
  const Rational step = input == "age" ? Rational{1} : *Rational::make(1, 1000);
  const auto [lowest, highest] = bounds_of(input);
  const auto first = range.low ? (range.low->belongs ? range.low->value : sum(range.low->value, step)) : lowest;
  const auto last = range.high ? (range.high->belongs ? range.high->value : *subtract(range.high->value, step)) : highest;
  if (first > last) return {};
  std::vector<std::string> out = {first.to_string(6), last.to_string(6)};
  const auto steps = divide(*subtract(last, first), step)->floor();
  for (int i = 0; i < 2; ++i) {
    const auto some = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(steps) + 1));
    out.push_back(sum(first, *multiply(step, Rational{some})).to_string(6));
  }
  return out;
}

// The second begins where the first ends; to three figures where it is not the value itself that rules look at.
bool meet(const std::string& one, const std::string& next, bool whole) {
  const auto a = range_of(one), b = range_of(next);
  if (!a || !b || !a->high || !b->low) return one == "yes" && next == "no";
  const auto &from = *a->high, &to = *b->low;
  if (from.value == to.value) return from.belongs != to.belongs;
  if (!from.belongs || !to.belongs || from.value > to.value) return false;
  const auto gap = *subtract(to.value, from.value);
  return whole ? gap == Rational{1} : *multiply(gap, Rational{99}) <= to.value;
}

std::vector<std::string> values_in(const std::string& range, const std::string& input, Random& random) {
  if (range == "yes" || range == "no") return {range};
  if (range.empty() && bounds_of(input).second == Rational{oldest_years} && input != "age") return {"yes", "no"};
  const auto read = range.empty() ? std::optional(Range{}) : range_of(range);
  return read ? values_in(*read, input, random) : std::vector<std::string>();
}

struct Seen {
  std::size_t people = 0, cells = 0, worked_out = 0, pairs = 0, screened = 0, nothing_told = 0;
};

class Law {
 public:
  Law(const Asked& asked, Random& random, Seen& seen) : asked_(asked), random_(random), seen_(seen) {}

  std::string broken(const WhatIf& answer) {
    for (const auto* list : {&answer.missing, &answer.known}) {
      for (const auto& cells : *list) {
        auto wrong = cells_broken(cells);
        if (!wrong.empty()) return fmt::format("{}: {}", cells.input, wrong);
      }
    }
    for (const auto& two : answer.together) {
      auto wrong = two_broken(two);
      if (!wrong.empty()) return fmt::format("{} and {}: {}", two.inputs[0], two.inputs[1], wrong);
    }
    return left_out(answer);
  }

 private:
  struct Place {
    const Cell* cell;
    Assumed at;
    Says says;
  };

  // In all of these places exactly what their cells tell, beside what is found in all of them.
  static std::string told_otherwise(const std::vector<Place>& places) {
    if (places.empty()) return "nowhere";
    auto common = places.front().says;
    for (const auto& place : places) std::erase_if(common, [&](const std::string& each) { return !place.says.contains(each); });
    for (const auto& place : places) {
      auto says = place.says;
      std::erase_if(says, [&](const std::string& each) { return common.contains(each); });
      if (says != Says(place.cell->says.begin(), place.cell->says.end()))
        return fmt::format("in `{}`, at {}, found {}, told {}", place.cell->range, place.at, says, place.cell->says);
    }
    return {};
  }

  void add_places(const std::vector<Cell>& cells, const std::string& input, const Assumed& beside, std::vector<Place>& out) {
    for (const auto& cell : cells) {
      auto values = values_in(cell.range, input, random_);
      values.insert(values.end(), cell.points.begin(), cell.points.end());
      for (const auto& value : values) {
        auto at = beside;
        at[input] = value;
        if (const auto& says = asked_.found(at)) out.push_back({&cell, at, *says});
        ++seen_.screened;
      }
    }
  }

  std::string no_row(const std::vector<Cell>& cells, bool whole) {
    for (std::size_t i = 1; i < cells.size(); ++i) {
      if (!meet(cells[i - 1].range, cells[i].range, whole)) return fmt::format("`{}` and `{}` leave a gap", cells[i - 1].range, cells[i].range);
      if (cells[i - 1].says == cells[i].says) return fmt::format("`{}` and `{}` say the same", cells[i - 1].range, cells[i].range);
    }
    return {};
  }

  std::string cells_broken(const CellsOf& of) {
    seen_.cells += of.cells.size();
    for (const auto& cell : of.cells)
      seen_.worked_out += cell.range.find("≤ ") != std::string::npos && cell.range.find("≥ ") != std::string::npos ? 1 : 0;
    auto wrong = no_row(of.cells, of.input == "age");
    std::vector<Place> places;
    add_places(of.cells, of.input, {}, places);
    if (wrong.empty()) wrong = told_otherwise(places);
    return wrong.empty() && !of.value.empty() ? now_broken(of) : wrong;
  }

  // The cell that holds the stated value is the one that is marked, where that value counts as a new one does.
  std::string now_broken(const CellsOf& of) {
    const auto& stated = asked_.person.values.at(of.input);
    if (stated.days_ago > 0) return {};
    for (const auto& cell : of.cells) {
      const auto range = range_of(cell.range);
      const auto value = *Rational::parse(stated.number);
      const bool above = !range->low || value > range->low->value || (range->low->belongs && value == range->low->value);
      const bool below = !range->high || value < range->high->value || (range->high->belongs && value == range->high->value);
      if ((above && below) != cell.now) return fmt::format("`{}` is {}marked, of {}", cell.range, cell.now ? "" : "not ", stated.number);
    }
    return {};
  }

  std::string two_broken(const CellsOfTwo& of) {
    ++seen_.pairs;
    std::vector<Place> places;
    for (std::size_t i = 0; i < of.rows.size(); ++i) {
      const auto& row = of.rows[i];
      if (i > 0 && !meet(of.rows[i - 1].range, row.range, of.inputs[0] == "age"))
        return fmt::format("the rows `{}` and `{}` leave a gap", of.rows[i - 1].range, row.range);
      auto values = values_in(row.range, of.inputs[0], random_);
      values.insert(values.end(), row.points.begin(), row.points.end());
      for (const auto& value : values) add_places(row.cells, of.inputs[1], {{of.inputs[0], value}}, places);
      const auto wrong = no_row(row.cells, of.inputs[1] == "age");
      if (!wrong.empty()) return wrong;
    }
    return told_otherwise(places);
  }

  // What is asked for, or stated, and stands in no list makes no difference to what is found.
  std::string left_out(const WhatIf& answer) {
    std::set<std::string> inputs, told;
    for (const auto& each : answer.missing) told.insert(each.input);
    for (const auto& each : answer.known) told.insert(each.input);
    if (answer.missing.size() == most_inputs || answer.known.size() == most_inputs) return {};
    for (const auto* list : {&answer.screening.undecided, &answer.screening.findings}) {
      for (const auto& finding : *list) add_asked(finding, inputs);
    }
    for (const auto& [name, value] : asked_.person.values) inputs.insert(name);
    for (const auto& input : inputs) {
      if (told.contains(input) || random_.chance(50)) continue;
      ++seen_.nothing_told;
      const auto wrong = makes_a_difference(input);
      if (!wrong.empty()) return wrong;
    }
    return {};
  }

  static void add_asked(const Finding& finding, std::set<std::string>& inputs) {
    const auto look = [&](const std::vector<Need>& needs) {
      for (const auto& need : needs) {
        const bool value = need.kind == "observation" || need.kind == "condition" || (need.kind == "patient" && need.input == "age");
        if (need.asked && need.of.empty() && value) inputs.insert(need.input);
      }
    };
    look(finding.needs);
    for (const auto& shift : finding.could_raise) look(shift.needs);
  }

  std::string makes_a_difference(const std::string& input) {
    const bool number = input == "age" || units_of_values.contains(input);
    std::vector<std::string> values = {"yes", "no"};
    if (number) {
      values = values_in("", input, random_);
      for (const char* limit :
           {"≥ 2 and ≤ 3.5", "≥ 5 and ≤ 5.5", "≥ 15 and ≤ 30", "≥ 45 and ≤ 60", "≥ 65 and < 75", "≥ 130 and ≤ 135", "≥ 450 and ≤ 500"}) {
        for (auto& value : values_in(limit, input, random_)) values.push_back(std::move(value));
      }
    }
    const Says* first = nullptr;
    std::string first_value;
    for (const auto& value : values) {
      const auto at = number ? *Rational::parse(value) : Rational{0};
      if (number && (at < bounds_of(input).first || at > bounds_of(input).second)) continue;
      if (input == "age" && at.denominator() != 1) continue;
      const auto& says = asked_.found({{input, value}});
      if (!says) continue;
      if (first == nullptr) first = &*says, first_value = value;
      if (*says != *first) return fmt::format("not told: {} at {} {}, at {} {}", input, first_value, *first, value, *says);
    }
    return {};
  }

  const Asked& asked_;
  Random& random_;
  Seen& seen_;
};

}  // namespace

TEST_CASE("what each value would settle is what a screening with it finds, at the points and edges of the cells and inside them") {
  REQUIRE(vocabulary_of_people());
  Seen seen;
  const auto bases = std::max<std::size_t>(1, cases_wanted(20'000 / screened_each, screened_each) / people_each);
  std::string wrong;
  for (std::size_t i = 0; i < bases && wrong.empty(); ++i) {
    Random random(first_seed() + i);
    const auto text = PersonWriter(random).rules();
    INFO("THERIAC_SEED=", first_seed() + i, "\n", text);
    const auto compiled = compile(vocabulary_of_people(), {grammar::Source::make("people.rx", text)});
    REQUIRE(compiled.rules);
    for (std::size_t k = 0; k < people_each && wrong.empty(); ++k) {
      const auto person = PersonWriter(random).make();
      ++seen.people;
      const auto answer = what_if(*compiled.rules, patient_of(person, {}));
      const Asked asked{*compiled.rules, person};
      wrong = Law(asked, random, seen).broken(answer);
      CHECK_MESSAGE(wrong.empty(), fmt::format("person {}: {}\n{}", k, wrong, what_if_text(answer)));
    }
  }
  MESSAGE(seen.people << " people, " << seen.cells << " cells, " << seen.worked_out << " between worked-out edges, " << seen.pairs << " pairs, "
                      << seen.screened << " screenings in them, " << seen.nothing_told << " values of which nothing is told");
  if (seen.people < 1000) return;
  CHECK(seen.cells > seen.people);
  CHECK(seen.worked_out > 0);
  CHECK(seen.pairs * 100 > seen.people);
  CHECK(seen.nothing_told > 0);
}
