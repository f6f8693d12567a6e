#include "report/counts.hpp"
#include "report/json_parts.hpp"
#include "theriac/report.hpp"

namespace theriac {
namespace detail {
namespace {

constexpr auto row = JsonWriter::Shape::row;

void write_patient(JsonWriter& json, const Screening& screening) {
  json.key("patient").begin_object(row).field("id", screening.patient_id).field("age", screening.age).field("sex", screening.sex);
  json.field("weight", screening.weight);
  if (!screening.deceased.empty()) json.field("deceased", screening.deceased);
  json.end_object();
}

// What is true only if something not mentioned is present, in short: `explain` has the whole of it.
void write_open_finding(JsonWriter& json, const Finding& finding) {
  json.begin_object(row).field("id", finding.id).field("rule", finding.rule).field("effect", finding.effect);
  json.field("severity", to_string(finding.severity)).field("drugs", finding.drugs).field("shown", finding.shown);
  write_needs(json, finding.needs);
  json.end_object();
}

void write_value(JsonWriter& json, const DerivedValue& value) {
  json.begin_object().field("name", value.name).field("value", value.value).field("unit", value.unit).field("formula", value.formula);
  if (!value.range.empty()) json.field("range", value.range);
  json.field("used_by", value.used_by);
  json.list("inputs", value.inputs, [&](const DerivedValue::Input& input) {
    json.begin_object(row).field("name", input.name).field("value", input.value).field("unit", input.unit).field("date", input.date);
    if (!input.date.empty()) json.count("days_old", input.days_old);
    json.field("at", input.at).end_object();
  });
  json.end_object();
}

void write_asked(JsonWriter& json, const AskFor& ask) {
  json.begin_object(row).field("inputs", ask.inputs).field("settles", ask.settles).field("narrows", ask.narrows);
  json.field("worst", to_string(ask.worst)).end_object();
}

void write_quiet(JsonWriter& json, const Quiet& quiet) {
  json.begin_object(row).field("rule", quiet.rule).field("drugs", quiet.drugs).field("shown", quiet.shown).field("effect", quiet.effect);
  json.list("because", quiet.because, [&](const Quiet::Because& because) {
    json.begin_object(row)
        .field("kind", because.kind)
        .field("literal", because.literal)
        .field("value", because.value)
        .field("at", because.at)
        .end_object();
  });
  json.end_object();
}

void write_group(JsonWriter& json, const ProblemGroup& group) {
  json.begin_object()
      .field("ref", group.ref)
      .field("problem", group.problem)
      .field("severity", to_string(group.severity))
      .field("drugs", group.drugs);
  json.field("findings", group.findings).field("undecided", group.undecided).field("flags", group.flags);
  json.list("actions", group.actions, [&](const GroupAction& action) {
    json.begin_object(row).field("when", action.now ? "now" : "plan").field("verb", action.verb).field("drugs", action.drugs).field("to", action.to);
    json.field("text", action.text).field("for", action.for_refs).end_object();
  });
  json.end_object();
}

void write_counts(JsonWriter& json, const Screening& screening) {
  const auto entries = count_entries(screening);
  json.key("counts").begin_object(row).count("entries", entries.all).count("screened", entries.screened).count("groups", screening.groups.size());
  json.count("findings", screening.findings.size()).count("undecided", screening.undecided.size()).count("folded", screening.folded.size());
  for (const auto severity : {Severity::contraindicated, Severity::major, Severity::moderate, Severity::minor, Severity::info, Severity::unrated}) {
    json.count(to_string(severity), screening.count(severity));
  }
  json.end_object();
}

void write_results(JsonWriter& json, const Screening& screening) {
  json.list("findings", screening.findings, [&](const Finding& finding) { write_finding(json, finding, FindingIn::findings); });
  json.list("folded", screening.folded, [&](const Finding& finding) { write_finding(json, finding, FindingIn::folded); });
  json.list("undecided", screening.undecided, [&](const Finding& finding) { write_finding(json, finding, FindingIn::undecided); });
  json.list("open", screening.open, [&](const Finding& finding) { write_open_finding(json, finding); });
  json.list("ask_for", screening.ask_for, [&](const AskFor& ask) { write_asked(json, ask); });
  json.list("quiet", screening.quiet, [&](const Quiet& quiet) { write_quiet(json, quiet); });
  json.list("silenced", screening.silenced, [&](const Silenced& silenced) {
    json.begin_object(row).field("rule", silenced.rule).field("by", silenced.by).field("drugs", silenced.drugs).end_object();
  });
  json.list("groups", screening.groups, [&](const ProblemGroup& group) { write_group(json, group); });
}

std::string write_screening(const Screening& screening, JsonWriter::Layout layout) {
  JsonWriter json(layout);
  json.begin_object().field("schema", "theriac.screening/1").field("outcome", screening.complete ? "complete" : "incomplete");
  json.key("engine").begin_object(row).field("version", screening.engine_version).end_object();
  write_rule_base(json, screening);
  write_input(json, screening);
  write_patient(json, screening);
  json.list("values", screening.values, [&](const DerivedValue& value) { write_value(json, value); });
  write_coverage(json, screening.coverage);
  write_results(json, screening);
  write_counts(json, screening);
  json.end_object();
  return json.result() + "\n";
}

}  // namespace

void write_rule_base(JsonWriter& json, const Screening& screening) {
  const auto& info = screening.rule_base;
  json.key("rule_base").begin_object().field("name", info.name).field("version", info.version).field("sha256", info.sha256);
  json.count("rules", info.rules)
      .count("rules_not_loaded", info.not_loaded)
      .field("families", info.families)
      .field("jurisdictions", info.jurisdictions);
  json.key("terminology").begin_object(row).field("version", screening.terminology_version).field("sha256", screening.terminology_sha256);
  json.count("ingredients", screening.ingredients).end_object();
  json.key("overlays").begin_array().end_array();
  json.count("reviewed_by_clinician", info.reviewed_by_clinician).count("overdue", info.overdue).end_object();
}

void write_input(JsonWriter& json, const Screening& screening) {
  json.key("input").begin_object(row).field("source", screening.source).field("sha256", screening.source_sha256);
  json.field("as_of_from", screening.as_of_from).field("assumed", screening.assumed).end_object();
  json.field("as_of", format_date(screening.as_of));
}

}  // namespace detail

std::string report_json(const Screening& screening) { return detail::write_screening(screening, detail::JsonWriter::Layout::pretty); }

std::string report_json_line(const Screening& screening) { return detail::write_screening(screening, detail::JsonWriter::Layout::line); }

}  // namespace theriac
