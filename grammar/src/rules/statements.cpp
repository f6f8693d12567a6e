#include "rules/statements.hpp"

#include "rules/clauses.hpp"
#include "rules/header.hpp"
#include "rules/lexical.hpp"
#include "rules/tables.hpp"
#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::array declarations = {"class"sv, "population"sv, "qualifier"sv, "effect"sv, "exception"sv, "attribute"sv};
constexpr std::array later = {"overlay"sv, "edition"sv};
constexpr std::array openers = {"rule"sv,      "class"sv, "population"sv, "effect"sv,  "exception"sv, "attribute"sv,
                                "qualifier"sv, "score"sv, "table"sv,      "overlay"sv, "edition"sv};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The clauses of a declaration only continue its line; one that opens like a rule's clause is a mistake, not a name.
bool report_clause_of_declaration(const Context& context, const RawStatement& raw, std::string_view kind) {
  bool found = false;
  for (const auto clause : raw.clauses) {
    const auto text = context.slice(clause);
    if (!opens_clause(text)) continue;
    const auto length = static_cast<std::uint32_t>(word_length(text));
    auto& diagnostic = context.report(Code::TH1004, {clause.begin, clause.begin + length},
                                      "`" + std::string(kind) + "` has no clause `" + std::string(text.substr(0, length)) + "`");
    diagnostic.help.emplace_back("clauses belong to rules; say it in a comment `# …` here");
    found = true;
  }
  return found;
}

template <class T>
bool place_into(Statement& statement, std::optional<T> value) {
  if (value) statement.what = std::move(*value);
  return value.has_value();
}

// Its text is that of a population, but its guard speaks of a drug.
std::optional<QualifierDeclaration> read_qualifier(const Context& context, Span range) {
  auto read = read_population(context, range);
  if (!read) return std::nullopt;
  return QualifierDeclaration{std::move(read->name), std::move(read->guard)};
}

bool read_declaration(const Context& context, const RawStatement& raw, std::string_view kind, Statement& statement) {
  if (report_clause_of_declaration(context, raw, kind)) return false;
  if (kind == "class") return place_into(statement, read_class(context, raw.span));
  if (kind == "population") return place_into(statement, read_population(context, raw.span));
  if (kind == "qualifier") return place_into(statement, read_qualifier(context, raw.span));
  if (kind == "effect") return place_into(statement, read_effect(context, raw.span));
  if (kind == "exception") return place_into(statement, read_exception(context, raw.span));
  return place_into(statement, read_attribution(context, raw.span));
}

void report_unknown_statement(const Context& context, const RawStatement& raw, Span word) {
  const auto first = context.slice(word);
  const auto header = context.slice(raw.header);
  auto& diagnostic =
      context.report(Code::TH1001, raw.header, "expected a rule or a declaration", "neither an arrow nor a word that opens a declaration");
  if (opens_clause(context.slice(raw.header))) {
    diagnostic.primary = {context.place(word), "starts in column 0"};
    diagnostic.help.emplace_back("`" + std::string(first) + "` opens a clause: indent it below `rule LABEL:`");
  } else if (const auto near = nearest(first, openers); near) {
    diagnostic.primary = {context.place(word), {}};
    diagnostic.help.push_back("did you mean `" + *near + "`?");
    diagnostic.edits.push_back({context.place(word), *near});
  } else if (header.find('=') != std::string_view::npos) {
    diagnostic.help.emplace_back("a class is `class sedating antidepressant = mirtazapine, trazodone`");
  } else {
    diagnostic.help.emplace_back("a rule is `opioid + benzodiazepine → respiratory depression [major]`");
  }
}

}  // namespace

std::optional<Statement> read_statement(const Context& context, const RawStatement& raw) {
  Statement statement;
  statement.documentation = raw.documentation;
  statement.span = raw.span;
  const auto header = context.slice(raw.header);
  const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(word_length(header), 1));
  const Span word{raw.header.begin, raw.header.begin + length};
  const auto first = context.slice(word);

  const auto arrows = find_arrows(context, raw.header);
  const bool real_arrow = std::any_of(arrows.begin(), arrows.end(), [](const Arrow& arrow) { return !arrow.look_alike; });
  if (real_arrow || (!arrows.empty() && !contains(openers, first))) {
    statement.what = read_short_rule(context, raw, arrows);
  } else if (first == "rule") {
    statement.what = read_block_rule(context, raw);
  } else if (first == "score") {
    if (!place_into(statement, read_score(context, raw))) return std::nullopt;
  } else if (first == "table") {
    if (!place_into(statement, read_table(context, raw))) return std::nullopt;
  } else if (contains(later, first)) {
    context.report(Code::TH1008, word, "`" + std::string(first) + "` is not supported yet")
        .notes.emplace_back("this statement is skipped, the others are read");
    return std::nullopt;
  } else if (!contains(declarations, first)) {
    report_unknown_statement(context, raw, word);
    return std::nullopt;
  } else if (!read_declaration(context, raw, first, statement)) {
    return std::nullopt;
  }
  return statement;
}

}  // namespace theriac::grammar::detail
