#include "theriac/yaml/tree.hpp"

#include <doctest/doctest.h>

using namespace theriac;
using grammar::Code;

namespace {

struct Text {
  explicit Text(std::string text) : source(grammar::Source::make("t.yaml", std::move(text))), read(yaml::read(source, yaml::regimen_codes)) {}
  std::string slice(const yaml::Node& node) const { return std::string(source->slice(node.span)); }
  const yaml::Node& root() const { return read.roots.at(0); }
  grammar::SourcePtr source;
  yaml::Read read;
};

// "TH8001 2:3" for every mistake.
std::vector<std::string> mistakes(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& diagnostic : Text(text).read.diagnostics) {
    const auto at = diagnostic.primary.place.to_string();
    found.push_back(std::string(grammar::info(diagnostic.code).id) + " " + at.substr(at.find(':') + 1));
  }
  return found;
}
using Mistakes = std::vector<std::string>;

}  // namespace

TEST_CASE("scalars are text and know where they stand") {
  const Text text("name: no\nversion: 1.10   # a comment\nquoted: \"a\\tb\"\nsingle: 'it''s'\nempty:\nnothing: ~\nblank: ''\n");
  REQUIRE(text.read.diagnostics.empty());
  const auto& root = text.root();
  REQUIRE(root.is_map());
  CHECK(root.find("name")->text == "no");
  CHECK(root.find("version")->text == "1.10");
  CHECK(text.slice(*root.find("version")) == "1.10");
  CHECK(root.find("quoted")->text == "a\tb");
  CHECK(root.find("quoted")->quoted);
  CHECK(text.slice(*root.find("quoted")) == "\"a\\tb\"");
  CHECK(root.find("single")->text == "it's");
  CHECK(text.slice(*root.find("single")) == "'it''s'");
  CHECK(root.find("empty")->is_null());
  CHECK(text.source->position(root.find("empty")->span.begin).line == 5);
  CHECK(root.find("nothing")->is_null());
  CHECK(text.slice(*root.find("nothing")) == "~");
  CHECK(root.find("blank")->is_scalar());
  CHECK(root.find("absent") == nullptr);
  CHECK(text.source->slice(root.entries[1].key_span) == "version");
}

TEST_CASE("lists and maps in block and flow form") {
  const Text text("a:\n  - x\n  - {b: [1, 2], c: y}\n");
  REQUIRE(text.read.diagnostics.empty());
  const auto& a = *text.root().find("a");
  REQUIRE(a.items.size() == 2);
  CHECK(a.items[1].find("b")->items[1].text == "2");
  CHECK(text.slice(*a.items[1].find("b")) == "[1, 2]");
  CHECK(text.slice(a.items[1]) == "{b: [1, 2], c: y}");
  CHECK(text.source->position(a.items[1].find("c")->span.begin) == grammar::Position{3, 20});
}

TEST_CASE("text over several lines") {
  const Text text("a: one\n  two\nb: |\n  three\n  four\nc: x\n");
  REQUIRE(text.read.diagnostics.empty());
  CHECK(text.root().find("a")->text == "one two");
  CHECK(text.slice(*text.root().find("a")) == "one");
  CHECK(text.root().find("b")->text == "three\nfour\n");
  CHECK(text.slice(*text.root().find("c")) == "x");
}

TEST_CASE("places hold after a byte order mark, carriage returns and letters of several bytes") {
  const Text text(
      "\xEF\xBB\xBF"
      "a: \xC2\xB5g\r\nb: end\r\n");
  REQUIRE(text.read.diagnostics.empty());
  CHECK(text.slice(*text.root().find("a")) == "\xC2\xB5g");
  CHECK(text.slice(*text.root().find("b")) == "end");
}

TEST_CASE("every duplicate key is reported where it stands again") {
  CHECK(mistakes("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\na: 4\n") == Mistakes{"TH8003 6:3", "TH8003 3:1", "TH8003 7:1"});
  const Text text("a: 1\na: 2\n");
  CHECK(text.root().entries.size() == 1);
  CHECK(text.root().find("a")->text == "1");
  CHECK(text.read.diagnostics.at(0).secondary.at(0).place.to_string() == "t.yaml:1:1");
}

TEST_CASE("anchors, aliases and tags are refused, all of them") {
  CHECK(mistakes("a: &x 1\nb: *x\nc: !!int 3\nd: &y [1]\ne: !mine {f: 1}\n") ==
        Mistakes{"TH8004 1:4", "TH8004 2:4", "TH8004 3:4", "TH8004 4:4", "TH8004 5:4"});
}

TEST_CASE("an alias bomb is a handful of messages") {
  std::string bomb = "a: &a [x, x]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i ? ", *" : "*") + static_cast<char>(c - 1);
    bomb += "]\n";
  }
  CHECK(mistakes(bomb).size() == 50);
}

TEST_CASE("a mistake of form is reported where it is seen") {
  CHECK(mistakes("a: [1, 2\nb: 3\n").size() == 1);
  CHECK(mistakes("a: x\n\tb: y\n") == Mistakes{"TH8001 2:1"});
  CHECK(mistakes("a: \"open\n").size() == 1);
  CHECK(mistakes("medications:\n  - a\n - b\n") == Mistakes{"TH8001 3:2"});
  CHECK(mistakes("a: b: c\n") == Mistakes{"TH8001 1:5"});
  CHECK(mistakes("? [a]\n: b\n") == Mistakes{"TH8001 1:3"});
  CHECK(mistakes("{a: 1} trailing\n").size() == 1);
  CHECK(mistakes("%TAG ! x\n---\na: b\n") == Mistakes{"TH8001 1:1"});
  CHECK(mistakes("# c\n%whatever\n") == Mistakes{"TH8001 2:1"});
  CHECK(mistakes("- a\nb: c\n") == Mistakes{"TH8001 2:1"});
}

TEST_CASE("what is no text is refused with its place") {
  CHECK(mistakes("a: \xFF\xFE\n") == Mistakes{"TH8001 1:4"});
  CHECK(mistakes(std::string("a: b\nc: \0d\n", 11)) == Mistakes{"TH8001 2:4"});
  CHECK(mistakes("a: b\rc: d\n") == Mistakes{"TH8001 1:5"});
  CHECK(mistakes("a: b\n\x04"
                 "c: d\n") == Mistakes{"TH8001 2:1"});
}

TEST_CASE("empty text has no document, several documents stand after ---") {
  CHECK(Text("").read.roots.empty());
  CHECK(Text("# only a comment\n").read.roots.empty());
  CHECK(Text("\n\n").read.diagnostics.empty());
  const Text two("a: 1\n---\na: 2\n");
  REQUIRE(two.read.roots.size() == 2);
  CHECK(two.read.roots[1].find("a")->text == "2");
  CHECK(two.source->position(two.read.roots[1].find("a")->span.begin).line == 3);
}

TEST_CASE("a line without end is refused before it fills the memory") {
  CHECK(mistakes("a: b\n[" + std::string(5'000'000, '[') + "\n") == Mistakes{"TH8001 2:100001"});
  CHECK(mistakes("a: 'it''s " + std::string(2'000'000, 'x') + "'\n").empty());
}

TEST_CASE("nesting has an end") {
  for (const std::string open : {"[", "{\"a\":", "[[{\"a\":", "{a: ", "- "}) {
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += open;
    CAPTURE(open);
    CHECK(mistakes(deep).size() == 1);
  }
}
