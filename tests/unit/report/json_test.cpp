#include "report/json_writer.hpp"
#include "unit/report/ada.hpp"

#include <doctest/doctest.h>
#include <boost/json/src.hpp>

using namespace theriac;
namespace json = boost::json;

namespace {

std::vector<std::string> keys(const json::value& value) {
  std::vector<std::string> out;
  for (const auto& member : value.as_object()) out.emplace_back(member.key());
  return out;
}

// Each of these keys, in this order; others may stand between them.
void check_order(const json::value& value, const std::vector<std::string>& wanted) {
  std::size_t next = 0;
  for (const auto& key : keys(value)) {
    if (next < wanted.size() && key == wanted[next]) ++next;
  }
  CHECK_MESSAGE(next == wanted.size(), "missing or out of order: ", next < wanted.size() ? wanted[next] : "");
}

void check_no_null(const json::value& value) {
  CHECK_FALSE(value.is_null());
  if (value.is_array()) {
    for (const auto& each : value.as_array()) check_no_null(each);
  } else if (value.is_object()) {
    for (const auto& each : value.as_object()) check_no_null(each.value());
  }
}

}  // namespace

TEST_CASE("the screening's fields are those of the contract, in its order") {
  const auto root = json::parse(report_json(test::ada()));
  check_order(root, {"schema", "outcome", "engine", "rule_base", "input", "as_of", "patient", "values", "coverage", "findings", "folded", "undecided",
                     "ask_for", "quiet", "silenced", "groups", "counts"});
  CHECK(root.at("schema") == "theriac.screening/1");
  CHECK(root.at("outcome") == "incomplete");
  check_order(root.at("rule_base"), {"name", "version", "sha256", "rules", "rules_not_loaded", "families", "jurisdictions", "terminology", "overlays",
                                     "reviewed_by_clinician", "overdue"});
  check_order(root.at("rule_base").at("terminology"), {"version", "sha256", "ingredients"});
  check_order(root.at("input"), {"source", "sha256", "as_of_from", "assumed"});
  check_order(root.at("patient"), {"id", "age", "sex", "weight"});
  const auto& coverage = root.at("coverage");
  check_order(coverage, {"screened", "not_screened", "not_confirmed", "not_understood", "not_checked", "open", "given"});
  check_order(coverage.at("screened").at(0),
              {"entry", "text", "ingredients", "matched_by", "status", "counts_as", "daily_dose", "as_needed", "not_read", "not_reviewed"});
  check_order(coverage.at("screened").at(0).at("daily_dose"), {"low", "high", "unit"});
  check_order(coverage.at("not_screened").at(0), {"entry", "text", "reason", "suggestions"});
  check_order(root.at("groups").at(0), {"ref", "problem", "severity", "drugs", "findings", "undecided", "flags", "actions"});
  check_order(root.at("groups").at(0).at("actions").at(0), {"when", "verb", "drugs", "to", "for"});
  check_order(root.at("counts"),
              {"entries", "screened", "groups", "findings", "undecided", "folded", "contraindicated", "major", "moderate", "minor", "info"});
  check_order(root.at("quiet").at(0), {"rule", "drugs", "effect", "because"});
  check_order(root.at("ask_for").at(0), {"inputs", "settles", "narrows", "worst"});
  check_no_null(root);
}

TEST_CASE("a finding's fields are those of the contract") {
  const auto root = json::parse(report_json(test::ada()));
  const auto& finding = root.at("findings").at(1);
  check_order(finding,
              {"ref",          "id",      "rule",     "rule_version", "effect",        "problem",  "severity", "severity_from", "status",
               "unless",       "drugs",   "entries",  "supports",     "enough",        "roles",    "flags",    "summary",       "mechanism",
               "patient_text", "actions", "premises", "also",         "jurisdictions", "disputed", "evidence", "sources",       "derivation"});
  check_order(finding.at("severity_from"), {"base", "raised", "lowered", "could_raise"});
  CHECK(finding.at("severity_from").at("raised").at(0).at("to") == "major");
  CHECK(finding.at("severity_from").at("raised").at(0).at("at") == "rules/older/cns-active.rx:7:21");
  CHECK(finding.at("supports_total") == 4);
  CHECK(finding.at("entries").is_array());
  check_order(finding.at("premises").at(0), {"fact", "value", "at"});
  check_order(finding.at("sources").at(0), {"key", "kind", "jurisdiction", "place", "url", "seen"});
  check_order(finding.at("derivation"), {"rule", "at", "because"});
  check_order(finding.at("derivation").at("because").at(0), {"fact", "via", "at"});
  check_order(root.at("findings").at(0).at("actions").at(0), {"verb", "drugs", "to", "when", "never", "text"});
  const auto& undecided = root.at("undecided").at(0);
  check_order(undecided, {"id", "rule", "effect", "severity", "status", "drugs", "needs"});
  CHECK_FALSE(undecided.as_object().contains("ref"));
  check_order(undecided.at("needs").at(0), {"input", "kind", "within_days", "because"});
  check_order(root.at("folded").at(0), {"id", "within", "rule", "effect"});
}

