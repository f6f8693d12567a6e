#include "report/json_parts.hpp"

namespace theriac::detail {
namespace {

constexpr auto row = JsonWriter::Shape::row;

void write_shifts(JsonWriter& json, std::string_view name, const std::vector<SeverityShift>& shifts, bool with_needs) {
  json.list(name, shifts, [&](const SeverityShift& shift) {
    json.begin_object(row).field("to", to_string(shift.to)).field("because", shift.because);
    if (with_needs) write_needs(json, shift.needs);
    json.field("at", shift.at).end_object();
  });
}

void write_severity(JsonWriter& json, const Finding& finding) {
  json.field("severity", to_string(finding.severity));
  json.key("severity_from").begin_object().field("base", to_string(finding.base));
  write_shifts(json, "raised", finding.raised, false);
  write_shifts(json, "lowered", finding.lowered, false);
  write_shifts(json, "could_raise", finding.could_raise, true);
  json.end_object();
}

void write_drugs(JsonWriter& json, const Finding& finding) {
  json.field("drugs", finding.drugs).field("shown", finding.shown).field("of_drug", finding.of_drug);
  json.list(
      "entries", finding.entries, [&](std::int32_t entry) { json.number(entry); }, row);
  json.list("supports", finding.supports, [&](const std::vector<std::string>& support) { json.texts(support); });
  json.count("supports_total", finding.supports_total).count("enough", finding.enough);
  json.key("roles").begin_object(row);
  for (const auto& [role, drugs] : finding.roles) json.field(role, drugs);
  json.end_object();
}

void write_action(JsonWriter& json, const ActionAdvice& action) {
  json.begin_object(row).field("verb", action.verb).field("drugs", action.drugs).field("to", action.to).field("when", action.now ? "now" : "plan");
  json.field("never", action.never).field("text", action.text).end_object();
}

void write_source(JsonWriter& json, const FindingSource& source) {
  json.begin_object(row).field("key", source.key).field("kind", source.kind).field("jurisdiction", source.jurisdiction);
  json.field("place", source.place).field("url", source.url).field("seen", source.seen).end_object();
}

void write_texts(JsonWriter& json, const Finding& finding) {
  json.field("flags", finding.flags).field("flags_possible", finding.flags_possible);
  json.field("summary", finding.summary).field("mechanism", finding.mechanism).field("patient_text", finding.patient_text);
  json.list("actions", finding.actions, [&](const ActionAdvice& action) { write_action(json, action); });
}

constexpr std::string_view truth_words[] = {"no", "open", "possible", "listed", "yes"};

std::string_view list_of(const Premise& premise) {
  if (premise.blocks) return "blocked";
  return premise.holds == Truth::no ? "false" : premise.holds < Truth::listed ? "unknown" : "true";
}

// A leaf is a fact with its place; a derived fact names its rule and what it rests on.
void write_proof(JsonWriter& json, const Proof& proof) {
  json.begin_object(proof.because.empty() && proof.premises.empty() ? row : JsonWriter::Shape::block);
  if (!proof.rule.empty()) json.field("rule", proof.rule);
  if (!proof.fact.empty()) json.field("fact", proof.fact);
  if (!proof.value.empty()) json.field("value", proof.value);
  if (!proof.via.empty()) json.field("via", proof.via);
  json.field("at", proof.at);
  if (!proof.element.empty()) json.field("element", proof.element);
  if (!proof.premises.empty()) json.list("premises", proof.premises, [&](const Premise& premise) { write_premise(json, premise); });
  if (!proof.because.empty()) json.list("because", proof.because, [&](const Proof& child) { write_proof(json, child); });
  json.end_object();
}

void write_grounds(JsonWriter& json, const Finding& finding) {
  json.list("premises", finding.premises, [&](const Proof& premise) {
    json.begin_object(row).field("fact", premise.fact).field("value", premise.value).field("at", premise.at);
    if (!premise.element.empty()) json.field("element", premise.element);
    json.end_object();
  });
  json.field("also", finding.also)
      .field("jurisdictions", finding.jurisdictions)
      .field("disputed", finding.disputed)
      .field("evidence", finding.evidence);
  json.list("sources", finding.sources, [&](const FindingSource& source) { write_source(json, source); });
  json.key("derivation");
  write_proof(json, finding.derivation);
}

}  // namespace

void write_premise(JsonWriter& json, const Premise& premise) {
  json.begin_object(JsonWriter::Shape::row).field("is", list_of(premise)).field("kind", premise.kind).field("literal", premise.text);
  json.field("holds", truth_words[static_cast<std::size_t>(premise.holds)]).field("value", premise.value);
  json.field("at", premise.at).field("in_rule", premise.in_rule);
  json.field("drugs", premise.drugs);
  json.list(
      "entries", premise.entries, [&](std::int32_t entry) { json.number(entry); }, row);
  if (!premise.needs.empty()) write_needs(json, premise.needs);
  json.end_object();
}

void write_needs(JsonWriter& json, const std::vector<Need>& needs) {
  json.list("needs", needs, [&](const Need& need) {
    json.begin_object(row).field("input", need.input).field("kind", need.kind);
    if (need.within_days >= 0) json.count("within_days", need.within_days);
    json.field("because", need.because).flag("asked", need.asked);
    if (!need.of.empty()) json.field("for", need.of);
    json.end_object();
  });
}

void write_finding(JsonWriter& json, const Finding& finding, FindingIn in) {
  json.begin_object();
  if (in == FindingIn::findings) json.field("ref", finding.ref);
  json.field("id", finding.id);
  if (in == FindingIn::folded) json.field("within", finding.within);
  json.field("rule", finding.rule)
      .field("rule_version", finding.rule_version)
      .field("rule_status", finding.rule_status)
      .field("title", finding.title);
  json.field("effect", finding.effect).field("problem", finding.problem);
  write_severity(json, finding);
  json.field("status", to_string(finding.status)).field("unless", finding.unless);
  write_drugs(json, finding);
  if (in == FindingIn::undecided) write_needs(json, finding.needs);
  write_texts(json, finding);
  write_grounds(json, finding);
  json.end_object();
}

}  // namespace theriac::detail
