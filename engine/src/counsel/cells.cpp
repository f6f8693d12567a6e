#include "compile/compiled.hpp"
#include "facts/facts.hpp"
#include "resolve/parts.hpp"
#include "theriac/brief.hpp"
#include "theriac/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace theriac {
namespace {

using namespace detail;

constexpr std::size_t most_thresholds = 12;  // of one input; what is more is told by fewer cells

// ---- where rules look

class Thresholds {
 public:
  explicit Thresholds(const std::vector<ResolvedRule>& rules) {
    for (const auto& rule : rules) {
      each_guard(rule, [&](const ResolvedGuard& guard) { each_leaf(guard, [&](const auto& leaf) { look_at_leaf(leaf); }); });
      each_dose_test(rule, [&](const DoseTest& dose) {
        if (dose.table) look_at(*dose.table);
      });
    }
  }
  std::vector<Rational> of(ObservationId id) const { return first(observations_, id); }
  std::vector<Rational> of_age() const { return {years_.begin(), years_.end()}; }

 private:
  template <class Map, class Key>
  static std::vector<Rational> first(const Map& map, Key key) {
    const auto at = map.find(key);
    return at == map.end() ? std::vector<Rational>{} : std::vector<Rational>(at->second.begin(), at->second.end());
  }
  void look_at(const Measures& measure) {
    if (measure.of == Measures::Of::observation) observations_[measure.observation].insert(measure.limit);
    if (measure.of == Measures::Of::age_years) years_.insert(measure.limit);
  }
  void look_at(const LimitTable& table) {
    for (const auto& row : table.rows) {
      for (const auto& cell : row.cells) look_at(cell);
    }
  }
  void look_at(const TableValue& value) {
    look_at(value.table);
    if (!value.of) return;
    for (const auto& row : value.table.rows) observations_[value.of->observation].insert(row.limit);
  }
  template <class Leaf>
  void look_at_leaf(const Leaf& leaf) {
    if (const auto* measure = std::get_if<Measures>(&leaf)) look_at(*measure);
    if (const auto* value = std::get_if<TableValue>(&leaf)) look_at(*value);
  }
  std::map<ObservationId, std::set<Rational>> observations_;
  std::set<Rational> years_;
};

// ---- points and cells

// A point is a threshold, or stands for all values between two of them.
struct Point {
  std::string value;     // as `assume` takes it
  std::string from, to;  // "≥ 30", "< 45"; "" where it is open
};

Rational middle(const Rational& a, const Rational& b) { return *divide(*add(a, b), Rational{2}); }

// Below the first, each threshold, between each two, above the last; of whole numbers only those that there are.
std::vector<Point> points_of(const std::vector<Rational>& limits, bool whole) {
  std::vector<Point> out;
  const auto tell = [](const Rational& value) { return value.to_string(); };
  const auto step = [&](const Rational& low, const Rational& high) -> std::optional<Rational> {
    if (!whole) return middle(low, high);
    const Rational next{low.floor() + 1};
    return next < high ? std::optional(next) : std::nullopt;
  };
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const auto& limit = limits[i];
    const auto below = i > 0                 ? step(limits[i - 1], limit)
                       : limit > Rational{0} ? std::optional(whole ? Rational{limit.floor() - 1} : middle(Rational{0}, limit))
                                             : std::nullopt;
    if (below) out.push_back({tell(*below), i > 0 ? "> " + tell(limits[i - 1]) : "", "< " + tell(limit)});
    out.push_back({tell(limit), "≥ " + tell(limit), "≤ " + tell(limit)});
  }
  if (!limits.empty()) {
    const auto& last = limits.back();
    const auto above = whole ? Rational{last.floor() + 1} : *add(last, middle(Rational{0}, last > Rational{0} ? last : Rational{2}));
    out.push_back({tell(above), "> " + tell(last), ""});
  }
  return out;
}

using Says = std::set<std::string>;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : " + ") + name;
  return out;
}

class Cells {
 public:
  Cells(const RuleBase& rules, const Patient& patient, const ScreenOptions& options)
      : rules_(rules), patient_(patient), options_(options), thresholds_(rules.compiled().rules), facts_(understand(patient, rules.terminology())) {}

  // Nothing where no value makes a difference, or none is known to.
  std::optional<CellsOf> of(const std::string& input) const {
    for (const auto& name : rules_.terminology().find(input)) {
      if (name.kind == NameKind::observation) return of_observation(make_id<ObservationId>(name.id));
      if (name.kind == NameKind::condition) return of_condition(input);
    }
    return input == "age" ? of_age() : std::nullopt;
  }

  std::optional<CellsOf> of_observation(ObservationId id) const {
    const auto& kind = rules_.terminology().at(id);
    CellsOf out{kind.name, kind.unit.text, {}, {}};
    for (const auto& fact : facts_.observations) {
      if (fact.what == id && fact.formula.empty()) out.value = fact.shown;
    }
    return with_cells(std::move(out), points_of(few(thresholds_.of(id)), false));
  }

  std::optional<CellsOf> of_age() const {
    CellsOf out{"age", "years", facts_.age ? facts_.age->text : "", {}};
    return with_cells(std::move(out), points_of(few(thresholds_.of_age()), true));
  }

