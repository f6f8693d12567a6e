#include "report/json_parts.hpp"
#include "theriac/what_if.hpp"

namespace theriac {
namespace {

using namespace detail;

constexpr auto row = JsonWriter::Shape::row;

void write_counts(JsonWriter& json, std::string_view name, const Screening& screening) {
  json.key(name).begin_object(row).count("findings", screening.findings.size()).count("undecided", screening.undecided.size());
  for (const auto severity : {Severity::contraindicated, Severity::major, Severity::moderate, Severity::minor, Severity::info})
    json.count(to_string(severity), screening.count(severity));
  json.end_object();
}

std::vector<const Change*> of_kind(const Compared& compared, Change::Is is) {
  std::vector<const Change*> out;
  for (const auto& change : compared.changes) {
    if (change.is == is) out.push_back(&change);
  }
  return out;
}

void write_cells(JsonWriter& json, const std::vector<Cell>& cells) {
  json.list("cells", cells, [&](const Cell& cell) {
    json.begin_object(row).field("range", cell.range).field("points", cell.points).field("says", cell.says).flag("now", cell.now).end_object();
  });
}

void write_cells(JsonWriter& json, std::string_view name, const std::vector<CellsOf>& all) {
  json.list(name, all, [&](const CellsOf& of) {
    json.begin_object().field("input", of.input).field("unit", of.unit).field("value", of.value);
    write_cells(json, of.cells);
    json.end_object();
  });
}

void write_together(JsonWriter& json, const std::vector<CellsOfTwo>& all) {
  json.list("together", all, [&](const CellsOfTwo& of) {
    json.begin_object().field("inputs", std::vector<std::string>(of.inputs.begin(), of.inputs.end()));
    json.field("units", std::vector<std::string>(of.units.begin(), of.units.end()));
    json.list("rows", of.rows, [&](const CellsOfTwo::Row& each) {
      json.begin_object().field("range", each.range).field("points", each.points);
      write_cells(json, each.cells);
      json.end_object();
    });
    json.end_object();
  });
}

}  // namespace

std::string what_if_json(const Compared& compared, const Edits& edits) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.what-if/1").field("outcome", compared.after.complete ? "complete" : "incomplete");
  json.key("edits").begin_object(row).field("without", edits.without).field("with", edits.with).field("assume", edits.assume).end_object();
  write_counts(json, "before", compared.before);
  write_counts(json, "after", compared.after);
  json.list("new", of_kind(compared, Change::Is::added), [&](const Change* change) { write_finding(json, change->after, FindingIn::findings); });
  json.list("changed", of_kind(compared, Change::Is::changed), [&](const Change* change) {
    json.begin_object().field("ref", change->before.ref).field("reasons", change->reasons);
    json.key("before");
    write_finding(json, change->before, FindingIn::findings);
    json.key("after");
    write_finding(json, change->after, FindingIn::findings);
    json.end_object();
  });
  json.list("gone", of_kind(compared, Change::Is::gone), [&](const Change* change) {
    json.begin_object().field("reasons", change->reasons).key("finding");
    write_finding(json, change->before, FindingIn::findings);
    json.end_object();
  });
  json.end_object();
  return json.result() + "\n";
}

std::string what_if_json(const WhatIf& answer) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.what-if/1").field("outcome", answer.screening.complete ? "complete" : "incomplete");
  json.count("undecided", answer.screening.undecided.size());
  json.list("ask_for", answer.screening.ask_for, [&](const AskFor& ask) {
    json.begin_object(row).field("inputs", ask.inputs).field("settles", ask.settles).field("narrows", ask.narrows);
    json.field("worst", to_string(ask.worst)).end_object();
  });
  write_cells(json, "missing", answer.missing);
  write_together(json, answer.together);
  write_cells(json, "known", answer.known);
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac
