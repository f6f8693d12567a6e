// A screening as resources. No recommendation stands in `mitigation`, which tells of action taken; ids and fullUrls follow from the content.
#include "json.hpp"
#include "theriac/fhir/fhir.hpp"
#include "theriac/fingerprint.hpp"

#include <algorithm>
#include <set>

namespace theriac::fhir {
namespace {

constexpr std::string_view act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

Json concept_of(std::string text) { return Json::object().set("text", std::move(text)); }

std::string join(const std::vector<std::string>& words, std::string_view by) {
  std::string result;
  for (const auto& word : words) result += (result.empty() ? "" : std::string(by)) + word;
  return result;
}

// A name-based UUID of our own making (RFC 9562, version 8): from SHA-256.
std::string uuid_of(const std::string& content) {
  auto hex = fingerprint(content).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<unsigned>(hex[16]) % 4U];
  return "urn:uuid:" + hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20);
}

Json patient_of(const Screening& screening) {
  auto reference = Json::object();
  if (!screening.patient_reference.empty()) return reference.set("reference", screening.patient_reference);
  return reference.set("display", screening.patient_id);
}

Json performer_of(const Screening& screening) {
  return Json::object().set("display",
                            "theriac " + screening.engine_version + ", rules " + screening.rule_base.name + " " + screening.rule_base.version);
}

std::string severity_of(Severity severity) {
  if (severity == Severity::contraindicated || severity == Severity::major) return "high";
  if (severity == Severity::moderate) return "moderate";
  return severity == Severity::minor || severity == Severity::info ? "low" : "";
}

Json own_severity(Severity severity) {
  auto coding = Json::object().set("system", "urn:theriac:severity").set("code", std::string(to_string(severity)));
  return Json::list().add(Json::object().set("url", "urn:theriac:severity").set("valueCoding", std::move(coding)));
}

Json identifier_of(const std::string& id) { return Json::list().add(Json::object().set("system", "urn:theriac:finding").set("value", id)); }

Json code_of(const Finding& finding) {
  auto code = Json::object();
  const bool twice = finding.effect == "therapeutic duplication";
  if (twice || finding.drugs.size() > 1) {
    auto coding = Json::object().set("system", std::string(act_code)).set("code", twice ? "DUPTHPY" : "DRG");
    coding.set("display", twice ? "Duplicate Therapy Alert" : "Drug Interaction Alert");
    code.set("coding", Json::list().add(std::move(coding)));
  }
  return code.set("text", finding.effect);
}

// The records of the entries that take part; where the input had none, their words.
Json implicated_of(const Screening& screening, const Finding& finding) {
  auto list = Json::list();
  std::set<std::string> said;
  for (const auto& entry : screening.coverage.screened) {
    if (std::find(finding.entries.begin(), finding.entries.end(), entry.entry) == finding.entries.end()) continue;
    if (entry.resources.empty()) list.add(Json::object().set("display", entry.text));
    for (const auto& resource : entry.resources) {
      if (said.insert(resource).second) list.add(Json::object().set("reference", resource).set("display", entry.shown));
    }
  }
  return list;
}

bool is_reference(const std::string& resource) { return resource.find('/') != std::string::npos && resource.find('#') == std::string::npos; }

void add_evidence(Json& list, const Proof& proof, std::set<std::string>& said) {
  const auto words = proof.fact + (proof.value.empty() ? "" : ": " + proof.value);
  if (!words.empty() && said.insert(words + proof.at).second) {
    auto evidence = Json::object().set("code", Json::list().add(concept_of(words)));
    if (is_reference(proof.resource)) evidence.set("detail", Json::list().add(Json::object().set("reference", proof.resource)));
    list.add(std::move(evidence));
  }
  for (const auto& child : proof.because) add_evidence(list, child, said);
}

Json evidence_of(const Finding& finding) {
  auto list = Json::list();
  std::set<std::string> said;
  for (const auto& premise : finding.premises) add_evidence(list, premise, said);
  for (const auto& leaf : finding.derivation.because) add_evidence(list, leaf, said);
  return list;
}

std::string detail_of(const Finding& finding) {
  auto text = finding.summary.empty() ? join(finding.drugs, " + ") + ": " + finding.effect : finding.summary;
  if (!finding.unless.empty()) text += "; unless " + join(finding.unless, " or ");
  return text;
}

Json detected_issue(const Screening& screening, const Finding& finding) {
  auto issue = Json::object().set("resourceType", "DetectedIssue").set("id", finding.id).set("extension", own_severity(finding.severity));
  issue.set("identifier", identifier_of(finding.id));
  issue.set("status", finding.status == Verdict::certain ? "final" : "preliminary").set("code", code_of(finding));
  issue.set("severity", severity_of(finding.severity)).set("patient", patient_of(screening));
  issue.set("identifiedDateTime", format_date(screening.as_of).substr(0, 10)).set("author", performer_of(screening));
  issue.set("implicated", implicated_of(screening, finding)).set("evidence", evidence_of(finding)).set("detail", detail_of(finding));
  for (const auto& source : finding.sources) {
    if (!source.url.empty()) return issue.set("reference", source.url);
  }
  return issue;
}

std::string type_of(const Need& need) {
  if (need.kind == "observation") return "Observation";
  if (need.kind == "condition") return "Condition";
  if (need.kind == "allergy") return "AllergyIntolerance";
  return need.kind == "patient" ? "Patient" : "MedicationRequest";
}

