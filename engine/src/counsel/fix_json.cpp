#include "report/json_parts.hpp"
#include "theriac/fix.hpp"

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

constexpr auto row = JsonWriter::Shape::row;

std::vector<const Finding*> of_kind(const Compared& compared, Change::Is is) {
  std::vector<const Finding*> out;
  for (const auto& change : compared.changes) {
    if (change.is == is) out.push_back(is == Change::Is::gone ? &change.before : &change.after);
  }
  return out;
}

void write_edit(JsonWriter& json, const FixEdit& edit) {
  json.begin_object(row).field("change", to_string(edit.kind)).field("drug", edit.drug).field("to", edit.to).field("because", edit.why);
  json.list(
      "entries", edit.entries, [&](std::int32_t entry) { json.number(entry); }, row);
  if (edit.kind == FixEdit::Kind::taper || edit.kind == FixEdit::Kind::avoid) json.field("never", "abrupt stop");
  json.count("cost", edit.cost).end_object();
}

void write_undecided(JsonWriter& json, const Fix& answer, const FixProposal& proposal) {
  std::vector<const Finding*> added;
  for (const auto& finding : proposal.compared.after.undecided) {
    const auto& before = answer.before.undecided;
    if (std::none_of(before.begin(), before.end(), [&](const Finding& other) { return other.id == finding.id; })) added.push_back(&finding);
  }
  json.list("undecided", added, [&](const Finding* finding) { write_finding(json, *finding, FindingIn::undecided); });
}

void write_proposal(JsonWriter& json, const Fix& answer, const FixProposal& proposal) {
  json.begin_object().count("cost", proposal.cost).count("also", proposal.also);
  json.list("changes", proposal.edits, [&](const FixEdit& edit) { write_edit(json, edit); });
  json.list(
      "clears", of_kind(proposal.compared, Change::Is::gone), [&](const Finding* finding) { json.text(finding->id); }, row);
  json.list("creates", of_kind(proposal.compared, Change::Is::added),
            [&](const Finding* finding) { write_finding(json, *finding, FindingIn::findings); });
  json.list("changed", of_kind(proposal.compared, Change::Is::changed),
            [&](const Finding* finding) { write_finding(json, *finding, FindingIn::findings); });
  write_undecided(json, answer, proposal);
  json.list(
      "leaves", proposal.compared.after.findings, [&](const Finding& finding) { json.text(finding.id); }, row);
  json.end_object();
}

}  // namespace

std::string fix_json(const Fix& answer) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.fix/1").field("outcome", answer.before.complete ? "complete" : "incomplete");
  json.field("goal", to_string(answer.goal)).flag("proven", answer.proven).flag("too_many_drugs", answer.too_many);
  json.count("drugs", answer.drugs).count("changes_tried", answer.changes).count("screenings", answer.screenings);
  json.list("above", answer.before.findings, [&](const Finding& finding) {
    if (finding.severity >= answer.goal)
      json.begin_object(row).field("ref", finding.ref).field("id", finding.id).field("severity", to_string(finding.severity)).end_object();
  });
  json.list("proposals", answer.proposals, [&](const FixProposal& proposal) { write_proposal(json, answer, proposal); });
  json.list(
      "out_of_reach", answer.beyond, [&](const Finding& finding) { json.text(finding.id); }, row);
  json.field("without_alternative", answer.without_alternative);
  json.list(
      "not_screened", answer.before.coverage.not_screened, [&](const NotScreenedEntry& entry) { json.text(entry.text); }, row);
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac
