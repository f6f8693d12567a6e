// What is *possible* names what it hangs on: some values of the inputs that it asks for, and of nothing else, settle it.
#include "resolve/parts.hpp"
#include "support/complete.hpp"
#include "support/generate_parts.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

using namespace theriac;
using namespace theriac::testing;
using namespace theriac::detail;

namespace {

constexpr int most_tries = 60;

struct Seen {
  std::size_t possible = 0, certain = 0, gone = 0, tries = 0;
  std::map<std::string, std::size_t> kinds;
};

// Takes from a completion of the case only what was asked for.
class Answering {
 public:
  Answering(const Case& partial, const Case& whole, Random& random) : out_(partial), whole_(whole), random_(random) {}

  void answer(const Need& need) {
    const auto& input = need.input;
    if (need.kind == "observation") {
      const bool earlier = input.starts_with("earlier ");
      observation(earlier ? input.substr(8) : input, earlier);
    } else if (need.kind == "condition" || need.kind == "genotype") {
      condition(input);
    } else if (need.kind == "patient") {
      input == "age" ? be_born() : void(out_.facts.sex = whole_.facts.sex);
    } else if (need.kind == "allergy") {
      out_.facts.allergies = whole_.facts.allergies;
    } else {
      for (auto& fact : out_.facts.conditions) {
        const auto on = out_.facts.as_of - random_.pick<Minutes>({0, 6, 12, 13, 20, 27, 40, 400, 2000}) * minutes_per_day;
        if (input == "date of " + out_.terms->at(fact.what).name) fact.onset = When{on, on};
      }
      for (std::size_t i = 0; i < out_.facts.exposures.size(); ++i) {
        const auto& drug = out_.terms->at(out_.facts.exposures[i].what).name;
        if (input == drug || input.ends_with(" of " + drug) || input == fmt::format("is {} taken", drug) ||
            input == fmt::format("how {} was stopped", drug))
          exposure(need, out_.facts.exposures[i], whole_.facts.exposures[i]);
      }
    }
  }

  Case result() && { return std::move(out_); }

 private:
  void exposure(const Need& need, Exposure& out, const Exposure& whole) {
    if (need.kind == "status" && need.input.starts_with("how ")) {
      out.ended = whole.ended;
    } else if (need.kind == "status" || need.kind == "habit") {
      out.presence = whole.presence;
      if (out.end.latest > whole.end.latest || whole.end.latest == always_after) stop(out, whole);
    } else if (need.kind == "date" && need.input.starts_with("start")) {
      out.start = whole.start;
      out.start_given = whole.start_given;
    } else if (need.kind == "date" && need.input.starts_with("stop")) {
      stop(out, whole);
    } else if (need.kind == "date" || need.input.starts_with("dose change")) {
      out.change = whole.change;
    } else if (need.kind == "dose") {
      out.dose = whole.dose;
      out.dose.unit = milligrams();
      out.dose.every = Interval::exactly(Rational{random_.pick<std::int64_t>({6, 8, 12, 24, 168})});
      out.change = {Truth::no, {}};  // it is the dose of all the time
      auto& day = out.dose.per_day;  // as needed: what is really taken
      if (random_.chance(50) && day.high) day = Interval::exactly(random_.chance(50) ? *day.high : Rational{0});
    } else if (need.kind == "route") {
      out.route = whole.route;
    } else if (need.kind == "time") {
      out.times = whole.times;
    }
  }
  // To the day.
  void be_born() {
    const auto days = random_.pick<std::int32_t>({23736, 23739, 23740, 23741, 23742}) + random_.pick({-366, 0, 0, 366});
    const auto months = completed_months(out_.facts.as_of - days * minutes_per_day, out_.facts.as_of);
    out_.facts.age = Age{months, months, "told", {}, days, days};
  }

  static void stop(Exposure& out, const Exposure& whole) {
    out.end = whole.end;
    out.end_given = whole.end_given;
  }

  // A new value, today's; beside those that there are or in place of them. Of a trend, one of the days before.
  void observation(const std::string& name, bool earlier) {
    const auto is_it = [&](const ObservationFact& fact) { return out_.terms->at(fact.what).name == name; };
    const auto is_of_today = [&](const ObservationFact& fact) { return is_it(fact) && (!fact.when || fact.when->latest >= out_.facts.as_of); };
    if (!earlier && random_.chance(70))
      random_.chance(50) ? std::erase_if(out_.facts.observations, is_it) : std::erase_if(out_.facts.observations, is_of_today);
    for (std::size_t i = 0; i < out_.terms->data().observations.size(); ++i) {
      if (out_.terms->data().observations[i].name != name) continue;
      if (!earlier) add(make_id<ObservationId>(i), 0);
      if (earlier || random_.chance(50)) add(make_id<ObservationId>(i), random_.pick<Minutes>({1, 6, 12}));
    }
  }

  void add(ObservationId what, Minutes days_ago) {
    ObservationFact fact;
    fact.what = what;
    fact.value = Interval::exactly(Rational(random_.pick<std::int64_t>({10, 29, 30, 31, 50})));
    const auto on = out_.facts.as_of - days_ago * minutes_per_day;
    fact.when = When{on, on};
    out_.facts.observations.push_back(fact);
  }

  void condition(const std::string& name) {
    std::erase_if(out_.facts.conditions, [&](const ConditionFact& fact) { return out_.terms->at(fact.what).name == name; });
    for (std::size_t i = 0; i < out_.terms->data().conditions.size(); ++i) {
      if (out_.terms->data().conditions[i].name != name) continue;
      ConditionFact fact;
      fact.what = make_id<ConditionId>(i);
      fact.truth = random_.pick({Truth::yes, Truth::no});
      fact.shown = name;
      out_.facts.conditions.push_back(fact);
    }
  }

  Case out_;
  const Case& whole_;
  Random& random_;
};

Verdict verdict_of(const Evaluation& evaluation, const Derivation& derivation, const Support& support) {
  for (const auto& other : evaluation.derivations) {
    if (other.rule != derivation.rule || other.exception != derivation.exception || other.head != derivation.head || other.of != derivation.of)
      continue;
    for (const auto& each : other.supports) {
      if (each.ingredients == support.ingredients) return each.verdict;
    }
  }
  return Verdict::silent;
}

// Is there an answer to what it asks for that settles it?
bool is_settled_by_answers(const Case& what, const Derivation& derivation, const Support& support, Seen& seen) {
  Random random(11);
  for (int i = 0; i < most_tries; ++i) {
    ++seen.tries;
    const auto whole = complete(what, random, 100);
    Answering answering(what, whole, random);
    for (const auto& need : support.needs) {
      if (need.asked) answering.answer(need);
    }
    const auto after = verdict_of(run(std::move(answering).result()).evaluation, derivation, support);
    if (after == Verdict::possible) continue;
    ++(after >= Verdict::unless ? seen.certain : seen.gone);
    return true;
  }
  return false;
}

// No value settles what a table is silent of: `theriac check` tells the author of that.
bool has_gaps(const Case& what) {
  bool gaps = false;
  const auto look = [&](const LimitTable& table) { gaps = gaps || !table.complete; };
  for (const auto& rule : what.rules) {
    each_dose_test(rule, [&](const DoseTest& test) {
      if (test.table) look(*test.table);
    });
    each_guard(rule, [&](const ResolvedGuard& guard) {
      each_leaf(guard, [&](const auto& leaf) {
        if (const auto* value = std::get_if<TableValue>(&leaf)) look(value->table);
      });
    });
  }
  return gaps;
}

std::string unsettled(const Case& what, Seen& seen) {
  if (has_gaps(what)) return {};
  const auto ran = run(what);
  for (const auto& derivation : ran.evaluation.derivations) {
    for (const auto& support : derivation.supports) {
      if (support.verdict != Verdict::possible) continue;
      ++seen.possible;
      std::vector<std::string> asked;
      for (const auto& need : support.needs) {
        if (!need.asked) continue;
        asked.push_back(need.kind + ": " + need.input);
        ++seen.kinds[need.kind];
      }
      const auto& label = what.rules[derivation.rule].label;
      if (asked.empty()) return fmt::format("{} is possible and asks for nothing\n", label);
      if (!is_settled_by_answers(what, derivation, support, seen)) return fmt::format("{} asks for {}, and no answer settles it\n", label, asked);
    }
  }
  return {};
}

Case partial_case(std::uint64_t seed) {
  auto out = generate(seed, {.rules = 3, .entries = 5, .class_entries = false});
  out.facts.unrecognised.clear();
  return out;
}

}  // namespace

TEST_CASE("what is possible names inputs of which some values settle it") {
  Seen seen;
  const auto wrong = search(cases_wanted(20000), partial_case, [&](const Case& what) { return unsettled(what, seen); });
  CHECK_EQ(wrong, "");
  MESSAGE(seen.possible << " possible supports, " << seen.certain << " made certain, " << seen.gone << " gone, in " << seen.tries
                        << " tries; asked for " << fmt::format("{}", seen.kinds));
  if (seen.possible < 1000) return;
  CHECK(seen.certain > 0);
  CHECK(seen.gone > 0);
}
