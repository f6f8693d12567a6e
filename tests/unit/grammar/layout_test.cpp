// How lines make statements: indentation, continuation, comments, line ends, marks that editors leave.
#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

namespace theriac::grammar {
namespace {

Parsed read(std::string text) { return parse(Source::make("test.rx", std::move(text))); }

std::string tree(std::string text) {
  const auto parsed = read(std::move(text));
  for (const auto& diagnostic : parsed.diagnostics) CHECK_MESSAGE(false, render(diagnostic));
  return test::dump(parsed);
}

const std::string block = "rule a \"t\":\n  when b + c\n  then d [major]\n  because it is so\n";

}  // namespace

TEST_CASE("nothing but blanks and comments is fine") {
  for (const std::string text : {"", "\n", "\r\n", "   ", "# comment", "\n  # comment\n\n\t\n", "\xEF\xBB\xBF", "## documentation of nothing\n"}) {
    const auto parsed = read(text);
    CHECK(parsed.statements.empty());
    CHECK(parsed.diagnostics.empty());
    CHECK(parsed.dropped == 0);
  }
}

TEST_CASE("line ends, byte order mark, tabs and no-break spaces change nothing") {
  const auto expected = tree(block);
  auto crlf = block;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2) crlf.replace(at, 1, "\r\n");
  CHECK(tree(crlf) == expected);
  CHECK(tree("\xEF\xBB\xBF" + block) == expected);
  CHECK(tree(block.substr(0, block.size() - 1)) == expected);
  CHECK(tree("rule a \"t\":\n\twhen\tb + c\n\tthen d [major]\n\tbecause it is so") == expected);
  CHECK(tree("rule a \"t\":\n  when b\xC2\xA0+\xE2\x80\xAF"
             "c\n \xC2\xA0then d [major]\n  because it\xC2\xA0is so") == expected);
}

TEST_CASE("comments and empty lines end nothing and are in no text") {
  CHECK(tree("rule a \"t\": # x\n\n# y\n  when b + c # z\n # q\n\n  then d [major]   # ;\n  because it # w\n    is so # ##\n") == tree(block));
  CHECK(tree("a#b + c → d\n").find("'a#b'") != std::string::npos);
  CHECK(tree("`a #b` + c → d # e\n").find("'`a #b`'") != std::string::npos);
}

TEST_CASE("deeper lines and lines that open with a sign or a connective continue") {
  const auto one = tree("a + b or c in d unless e → f [major]; avoid it\n");
  CHECK(tree("a\n  + b\n  or c\n  in d unless e\n  → f\n  [major]\n  ; avoid it\n") == one);
  CHECK(tree("a +\n  b or c in d unless e →\n  f [major]; avoid it\n") == one);
  CHECK(tree("rule a \"t\":\n  when b\n      + c\n  then d\n    [major]\n  because it\n   is\n     so\n") == tree(block));
  CHECK(tree("class a = b,\n  c,\n  d except\n  e\n") == tree("class a = b, c, d except e\n"));
}

TEST_CASE("documentation stands right above its statement") {
  CHECK(test::dump(read("## one\n##two\na → b\n")).starts_with("## one\ntwo\n"));
  CHECK(test::dump(read("## one\n\na → b\n")).starts_with("rule"));
  CHECK(test::dump(read("a → b\n  ## inside\n  source x\n\nc → d\n")).find("##") == std::string::npos);
}

TEST_CASE("a depth that hangs on the width of a tab is a mistake") {
  const auto parsed = read("rule a:\n  when b\n\tthen c\nd → e\n");
  REQUIRE(parsed.diagnostics.size() >= 1);
  CHECK(parsed.diagnostics[0].message == "blanks and tabs are mixed in one block");
  CHECK(parsed.statements.size() == 1);
}

TEST_CASE("an indented line with nothing above it is told once") {
  const auto parsed = read("  a → b\n  c → d\ne → f\n");
  CHECK(parsed.statements.size() == 1);
  CHECK(parsed.diagnostics.size() >= 1);
  CHECK(parsed.diagnostics[0].message == "an indented line with no statement above it");
}

}  // namespace theriac::grammar
