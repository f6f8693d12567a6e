// The sets of changes that `fix` tells, against an exhaustive search that is written from docs/user/fix.md and shares no code with it: nothing that
// costs less meets the goal, what is told does, and no part of it.
#include "theriac/fix.hpp"
#include "properties/fix/fix_case.hpp"
#include "support/run.hpp"
#include "support/screening.hpp"
#include "theriac/brief.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>
#include <set>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr int longest_washout = 40;

struct Option {
  enum class Is { keep, stop, taper, omit, reduce, delay, replace, add } is = Is::keep;
  int number = 0;  // milligrams, or days
  unsigned cost = 0;
  std::string drug{};  // in its place
};

// ---- the patient, with these options taken

const Minutes as_of = parse_date("2025-03-10")->earliest;
When day(Minutes days) { return {as_of + days * minutes_per_day, as_of + days * minutes_per_day}; }

MedicationEntry entry_of(const Line& line) {
  MedicationEntry entry;
  entry.text = entry.drug = {line.drug, {}};
  entry.dose = Said{fmt::format("{} mg", line.mg), {}};
  entry.frequency = Said{"daily", {}};
  entry.route = Said{"oral", {}};
  entry.start = day(-300);
  if (line.is == Line::Is::past) {
    entry.status = Status::stopped;
    entry.stop = day(-line.stopped_ago);
    entry.ended = MedicationEntry::Ended::tapered;
  }
  if (line.is == Line::Is::proposed) {
    entry.status = Status::proposed;
    entry.start = day(0);
  }
  if (line.is_for_something) entry.indication = Said{"gout", {}};
  return entry;
}

void take(const Option& option, MedicationEntry& entry) {
  switch (option.is) {
    case Option::Is::stop:
    case Option::Is::taper:
      entry.status = Status::stopped;
      entry.stop = day(0);
      entry.ended = option.is == Option::Is::taper ? MedicationEntry::Ended::tapered : MedicationEntry::Ended::unknown;
      return;
    case Option::Is::omit:
      entry.status = Status::not_taken;
      return;
    case Option::Is::reduce:
      entry.dose = Said{fmt::format("{} mg", Rational::make(option.number, 4)->to_string()), {}};
      return;
    case Option::Is::delay:
      entry.start = day(option.number);
      return;
    default:
      return;
  }
}

using Plan = std::vector<Option>;  // a line each, then what is added

Patient patient_of(const FixCase& what, const Plan& plan) {
  Patient patient;
  patient.as_of = as_of;
  patient.complete.conditions = true;
  for (std::size_t i = 0; i < what.lines.size(); ++i) {
    patient.medications.push_back(entry_of(what.lines[i]));
    if (i < plan.size()) take(plan[i], patient.medications.back());
  }
  for (std::size_t i = 0; i < what.lines.size() && i < plan.size(); ++i) {
    if (plan[i].is != Option::Is::replace) continue;
    auto& old = patient.medications[i];
    auto other = entry_of({Line::Is::proposed, plan[i].drug, plan[i].number, 0});
    take({what.lines[i].is == Line::Is::proposed ? Option::Is::omit : Option::Is::stop}, old);
    patient.medications.push_back(other);
  }
  if (plan.size() > what.lines.size() && plan.back().is == Option::Is::add) {
    auto entry = MedicationEntry{};
    entry.text = entry.drug = {what.protects, {}};
    entry.free_text = true;
    entry.status = Status::proposed;
    entry.start = day(0);
    patient.medications.push_back(entry);
  }
  return patient;
}

bool must_taper(const FixCase& what, const std::string& drug) {
  const auto& terms = *test::vocabulary().terminology;
  for (const auto& name : terms.find(drug)) {
    if (name.kind == NameKind::ingredient && terms.at(make_id<ConceptId>(name.id)).taper) return true;
  }
  for (const auto& kind : what.classes_of_abrupt_stops) {
    const auto& members = what.classes.at(kind);
    if (std::find(members.begin(), members.end(), drug) != members.end()) return true;
  }
  return false;
}

// Quarters of a milligram.
std::set<int> lower_doses(const FixCase& what, const Line& line) {
  std::set<int> out;
  const auto limits = [&](const auto& of) { return of.contains(line.drug) ? of.at(line.drug) : std::vector<int>{}; };
  for (const auto limit : limits(what.above)) {
    if (limit < line.mg) out.insert(4 * limit);
  }
  for (const auto limit : limits(what.at_or_above)) {
    if (limit > line.mg) continue;
    if (line.mg < 2 * limit)
      out.insert(2 * line.mg);
    else if (line.mg < 4 * limit)
      out.insert(line.mg);
  }
  return out;
}