TEST_CASE("counts agree with what is listed; numbers with a unit are text") {
  const auto root = json::parse(report_json(test::ada()));
  const auto& counts = root.at("counts");
  CHECK(counts.at("entries") == 9);
  CHECK(counts.at("screened") == 8);
  CHECK(counts.at("findings") == 5);
  CHECK(counts.at("major") == 2);
  CHECK(counts.at("moderate") == 2);
  CHECK(counts.at("minor") == 1);
  CHECK(root.at("coverage").at("screened").at(0).at("daily_dose").at("low") == "5");
  CHECK(root.at("coverage").at("screened").at(5).at("daily_dose").at("low") == "");
}

TEST_CASE("an entry known in part only is not screened") {
  auto screening = test::ada();
  screening.coverage.not_screened.push_back({6, "paracetamol with blorbium", "name not known", "", {}, {}, {}, {}});
  const auto counts = json::parse(report_json(screening)).at("counts");
  CHECK(counts.at("entries") == 9);
  CHECK(counts.at("screened") == 7);
}

TEST_CASE("one line says the same as the pretty form") {
  const auto line = report_json_line(test::ada());
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(json::parse(line) == json::parse(report_json(test::ada())));
  test::check_golden("ada.json", report_json(test::ada()));
}

TEST_CASE("the explanation's JSON holds every finding asked for") {
  const auto screening = test::ada();
  const auto root = json::parse(explain_json(screening, {&screening.findings[1], &screening.undecided[0]}));
  CHECK(root.at("schema") == "theriac.explanation/1");
  CHECK(root.at("explained").as_array().size() == 2);
  CHECK(root.at("explained").at(0).at("clears").at("at_most") == 2);
  CHECK(root.at("explained").at(0).at("finding").at("rule") == "cns-active-three");
  CHECK(json::parse(explain_json(screening, screening.findings[0])).at("explained").at(0).at("clears").at("without_any_of").at(0) == "oxycodone");
}

TEST_CASE("any bytes become valid JSON, UTF-8 kept") {
  std::string hostile;
  for (int byte = 0; byte < 256; ++byte) hostile += static_cast<char>(byte);
  hostile += "µg → \"Ω\" \\ \xED\xA0\x80 \xF0\x9F\x92\x8A";
  detail::JsonWriter writer(detail::JsonWriter::Layout::line);
  writer.begin_object().field(hostile, hostile).end_object();
  const auto parsed = json::parse(writer.result());
  const std::string text(parsed.as_object().begin()->value().as_string());
  CHECK(text.find("µg → \"Ω\" \\ ") != std::string::npos);
  CHECK(text.find("\xF0\x9F\x92\x8A") != std::string::npos);
  CHECK(text.starts_with(std::string("\0\x01", 2)));
}

TEST_CASE("JSON layout") {
  using detail::JsonWriter;
  JsonWriter writer(JsonWriter::Layout::pretty);
  writer.begin_object().key("empty").begin_array().end_array();
  writer.key("block").begin_array().number(1).number(-2).end_array();
  writer.key("row")
      .begin_object(JsonWriter::Shape::row)
      .flag("yes", true)
      .field("texts", std::vector<std::string>{"a", "b"})
      .end_object()
      .end_object();
  CHECK(writer.result() == "{\n  \"empty\": [],\n  \"block\": [\n    1,\n    -2\n  ],\n  \"row\": {\"yes\": true, \"texts\": [\"a\", \"b\"]}\n}");
}
