#include "unit/grammar/dump.hpp"

#include <fmt/format.h>

namespace theriac::grammar::test {
namespace {

// A class, so that every overload sees every other.
struct Dumper {
  static std::string dump(const Word& word) { return word.quoted ? "`" + word.text + "`" : word.text; }

  template <class List, class Separator>
  static std::string list(const List& values, Separator separator) {
    std::string out;
    for (const auto& value : values) {
      if (!out.empty()) out += separator;
      out += dump(value);
    }
    return out;
  }

  static std::string dump(const Phrase& phrase) { return "'" + list(phrase.words, " ") + "'"; }
  static std::string dump(const Text& text) { return "\"" + text.text + "\""; }
  static std::string dump(const Tag& tag) { return "<" + tag.text + ">"; }
  static std::string dump(const Quantity& quantity) { return quantity.number.text + (quantity.unit.empty() ? "" : "[" + quantity.unit + "]"); }
  static std::string dump(const Duration& duration) { return fmt::format("{} {}", duration.count, duration.unit); }

  template <class T>
  static std::string dump(const std::optional<T>& value, std::string_view before) {
    return value ? std::string(before) + dump(*value) : std::string();
  }

  static std::string dump(const Comparison& comparison) {
    constexpr std::string_view signs[] = {"<", "<=", "=", "!=", ">=", ">"};
    return fmt::format("{} {}", signs[static_cast<std::size_t>(comparison.op)],
                       std::visit([](const auto& right) { return dump(right); }, comparison.right));
  }
  static std::string dump(const Range& range) { return range.low.text + (range.high_excluded ? " to <" : " to ") + dump(range.high); }
  static std::string dump(const Trend& trend) { return (trend.rising ? "rising " : "falling ") + dump(trend.by) + " within " + dump(trend.within); }
  static std::string dump(const Change& change) {
    constexpr std::string_view kinds[] = {"stopped", "started", "changed"};
    constexpr std::string_view relations[] = {"", " after ", " before "};
    return fmt::format("{}{}{}{}", kinds[static_cast<std::size_t>(change.kind)], dump(change.within, " within "),
                       relations[static_cast<std::size_t>(change.relation)], dump(change.other, ""));
  }
  static std::string dump(const Length& length) { return (length.longer ? "longer than " : "shorter than ") + dump(length.than); }
  static std::string dump(const Within& within) { return "within " + dump(within.duration); }
  static std::string dump(const Is& is) { return "is " + dump(is.state); }
  static std::string dump(const Test& test) {
    return " {" + std::visit([](const auto& what) { return dump(what); }, test.what) + "}";
  }

  static std::string dump(const Term& term) {
    return dump(term.phrase) + (term.except.empty() ? "" : " except(" + list(term.except, " | ") + ")") + list(term.tests, "");
  }
  static std::string dump(const Count& count) {
    return fmt::format("count({}{}{}{})", count.at_least, count.same ? " same" : "", dump(count.of, " "),
                       count.of_guards.empty() ? "" : " of " + list(count.of_guards, ", "));
  }
  static std::string dump(const AbruptStop& stop) { return "abrupt(" + dump(stop.of) + dump(stop.after_longer_than, " after longer than ") + ")"; }
  static std::string dump(const Group& group) { return "(" + list(group.any_of, " | ") + ")" + list(group.tests, ""); }
  static std::string dump(const UnitItem& item) {
    return std::visit([](const auto& what) { return dump(what); }, item.what);
  }
  static std::string dump(const Item& item) { return list(item.any_of, " | ") + dump(item.role, " as "); }
  static std::string dump(const Apart& apart) { return (apart.at_least ? "apart(" : "closer(") + dump(apart.by) + ")"; }
  static std::string dump(const Unknown& unknown) { return "unknown(" + dump(unknown.of) + dump(unknown.within, " within ") + ")"; }

  static std::string dump(const Attached& attached) {
    constexpr std::string_view words[] = {"in", "with", "if", "and"};
    return fmt::format("\n  {} {}", words[static_cast<std::size_t>(attached.word)], dump(attached.guard));
  }
  static std::string dump(const Head& head) { return dump(head.effect) + dump(head.of_role, " of ") + dump(head.is, " is "); }
  static std::string dump(const Outcome& outcome) {
    return "\n  then " + list(outcome.heads, ", ") + (outcome.tags.empty() ? "" : " " + list(outcome.tags, ""));
  }

  static std::string dump(const Flag& flag) { return "flag " + dump(flag.flag) + dump(flag.in, " in "); }
  static std::string dump(const Prefer& prefer) { return "prefer " + list(prefer.alternatives, " | ") + dump(prefer.over, " over "); }
  static std::string dump(const Advice& advice) { return (advice.now ? "now " : "") + advice.verb + " " + dump(advice.text); }
  static std::string dump(const Action& action) {
    return "\n  " + std::visit([](const auto& what) { return dump(what); }, action);
  }
  static std::string dump(const Shift& shift) {
    return fmt::format("\n  {} to {} if {}{}", shift.raise ? "raise" : "lower", dump(shift.to), dump(shift.guard), dump(shift.source, " source "));
  }
  static std::string dump(const Reference& reference) { return "\n  source " + dump(reference.key) + dump(reference.severity, " "); }
  static std::string dump(const Example& example) {
    constexpr std::string_view expects[] = {"fires", "silent", "unknown"};
    return fmt::format("\n  example {} {}: {}", expects[static_cast<std::size_t>(example.expect)], list(example.tags, ""), dump(example.patient));
  }