  const Facts& facts() const { return facts_; }

 private:
  static std::vector<Rational> few(std::vector<Rational> limits) {
    if (limits.size() > most_thresholds) limits.resize(most_thresholds);
    return limits;
  }

  std::optional<CellsOf> of_condition(const std::string& name) const {
    CellsOf out{name, "", {}, {}};
    return with_cells(std::move(out), {{"yes", "yes", ""}, {"no", "no", ""}});
  }

  std::optional<Says> says(const std::string& input, const std::string& value) const {
    const auto edited = edit(rules_, patient_, {.without = {}, .with = {}, .assume = {input + "=" + value}});
    if (!edited.problems.empty()) return {};
    return said_of(edited.patient);
  }

  Says said_of(const Patient& patient) const {
    Says out;
    for (const auto& finding : brief(rules_, patient, options_).findings)
      out.insert(fmt::format("{} {}{}", to_string(finding.severity), finding.effect, finding.drugs.empty() ? "" : ": " + joined(finding.drugs)));
    return out;
  }

  // Points that say the same, side by side, are one cell; what every cell says is left out.
  std::optional<CellsOf> with_cells(CellsOf out, const std::vector<Point>& points) const {
    struct Run {
      std::vector<const Point*> points;
      Says says;
    };
    std::vector<Run> runs;
    for (const auto& point : points) {
      auto said = says(out.input, point.value);
      if (!said) continue;  // a value that cannot be
      if (runs.empty() || runs.back().says != *said) runs.push_back({{}, std::move(*said)});
      runs.back().points.push_back(&point);
    }
    if (runs.size() < 2) return {};
    Says common = runs.front().says;
    for (const auto& run : runs) std::erase_if(common, [&](const std::string& each) { return !run.says.contains(each); });
    for (const auto& run : runs) {
      Cell cell;
      const auto& from = run.points.front()->from;
      const auto& to = run.points.back()->to;
      const bool first = &run == &runs.front(), last = &run == &runs.back();
      cell.range = first || from.empty()                                                              ? to
                   : last || to.empty()                                                               ? from
                   : run.points.size() == 1 && from.substr(from.find(' ')) == to.substr(to.find(' ')) ? "=" + from.substr(from.find(' '))
                                                                                                      : from + " and " + to;
      if (cell.range.empty()) cell.range = from;
      for (const auto* point : run.points) cell.points.push_back(point->value);
      for (const auto& each : run.says) {
        if (!common.contains(each)) cell.says.push_back(each);
      }
      out.cells.push_back(std::move(cell));
    }
    mark_now(out);
    return out;
  }

  void mark_now(CellsOf& out) const {
    if (out.value.empty()) return;
    const auto now = said_of(patient_);
    for (auto& cell : out.cells) {
      const bool all = std::all_of(cell.says.begin(), cell.says.end(), [&](const std::string& each) { return now.contains(each); });
      const bool none_else = std::all_of(out.cells.begin(), out.cells.end(), [&](const Cell& other) {
        return std::all_of(other.says.begin(), other.says.end(), [&](const std::string& each) {
          return !now.contains(each) || std::find(cell.says.begin(), cell.says.end(), each) != cell.says.end();
        });
      });
      cell.now = all && none_else;
    }
  }

  const RuleBase& rules_;
  const Patient& patient_;
  const ScreenOptions& options_;
  Thresholds thresholds_;
  Facts facts_;
};

// What undecided findings ask for, the one that most of them need first.
std::vector<std::string> inputs_asked(const Screening& screening) {
  std::map<std::string, std::size_t> wanted;
  for (const auto* list : {&screening.undecided, &screening.findings}) {
    for (const auto& finding : *list) {
      std::set<std::string> of_this;
      for (const auto& need : finding.needs) {
        if (need.asked && need.of.empty() && (need.kind == "observation" || need.kind == "patient" || need.kind == "condition"))
          of_this.insert(need.input);
      }
      for (const auto& shift : finding.could_raise) {
        for (const auto& need : shift.needs) {
          if (need.asked && need.of.empty() && (need.kind == "observation" || need.kind == "condition")) of_this.insert(need.input);
        }
      }
      for (const auto& input : of_this) ++wanted[input];
    }
  }
  std::vector<std::string> out;
  for (const auto& [input, count] : wanted) out.push_back(input);
  std::stable_sort(out.begin(), out.end(), [&](const std::string& a, const std::string& b) { return wanted[a] > wanted[b]; });
  return out;
}

}  // namespace

WhatIf what_if(const RuleBase& rules, const Patient& patient, const ScreenOptions& options) {
  WhatIf out;
  out.screening = screen(rules, patient, options);
  const Cells cells(rules, patient, options);
  for (const auto& input : inputs_asked(out.screening)) {
    if (out.missing.size() == most_inputs) break;
    if (auto found = cells.of(input)) out.missing.push_back(std::move(*found));
  }
  std::set<ObservationId> looked;
  for (const auto& fact : cells.facts().observations) {
    if (!fact.formula.empty() || out.known.size() == most_inputs || !looked.insert(fact.what).second) continue;
    if (auto found = cells.of_observation(fact.what)) out.known.push_back(std::move(*found));
  }
  return out;
}

}  // namespace theriac