// What the vocabulary puts beside this drug at this dose.
void add_alternatives(const Line& line, std::vector<Option>& into) {
  const auto& terms = *test::vocabulary().terminology;
  for (const auto& list : terms.data().alternatives) {
    const auto is_it = [&](const auto& each) { return terms.at(each.drug).name == line.drug && each.per_day.value == Rational{line.mg}; };
    if (std::none_of(list.drugs.begin(), list.drugs.end(), is_it)) continue;
    for (const auto& each : list.drugs) {
      if (!is_it(each)) into.push_back({Option::Is::replace, static_cast<int>(each.per_day.value.floor()), 4, terms.at(each.drug).name});
    }
  }
}

std::vector<Option> options_of(const FixCase& what, const Line& line, bool days) {
  std::vector<Option> out = {{}};
  const unsigned purpose = line.is_for_something ? 2 : 0;
  if (line.is == Line::Is::past) return out;
  if (line.is == Line::Is::proposed) {
    for (int i = 1; days && i <= longest_washout; ++i) out.push_back({Option::Is::delay, i, 2});
    for (const auto dose : lower_doses(what, line)) out.push_back({Option::Is::reduce, dose, 3});
    out.push_back({Option::Is::omit, 0, 4U + purpose});
    if (!must_taper(what, line.drug)) add_alternatives(line, out);
    return out;
  }
  for (const auto dose : lower_doses(what, line)) out.push_back({Option::Is::reduce, dose, 3});
  const bool taper = must_taper(what, line.drug);
  if (!taper) add_alternatives(line, out);
  out.push_back({taper ? Option::Is::taper : Option::Is::stop, 0, (taper ? 7U : 6U) + purpose});
  return out;
}

// ---- all plans

class Exhaustive {
 public:
  Exhaustive(const FixCase& what, const RuleBase& rules) : what_(what), rules_(rules) {
    for (const auto& line : what.lines) options_.push_back(options_of(what, line, true));
    if (!what.protects.empty()) options_.push_back({{}, {Option::Is::add, 0, 3}});
  }

  std::size_t plans() const {
    std::size_t out = 1;
    for (const auto& each : options_) out *= each.size();
    return out;
  }

  bool meets(const Plan& plan) {
    ++screened;
    for (const auto& finding : brief(rules_, patient_of(what_, plan)).findings) {
      if (finding.severity >= what_.goal) return false;
    }
    return true;
  }

  // One that costs less than `limit` and meets the goal.
  std::optional<Plan> cheaper_than(unsigned limit) {
    Plan plan;
    return go(plan, 0, limit) ? std::optional(plan) : std::nullopt;
  }

  std::size_t screened = 0;

 private:
  bool go(Plan& plan, unsigned cost, unsigned limit) {
    if (cost >= limit) return false;
    if (plan.size() == options_.size()) return meets(plan);
    for (const auto& option : options_[plan.size()]) {
      plan.push_back(option);
      if (go(plan, cost + option.cost, limit)) return true;
      plan.pop_back();
    }
    return false;
  }

  const FixCase& what_;
  const RuleBase& rules_;
  std::vector<std::vector<Option>> options_;
};

// What is told, as a plan; nothing where the words say something else.
std::optional<std::pair<std::size_t, Option>> option_of(const FixCase& what, const FixEdit& edit) {
  using Kind = FixEdit::Kind;
  if (edit.kind == Kind::protect) return std::pair(what.lines.size(), Option{Option::Is::add, 0, edit.cost});
  if (edit.entries.size() != 1) return {};
  const auto at = static_cast<std::size_t>(edit.entries.front());
  if (edit.kind == Kind::stop) return std::pair(at, Option{Option::Is::stop, 0, edit.cost});
  if (edit.kind == Kind::taper) return std::pair(at, Option{Option::Is::taper, 0, edit.cost});
  if (edit.kind == Kind::omit) return std::pair(at, Option{Option::Is::omit, 0, edit.cost});
  if (edit.kind == Kind::reduce) {
    const auto mg = Rational::parse(edit.to.substr(0, edit.to.find(' ')));
    return std::pair(at, Option{Option::Is::reduce, static_cast<int>(multiply(*mg, Rational{4})->numerator()), edit.cost});
  }
  if (edit.kind == Kind::replace) {
    const auto blank = edit.to.find(' ');
    return std::pair(at, Option{Option::Is::replace, std::stoi(edit.to.substr(blank + 1)), edit.cost, edit.to.substr(0, blank)});
  }
  if (edit.kind == Kind::delay) {
    const auto days = (parse_date(edit.to)->earliest - as_of) / minutes_per_day;
    return std::pair(at, Option{Option::Is::delay, static_cast<int>(days), edit.cost});
  }
  return {};
}