Json data_required(const Need& need) {
  auto required = Json::object();
  required.set("extension", Json::list().add(Json::object().set("url", "urn:theriac:input").set("valueString", need.input)));
  required.set("type", type_of(need));
  const bool coded = need.kind == "observation" || need.kind == "condition";
  if (coded) {
    auto filter = Json::object().set("path", "code").set("code", Json::list().add(Json::object().set("display", need.input)));
    required.set("codeFilter", Json::list().add(std::move(filter)));
  }
  return required;
}

Json guidance_response(const Screening& screening, const Finding& finding) {
  auto response = Json::object().set("resourceType", "GuidanceResponse").set("id", finding.id).set("extension", own_severity(finding.severity));
  response.set("identifier", identifier_of(finding.id)).set("moduleUri", "urn:theriac:rule:" + finding.rule).set("status", "data-required");
  response.set("subject", patient_of(screening)).set("occurrenceDateTime", format_date(screening.as_of).substr(0, 10));
  response.set("performer", performer_of(screening));
  auto words = join(finding.drugs, " + ") + ": " + finding.effect + ", if what is missing is so";
  response.set("note", Json::list().add(Json::object().set("text", std::move(words))));
  auto required = Json::list();
  for (const auto& need : finding.needs) {
    if (need.asked) required.add(data_required(need));
  }
  return response.set("dataRequirement", std::move(required));
}

Json issue(std::string severity, std::string code, std::string words, std::string diagnostics, const std::string& expression) {
  auto result = Json::object().set("severity", std::move(severity)).set("code", std::move(code)).set("details", concept_of(std::move(words)));
  result.set("diagnostics", std::move(diagnostics));
  return expression.empty() ? result : result.set("expression", Json::list().add(Json::text(expression)));
}

std::string where(const std::string& at, const std::string& element) { return element.empty() ? at : at + " " + element; }

Json outcome(const Screening& screening, const std::string& id) {
  auto issues = Json::list();
  if (!screening.deceased.empty())
    issues.add(issue("warning", "value", "recorded as dead: " + screening.deceased + "; screened as if alive on " + format_date(screening.as_of),
                     screening.deceased_at, ""));
  for (const auto& entry : screening.coverage.not_screened) {
    issues.add(issue("error", "not-supported", "not screened: " + entry.text + ": " + entry.reason, where(entry.at, entry.element), entry.path));
  }
  for (const auto& value : screening.coverage.not_understood) {
    issues.add(issue("warning", "value", "not understood: " + value.kind + " " + value.text + ": " + value.reason, where(value.at, value.element),
                     value.path));
  }
  for (const auto& [entry, because] : screening.coverage.not_confirmed) {
    const auto of = std::find_if(screening.coverage.screened.begin(), screening.coverage.screened.end(),
                                 [&, number = entry](const ScreenedEntry& each) { return each.entry == number; });
    issues.add(issue("warning", "incomplete",
                     "not confirmed: " + (of == screening.coverage.screened.end() ? std::string() : of->text + ": ") + because, "", ""));
  }
  for (const auto& [check, because] : screening.coverage.not_checked) {
    auto words = "not checked: " + check;
    issues.add(issue("information", "incomplete", words.append(": ").append(because), "", ""));
  }
  for (const auto& assumed : screening.assumed) issues.add(issue("information", "informational", "assumed: " + assumed, "", ""));
  const auto screened = screening.coverage.screened.size(), rules = screening.rule_base.rules;
  issues.add(issue("information", "informational",
                   std::to_string(screened) + " entries screened by " + std::to_string(rules) + " rules, " +
                       std::to_string(screening.coverage.not_screened.size()) +
                       " not screened. This supports a clinician's decision and does not make it",
                   "", ""));
  return Json::object().set("resourceType", "OperationOutcome").set("id", id).set("issue", std::move(issues));
}

Json bundle(const Screening& screening) {
  const auto seed = screening.source_sha256 + "|" + screening.patient_reference + "|" + screening.patient_id + "|" + format_date(screening.as_of) +
                    "|" + screening.rule_base.sha256 + "|" + screening.terminology_sha256;
  const auto id = "s-" + fingerprint(seed).substr(0, 16);
  auto entries = Json::list();
  const auto add = [&](Json resource, const std::string& name) {
    entries.add(Json::object().set("fullUrl", uuid_of(seed + "|" + name)).set("resource", std::move(resource)));
  };
  for (const auto& finding : screening.findings) add(detected_issue(screening, finding), finding.id);
  for (const auto& finding : screening.undecided) add(guidance_response(screening, finding), finding.id);
  add(outcome(screening, id), "outcome");
  return Json::object().set("resourceType", "Bundle").set("id", id).set("type", "collection").set("entry", std::move(entries));
}

}  // namespace

std::string write(const Screening& screening) { return bundle(screening).write(0) + "\n"; }
std::string write_line(const Screening& screening) { return bundle(screening).write(-1) + "\n"; }

std::string write_outcome(const grammar::Diagnostics& diagnostics) {
  auto issues = Json::list();
  for (const auto& diagnostic : diagnostics) {
    const auto words = std::string(grammar::info(diagnostic.code).id) + " " + diagnostic.message +
                       (diagnostic.primary.text.empty() ? "" : ": " + diagnostic.primary.text);
    const bool structure = diagnostic.code != grammar::Code::TH8001;
    issues.add(issue(diagnostic.level == grammar::Level::error ? "error" : "warning", structure ? "structure" : "invalid", words,
                     diagnostic.primary.place.to_string(),
                     diagnostic.code == grammar::Code::TH8003 && !diagnostic.notes.empty() ? diagnostic.notes.front() : ""));
  }
  return Json::object().set("resourceType", "OperationOutcome").set("issue", std::move(issues)).write(-1) + "\n";
}

}  // namespace theriac::fhir
