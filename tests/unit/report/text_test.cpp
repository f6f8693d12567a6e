#include "report/utf8.hpp"
#include "unit/report/ada.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace theriac;

namespace {

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the report of the quick-start patient") {
  TextStyle style;
  style.file = "ada.yaml";
  const auto text = report_text(test::ada(), style);
  test::check_golden("ada.txt", text);
  CHECK(lines(text).size() <= 50);
  for (const auto& line : lines(text)) CHECK_MESSAGE(detail::width(line) <= 98, line);
}

TEST_CASE("the report with everything, and the report without findings") {
  TextStyle all;
  all.all = true;
  test::check_golden("ada-all.txt", report_text(test::ada(), all));
  const auto quiet = report_text(test::nothing_found());
  test::check_golden("nothing-found.txt", quiet);
  CHECK(contains(quiet, "No findings: 8 of 8 entries screened, by 41 rules"));
}

TEST_CASE("an unknown name is as loud as a finding, and no findings never hides it") {
  auto screening = test::nothing_found();
  screening.complete = false;
  screening.coverage.not_screened = {{8, "herbal sleep tea", "name not known", "ada.yaml:22:5", {}, {}, {}, {}}};
  const auto text = report_text(screening);
  CHECK(contains(lines(text).front(), "8 of 9 entries screened · INCOMPLETE"));
  CHECK(contains(text, "✖ NOT SCREENED  \"herbal sleep tea\""));
  CHECK(contains(text, "No findings: only 8 of 9 entries screened, by 41 rules"));
}

TEST_CASE("more findings than lines are counted, and nothing major is hidden") {
  auto screening = test::crowded();
  screening.findings.back().severity = Severity::major;  // 12j
  const auto text = report_text(screening);
  CHECK(lines(text).size() <= 100);
  CHECK(contains(text, "more ("));
  CHECK(contains(text, "   12j "));
  std::size_t hidden = 0;
  std::size_t shown = 0;
  for (const auto& line : lines(text)) {
    if (const auto plus = line.find("   + "); plus == 0)
      hidden += static_cast<std::size_t>(std::stoul(line.substr(5)));
    else if (line.size() > 8 && line.starts_with("   ") && line[3] >= '1' && line[3] <= '9' && line.find("  ", 4) != std::string::npos)
      ++shown;
  }
  CHECK(shown + hidden == screening.findings.size() - 1);  // the minor group's line has no letter
  TextStyle all;
  all.all = true;
  CHECK_FALSE(contains(report_text(screening, all), " more ("));
}

TEST_CASE("colour is added to the same text, and only when asked for") {
  TextStyle colour;
  colour.colour = true;
  const auto plain = report_text(test::ada());
  auto coloured = report_text(test::ada(), colour);
  CHECK_FALSE(contains(plain, "\x1b"));
  CHECK(contains(coloured, "\x1b[1;31m✖ NOT SCREENED"));
  for (std::size_t at = 0; (at = coloured.find('\x1b')) != std::string::npos;) coloured.erase(at, coloured.find('m', at) - at + 1);
  CHECK(coloured == plain);
}

TEST_CASE("names from a list cannot move the cursor") {
  auto screening = test::ada();
  screening.coverage.not_screened[0].text = "tea\x1b[2J\xE2\x80\xAE\nx\xFF";
  const auto text = report_text(screening);
  CHECK_FALSE(contains(text, "\x1b"));
  CHECK_FALSE(contains(text, "\xE2\x80\xAE"));
  CHECK(contains(text, "\"tea\xEF\xBF\xBD[2J\xEF\xBF\xBD x\xEF\xBF\xBD\""));
}

TEST_CASE("a name of any length keeps to the page") {
  auto screening = test::ada();
  screening.coverage.not_screened[0].text = std::string(5000, 'x');
  screening.findings[0].shown[1] = std::string(500, 'y');
  for (const auto& line : lines(report_text(screening))) CHECK(detail::width(line) <= 98);
}

TEST_CASE("the outcome of a report says never safe and has no tick") {
  for (const auto& text : {report_text(test::ada()), report_text(test::nothing_found())}) {
    for (const auto* word : {" safe ", " safe.", "Safe", "✓", "✔", " OK"}) CHECK_FALSE(contains(text, word));
  }
}

TEST_CASE("explanations") {
  const auto screening = test::ada();
  test::check_golden("explain-1a.txt", explain_text(screening, screening.findings[0]));
  test::check_golden("explain-1b.txt", explain_text(screening, screening.findings[1]));
  test::check_golden("explain-1c.txt", explain_text(screening, screening.findings[2]));  // its proof names fewer drugs than it has
  test::check_golden("explain-undecided.txt", explain_text(screening, screening.undecided[0]));
}

TEST_CASE("what a person names is found") {
  const auto screening = test::ada();
  const auto one = [&](std::string_view what) {
    const auto found = find_findings(screening, what);
    return found.size() == 1 ? found[0]->id : std::to_string(found.size()) + " found";
  };
  CHECK(one("1a") == screening.findings[0].id);
  CHECK(one("1A") == screening.findings[0].id);
  CHECK(one("3") == screening.findings[4].id);
  CHECK(one("f-00000000000000d4") == screening.findings[3].id);
  CHECK(one("opioid-benzo") == screening.findings[0].id);
  CHECK(one("benzo-alcohol") == screening.findings[2].id);
  CHECK(one("metformin") == screening.undecided[0].id);
  CHECK(one("sertraline + mirtazapine") == screening.findings[4].id);
  CHECK(one("metformin-egfr") == screening.undecided[0].id);
  CHECK(find_findings(screening, "Klonopin, diazepam").size() == 2);  // exactly these two: the finding and the folded one
  CHECK(find_findings(screening, "1").size() == 3);
  for (const auto* nothing : {"", " ", "1z", "f-", "aspirin", ",", "diazepam, aspirin"}) CHECK(find_findings(screening, nothing).empty());
}
