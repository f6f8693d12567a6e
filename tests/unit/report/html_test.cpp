#include "theriac/html.hpp"
#include "theriac/picture.hpp"
#include "unit/report/ada.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace theriac;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string from(const std::string& text, std::string_view part) {
  const auto at = text.find(part);
  return at == std::string::npos ? std::string() : text.substr(at);
}

}  // namespace

TEST_CASE("the page of the quick-start patient") { test::check_golden("ada.html", report_html(test::ada())); }

TEST_CASE("what is cut in the text stands on the page") {
  const auto crowded = test::crowded();
  const auto page = report_html(crowded);
  for (const auto& finding : crowded.findings) CHECK_MESSAGE(contains(page, "id=\"finding-" + finding.ref + "\""), finding.ref);
}

TEST_CASE("a page without findings says of how much") {
  const auto page = report_html(test::nothing_found());
  CHECK(contains(page, "No findings: "));
  CHECK_FALSE(contains(page, "<svg"));
  CHECK(contains(page, "That does not show that they are safe together."));
}

TEST_CASE("names are text, wherever they stand") {
  auto screening = test::ada();
  const std::string name = "</style><script>x</script> & \"q\" 'a' \x07";
  screening.patient_id = name;
  screening.findings.front().drugs.front() = name;
  screening.findings.front().shown.front() = name;
  screening.findings.front().effect = name;
  screening.coverage.not_screened.front().text = name;
  screening.coverage.not_screened.front().suggestions = {name};
  screening.findings.front().sources = {{name, name, name, name, "https://x/\"onclick=\"y", "no"}};
  const auto page = report_html(screening);
  CHECK_FALSE(contains(page, "<script"));
  CHECK_FALSE(contains(page, "</style><script"));
  CHECK_FALSE(contains(page, "\"onclick"));
  CHECK_FALSE(contains(page, "\x07"));
  CHECK(contains(page, "&lt;script&gt;x&lt;/script&gt; &amp; &quot;q&quot; &#39;a&#39; \xEF\xBF\xBD"));
}

TEST_CASE("an address that is not of the web is no link") {
  auto screening = test::ada();
  screening.findings.front().sources = {{"key", "label", "US", "", "javascript:alert(1)", "no"}};
  CHECK_FALSE(contains(report_html(screening), "href=\"javascript"));
}

TEST_CASE("the dead have no page of their own, and the living are told to speak first") {
  auto screening = test::ada();
  CHECK(contains(from(report_html(screening), "id=\"patient\""), "Do not change anything before you have spoken"));
  screening.deceased = "2025-01-01";
  screening.deceased_at = "ada.yaml:2:3";
  CHECK_FALSE(contains(report_html(screening), "id=\"patient\""));
  CHECK(contains(report_html(screening), "Screened as if alive"));
}

TEST_CASE("what would change the treatment is put behind a talk, sentence by sentence") {
  auto screening = test::ada();
  screening.findings.front().severity = Severity::major;
  screening.findings.front().patient_text = "Get help for pain. Do not take your statin now. Do not take more than two. Do not stop it by yourself.";
  const auto patient = from(report_html(screening), "id=\"patient\"");
  CHECK(contains(
      patient, "Get help for pain. Speak to your pharmacist about this first: &quot;Do not take your statin now.&quot; Do not take more than two."));
  CHECK(contains(patient, " Do not stop it by yourself."));

  screening.findings.front().patient_text = "Stop this medicine and call us at once if you get a rash.";
  CHECK_FALSE(contains(from(report_html(screening), "id=\"patient\""), "Speak to your pharmacist about this first"));
}

TEST_CASE("a picture draws the worst and says how many it leaves out") {
  const auto ada = test::ada();
  const auto all = picture_of(ada);
  const auto one = picture_of(ada, 1);
  CHECK(one.nodes.size() < all.nodes.size());
  CHECK(one.left_out == ada.findings.size() - 1);
  CHECK(contains(one.description, "more not drawn"));
  for (const auto& edge : all.edges) CHECK(all.nodes[edge.from].column < all.nodes[edge.to].column);
  for (const auto& finding : ada.findings) {
    if (finding.severity == Severity::info) continue;
    const auto is_effect = [&](const Picture::Node& node) { return node.kind == Picture::Kind::effect && node.name == finding.effect; };
    CHECK_MESSAGE(std::any_of(all.nodes.begin(), all.nodes.end(), is_effect), finding.effect);
  }
}

TEST_CASE("names of a picture are text in both of its forms") {
  Picture picture;
  picture.title = "a \"b\" <c>";
  picture.nodes = {{Picture::Kind::drug, 0, "x\"];\\", "", "<x>", {}, false}, {Picture::Kind::effect, 5, "y", "n", "y", Severity::major, true}};
  picture.edges = {{0, 1, Severity::major}};
  CHECK(contains(write_dot(picture), "n0 [label=\"x\\\"];\\\\\""));
  CHECK(contains(write_dot(picture), "n0 -> n1 [penwidth=2];"));
  CHECK(contains(write_svg(picture), "<title>&lt;x&gt;</title>"));
  CHECK(contains(write_svg(picture), "▲ y"));
}
