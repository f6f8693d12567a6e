#include "compile/compiled.hpp"
#include "counsel/axis.hpp"
#include "counsel/thresholds.hpp"
#include "facts/facts.hpp"
#include "facts/newest.hpp"
#include "theriac/live.hpp"
#include "theriac/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <tuple>

namespace theriac {
namespace {

using namespace detail;

constexpr std::size_t most_values_of_two = 900;  // of both, that rules look at; where there are more, nothing is told of the two together

using Says = std::set<std::string>;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : " + ") + name;
  return out;
}

// A patient in whose place a value is put again and again: what is found then.
class Trial {
 public:
  Trial(const RuleBase& rules, const Patient& patient, const ScreenOptions& options)
      : rules_(rules), live_(std::shared_ptr<const RuleBase>(std::shared_ptr<const RuleBase>(), &rules), patient, options) {}

  // Nothing: it cannot be.
  std::optional<Trial> with(const std::string& input, const std::string& value) const {
    auto edited = edit(rules_, live_.patient(), {.without = {}, .with = {}, .assume = {input + "=" + value}});
    if (!edited.problems.empty()) return {};
    auto out = *this;
    out.live_.edit([&](Patient& patient) { patient = std::move(edited.patient); });
    return out;
  }

  Says says() const {
    Says out;
    for (const auto& finding : live_.brief().findings)
      out.insert(fmt::format("{} {}{}", to_string(finding.severity), finding.effect, finding.drugs.empty() ? "" : ": " + joined(finding.drugs)));
    return out;
  }

  Facts facts() const { return understand(live_.patient(), rules_.terminology()); }

 private:
  const RuleBase& rules_;
  LiveScreening live_;
};

// Side by side, all that says the same.
struct Run {
  std::string from, to;
  std::vector<std::string> points;
  Says says;

  std::string range() const {
    if (from.empty() || to.empty()) return from + to;
    const bool one = from.starts_with("≥") && to.starts_with("≤") && from.substr(from.find(' ')) == to.substr(to.find(' '));
    return one ? "=" + from.substr(from.find(' ')) : from + " and " + to;
  }
};

class Cells {
 public:
  explicit Cells(const RuleBase& rules) : rules_(rules), thresholds_(rules.compiled().rules) {}

  std::string unit_of(const std::string& input) const {
    for (const auto& name : rules_.terminology().find(input)) {
      if (name.kind == NameKind::observation) return rules_.terminology().at(make_id<ObservationId>(name.id)).unit.text;
    }
    return input == "age" ? "years" : "";
  }

  // Nothing where no value makes a difference, or none is known to.
  std::optional<CellsOf> of(const Trial& trial, const std::string& input, const ObservationFact* stated = nullptr) const {
    const auto all = runs(trial, input, stated);
    if (all.size() < 2) return {};
    const auto common = common_of(all);
    CellsOf out{input, unit_of(input), stated == nullptr ? "" : stated->shown, {}};
    for (const auto& run : all) out.cells.push_back(cell_of(run, common));
    if (stated != nullptr) mark_now(trial.says(), stated->value, out.cells);
    return out;
  }

