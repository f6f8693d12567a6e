#include "report/json_writer.hpp"
#include "theriac/brief.hpp"

namespace theriac {
namespace {

using detail::JsonWriter;

void write(JsonWriter& json, const BriefFinding& finding, const BriefStyle& style) {
  json.begin_object().field("rule", finding.rule).field("effect", finding.effect).field("severity", to_string(finding.severity));
  json.field("status", to_string(finding.status)).field("drugs", finding.drugs);
  if (style.supports) {
    json.list("supports", finding.supports, [&](const std::vector<std::string>& support) { json.texts(support); });
    json.count("supports_total", finding.supports_total);
  }
  if (finding.status == Verdict::possible) json.field("needs", finding.needs);
  json.end_object();
}

}  // namespace

std::string brief_line(const Brief& brief, const BriefStyle& style) {
  JsonWriter json(JsonWriter::Layout::line);
  json.begin_object();
  if (!brief.id.empty()) json.field("id", brief.id);
  json.list("findings", brief.findings, [&](const BriefFinding& finding) { write(json, finding, style); });
  if (style.undecided)
    json.list("undecided", brief.undecided, [&](const BriefFinding& finding) { write(json, finding, style); });
  else
    json.count("undecided", brief.undecided.size());
  json.list("not_screened", brief.not_screened,
            [&](const NotScreenedEntry& entry) { json.begin_object().field("text", entry.text).field("reason", entry.reason).end_object(); });
  if (!brief.not_understood.empty()) {
    json.list("not_understood", brief.not_understood, [&](const NotUnderstood& each) {
      json.begin_object().field("kind", each.kind).field("text", each.text).field("reason", each.reason).end_object();
    });
  }
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac
