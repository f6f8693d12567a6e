// The unit in which a measurement is written changes no value and nothing that is worked out from it. Whole patients, the bundled vocabulary.
#include "facts/facts.hpp"
#include "support/random.hpp"
#include "support/run.hpp"
#include "terminology/observation_unit.hpp"
#include "theriac/load.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace theriac;
using namespace theriac::testing;

namespace {

struct Written {
  const char* name;
  const char* unit;  // whose values have few digits in the observation's own unit too
};
constexpr Written inputs[] = {{"serum creatinine", "umol/L"},
                              {"serum creatinine", "mmol/L"},
                              {"weight", "lb"},
                              {"weight", "g"},
                              {"height", "in"},
                              {"height", "m"},
                              {"bilirubin", "umol/L"},
                              {"albumin", "g/L"},
                              {"sodium", "mEq/L"},
                              {"QT interval", "s"},
                              {"INR", ""},
                              {"heart rate", "/s"},
                              {"systolic blood pressure", "mmHg"},
                              {"haemoglobin", "g/L"},
                              {"HbA1c", "mmol/mol"},
                              {"magnesium", "mEq/L"},
                              {"potassium", "mmol/L"}};

// The value as decimal digits, where it has no more than the reader takes.
std::optional<std::string> decimal(const Rational& value) {
  auto text = value.to_string(15);
  return Rational::parse(text) == value ? std::optional(std::move(text)) : std::nullopt;
}

Rational small_number(Random& random, const Observation& kind) {
  const auto& range = kind.plausible ? *kind.plausible : *kind.absolute;
  const auto span = subtract(range.second, range.first).value();
  const auto step = divide(span, 40).value();
  return add(range.first, multiply(step, Rational{static_cast<std::int64_t>(random.between(1, 39))}).value()).value();
}

class Pair {
 public:
  Pair(std::uint64_t seed, const Terminology& terms) : random_(seed), terms_(terms) {
    one_.as_of = parse_date("2025-03-10")->earliest;
    one_.complete.conditions = random_.chance(50);
    one_.sex = random_.pick({"female", "male", "unknown"});
    const auto months = static_cast<std::int32_t>(random_.between(15, 95) * 12);
    if (random_.chance(90)) one_.age = Age{months, months + (random_.chance(20) ? 24 : 0), "about", {}};
    other_ = one_;
    for (const auto& input : inputs) {
      if (random_.chance(75)) add(input);
    }
  }
  Patient one_, other_;
  std::size_t restated = 0;

 private:
  const Observation& kind(const char* name) const {
    for (const auto& found : terms_.find(name)) {
      if (found.kind == NameKind::observation) return terms_.data().observations[found.id];
    }
    FAIL(name);
    return terms_.data().observations.front();
  }

  void add(const Written& input) {
    const auto& of = kind(input.name);
    // A value with few digits in the other unit, restated in the own one.
    const auto unit = parse_unit(*input.unit == '\0' ? of.unit.text : input.unit).value();
    const auto conversion = detail::conversion_to(of, unit).value();
    const auto near = divide(subtract(small_number(random_, of), conversion.plus).value(), conversion.times).value();
    const auto there = Rational::parse(near.to_string(near < Rational{10} ? 3 : 1)).value();
    const auto here = conversion(there);
    const auto here_text = here ? decimal(*here) : std::nullopt;
    if (!here_text) return;
    ++restated;
    std::optional<When> date;
    if (random_.chance(80)) date = parse_date("2025-03-" + fmt::format("{:02}", random_.between(1, 10)));
    ObservationEntry entry;
    entry.name.text = input.name;
    entry.date = date;
    const auto sign = random_.chance(10) ? ">" : "";
    entry.value.text = sign + there.to_string(15);
    entry.unit.text = *input.unit == '\0' ? "" : input.unit;
    one_.observations.push_back(entry);
    entry.value.text = sign + *here_text;
    entry.unit.text = of.unit.text;
    other_.observations.push_back(entry);
  }

  Random random_;
  const Terminology& terms_;
};

}  // namespace

TEST_CASE("the unit of a measurement changes no value and nothing worked out from it") {
  const auto loaded = load_terminology(THERIAC_RULES "/terminology");
  REQUIRE(loaded.terminology);
  const auto& terms = *loaded.terminology;
  std::size_t derived = 0, restated = 0;
  for (std::size_t i = 0; i < cases_wanted(20000); ++i) {
    const Pair pair(first_seed() + i, terms);
    restated += pair.restated;
    const auto one = detail::understand(pair.one_, terms), other = detail::understand(pair.other_, terms);
    INFO("seed ", first_seed() + i);
    REQUIRE(one.observations.size() == other.observations.size());
    REQUIRE(one.not_derived.size() == other.not_derived.size());
    for (std::size_t k = 0; k < one.observations.size(); ++k) {
      const auto& a = one.observations[k];
      const auto& b = other.observations[k];
      derived += a.formula.empty() ? 0 : 1;
      INFO(terms.at(a.what).name, ": ", a.shown, " and ", b.shown);
      CHECK(a.what == b.what);
      CHECK(a.value == b.value);
      CHECK(a.listed == b.listed);
      CHECK(a.when == b.when);
    }
  }
  CHECK(derived > cases_wanted(20000));
  CHECK(restated > cases_wanted(20000));
}
