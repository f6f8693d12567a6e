// A mistake loses its own statement and no other, and all mistakes are told in one run.
#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace theriac::grammar {
namespace {

Parsed read(std::string text) { return parse(Source::make("test.rx", std::move(text))); }

std::vector<std::string> ids(const Parsed& parsed) {
  std::vector<std::string> out;
  for (const auto& diagnostic : parsed.diagnostics) out.emplace_back(info(diagnostic.code).id);
  return out;
}

std::string fixed(const Diagnostic& diagnostic) {
  auto text = diagnostic.primary.place.source->text();
  REQUIRE(diagnostic.edits.size() == 1);
  const auto span = diagnostic.edits[0].place.span;
  return text.replace(span.begin, span.end - span.begin, diagnostic.edits[0].replacement);
}

}  // namespace

TEST_CASE("ten mistakes give ten messages and the good rules survive") {
  const auto parsed = read(
      "first: opioid + benzodiazepine → respiratory depression [major]\n"
      "opioid + → respiratory depression\n"
      "opioid –> overdose\n"
      "rule misspelt:\n  when opioid\n  then overdose\n  becuase it slows breathing\n"
      "second: NSAID in elderly → upper GI bleed\n"
      "NSAID in elderly and no PPI or misoprostol → upper GI bleed\n"
      "metformin with eGFR < → lactic acidosis\n"
      "MAOI stopped within 2 fortnights → serotonin syndrome\n"
      "populaton elderly: age >= 65 years\n"
      "rule twice:\n  when opioid\n  when opioid\n  then overdose\n"
      "opioid → overdose [major\n"
      "table doses by weight:\n  weight | dose\n"
      "third: lithium + NSAID → lithium toxicity\n");
  CHECK(ids(parsed) == std::vector<std::string>{"TH1001", "TH1003", "TH1004", "TH1006", "TH1001", "TH3003", "TH1001", "TH1007", "TH1001", "TH1007"});
  CHECK(parsed.dropped == 10);
  REQUIRE(parsed.statements.size() == 3);
  for (const auto& statement : parsed.statements) CHECK(std::get<Rule>(statement.what).label.has_value());
  CHECK(parsed.dropped_labels == std::vector<std::string>{"misspelt", "twice"});
}

TEST_CASE("every clause of a statement reports its own mistakes") {
  const auto parsed = read("opioid + → [major]; avod it; monitor\n  evidence\n  when\n  then overdose [\n  unless\n");
  CHECK(parsed.diagnostics.size() == 8);
  CHECK(parsed.statements.empty());
  CHECK(parsed.dropped == 1);
}

TEST_CASE("a rule that lost a clause is dropped whole") {
  CHECK(read("rule a:\n  when opioid\n  then overdose\n  unless and\n").statements.empty());
  CHECK(read("rule a:\n  when opioid\n  then overdose\n  example fires opioid\n").statements.empty());
  CHECK(read("rule a:\n  when opioid\n  then overdose\n  unles palliative care\n").statements.empty());
}

TEST_CASE("labels of dropped statements are kept so that their exceptions can be dropped") {
  const auto parsed = read(
      "plain: a + → b\n"
      "rule block \"t\":\n  when\n"
      "exception to x as named when and: silent\n"
      "no label here → b\n");
  CHECK(parsed.dropped_labels == std::vector<std::string>{"plain", "block", "named"});
}

TEST_CASE("the fix of a message repairs the text") {
  const std::vector<std::string> broken = {"a –> b\n",
                                           "a --> b\n",
                                           "a - > b\n",
                                           "a with eGFR => 30 mL/min → b\n",
                                           "rule a:\n  when b\n  then c\n  becuase d\n",
                                           "rule a:\n  when b\n  then c if d\n",
                                           "a → b; avod it\n",
                                           "my label: a → b\n",
                                           "populaton a: b\n",
                                           "rule a:\n  when b\n  then c\n  raise to major if age =< 65 years\n"};
  for (const auto& text : broken) {
    const auto parsed = read(text);
    REQUIRE_MESSAGE(!parsed.diagnostics.empty(), text);
    if (parsed.diagnostics[0].edits.empty()) continue;
    const auto again = read(fixed(parsed.diagnostics[0]));
    CHECK_MESSAGE(again.diagnostics.empty(), text, fixed(parsed.diagnostics[0]));
    CHECK(again.statements.size() == 1);
  }
}

TEST_CASE("the rewrites that a message shows are accepted") {
  const std::vector<std::string> broken = {"a in b and no c or d → x\n", "a with no c or d → x\n", "a or b and c → x\n",
                                           "a and b or c → x\n",         "a except b or c → x\n",  "a or b within 3 days → x\n",
                                           "abrupt stop of a or b → x\n"};
  for (const auto& text : broken) {
    const auto parsed = read(text);
    REQUIRE_MESSAGE(parsed.diagnostics.size() == 1, text);
    for (const auto& help : parsed.diagnostics[0].help) {
      const auto open = help.find('`');
      if (open == std::string::npos) continue;
      const auto rewrite = help.substr(open + 1, help.find('`', open + 1) - open - 1);
      // A rewrite of a guard alone stands where the guard stood.
      const auto guard = parse_guard(Source::make("guard", rewrite), {0, static_cast<std::uint32_t>(rewrite.size())});
      const auto rule = read(rewrite + " → x\n");
      CHECK_MESSAGE((guard.diagnostics.empty() || rule.diagnostics.empty()), text, rewrite);
    }
  }
}

TEST_CASE("a line with an arrow is a rule, whatever its first word") {
  for (const std::string first : {"class", "effect", "population", "rule", "table", "when", "flag", "source", "exception"}) {
    const auto parsed = read(first + " III antiarrhythmic + digoxin → bradycardia\n");
    CHECK_MESSAGE(parsed.diagnostics.empty(), first);
    REQUIRE(parsed.statements.size() == 1);
    CHECK(std::holds_alternative<Rule>(parsed.statements[0].what));
  }
}

TEST_CASE("a word left out of an exception does not make an effect of it") {
  CHECK(ids(read("exception to a when b: lower minor\n")) == std::vector<std::string>{"TH1001"});
  CHECK(read("exception to a when b: lower respiratory infection [minor]\n").diagnostics.empty());
}

TEST_CASE("what has no form yet is named and skipped") {
  for (const std::string first : {"overlay", "edition"}) {
    const auto parsed = read(first + " x\n  y → z\na → b\n");
    CHECK(ids(parsed) == std::vector<std::string>{"TH1008"});
    CHECK(parsed.statements.size() == 1);
  }
}

TEST_CASE("a guard alone") {
  const auto source = Source::make("guard", "  age >= 65 years\tand # comment\n no (a or b) ");
  const auto parsed = parse_guard(source, {0, static_cast<std::uint32_t>(source->text().size())});
  REQUIRE(parsed.guard);
  CHECK(test::dump(*parsed.guard) == "all('age' {>= 65[years]}, no(any('a', 'b')))");
  const auto broken = parse_guard(Source::make("guard", "age >= and"), {0, 10});
  CHECK_FALSE(broken.guard);
  CHECK(broken.diagnostics.size() == 1);
  CHECK_FALSE(parse_guard(Source::make("guard", ""), {0, 100}).guard);
  CHECK_FALSE(parse_guard(Source::make("guard", "a or no b or c"), {5, 3}).guard);
}

}  // namespace theriac::grammar