  // Of two that are missing, a row a stretch of the first. Nothing where there are too many values to try, or one of the two makes no difference.
  std::optional<CellsOfTwo> of_two(const Trial& trial, const std::string& one, const std::string& other) const {
    const auto anywhere = [](const std::string& /*value*/) { return std::size_t{0}; };
    const auto most_rows = most_values_of_two / std::max<std::size_t>(1, stretches(other, nullptr, anywhere).size());
    std::map<std::string, std::vector<Run>> tried;
    std::map<std::pair<std::vector<std::pair<std::string, Says>>, std::string>, std::size_t> kinds;
    const auto looks_like = [&](const std::string& value) -> std::size_t {
      if (tried.size() > most_rows) return 0;
      const auto there = trial.with(one, value);
      if (!there) return 0;
      const auto& second = tried[value] = runs(*there, other);
      return kinds.emplace(std::pair(seen(second), worked_out(there->facts())), kinds.size() + 1).first->second;
    };
    std::vector<Row> rows;
    for (const auto& stretch : stretches(one, nullptr, remembered(looks_like))) {
      for (const auto& value : {stretch.first, stretch.last}) {
        const auto at = tried.find(value);
        if (at != tried.end()) add(rows, stretch, value, at->second);
      }
    }
    const bool both = rows.size() > 1 && std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.second.size() > 1; });
    return both && tried.size() <= most_rows ? std::optional(told({one, other}, rows)) : std::nullopt;
  }

 private:
  struct Row {
    Run first;
    std::vector<Run> second;
  };
  // As `assume` takes them.
  struct Values {
    std::string from, to, first, last;
  };
  using LooksLikeAt = std::function<std::size_t(const std::string&)>;

  static LooksLikeAt remembered(const LooksLikeAt& looks_like) {
    return [looks_like, known = std::make_shared<std::map<std::string, std::size_t>>()](const std::string& value) {
      const auto [at, is_new] = known->try_emplace(value);
      if (is_new) at->second = looks_like(value);
      return at->second;
    };
  }

  static std::vector<std::pair<std::string, Says>> seen(const std::vector<Run>& runs) {
    std::vector<std::pair<std::string, Says>> out;
    for (const auto& run : runs) out.emplace_back(run.range(), run.says);
    return out;
  }

  static void add(std::vector<Row>& rows, const Values& stretch, const std::string& value, const std::vector<Run>& second) {
    if (rows.empty() || seen(rows.back().second) != seen(second)) rows.push_back({{stretch.from, stretch.to, {}, {}}, second});
    auto& first = rows.back().first;
    first.to = stretch.to;
    if (first.points.empty() || first.points.back() != value) first.points.push_back(value);
  }

  CellsOfTwo told(std::array<std::string, 2> inputs, const std::vector<Row>& rows) const {
    std::vector<Run> all;
    for (const auto& row : rows) all.insert(all.end(), row.second.begin(), row.second.end());
    const auto common = common_of(all);
    CellsOfTwo out{inputs, {unit_of(inputs[0]), unit_of(inputs[1])}, {}};
    for (const auto& row : rows) {
      out.rows.push_back({row.first.range(), row.first.points, {}});
      for (const auto& run : row.second) out.rows.back().cells.push_back(cell_of(run, common));
    }
    return out;
  }

  std::optional<Axis> axis_of(const std::string& input, const ObservationFact* stated = nullptr) const {
    if (input == "age") return Axis{thresholds_.of_age(), Rational{0}, Rational{oldest_years}, true};
    for (const auto& name : rules_.terminology().find(input)) {
      if (name.kind == NameKind::observation) return axis_of(make_id<ObservationId>(name.id), stated);
    }
    return {};
  }

  // What is plausible; all that can be, where a rule or the stated value lies beyond that; without bounds of its own: far beyond the last limit.
  Axis axis_of(ObservationId id, const ObservationFact* stated) const {
    const auto& kind = rules_.terminology().at(id);
    Axis axis{thresholds_.of(id), Rational{0}, Rational{1000}, false};
    if (kind.absolute) std::tie(axis.low, axis.high) = *kind.absolute;
    if (!kind.absolute && !axis.limits.empty()) axis.high = *multiply(std::max(axis.limits.back(), Rational{1}), Rational{10});
    if (!kind.plausible) return axis;
    const auto& [low, high] = *kind.plausible;
    const auto is_plausible = [&](const Rational& value) { return value > low && value < high; };
    const auto can_be = [&](const Rational& value) { return value >= axis.low && value <= axis.high; };
    const bool by_rules =
        std::all_of(axis.limits.begin(), axis.limits.end(), [&](const auto& limit) { return is_plausible(limit) || !can_be(limit); });
    const bool as_stated = stated == nullptr || (is_plausible(stated->value.low.value_or(stated->value.high.value_or(low))) &&
                                                 is_plausible(stated->value.high.value_or(stated->value.low.value_or(high))));
    if (by_rules && as_stated) std::tie(axis.low, axis.high) = *kind.plausible;
    return axis;
  }

  bool is_condition(const std::string& input) const {
    const auto names = rules_.terminology().find(input);
    return std::any_of(names.begin(), names.end(), [](const Name& name) { return name.kind == NameKind::condition; });
  }

  // Each value at either end of a stretch was looked at.
  std::vector<Values> stretches(const std::string& input, const ObservationFact* stated, const LooksLikeAt& looks_like) const {
    std::vector<Values> out;
    if (const auto axis = axis_of(input, stated)) {
      for (const auto& each : stretches_of(*axis, [&](const Rational& value) { return looks_like(value.to_string(places)); }))
        out.push_back({each.from, each.to, each.first.to_string(places), each.last.to_string(places)});
    } else if (is_condition(input)) {
      out = {{"yes", "", "yes", "yes"}, {"no", "", "no", "no"}};
    }
    for (const auto& each : out) {
      looks_like(each.first);
      looks_like(each.last);
    }
    return out;
  }

  // The limits that what is worked out passes: the same where none is passed between.
  std::string worked_out(const Facts& facts) const {
    std::string out;
    for (const auto& fact : facts.observations) {
      if (fact.formula.empty()) continue;
      const auto limits = thresholds_.of(fact.what);
      const auto place = [&](const std::optional<Rational>& value) {
        if (!value) return std::string("-");
        const auto below = std::lower_bound(limits.begin(), limits.end(), *value) - limits.begin();
        return fmt::format("{}{}", below, std::upper_bound(limits.begin(), limits.end(), *value) - limits.begin() > below ? "=" : "");
      };
      out += fmt::format("{}:{},{};", index(fact.what), place(fact.value.low), place(fact.value.high));
      if (fact.listed) out += fmt::format("{},{};", place(fact.listed->low), place(fact.listed->high));
    }
    return out;
  }

  std::vector<Run> runs(const Trial& trial, const std::string& input, const ObservationFact* stated = nullptr) const {
    std::map<std::pair<Says, std::string>, std::size_t> kinds;
    std::map<std::string, Says> found;  // nothing of a value that cannot be
    const auto looks_like = [&](const std::string& value) -> std::size_t {
      const auto there = trial.with(input, value);
      if (!there) return 0;
      const auto& says = found[value] = there->says();
      return kinds.emplace(std::pair(says, worked_out(there->facts())), kinds.size() + 1).first->second;
    };
    std::vector<Run> out;
    for (const auto& stretch : stretches(input, stated, remembered(looks_like))) {
      for (const auto& value : {stretch.first, stretch.last}) {
        const auto at = found.find(value);
        if (at != found.end()) add(out, stretch, value, at->second);
      }
    }
    return out;
  }

  static void add(std::vector<Run>& runs, const Values& stretch, const std::string& value, const Says& says) {
    if (runs.empty() || runs.back().says != says) runs.push_back({stretch.from, stretch.to, {}, says});
    auto& run = runs.back();
    run.to = stretch.to;
    if (run.points.empty() || run.points.back() != value) run.points.push_back(value);
  }

  static Says common_of(const std::vector<Run>& runs) {
    Says common = runs.front().says;
    for (const auto& run : runs) std::erase_if(common, [&](const std::string& each) { return !run.says.contains(each); });
    return common;
  }

  static Cell cell_of(const Run& run, const Says& common) {
    Cell cell{run.range(), run.points, {}, false};
    std::set_difference(run.says.begin(), run.says.end(), common.begin(), common.end(), std::back_inserter(cell.says));
    return cell;
  }

  // The cell that says what is found now, where none that says otherwise lies between it and what is stated: a value that is too old is in none.
  static void mark_now(const Says& now, const Interval& stated, std::vector<Cell>& cells) {
    auto said = now;
    std::erase_if(said, [&](const std::string& each) {
      return std::none_of(cells.begin(), cells.end(),
                          [&](const Cell& cell) { return std::find(cell.says.begin(), cell.says.end(), each) != cell.says.end(); });
    });
    for (auto& cell : cells) cell.now = Says(cell.says.begin(), cell.says.end()) == said;
    const auto keep = [&](const std::array<const Cell*, 2>& beside) {
      for (auto& cell : cells) cell.now = cell.now && (&cell == beside[0] || &cell == beside[1]);
    };
    if (stated.low) keep(beside(*stated.low, stated.low_open, cells));
    if (stated.high) keep(beside(*stated.high, false, cells));
  }

  // The cells of the screened values next to this one, below and above; itself, where it was screened.
  static std::array<const Cell*, 2> beside(const Rational& value, bool above_it, const std::vector<Cell>& cells) {
    std::array<const Cell*, 2> out{};
    for (const auto& cell : cells) {
      for (const auto& point : cell.points) {
        const auto at = *Rational::parse(point);
        if (at <= value) out[0] = &cell;
        if (out[1] == nullptr && (above_it ? at > value : at >= value)) out[1] = &cell;
      }
    }
    return out;
  }

  const RuleBase& rules_;
  Thresholds thresholds_;
};

