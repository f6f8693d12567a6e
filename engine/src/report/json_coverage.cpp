#include "report/json_parts.hpp"

namespace theriac::detail {
namespace {

constexpr auto row = JsonWriter::Shape::row;

// A dose that is not known is never 0: `low` and `high` are empty then and `unknown` says why. An end that is not bounded is empty alone.
void write_dose(JsonWriter& json, const ScreenedEntry& entry) {
  json.key("daily_dose").begin_object(row).field("low", entry.dose_low.value_or("")).field("high", entry.dose_high.value_or(""));
  json.field("unit", entry.dose_unit).field("unknown", entry.dose_unknown).end_object();
}

void write_screened(JsonWriter& json, const ScreenedEntry& entry) {
  json.begin_object(row).count("entry", entry.entry).field("text", entry.text).field("ingredients", entry.ingredients);
  json.field("matched_by", entry.matched_by).field("shown", entry.shown).field("status", entry.status).field("counts_as", entry.counts_as);
  write_dose(json, entry);
  json.flag("as_needed", entry.as_needed).field("not_read", entry.not_read).field("remark", entry.remark).field("not_reviewed", entry.not_reviewed);
  if (!entry.resources.empty()) json.field("resources", entry.resources);
  json.end_object();
}

void write_not_screened(JsonWriter& json, const NotScreenedEntry& entry) {
  json.begin_object(row).count("entry", entry.entry).field("text", entry.text).field("reason", entry.reason);
  json.field("suggestions", entry.suggestions).field("at", entry.at);
  if (!entry.element.empty()) json.field("element", entry.element);
  if (!entry.resources.empty()) json.field("resources", entry.resources);
  json.end_object();
}

void write_not_understood(JsonWriter& json, const NotUnderstood& value) {
  json.begin_object(row).field("kind", value.kind).field("text", value.text).field("reason", value.reason).field("at", value.at);
  if (!value.element.empty()) json.field("element", value.element);
  json.end_object();
}

void write_open(JsonWriter& json, const OpenChecks& open) {
  json.begin_object(row)
      .field("kind", open.kind)
      .count("checks", open.checks)
      .field("worst", to_string(open.worst))
      .field("names", open.names)
      .end_object();
}

}  // namespace

void write_coverage(JsonWriter& json, const Coverage& coverage) {
  json.key("coverage").begin_object();
  json.list("screened", coverage.screened, [&](const ScreenedEntry& entry) { write_screened(json, entry); });
  json.list("not_screened", coverage.not_screened, [&](const NotScreenedEntry& entry) { write_not_screened(json, entry); });
  json.list("not_confirmed", coverage.not_confirmed,
            [&](const auto& entry) { json.begin_object(row).count("entry", entry.first).field("because", entry.second).end_object(); });
  json.list("not_understood", coverage.not_understood, [&](const NotUnderstood& value) { write_not_understood(json, value); });
  json.list("not_checked", coverage.not_checked,
            [&](const auto& check) { json.begin_object(row).field("check", check.first).field("because", check.second).end_object(); });
  json.list("open", coverage.open, [&](const OpenChecks& open) { write_open(json, open); });
  json.field("given", coverage.given).field("habits", coverage.habits).end_object();
}

}  // namespace theriac::detail
