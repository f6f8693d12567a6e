#include "theriac/grammar/diagnostic.hpp"

#include <doctest/doctest.h>

#include <set>

namespace theriac::grammar {
namespace {

Span find(const SourcePtr& source, std::string_view text) {
  const auto at = static_cast<std::uint32_t>(source->text().find(text));
  return {at, at + static_cast<std::uint32_t>(text.size())};
}

}  // namespace

TEST_CASE("every code is registered once with its own name") {
  std::set<std::string_view> ids;
  const CodeInfo first = info(Code::TH1001);
  CHECK(first.id == "TH1001");
  CHECK(info(Code::TH1009).level == Level::warning);
  CHECK(info(Code::TH2003).name == "inferred name");
}

TEST_CASE("the picture: caret, label, other places, notes and help") {
  const auto rules = Source::make("one.rx", "µ-opioid + 安定 → x\n\n\nelderly\n");
  const auto names = Source::make("names.yaml", "drug: diazepam\n");
  auto diagnostic = diagnose(Code::TH2001, {rules, find(rules, "安定")}, "unknown name `安定`", "not a drug");
  diagnostic.secondary = {{{rules, find(rules, "elderly")}, "also here"}, {{names, find(names, "diazepam")}, ""}};
  diagnostic.notes = {"a note"};
  diagnostic.help = {"did you mean `diazepam`?"};
  CHECK(render(diagnostic) ==
        "error[TH2001]: unknown name `安定`\n"
        " --> one.rx:1:12\n"
        "  |\n"
        "1 | µ-opioid + 安定 → x\n"
        "  |            ^^^^ not a drug\n"
        "...\n"
        "4 | elderly\n"
        "  | ------- also here\n"
        " ::: names.yaml:1:7\n"
        "  |\n"
        "1 | drug: diazepam\n"
        "  |       --------\n"
        "  = note: a note\n"
        "  = help: did you mean `diazepam`?\n");
  CHECK(render(diagnostic, {true}).find("\x1b[1;31m^^^^ not a drug\x1b[0m") != std::string::npos);
}

TEST_CASE("the picture of odd places") {
  CHECK(render(diagnose(Code::TH1009, {}, "no place")) == "warning[TH1009]: no place\n");
  const auto empty = Source::make("empty", "");
  CHECK(render(diagnose(Code::TH1001, {empty, {0, 5}}, "m")) == "error[TH1001]: m\n --> empty:1:1\n  |\n1 |\n  | ^\n");
  const auto tabs = Source::make("tabs", "\tx\ty\r\n");
  CHECK(render(diagnose(Code::TH1001, {tabs, {3, 4}}, "m")) == "error[TH1001]: m\n --> tabs:1:4\n  |\n1 |     x    y\n  |          ^\n");
  const auto escape = Source::make("\x1b[31m", "a\x1b[0m\xFF\n");
  const auto picture = render(diagnose(Code::TH1001, {escape, {0, 1}}, "m\x1b"));
  CHECK(picture.find('\x1b') == std::string::npos);
  CHECK(picture.find('\xFF') == std::string::npos);
}

TEST_CASE("of a very long line the part around the words is shown") {
  const auto source = Source::make("long", std::string(5000, 'a') + "é here " + std::string(5000, 'b'));
  const auto picture = render(diagnose(Code::TH1001, {source, find(source, "here")}, "m", "label"));
  CHECK(picture.size() < 800);
  CHECK(picture.find("é here b") != std::string::npos);
  CHECK(picture.find("^^^^ label") != std::string::npos);
}

TEST_CASE("JSON") {
  const auto source = Source::make("a \"b\".rx", "one\ntwo\\\xFF\n");
  auto diagnostic = diagnose(Code::TH1003, {source, {4, 7}}, "m\n\x01", "l");
  diagnostic.edits = {{{source, {4, 5}}, "→"}};
  diagnostic.help = {"h1", "h2"};
  CHECK(
      render_json(diagnostic) ==
      R"({"code":"TH1003","name":"look-alike arrow","severity":"error","message":"m\n\u0001","file":"a \"b\".rx","line":2,"column":1,"end_line":2,"end_column":4,"begin":4,"end":7,)"
      R"("label":"l","secondary":[],"notes":[],"help":["h1","h2"],"edits":[{"file":"a \"b\".rx","line":2,"column":1,"end_line":2,"end_column":2,"begin":4,"end":5,"replacement":"→"}]})");
}

TEST_CASE("diagnostics are shown by file, place and code") {
  const auto a = Source::make("a", "xxxx");
  const auto b = Source::make("b", "xxxx");
  Diagnostics list = {diagnose(Code::TH1001, {b, {0, 1}}, "4"), diagnose(Code::TH1009, {a, {2, 3}}, "3"), diagnose(Code::TH1001, {a, {2, 3}}, "2"),
                      diagnose(Code::TH1009, {a, {0, 1}}, "1")};
  CHECK(has_errors(list));
  sort_by_place(list);
  std::string order;
  for (const auto& diagnostic : list) order += diagnostic.message;
  CHECK(order == "1234");
  CHECK_FALSE(has_errors({list[0]}));
}

}  // namespace theriac::grammar
