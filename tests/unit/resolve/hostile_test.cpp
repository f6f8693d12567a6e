// Texts that nobody would write: whatever stands in them, nothing is lost without a word, nothing counted twice, and nothing crashes.
#include "unit/resolve/vocabulary.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

using namespace theriac;
using namespace theriac::detail;
using namespace theriac::detail::testing;

namespace {

constexpr std::array<std::string_view, 64> pieces{"+",
                                                  "or",
                                                  "and",
                                                  "unless",
                                                  "in",
                                                  "with",
                                                  "if",
                                                  "no",
                                                  "(",
                                                  ")",
                                                  "→",
                                                  ";",
                                                  "flag elderly fall risk",
                                                  "stopped within 14 days",
                                                  "started after opioid",
                                                  "started within 3 days after x",
                                                  "as x",
                                                  "as y",
                                                  "as needed",
                                                  "total daily dose > 20 mg/day",
                                                  "> 3",
                                                  "age >= 65",
                                                  "age < 6 months",
                                                  "eGFR < 30",
                                                  "creatinine > 200 umol/L",
                                                  "at least 2 of",
                                                  "at least 2 of the same ingredient",
                                                  "at least 3 of (dementia, COPD, age >= 80)",
                                                  "abrupt stop of opioid after longer than 4 weeks",
                                                  "other",
                                                  "any",
                                                  "allergy to",
                                                  "except",
                                                  "except (opioid or SSRI)",
                                                  "unknown (eGFR within 90 days)",
                                                  "at least 4 hours apart",
                                                  "opioid",
                                                  "SSRI",
                                                  "benzodiazepine",
                                                  "CNS depressant",
                                                  "quetiapine",
                                                  "elderly",
                                                  "dementia",
                                                  "additive sedation",
                                                  "bleeding",
                                                  "of x",
                                                  "x",
                                                  "longer than 4 weeks",
                                                  "within 90 days",
                                                  "oral",
                                                  "patch",
                                                  "regular",
                                                  "drug",
                                                  "female",
                                                  "Klonopin",
                                                  "nonsuch",
                                                  "delirium",
                                                  "taper opioid to zero",
                                                  "reduce each to 5 mg",
                                                  "`a b`",
                                                  "cls",
                                                  "pop",
                                                  "30 to <45 mL/min/1.73m2",
                                                  "rising 30 % within 14 days"};

class Writer {
 public:
  explicit Writer(std::uint32_t seed) : random_(seed) {}

  std::string text() {
    std::string all;
    for (auto statements = 1 + below(5); statements > 0; --statements) all += statement() + "\n";
    return all;
  }

 private:
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }
  std::string some(std::uint32_t most) {
    std::string text;
    for (auto left = below(most + 1); left > 0; --left) text += std::string(pieces[below(pieces.size())]) + " ";
    return text;
  }
  std::string one() { return std::string(pieces[below(pieces.size())]); }

  std::string statement() {
    constexpr std::array<std::string_view, 6> premises{"opioid as x + SSRI as y ",         "opioid + benzodiazepine ", "drug as x ",
                                                       "CNS depressant + CNS depressant ", "additive sedation ",       "dementia "};
    switch (below(7)) {
      case 0:
        return "class cls " + std::string(below(3) > 0 ? "= " : "includes ") + one() + " " + some(3);
      case 1:
        return "population pop: " + one() + " " + some(3);
      case 2:
        return "exception to a as b when " + one() + " " + some(2) + ": " + (below(2) > 0 ? "silent" : "bleeding of x [minor]");
      case 3:
        return "exception to b when dementia: silent";
      case 4:
        return "rule a \"t\":\n  when " + one() + " " + some(3) + "\n  then bleeding\n  raise to major if " + one() + "\n  unless " + one();
      default:
        break;
    }
    return (below(3) == 0 ? "a: " : "") + std::string(premises[below(premises.size())]) + some(2) + "→ bleeding " + some(1);
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("whatever somebody writes, what is left out is said and counted once") {
  const auto terminology = vocabulary();
  for (std::uint32_t seed = 0; seed < 1500; ++seed) {
    const auto text = Writer(seed).text();
    INFO(text);
    const std::vector parsed{grammar::parse(grammar::Source::make("one.rx", text))};
    const auto resolved = resolve(terminology, {}, parsed, {}, seed % 8 == 0);
    REQUIRE(resolved.terminology);
    const bool parse_errors = grammar::has_errors(parsed.front().diagnostics);
    const bool errors = grammar::has_errors(resolved.diagnostics);
    INFO(said(resolved));
    REQUIRE(resolved.not_loaded <= parsed.front().statements.size() + parsed.front().dropped);
    REQUIRE((errors || parse_errors) == (resolved.not_loaded > 0));
    for (const auto& diagnostic : resolved.diagnostics) REQUIRE(diagnostic.primary.place.span.end <= text.size());
    for (const auto& rule : resolved.rules) REQUIRE_FALSE(rule.reading.empty());
  }
}

TEST_CASE("a chain of exceptions ends") {
  std::string text = "a: opioid + SSRI → overdose\n";
  std::string to = "a";
  for (int i = 0; i < 3000; ++i) {
    const auto label = "e" + std::to_string(i);
    text += "exception to " + to + " as " + label + " when dementia: silent\n";
    to = label;
  }
  const auto resolved = resolve_text(text);
  CHECK(resolved.rules.size() == 1);
}