bool has_cells(const Need& need) {
  return need.asked && need.of.empty() && (need.kind == "observation" || need.kind == "patient" || need.kind == "condition");
}

std::set<std::string> inputs_of(const std::vector<Need>& needs) {
  std::set<std::string> out;
  for (const auto& need : needs) {
    if (has_cells(need)) out.insert(need.input);
  }
  return out;
}

// The most wanted first.
template <class Key>
std::vector<Key> most_wanted(const std::map<Key, std::size_t>& wanted) {
  std::vector<Key> out;
  for (const auto& [key, count] : wanted) out.push_back(key);
  std::stable_sort(out.begin(), out.end(), [&](const Key& a, const Key& b) { return wanted.at(a) > wanted.at(b); });
  return out;
}

// What undecided findings ask for, the one that most of them need first.
std::vector<std::string> inputs_asked(const Screening& screening) {
  std::map<std::string, std::size_t> wanted;
  for (const auto* list : {&screening.undecided, &screening.findings}) {
    for (const auto& finding : *list) {
      auto of_this = inputs_of(finding.needs);
      for (const auto& shift : finding.could_raise) of_this.merge(inputs_of(shift.needs));
      for (const auto& input : of_this) ++wanted[input];
    }
  }
  return most_wanted(wanted);
}

