#include "explain/clears.hpp"
#include "report/json_parts.hpp"
#include "theriac/report.hpp"

#include <algorithm>

namespace theriac {
namespace detail {
namespace {

FindingIn stands_in(const Finding& finding) {
  if (!finding.within.empty()) return FindingIn::folded;
  return finding.status == Verdict::possible || finding.status == Verdict::open ? FindingIn::undecided : FindingIn::findings;
}

void write_explained(JsonWriter& json, const Finding& finding) {
  const auto when = clears(finding);
  json.begin_object().key("finding");
  write_finding(json, finding, stands_in(finding));
  json.key("clears").begin_object(JsonWriter::Shape::row).flag("known", when.known).field("without_any_of", when.without_any_of);
  json.count("at_most", when.at_most).end_object().end_object();
}

}  // namespace
}  // namespace detail

std::string explain_json(const Screening& screening, const std::vector<const Finding*>& findings) {
  detail::JsonWriter json(detail::JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.explanation/1").field("outcome", screening.complete ? "complete" : "incomplete");
  detail::write_rule_base(json, screening);
  detail::write_input(json, screening);
  json.list("explained", findings, [&](const Finding* finding) { detail::write_explained(json, *finding); });
  json.end_object();
  return json.result() + "\n";
}

std::string explain_json(const Screening& screening, const Finding& finding) {
  return explain_json(screening, std::vector<const Finding*>{&finding});
}

}  // namespace theriac
