// Every word of the tree stands where its span says.
#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace theriac::grammar {
namespace {

struct SpanCheck {
  const Source& source;
  std::size_t words = 0;

  void inside(Span inner, Span outer) {
    CHECK(inner.begin <= inner.end);
    CHECK(inner.begin >= outer.begin);
    CHECK(inner.end <= outer.end);
  }
  void tight(Span span) {
    const auto text = source.slice(span);
    REQUIRE_FALSE(text.empty());
    CHECK(text.front() != ' ');
    CHECK(text.back() != ' ');
    CHECK(text.back() != '\n');
  }

  void check(const Phrase& phrase, Span outer) {
    inside(phrase.span, outer);
    tight(phrase.span);
    REQUIRE_FALSE(phrase.words.empty());
    CHECK(phrase.words.front().span.begin == phrase.span.begin);
    CHECK(phrase.words.back().span.end == phrase.span.end);
    for (const auto& word : phrase.words) {
      ++words;
      CHECK(source.slice(word.span) == (word.quoted ? "`" + word.text + "`" : word.text));
    }
  }
  void check(const Quantity& quantity, Span outer) {
    inside(quantity.span, outer);
    CHECK(source.slice(quantity.number.span) == quantity.number.text);
    CHECK(source.slice(quantity.span).ends_with(quantity.unit));
  }
  void check(const Test& test, Span outer) {
    inside(test.span, outer);
    tight(test.span);
    if (const auto* comparison = std::get_if<Comparison>(&test.what)) {
      std::visit([&](const auto& right) { check(right, test.span); }, comparison->right);
    } else if (const auto* within = std::get_if<Within>(&test.what)) {
      CHECK(source.slice(within->duration.span).starts_with(std::to_string(within->duration.count)));
    }
  }
  void check(const Term& term, Span outer) {
    inside(term.span, outer);
    tight(term.span);
    check(term.phrase, term.span);
    for (const auto& item : term.except) check(item, term.span);
    for (const auto& test : term.tests) check(test, term.span);
  }
  void check(const Count& count, Span outer) {
    inside(count.span, outer);
    if (count.of) check(*count.of, count.span);
    for (const auto& guard : count.of_guards) check(guard, count.span);
  }
  void check(const AbruptStop& stop, Span outer) {
    inside(stop.span, outer);
    check(stop.of, stop.span);
  }
  void check(const Group& group, Span outer) {
    inside(group.span, outer);
    CHECK(source.slice(group.span).front() == '(');
    for (const auto& item : group.any_of) check(item, group.span);
  }
  void check(const UnitItem& item, Span outer) {
    inside(item.span, outer);
    std::visit([&](const auto& what) { check(what, item.span); }, item.what);
  }
  void check(const Apart& apart, Span outer) { inside(apart.span, outer); }
  void check(const Unknown& unknown, Span outer) {
    inside(unknown.span, outer);
    check(unknown.of, unknown.span);
  }
  void check(const Guard& guard, Span outer) {
    inside(guard.span, outer);
    tight(guard.span);
    if (guard.kind == Guard::Kind::leaf) std::visit([&](const auto& leaf) { check(leaf, guard.span); }, guard.leaf);
    for (const auto& child : guard.children) check(child, guard.span);
  }
  void check(const Premise& premise, Span outer) {
    inside(premise.span, outer);
    tight(premise.span);
    for (const auto& item : premise.items) {
      inside(item.span, premise.span);
      for (const auto& unit : item.any_of) check(unit, item.span);
      if (item.role) check(*item.role, item.span);
    }
    for (const auto& attached : premise.guards) check(attached.guard, premise.span);
    if (premise.unless) check(*premise.unless, premise.span);
  }
  void check(const Tag& tag, Span outer) {
    inside(tag.span, outer);
    CHECK(source.slice(tag.span) == tag.text);
  }
  void check(const Outcome& outcome, Span outer) {
    inside(outcome.span, outer);
    for (const auto& head : outcome.heads) {
      inside(head.span, outcome.span);
      check(head.effect, head.span);
      if (head.of_role) check(*head.of_role, head.span);
      if (head.is) check(*head.is, head.span);
    }
    for (const auto& tag : outcome.tags) check(tag, outcome.span);
  }
  void check(const Rule& rule, Span outer) {
    check(rule.premise, outer);
    for (const auto& guard : rule.unless) check(guard, outer);
    for (const auto& outcome : rule.outcomes) check(outcome, outer);
    for (const auto& shift : rule.shifts) {
      inside(shift.span, outer);
      check(shift.guard, shift.span);
      if (shift.source) check(*shift.source, shift.span);
    }
    for (const auto& phrase : rule.ask_for) check(phrase, outer);
    for (const auto& action : rule.actions) {
      std::visit([&](const auto& what) { inside(what.span, outer); }, action);
    }
    for (const auto& reference : rule.sources) check(reference.key, outer);
    for (const auto& example : rule.examples) inside(example.patient.span, example.span);
    if (rule.label) CHECK(source.slice(rule.label->span) == rule.label->text);
    if (rule.title) CHECK(source.slice(rule.title->span) == "\"" + rule.title->text + "\"");
  }
  void check(const ClassDeclaration& declaration, Span outer) {
    check(declaration.name, outer);
    for (const auto& member : declaration.members) check(member, outer);
    for (const auto& phrase : declaration.except) check(phrase, outer);
  }
  void check(const PopulationDeclaration& declaration, Span outer) {
    check(declaration.name, outer);
    check(declaration.guard, outer);
  }
  void check(const QualifierDeclaration& declaration, Span outer) {
    check(declaration.name, outer);
    check(declaration.guard, outer);
  }
  void check(const EffectDeclaration& declaration, Span outer) {
    check(declaration.name, outer);
    for (const auto& tag : declaration.tags) check(tag, outer);
  }
  void check(const ScoreDeclaration& score, Span outer) {
    check(score.name, outer);
    if (score.over_drugs) check(score.over_drugs->of, outer);
    if (score.over_drugs) check(score.over_drugs->over, outer);
    for (const auto& part : score.parts) {
      inside(part.span, outer);
      CHECK(source.slice(part.points.span) == part.points.text);
      check(part.guard, part.span);
    }
  }
  void check(const TableDeclaration& table, Span outer) {
    check(table.name, outer);
    for (const auto& phrase : table.by) check(phrase, outer);
    for (const auto& phrase : table.header) check(phrase, outer);
    for (const auto& row : table.rows) {
      inside(row.span, outer);
      for (const auto& cell : row.cells) {
        inside(cell.span, row.span);
        if (cell.test) check(*cell.test, cell.span);
        if (cell.value) check(*cell.value, cell.span);
      }
    }
  }
  void check(const ExceptionStatement& exception, Span outer) {
    for (const auto& tag : exception.to) check(tag, outer);
    check(exception.when, outer);
  }
  void check(const Attribution& attribution, Span outer) {
    check(attribution.effect, outer);
    check(attribution.to, outer);
  }
};

}  // namespace

