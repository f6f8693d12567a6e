// The example of docs/contributor/library.md: what stands there is what runs here.
#include "support/screening.hpp"
#include "theriac/live.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

using namespace theriac;

namespace {

std::string text_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto from = text.find(begin);
  REQUIRE(from != std::string::npos);
  const auto start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

std::string without_indent(const std::string& text) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) result += (line.size() > 2 ? line.substr(2) : line) + "\n";
  return result;
}

}  // namespace

TEST_CASE("the documented example") {
  const auto compiled = test::compile_text("w-i: warfarin + ibuprofen → bleeding [major]\nw-a: warfarin + aspirin → bleeding [major]\n");
  REQUIRE(compiled.rules);
  const auto rules = compiled.rules;
  Patient patient;
  patient.medications = {medication("warfarin 5 mg daily"), medication("ibuprofen 400 mg three times daily")};
  // example
  LiveScreening live(rules, patient);  // warfarin and ibuprofen
  CHECK(live.brief().findings.size() == 1);

  auto tried = live;  // cheap, whatever it holds
  tried.remove(&Patient::medications, 1);
  CHECK(tried.brief().findings.empty());
  CHECK(live.brief().findings.size() == 1);  // as it was

  tried.add(&Patient::medications, medication("aspirin 75 mg daily"));
  tried.edit([](Patient& who) { who.sex = "female"; });  // anything else, or several things at once
  CHECK(tried.screening().findings.front().rule == "w-a");
  CHECK(tried.rules_judged() == 0);  // no rule reads the sex
  // end
  const std::string data = THERIAC_TEST_DATA;
  const auto here = between(text_of(data + "/properties/live/example.cpp"), "  // example\n", "  // end\n");
  const auto documented = between(text_of(data + "/../docs/contributor/library.md"), "```cpp\n", "```\n");
  CHECK_EQ(documented, without_indent(here));
}