std::optional<Plan> plan_of(const FixCase& what, const std::vector<FixEdit>& edits) {
  Plan plan(what.lines.size() + (what.protects.empty() ? 0 : 1));
  for (const auto& edit : edits) {
    const auto option = option_of(what, edit);
    if (!option || plan[option->first].is != Option::Is::keep) return {};
    plan[option->first] = option->second;
  }
  return plan;
}

bool stands_in_a_part(Exhaustive& all, const FixCase& what, const std::vector<FixEdit>& edits) {
  for (std::size_t part = 0; part + 1 < (std::size_t{1} << edits.size()); ++part) {
    std::vector<FixEdit> some;
    for (std::size_t i = 0; i < edits.size(); ++i) {
      if ((part >> i & 1U) != 0) some.push_back(edits[i]);
    }
    if (all.meets(*plan_of(what, some))) return true;
  }
  return false;
}

struct Seen {
  std::size_t cases = 0, met = 0, told = 0, screened = 0, by_fix = 0, delays = 0;
};

std::string wrong_with(const FixCase& what, const RuleBase& rules, Seen& seen) {
  Exhaustive all(what, rules);
  if (all.plans() > 40'000) return {};
  FixOptions options;
  options.goal = what.goal;
  const auto answer = fix(rules, patient_of(what, {}), options);
  ++seen.cases;
  seen.by_fix += answer.screenings;
  if (!answer.proven) return "not proven";
  if (all.meets(Plan(what.lines.size()))) return ++seen.met, answer.proposals.empty() ? "" : "a change where none is needed";
  const auto cost = answer.proposals.empty() ? 1'000'000U : answer.proposals.front().cost;
  if (const auto better = all.cheaper_than(cost)) return fmt::format("something cheaper than {} does it", cost);
  for (const auto& proposal : answer.proposals) {
    ++seen.told;
    const auto plan = plan_of(what, proposal.edits);
    if (!plan) return "a change that is not among those tried";
    if (!all.meets(*plan)) return "what is told does not do it";
    if (brief_line(brief(rules, proposal.patient)) != brief_line(brief(rules, patient_of(what, *plan)))) return "the patient told is another";
    if (stands_in_a_part(all, what, proposal.edits)) return "a part of it does it";
    for (const auto& edit : proposal.edits) {
      if (edit.kind != FixEdit::Kind::delay || proposal.edits.size() > 1) continue;
      ++seen.delays;
      const auto told = option_of(what, edit);
      for (int days = 1; days < told->second.number; ++days) {
        auto earlier = *plan;
        earlier[told->first].number = days;
        if (all.meets(earlier)) return "an earlier day does it";
      }
    }
  }
  seen.screened += all.screened;
  return {};
}

}  // namespace

TEST_CASE("fix tells what an exhaustive search finds") {
  Seen seen;
  for (std::size_t i = 0; i < cases_wanted(150, 10); ++i) {
    Random random(first_seed() + i);
    const auto what = CaseWriter(random).make();
    const auto compiled = test::compile_text(what.rules);
    std::string mistakes;
    for (const auto& diagnostic : compiled.diagnostics) {
      if (diagnostic.level == grammar::Level::error) mistakes += grammar::render(diagnostic);
    }
    INFO("THERIAC_SEED=", first_seed() + i, "\n", what.rules, mistakes);
    if (!compiled.rules) continue;
    const auto wrong = wrong_with(what, *compiled.rules, seen);
    CHECK_EQ(wrong, "");
    if (!wrong.empty()) break;
  }
  MESSAGE(seen.cases << " regimens: " << seen.met << " meet their goal, " << seen.told << " proposals, " << seen.delays << " delays; " << seen.by_fix
                     << " screenings by fix, " << seen.screened << " by the exhaustive search");
  CHECK(seen.told > seen.cases / 2);
  CHECK(seen.delays > 0);
}
