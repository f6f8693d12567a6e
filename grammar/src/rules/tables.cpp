#include "rules/tables.hpp"

#include "rules/lexical.hpp"

#include <algorithm>

namespace theriac::grammar::detail {
namespace {

// What stands between the word that opens the statement and the colon that ends its line.
std::optional<Span> between_word_and_colon(const Context& context, Span line, std::string_view word) {
  const auto text = context.slice(line);
  if (text.empty() || text.back() != ':') {
    report_expected(context, line, line.end, "`:` at the end of the line");
    return std::nullopt;
  }
  return trimmed(context.masked, {line.begin + static_cast<std::uint32_t>(word.size()), line.end - 1});
}

std::optional<Phrase> read_name(const Context& context, Span range) {
  auto names = read_phrases(context, range);
  if (!names) return std::nullopt;
  if (names->size() == 1) return std::move(names->front());
  context.report(Code::TH1001, range, "expected one name");
  return std::nullopt;
}

// Offset of a word or sign outside back-quotes; the range's end where there is none.
std::uint32_t find_token(const Context& context, Span range, std::string_view token) {
  for (auto at = range.begin; at < range.end;) {
    const auto rest = context.slice({at, range.end});
    const auto length = std::max<std::size_t>(token_length(rest), 1);
    if (rest.substr(0, length) == token) return at;
    at += static_cast<std::uint32_t>(length);
  }
  return range.end;
}

std::vector<Span> split(const Context& context, Span range, std::string_view sign) {
  std::vector<Span> parts;
  for (auto begin = range.begin;;) {
    const auto end = find_token(context, {begin, range.end}, sign);
    parts.push_back(trimmed(context.masked, {begin, end}));
    if (end == range.end) return parts;
    begin = end + static_cast<std::uint32_t>(sign.size());
  }
}

// `2 if heart failure`
std::optional<ScoreDeclaration::Part> read_part(const Context& context, Span line) {
  ScoreDeclaration::Part part;
  part.span = line;
  const auto digits = static_cast<std::uint32_t>(number_length(context.slice(line)));
  if (digits == 0) {
    report_expected(context, line, line.begin, "points, as in `2 if heart failure`");
    return std::nullopt;
  }
  part.points = {std::string(context.slice({line.begin, line.begin + digits})), {line.begin, line.begin + digits}};
  const auto rest = trimmed(context.masked, {line.begin + digits, line.end});
  constexpr std::uint32_t length = 2;
  if (find_token(context, rest, "if") != rest.begin) {
    report_expected(context, line, rest.begin, "`if`");
    return std::nullopt;
  }
  auto guard = read_guard(context, {rest.begin + length, rest.end});
  if (!guard) return std::nullopt;
  part.guard = std::move(*guard);
  return part;
}

struct Adding {
  ScoreDeclaration::OverDrugs::By by{};
  std::uint32_t end = 0;  // of the words
};

// `sum of`, `max of` or `count of` at the range's start.
std::optional<Adding> read_adding(const Context& context, Span range) {
  using By = ScoreDeclaration::OverDrugs::By;
  constexpr std::pair<std::string_view, By> words[] = {{"sum", By::sum}, {"max", By::most}, {"count", By::count}};
  for (const auto& [word, by] : words) {
    if (find_token(context, range, word) != range.begin) continue;
    const auto rest = trimmed(context.masked, {range.begin + static_cast<std::uint32_t>(word.size()), range.end});
    if (find_token(context, rest, "of") == rest.begin) return Adding{by, rest.begin + 2};
  }
  report_expected(context, range, range.begin, "`sum of`, `max of` or `count of`");
  return std::nullopt;
}

// The drugs, as in a premise: one name with what stands after it.
std::optional<Term> read_drugs(const Context& context, Span range) {
  auto guard = read_guard(context, range);
  if (!guard) return std::nullopt;
  auto* term = guard->kind == Guard::Kind::leaf ? std::get_if<Term>(&guard->leaf) : nullptr;
  if (term != nullptr) return std::move(*term);
  context.report(Code::TH1001, range, "expected the drugs by one name")
      .help.emplace_back("name several by a class of your own: `class X = a, b`, then `over X`");
  return std::nullopt;
}

// `score X = sum of Y over Z`
std::optional<ScoreDeclaration> read_score_over_drugs(const Context& context, const RawStatement& raw) {
  constexpr std::uint32_t score_length = 5;
  ScoreDeclaration score;
  ScoreDeclaration::OverDrugs what;
  const auto equals = find_token(context, raw.span, "=");
  auto name = read_name(context, trimmed(context.masked, {raw.span.begin + score_length, equals}));
  const auto rest = trimmed(context.masked, {equals + 1, raw.span.end});
  const auto adding = read_adding(context, rest);
  if (!name || !adding) return std::nullopt;
  what.by = adding->by;
  const auto over = find_token(context, rest, "over");
  if (over == rest.end) {
    report_expected(context, rest, over, "`over` and the drugs");
    return std::nullopt;
  }
  auto of = read_name(context, trimmed(context.masked, {adding->end, over}));
  auto drugs = read_drugs(context, trimmed(context.masked, {over + 4, rest.end}));
  if (!of || !drugs) return std::nullopt;
  what.of = std::move(*of);
  what.over = std::move(*drugs);
  score.name = std::move(*name);
  score.over_drugs = std::move(what);
  return score;
}

// The lines of a statement, whatever their first sign: a row may open with `>=`.
std::vector<Span> lines_of(const Context& context, Span statement) {
  std::vector<Span> lines;
  const auto& text = context.source->text();
  for (auto begin = statement.begin; begin < statement.end;) {
    const auto found = text.find('\n', begin);
    const auto end = found == std::string::npos ? statement.end : std::min(statement.end, static_cast<std::uint32_t>(found));
    const auto line = trimmed(context.masked, {begin, end});
    if (line.begin < line.end) lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

bool read_header(const Context& context, Span line, TableDeclaration& table) {
  const auto inner = between_word_and_colon(context, line, "table");
  if (!inner) return false;
  const auto by = find_token(context, *inner, "by");
  if (by == inner->end) {
    report_expected(context, *inner, by, "`by` and what the rows go by");
    return false;
  }
  auto name = read_name(context, {inner->begin, by});
  auto columns = read_phrases(context, {by + 2, inner->end});
  if (!name || !columns) return false;
  table.name = std::move(*name);
  table.by = std::move(*columns);
  return true;
}

bool read_columns(const Context& context, Span line, TableDeclaration& table) {
  for (const auto part : split(context, line, "|")) {
    auto name = read_name(context, part);
    if (!name) return false;
    table.header.push_back(std::move(*name));
  }
  if (table.header.size() == table.by.size() + 1) return true;
  context.report(Code::TH1001, line, "a table has a column for each name after `by`, and one for its value");
  return false;
}

// A cell that goes by a value is a comparison or a range of numbers.
bool is_cell(const TableDeclaration::Cell& cell) {
  if (!cell.test || std::holds_alternative<Range>(cell.test->what)) return true;
  const auto* comparison = std::get_if<Comparison>(&cell.test->what);
  return comparison != nullptr && std::holds_alternative<Quantity>(comparison->right);
}

bool read_row(const Context& context, Span line, TableDeclaration& table) {
  TableDeclaration::Row row;
  row.span = line;
  for (const auto part : split(context, line, "|")) {
    auto cell = read_cell(context, part);
    if (cell && !is_cell(*cell)) {
      context.report(Code::TH1001, part, "a cell is a comparison with a number, a range, an amount or `otherwise`");
      return false;
    }
    if (!cell) return false;
    row.cells.push_back(std::move(*cell));
  }
  if (row.cells.size() == table.header.size()) {
    table.rows.push_back(std::move(row));
    return true;
  }
  context.report(Code::TH1001, line,
                 "this row has " + std::to_string(row.cells.size()) + " cells, the table " + std::to_string(table.header.size()) + " columns");
  return false;
}

}  // namespace

std::optional<ScoreDeclaration> read_score(const Context& context, const RawStatement& raw) {
  if (find_token(context, raw.header, "=") < find_token(context, raw.header, ":")) return read_score_over_drugs(context, raw);
  ScoreDeclaration score;
  const auto inner = between_word_and_colon(context, raw.header, "score");
  auto name = inner ? read_name(context, *inner) : std::nullopt;
  bool good = name.has_value();
  if (name) score.name = std::move(*name);
  for (const auto clause : raw.clauses) {
    auto part = read_part(context, clause);
    good = good && part.has_value();
    if (part) score.parts.push_back(std::move(*part));
  }
  if (good && score.parts.empty()) {
    context.report(Code::TH1007, raw.header, "a score has at least one indented line").help.emplace_back("as in `  2 if heart failure`");
    good = false;
  }
  if (!good) return std::nullopt;
  return score;
}

std::optional<TableDeclaration> read_table(const Context& context, const RawStatement& raw) {
  const auto lines = lines_of(context, raw.span);
  TableDeclaration table;
  if (!read_header(context, lines.front(), table)) return std::nullopt;
  if (lines.size() < 3) {
    context.report(Code::TH1007, lines.front(), "a table has a line of column names and at least one row")
        .help.emplace_back("as in `creatinine clearance | maximum daily dose`, then `>= 60 mL/min | 3600 mg/day`");
    return std::nullopt;
  }
  if (!read_columns(context, lines[1], table)) return std::nullopt;
  bool good = true;
  for (std::size_t i = 2; i < lines.size(); ++i) good = read_row(context, lines[i], table) && good;
  if (!good) return std::nullopt;
  return table;
}

}  // namespace theriac::grammar::detail