TEST_CASE("spans hold exactly the words") {
  for (const std::string name : {"samples.rx", "layers.rx"}) {
    std::ifstream file(std::string(THERIAC_TEST_DATA) + "/golden/trees/" + name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto parsed = parse(Source::make(name, text));
    SpanCheck check{*parsed.source};
    for (const auto& statement : parsed.statements) {
      std::visit([&](const auto& what) { check.check(what, statement.span); }, statement.what);
    }
    CHECK(check.words > 100);
  }
}

TEST_CASE("the place of a mistake is the token that is wrong") {
  const auto at = [](std::string text) {
    const auto parsed = parse(Source::make("x", std::move(text)));
    REQUIRE(parsed.diagnostics.size() == 1);
    return parsed.diagnostics[0].primary.place.to_string() + " " + std::string(parsed.source->slice(parsed.diagnostics[0].primary.place.span));
  };
  CHECK(at("opioid  +   → x\n") == "x:1:13 →");
  CHECK(at("µ-opioid agonist + → x\n") == "x:1:20 →");
  CHECK(at("a → b\nopioid in → x\n") == "x:2:11 →");
  CHECK(at("rule a:\n  when b\n  then c\n  evidence\n") == "x:4:11 \n");
  CHECK(at("rule a:\n  when b +\n    and c\n  then d\n") == "x:3:5 and");
}

}  // namespace theriac::grammar
