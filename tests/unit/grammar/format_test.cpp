// parse ∘ format = parse, format ∘ format = format, and nothing that a person wrote is lost.
#include "theriac/grammar/format.hpp"

#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace theriac::grammar {
namespace {

std::string tidy(std::string text) { return format(Source::make("test.rx", std::move(text))).text; }
Parsed read(std::string text) { return parse(Source::make("test.rx", std::move(text))); }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What stands in the text, blanks and the ways to write a sign apart.
std::string essence(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto rest = std::string_view(text).substr(at);
    const std::pair<std::string_view, std::string_view> same[] = {{"->", "→"}, {"=>", "→"}, {"⇒", "→"},       {"≤", "<="},
                                                                  {"≥", ">="}, {"≠", "!="}, {"\xC2\xA0", ""}, {"\xEF\xBB\xBF", ""}};
    const auto* const found = std::find_if(std::begin(same), std::end(same), [rest](const auto& pair) { return rest.starts_with(pair.first); });
    if (found != std::end(same)) {
      out += found->second;
      at += found->first.size() - 1;
    } else if (text[at] != ' ' && text[at] != '\n' && text[at] != '\t' && text[at] != '\r') {
      out += text[at];
    }
  }
  return out;
}

void check_laws(const std::string& text) {
  CAPTURE(text);
  const auto before = read(text);
  const auto once = format(Source::make("test.rx", text));
  const auto after = read(once.text);
  CHECK(test::dump(after) == test::dump(before));
  for (const auto& diagnostic : after.diagnostics) {
    if (before.dropped < after.dropped) CHECK_MESSAGE(false, render(diagnostic));
  }
  CHECK(after.dropped == before.dropped);
  CHECK(after.diagnostics.size() == before.diagnostics.size());
  CHECK(once.left_alone == before.dropped);
  CHECK(tidy(once.text) == once.text);
  CHECK(essence(once.text) == essence(text));
}

}  // namespace

TEST_CASE("one layout for every way to write it") {
  CHECK(tidy("CNS depressant   +CNS depressant->additive sedation ;flag elderly fall risk") ==
        "CNS depressant + CNS depressant → additive sedation; flag elderly fall risk\n");
  CHECK(tidy("a:b + x=>c [ major ,high]") == "a:b + x → c [major, high]\n");
  CHECK(tidy("lab:  eGFR≥30mL/min →  x") == "lab: eGFR >= 30mL/min → x\n");
  CHECK(tidy("eGFR 30 to < 60 mL/min ⇒ x") == "eGFR 30 to <60 mL/min → x\n");
  CHECK(tidy("a if ( b or( no c ) ) → x") == "a if (b or (no c)) → x\n");
  CHECK(tidy("a #one\n") == "a #one\n");  // not a rule: left alone
  CHECK(tidy("a → b #one\r\n\r\n\r\n\r\n#two  \r\n") == "a → b  #one\n\n#two\n");
  CHECK(tidy("rule a  \"two  words\" :\n\twhen b\n\t\t+ c # why\n\tthen  d\n      # note\n\tbecause x  ->  y ≥ z\n\n\n  `a  b` \n")
            .find("two  words") != std::string::npos);
  CHECK(tidy("rule a  \"two  words\" :\n\twhen b\n\t\t+ c # why\n\tthen  d\n      # note\n\tbecause x  ->  y ≥ z\n\n\n") ==
        "rule a \"two words\":\n  when b\n    + c  # why\n  then d\n  # note\n  because x -> y ≥ z\n");
  CHECK(tidy("") == "");
  CHECK(tidy("\n\n\n") == "");
  CHECK(tidy("\xEF\xBB\xBF# x") == "# x\n");
}

TEST_CASE("what would change its meaning with a blank keeps without it") {
  check_laws("a +#b → c\n");
  check_laws("a:`b` + c → d\n");
  check_laws("population x :a\n");
  check_laws("a`b`c + d → e\n");
}

TEST_CASE("a statement with a mistake is left as it was") {
  const auto formatted = format(Source::make("x", "a  +b →c\na  +  → c   # why \n\twhen   x\nd+e→f\n"));
  CHECK(formatted.text == "a + b → c\na  +  → c   # why \n\twhen   x\nd + e → f\n");
  CHECK(formatted.left_alone == 1);
  CHECK(formatted.diagnostics.size() >= 1);
}

TEST_CASE("the columns of a table stand one under the other") {
  CHECK(tidy("table t by eGFR , age:\n eGFR|age | most\n  >=30 mL/min/1.73m2|otherwise|5 mg/day # why\n\n      ≤ 5 mL/min/1.73m2 | 1 to < 2 years |4 "
             "mg/day\n") ==
        "table t by eGFR, age:\n  eGFR                | age           | most\n  >= 30 mL/min/1.73m2 | otherwise     | 5 mg/day  # why\n\n"
        "  <= 5 mL/min/1.73m2  | 1 to <2 years | 4 mg/day\n");
}

TEST_CASE("the laws hold for every golden file and the bundled rules") {
  std::size_t files = 0;
  for (const std::string root : {THERIAC_TEST_DATA "/golden", THERIAC_RULES}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".rx") continue;
      ++files;
      CAPTURE(entry.path().string());
      check_laws(read_file(entry.path()));
    }
  }
  CHECK(files > 6);
}

TEST_CASE("the laws hold for rules laid out at random") {
  const auto good = read_file(THERIAC_TEST_DATA "/golden/trees/layers.rx");
  const std::vector<std::string> pieces = {" ",        "  ", "\t", "\n", "\n\n", "\n  ", "\n    ", "\r\n", " # c\n", "\n# c\n", "\n  # c\n",
                                           "\xC2\xA0", "+",  "→",  "->", ":",    "#",    "\"",     "`",    "(",      ")"};
  std::mt19937 random(5);
  for (int round = 0; round < 400; ++round) {
    auto text = good;
    for (std::size_t edits = 1 + random() % 8; edits > 0; --edits) text.insert(random() % text.size(), pieces[random() % pieces.size()]);
    check_laws(text);
  }
}

}  // namespace theriac::grammar