// Two that the same finding asks for, and nothing else.
std::vector<std::pair<std::string, std::string>> pairs_asked(const Screening& screening) {
  std::map<std::pair<std::string, std::string>, std::size_t> wanted;
  const auto look = [&](const std::vector<Need>& needs) {
    const auto inputs = inputs_of(needs);
    const bool no_others =
        std::all_of(needs.begin(), needs.end(), [](const Need& need) { return !need.asked || !need.of.empty() || has_cells(need); });
    if (inputs.size() == 2 && no_others) ++wanted[{*inputs.begin(), *inputs.rbegin()}];
  };
  for (const auto* list : {&screening.undecided, &screening.findings}) {
    for (const auto& finding : *list) {
      look(finding.needs);
      for (const auto& shift : finding.could_raise) look(shift.needs);
    }
  }
  return most_wanted(wanted);
}

// What was measured, each once: the newest of those that count, else the first.
std::vector<ObservationFact> newest_of_each(const Facts& facts, const Terminology& terms) {
  std::vector<ObservationFact> out;
  for (const auto& fact : facts.observations) {
    const auto same = [&](const ObservationFact& other) { return other.what == fact.what; };
    if (!fact.formula.empty() || std::any_of(out.begin(), out.end(), same)) continue;
    const auto newest = newest_usable(facts, terms, fact.what).facts;
    out.push_back(newest.empty() ? fact : *newest.front());
  }
  return out;
}

}  // namespace

WhatIf what_if(const RuleBase& rules, const Patient& patient, const ScreenOptions& options) {
  WhatIf out;
  out.screening = screen(rules, patient, options);
  const Cells cells(rules);
  const Trial trial(rules, patient, options);
  for (const auto& input : inputs_asked(out.screening)) {
    if (out.missing.size() == most_inputs) break;
    if (auto found = cells.of(trial, input)) out.missing.push_back(std::move(*found));
  }
  for (const auto& [one, other] : pairs_asked(out.screening)) {
    if (out.together.size() == most_pairs) break;
    if (auto found = cells.of_two(trial, one, other)) out.together.push_back(std::move(*found));
  }
  const auto facts = trial.facts();
  for (const auto& fact : newest_of_each(facts, rules.terminology())) {
    if (out.known.size() == most_inputs) break;
    if (auto found = cells.of(trial, rules.terminology().at(fact.what).name, &fact)) out.known.push_back(std::move(*found));
  }
  return out;
}

}  // namespace theriac
