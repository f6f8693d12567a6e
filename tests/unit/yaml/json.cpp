#include "theriac/yaml/tree.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

yaml::Read read(const std::string& text) { return yaml::read(grammar::Source::make("t.json", text), yaml::regimen_codes); }

std::string place(const yaml::Read& result, std::size_t i = 0) { return result.diagnostics.at(i).primary.place.to_string(); }

}  // namespace

TEST_CASE("JSON gives the same tree as YAML") {
  const auto result = read("{\n  \"age\": 82, \"on\": true, \"off\": null,\n  \"list\": [\"a\", {\"b\": -1.50e3}]\n}\n");
  REQUIRE(result.diagnostics.empty());
  REQUIRE(result.roots.size() == 1);
  const auto& root = result.roots.front();
  CHECK(root.find("age")->text == "82");
  CHECK_FALSE(root.find("age")->quoted);
  CHECK(root.find("on")->text == "true");
  CHECK(root.find("off")->is_null());
  CHECK(root.find("list")->items.at(0).quoted);
  CHECK(root.find("list")->items.at(1).find("b")->text == "-1.50e3");
}

TEST_CASE("escapes, and pairs of them above the basic plane") {
  const auto result = read(R"({"t": "\u00b5g \"q\" \\ \/ \n \ud83d\ude00 é"})");
  REQUIRE(result.diagnostics.empty());
  CHECK(result.roots.at(0).find("t")->text == "\xC2\xB5g \"q\" \\ / \n \xF0\x9F\x98\x80 \xC3\xA9");
  for (const std::string bad :
       {R"({"t": "\ud83d"})", R"({"t": "\ude00"})", R"({"t": "\ud83dx"})", R"({"t": "\ud83d\u0041"})", R"({"t": "\u12g4"})", R"({"t": "\x"})"}) {
    CAPTURE(bad);
    CHECK(read(bad).diagnostics.size() == 1);
  }
}

TEST_CASE("what is nearly JSON is refused") {
  for (const std::string bad :
       {R"({"a": 1,})", R"({"a" 1})", R"({"a": 01})", R"({"a": .5})", R"({"a": 1.})", R"({"a": tru})", R"({"a": 'x'})", R"({"a": "x)",
        R"({"a": [1 2]})", R"({"a": 1)", R"({"a": 1}})", R"({"a": NaN})", "{\"a\": \"x\ty\"}", R"({"a": 1} x)", R"({"a": //)", R"({"a": -})"}) {
    CAPTURE(bad);
    CHECK(read(bad).diagnostics.size() == 1);
  }
  const auto result = read("{\n  \"a\": 1\n  \"b\": 2\n}");
  CHECK(place(result) == "t.json:3:3");
}

TEST_CASE("duplicate keys of JSON") {
  const auto result = read("{\"a\": 1,\n \"b\": 2, \"a\": 3}");
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(place(result) == "t.json:2:10");
}

TEST_CASE("several values, one a line; a broken line hides no other") {
  const auto result = read("{\"a\": 1}\n{\"a\": oops}\n\n{\"a\": 3}\n{\"a\": \n");
  CHECK(result.roots.size() == 2);
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(place(result, 0) == "t.json:2:7");
  CHECK(grammar::info(result.diagnostics[0].code).id == "TH8001");
}

TEST_CASE("YAML in flow form is no JSON and is read as YAML") {
  const auto result = read("{a: 1, b: [x]}");
  REQUIRE(result.diagnostics.empty());
  CHECK(result.roots.at(0).find("b")->items.at(0).text == "x");
}

TEST_CASE("empty JSON") {
  CHECK(read("{}").roots.at(0).is_map());
  CHECK(read(" [] ").roots.at(0).is_sequence());
}