  static std::string dump(const Premise& premise) {
    return "\n  when " + list(premise.items, " + ") + list(premise.guards, "") + dump(premise.unless, "\n  unless ");
  }

  static std::string dump(const Rule& rule) {
    auto out = "rule" + dump(rule.label, " ") + dump(rule.title, " ") + dump(rule.premise);
    for (const auto& guard : rule.unless) out += "\n  unless-clause " + dump(guard);
    out += list(rule.outcomes, "") + list(rule.shifts, "");
    for (const auto& phrase : rule.ask_for) out += "\n  ask for " + dump(phrase);
    out += list(rule.actions, "") + dump(rule.because, "\n  because ") + dump(rule.tell_patient, "\n  tell ");
    out += dump(rule.evidence, "\n  evidence ") + list(rule.sources, "") + dump(rule.status, "\n  status ") + dump(rule.version, "\n  version ");
    out += dump(rule.review_by, "\n  review by ") + dump(rule.known_noise, "\n  known noise ") + dump(rule.supersedes, "\n  supersedes ") +
           list(rule.examples, "");
    return out;
  }
  static std::string dump(const ClassDeclaration& declaration) {
    return "class " + dump(declaration.name) + (declaration.includes ? " includes " : " = ") + list(declaration.members, ", ") +
           (declaration.except.empty() ? "" : " except " + list(declaration.except, ", "));
  }
  static std::string dump(const PopulationDeclaration& declaration) {
    return "population " + dump(declaration.name) + ": " + dump(declaration.guard);
  }
  static std::string dump(const QualifierDeclaration& declaration) { return "qualifier " + dump(declaration.name) + ": " + dump(declaration.guard); }
  static std::string dump(const EffectDeclaration& declaration) { return "effect " + dump(declaration.name) + " " + list(declaration.tags, ""); }
  static std::string dump(const ScoreDeclaration::Part& part) { return "\n  " + part.points.text + " if " + dump(part.guard); }
  static std::string dump(const ScoreDeclaration::OverDrugs& what) {
    constexpr std::string_view words[] = {"sum", "max", "count"};
    return fmt::format(" = {} of {} over {}", words[static_cast<std::size_t>(what.by)], dump(what.of), dump(what.over));
  }
  static std::string dump(const ScoreDeclaration& score) {
    return "score " + dump(score.name) + (score.over_drugs ? dump(*score.over_drugs) : "") + list(score.parts, "");
  }
  static std::string dump(const TableDeclaration::Cell& cell) {
    return cell.otherwise ? "otherwise" : cell.test ? dump(*cell.test) : cell.value ? dump(*cell.value) : "";
  }
  static std::string dump(const TableDeclaration::Row& row) { return "\n  row " + list(row.cells, " |"); }
  static std::string dump(const TableDeclaration& table) {
    return "table " + dump(table.name) + " by " + list(table.by, ", ") + "\n  header " + list(table.header, " | ") + list(table.rows, "");
  }
  static std::string dump(const ExceptionStatement& exception) {
    constexpr std::string_view kinds[] = {"silent", "lower", "replace"};
    return fmt::format("exception to {}{} when {}: {}{}{}", list(exception.to, ""), dump(exception.as, " as "), dump(exception.when),
                       kinds[static_cast<std::size_t>(exception.kind)], dump(exception.lower_to, " "), dump(exception.outcome, ""));
  }
  static std::string dump(const Attribution& attribution) {
    return "attribute " + dump(attribution.effect) + " to " + dump(attribution.to) + " " + list(attribution.tags, "");
  }

  static std::string dump(const Guard& guard) {
    switch (guard.kind) {
      case Guard::Kind::leaf:
        return std::visit([](const auto& leaf) { return dump(leaf); }, guard.leaf);
      case Guard::Kind::all_of:
        return "all(" + list(guard.children, ", ") + ")";
      case Guard::Kind::any_of:
        return "any(" + list(guard.children, ", ") + ")";
      case Guard::Kind::negation:
        return "no(" + list(guard.children, ", ") + ")";
    }
    return {};
  }
};

}  // namespace

std::string dump(const Guard& guard) { return Dumper::dump(guard); }

std::string dump(const Statement& statement) {
  const auto documentation = statement.documentation.empty() ? std::string() : "## " + statement.documentation + "\n";
  return documentation + std::visit([](const auto& what) { return Dumper::dump(what); }, statement.what) + "\n";
}

std::string dump(const Parsed& parsed) {
  std::string out;
  for (const auto& statement : parsed.statements) out += dump(statement) + "\n";
  return out;
}

}  // namespace theriac::grammar::test
