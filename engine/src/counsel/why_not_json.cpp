#include "report/json_parts.hpp"
#include "theriac/why_not.hpp"

namespace theriac {
namespace {

using namespace detail;

void write_answer(JsonWriter& json, const WhyNot& answer) {
  json.begin_object().field("rule", answer.rule).field("title", answer.title).field("reading", answer.reading).field("at", answer.at);
  json.field("rule_status", answer.status).field("is", to_string(answer.is)).field("because", answer.because).field("findings", answer.findings);
  write_needs(json, answer.needs);
  json.list("nearest", answer.nearest, [&](const NearMiss& near) {
    json.begin_object().field("drugs", near.drugs).field("shown", near.shown);
    json.count("false", near.not_so).count("unknown", near.not_known).count("blocked", near.blocked);
    json.list("premises", near.premises, [&](const Premise& premise) { write_premise(json, premise); });
    json.end_object();
  });
  json.end_object();
}

}  // namespace

std::string why_not_json(const std::vector<WhyNot>& answers) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.why-not/1");
  json.list("rules", answers, [&](const WhyNot& answer) { write_answer(json, answer); });
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac
