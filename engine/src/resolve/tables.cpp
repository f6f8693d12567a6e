// Decision tables: rows of cells over measurements, each with a limit. A table is a quantity that a dose is compared with.
#include "resolve/run.hpp"
#include "terminology/observation_unit.hpp"

#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;
using Declaration = grammar::TableDeclaration;

class TableReader {
 public:
  TableReader(Run& run, const Declaration& what, const grammar::SourcePtr& source) : run_(run), what_(what), scope_{source, nullptr, {}} {}

  DeclaredTable read() {
    DeclaredTable declared;
    declared.name = what_.name.text();
    declared.at = scope_.place(what_.name.span);
    declared.source = scope_.source;
    LimitTable table;
    table.name = declared.name;
    bool good = read_columns();
    for (const auto& row : what_.rows) good = read_row(row, declared, table) && good;
    if (good && check_coverage(run_, table, columns_, declared.at)) declared.table = std::move(table);
    return declared;
  }

 private:
  bool refuse(grammar::Span at, std::string message, Code code = Code::TH2004) {
    run_.report.add(grammar::diagnose(code, scope_.place(at), std::move(message)));
    return false;
  }

  bool read_columns() {
    bool good = true;
    for (std::size_t i = 0; i < what_.by.size(); ++i) {
      const auto& phrase = what_.by[i];
      if (normalise(what_.header[i].text()) != normalise(phrase.text()))
        good = refuse(what_.header[i].span, fmt::format("this column should be `{}`, as `by` says", phrase.text()));
      Measures column;
      bool known = false;
      for (const auto& meaning : run_.names.at(phrase, 0, phrase.words.size())) {
        known = known || meaning.kind == Kind::observation || meaning.kind == Kind::age;
        if (meaning.kind == Kind::observation) column.observation = static_cast<ObservationId>(meaning.id);
        if (meaning.kind == Kind::age) column.of = Measures::Of::age_years;
      }
      if (!known) {
        report_no_cover(run_, scope_, phrase, {Shape::Of::measurement, true});
        good = false;
      }
      columns_.push_back(column);
    }
    return good;
  }

  bool read_row(const Declaration::Row& row, DeclaredTable& declared, LimitTable& table) {
    LimitTable::Row result;
    result.at = scope_.place(row.span);
    result.text = in_one_line(row.span);
    bool good = true;
    for (std::size_t i = 0; i < what_.by.size() && i < columns_.size(); ++i) good = read_cell(row.cells[i], columns_[i], result) && good;
    return read_value(row.cells.back(), declared, result) && good && keep(std::move(result), table);
  }

  // Its words without the blanks that line up the columns.
  std::string in_one_line(grammar::Span span) const {
    auto text = scope_.words(span);
    text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }), text.end());
    return text;
  }

  static bool keep(LimitTable::Row row, LimitTable& table) {
    table.rows.push_back(std::move(row));
    return true;
  }

  bool read_cell(const Declaration::Cell& cell, const Measures& column, LimitTable::Row& row) {
    if (cell.otherwise) return row.otherwise = true;
    if (!cell.test) return refuse(cell.span, "a cell is a comparison, a range or `otherwise`");
    if (column.of == Measures::Of::observation) {
      const auto limits = observation_limits(run_, scope_, *cell.test, column.observation);
      if (!limits) return false;
      for (const auto& limit : *limits) row.cells.push_back({Measures::Of::observation, column.observation, limit.order, limit.value, std::nullopt});
      return true;
    }
    const auto limits = age_limits(run_, scope_, *cell.test);
    if (!limits) return false;
    for (const auto& one : *limits) {
      if (one.of != Measures::Of::age_years) return refuse(cell.span, "ages in a table are years");
      row.cells.push_back({one.of, {}, one.limit.order, one.limit.value, std::nullopt});
    }
    return true;
  }

  // In the unit of the first row.
  bool read_value(const Declaration::Cell& cell, DeclaredTable& declared, LimitTable::Row& row) {
    if (!cell.value) return refuse(cell.span, "the last cell is an amount with its unit, as in `1400 mg/day`, or a number");
    const auto number = number_of(run_, scope_, cell.value->number);
    const auto unit = cell.value->unit.empty() ? std::optional(Unit{}) : unit_of(run_, scope_, *cell.value);
    if (!number || !unit) return false;
    if (declared.first.number.text.empty()) {
      declared.unit = *unit;
      declared.first = *cell.value;
    }
    const auto limit = convert({*number, *unit}, declared.unit);
    if (!limit) {
      const auto shown = [](const std::string& text) { return text.empty() ? std::string("a plain number") : "`" + text + "`"; };
      return refuse(cell.value->span, fmt::format("{} does not compare with {} above", shown(unit->text), shown(declared.unit.text)), Code::TH3002);
    }
    row.limit = *limit;
    return true;
  }

  Run& run_;
  const Declaration& what_;
  Scope scope_;
  std::vector<Measures> columns_;
};

}  // namespace

void declare_tables(Run& run, const std::vector<const grammar::Parsed*>& files) {
  for (const auto* file : files) {
    for (const auto& statement : file->statements) {
      const auto* what = std::get_if<Declaration>(&statement.what);
      if (what == nullptr) continue;
      const auto name = what->name.text();
      const auto meanings = run.names.find(name);
      if (std::any_of(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.kind == Kind::table; })) {
        run.report.add(grammar::diagnose(Code::TH2005, {file->source, what->name.span}, fmt::format("`{}` is declared already", name)));
        ++run.not_loaded;
        continue;
      }
      auto declared = TableReader(run, *what, file->source).read();
      if (!declared.table) ++run.not_loaded;
      run.names.declare(name, {Kind::table, static_cast<std::uint32_t>(run.tables.size())});
      run.tables.push_back(std::move(declared));
    }
  }
}

namespace {

// The table of that name; else reported, or its own mistake was.
const DeclaredTable* table_named(Run& run, const Scope& scope, const grammar::Phrase& phrase, std::string_view what) {
  for (const auto& meaning : run.names.find(phrase.text())) {
    if (meaning.kind == Kind::table) return run.tables[meaning.id].table ? &run.tables[meaning.id] : nullptr;
  }
  auto diagnostic = grammar::diagnose(Code::TH2001, scope.place(phrase.span), fmt::format("no table is called `{}`", phrase.text()),
                                      fmt::format("{} is compared with an amount or with a table", what));
  std::vector<std::string_view> names;
  for (const auto& table : run.tables) names.push_back(table.name);
  if (const auto near = grammar::nearest(phrase.text(), names)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
  run.report.add(std::move(diagnostic));
  return nullptr;
}

}  // namespace

std::optional<DoseTest> table_test(Run& run, const Scope& scope, const grammar::Comparison& comparison, DoseTest::Of of) {
  const auto* declared = table_named(run, scope, std::get<grammar::Phrase>(comparison.right), "a dose");
  if (declared == nullptr) return std::nullopt;
  const Scope there{declared->source, nullptr, {}};
  auto unit = dose_unit(run, there, declared->first, of);
  if (!unit) return std::nullopt;
  return DoseTest{of, order_of(comparison.op), {}, std::move(unit->unit), declared->table, unit->per};
}

std::optional<ResolvedGuard> held_against_table(Run& run, const Scope& scope, const grammar::Term& term, const grammar::Comparison& comparison,
                                                ObservationId observation, std::optional<Span_> within) {
  const auto& kind = run.terminology->at(observation);
  const auto* declared = table_named(run, scope, std::get<grammar::Phrase>(comparison.right), "a measurement");
  if (declared == nullptr) return std::nullopt;
  TableValue value{*declared->table, order_of(comparison.op), {}, kind.unit.text, Measures{}};
  value.of->observation = observation;
  value.of->within = std::move(within);
  const auto conversion = conversion_to(kind, declared->unit.text.empty() ? kind.unit : declared->unit);
  const bool plain = declared->unit.text.empty() && kind.unit.dimension != Dimension{};
  for (auto& row : value.table.rows) {
    const auto limit = conversion && !plain ? (*conversion)(row.limit) : std::nullopt;
    if (!limit) {
      report_dimension(run, {declared->source, nullptr, {}}, declared->first, kind.name, fmt::format("it is kept in `{}`", kind.unit.text));
      return std::nullopt;
    }
    row.limit = *limit;
  }
  return leaf_guard(std::move(value), scope.words(term.span), scope.place(term.span));
}

std::optional<ResolvedGuard> table_guard(Run& run, const Scope& scope, std::uint32_t table, const grammar::Term& term) {
  const auto& declared = run.tables[table];
  if (!declared.table) return std::nullopt;  // its mistake was reported
  std::vector<ResolvedGuard> parts;
  for (const auto& test : term.tests) {
    if (!is_compared({test}) || std::holds_alternative<grammar::Trend>(test.what)) {
      run.report.add(grammar::diagnose(Code::TH2004, scope.place(test.span), fmt::format("`{}` does not go with a table", scope.words(test.span))));
      return std::nullopt;
    }
    const auto limits = limits_in(run, scope, test, declared.unit, declared.name);
    if (!limits) return std::nullopt;
    for (const auto& limit : *limits) {
      TableValue value{*declared.table, limit.order, limit.value, declared.unit.text, std::nullopt};
      parts.push_back(leaf_guard(std::move(value), scope.words(term.span), scope.place(term.span)));
    }
  }
  if (parts.empty()) return std::nullopt;
  if (parts.size() == 1) return std::move(parts.front());
  return all_of(std::move(parts), scope.words(term.span), scope.place(term.span));
}

}  // namespace theriac::detail
