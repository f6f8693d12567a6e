// Nothing that a file can hold crashes the reader or takes more than time proportional to its size.
#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <random>

namespace theriac::grammar {
namespace {

constexpr std::size_t large = 10'000'000;

std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  text.reserve(size + piece.size());
  while (text.size() < size) text += piece;
  return text;
}

// Everything a caller would do with a file, in bounded time. The bound is generous: a quadratic step on ten megabytes takes hours.
Parsed survive(std::string text) {
  const auto start = std::chrono::steady_clock::now();
  auto parsed = parse(Source::make("hostile.rx", std::move(text)));
  std::size_t shown = 0;
  for (const auto& diagnostic : parsed.diagnostics) {
    if (++shown > 20) break;
    CHECK_FALSE(render(diagnostic).empty());
    CHECK_FALSE(render_json(diagnostic).empty());
  }
  CHECK(parsed.diagnostics.size() <= 1002);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
  return parsed;
}

}  // namespace

TEST_CASE("ten megabytes of one thing") {
  for (const std::string piece : {"(", "a ", "\n", "a → b\n", "a\n  b\n", "`\""}) {
    CAPTURE(piece);
    survive(repeated(piece, large));
  }
  CHECK(survive(std::string(large, '\0')).statements.empty());
}

TEST_CASE("a megabyte of every sign") {
  for (const std::string piece : {")",   "a",    "+",   "\"", "`",   "#",  ";",  "→",     " ",  "\t",    "a + ", "a or ",
                                  "(\n", "\xFF", "no ", "[",  "a →", "1 ", "- ", "  x\n", "\r", "# x\n", "\"#",  " #`"}) {
    CAPTURE(piece);
    survive(repeated(piece, large / 10));
  }
}

TEST_CASE("a file of more statements than any rule base has") {
  const auto parsed = survive(repeated("a → b\n", 8 * 100'003));
  CHECK(parsed.statements.size() == 100'000);
  CHECK(parsed.dropped == 3);
  REQUIRE(parsed.diagnostics.size() == 1);
  CHECK(parsed.diagnostics[0].code == Code::TH1012);
}

TEST_CASE("a statement over the size limit is one mistake and the next is read") {
  const auto parsed = survive("class long = " + repeated("drug, ", 70'000) + "drug\nopioid → overdose\n");
  REQUIRE(parsed.diagnostics.size() == 1);
  CHECK(parsed.diagnostics[0].code == Code::TH1011);
  CHECK(parsed.statements.size() == 1);
  CHECK(survive("class long = " + repeated("drug, ", 60'000) + "drug\n").diagnostics.empty());
}

TEST_CASE("nesting is bounded") {
  const auto nested = [](std::size_t depth) { return survive("a if " + std::string(depth, '(') + "b" + std::string(depth, ')') + " → c\n"); };
  CHECK(nested(64).diagnostics.empty());
  REQUIRE(nested(65).diagnostics.size() == 1);
  CHECK(nested(65).diagnostics[0].code == Code::TH1005);
  CHECK(nested(30'000).diagnostics.size() == 1);
  CHECK(survive(std::string(64, '(') + "a" + std::string(64, ')') + " → c\n").diagnostics.empty());
}

TEST_CASE("the mistakes of a file are cut off and counted") {
  const auto parsed = survive(repeated("a + → b\n", 10 * 1500));
  CHECK(parsed.diagnostics.size() == 1001);
  CHECK(parsed.diagnostics.back().code == Code::TH1012);
  CHECK(parsed.diagnostics.back().message == "500 more mistakes are not shown");
  CHECK(parsed.dropped == 1500);
}

TEST_CASE("bytes that are not text") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string text(random() % 3000, '\0');
    for (auto& byte : text) byte = static_cast<char>(random());
    survive(std::move(text));
  }
  const auto parsed = survive("opioid → overdose\n\x80\x81 → b\nopioid\0x → c\n");
  CHECK(parsed.statements.size() == 1);
}

TEST_CASE("good rules, broken at random") {
  std::ifstream file(std::string(THERIAC_TEST_DATA) + "/golden/trees/layers.rx", std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(file), {}};
  const std::vector<std::string> pieces = {
      "(",  ")",    "[",  "]", "`", "\"", " or ", " and ",          "no ",      " + ", "→",    "->",      ";", ":", ",",
      "\n", "\n  ", "\t", "#", "=", "<",  " to ", "at least 2 of ", " within ", "1,5", "\xE2", "\xE2\x86"};
  std::mt19937 random(11);
  for (int round = 0; round < 1000; ++round) {
    auto text = good;
    for (std::size_t edits = 1 + random() % 6; edits > 0; --edits) {
      const auto at = random() % text.size();
      if (random() % 3 == 0) {
        text.erase(at, random() % 12);
      } else {
        text.insert(at, pieces[random() % pieces.size()]);
      }
    }
    const auto parsed = parse(Source::make("broken.rx", text));
    for (const auto& diagnostic : parsed.diagnostics) {
      CHECK(diagnostic.primary.place.span.begin <= text.size());
      CHECK(diagnostic.message.find("boost") == std::string::npos);
    }
    // Bytes that are not UTF-8 in a comment are told and drop nothing.
    const bool told = std::any_of(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                                  [](const Diagnostic& d) { return d.level == Level::error && d.code != Code::TH1002; });
    CHECK_FALSE((told && parsed.dropped == 0));
    CHECK_FALSE((parsed.dropped > 0 && !has_errors(parsed.diagnostics)));
  }
}

}  // namespace theriac::grammar
