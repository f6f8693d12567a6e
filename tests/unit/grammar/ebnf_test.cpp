// grammar/theriac.ebnf against the parser: the file is read and run as a recogniser that keeps every way to go on, so it shares no decision with the
// parser (it does share the splitting into lines and words).
#include "unit/grammar/dump.hpp"

#include "rules/layout.hpp"
#include "rules/lexical.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>

namespace theriac::grammar {
namespace {

using namespace detail;

// --- the EBNF ---
struct Expression {
  enum class Kind { literal, special, name, sequence, choice, repeat, optional } kind{};
  std::string text;
  std::vector<Expression> parts;
};
using Grammar = std::map<std::string, Expression>;

class EbnfReader {
 public:
  explicit EbnfReader(std::string text) : text_(std::move(text)) {}

  Grammar read() {
    Grammar grammar;
    for (skip(); at_ < text_.size(); skip()) {
      const auto name = read_name();
      expect('=');
      const bool fresh = grammar.emplace(name, read_choice()).second;
      CHECK_MESSAGE(fresh, name, " is defined twice");
      expect(';');
    }
    return grammar;
  }

 private:
  void skip() {
    while (at_ < text_.size()) {
      if (text_.compare(at_, 2, "(*") == 0) {
        at_ = text_.find("*)", at_) + 2;
      } else if (text_[at_] == ' ' || text_[at_] == '\n') {
        ++at_;
      } else {
        return;
      }
    }
  }
  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void expect(char sign) {
    REQUIRE_MESSAGE(peek() == sign, "at ", text_.substr(at_, 40));
    ++at_;
  }
  std::string read_name() {
    skip();
    const auto start = at_;
    while (at_ < text_.size() && ((text_[at_] >= 'a' && text_[at_] <= 'z') || text_[at_] == '_')) ++at_;
    REQUIRE_MESSAGE(at_ > start, "at ", text_.substr(at_, 40));
    return text_.substr(start, at_ - start);
  }
  std::string enclosed(char mark) {
    const auto end = text_.find(mark, at_ + 1);
    auto inner = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return inner;
  }
  Expression read_choice() {
    Expression choice{Expression::Kind::choice, {}, {read_sequence()}};
    while (peek() == '|') {
      ++at_;
      choice.parts.push_back(read_sequence());
    }
    return choice;
  }
  Expression read_sequence() {
    Expression sequence{Expression::Kind::sequence, {}, {}};
    while (std::string_view("|;)]}").find(peek()) == std::string_view::npos) sequence.parts.push_back(read_part());
    return sequence;
  }
  Expression read_part() {
    const char sign = peek();
    if (sign == '"') return {Expression::Kind::literal, enclosed('"'), {}};
    if (sign == '?') return {Expression::Kind::special, squeezed(enclosed('?')), {}};
    const std::map<char, std::pair<char, Expression::Kind>> brackets = {
        {'(', {')', Expression::Kind::choice}}, {'[', {']', Expression::Kind::optional}}, {'{', {'}', Expression::Kind::repeat}}};
    const auto bracket = brackets.find(sign);
    if (bracket == brackets.end()) return {Expression::Kind::name, read_name(), {}};
    ++at_;
    Expression part{bracket->second.second, {}, {read_choice()}};
    expect(bracket->second.first);
    return part;
  }

  std::string text_;
  std::size_t at_ = 0;
};

// --- the tokens ---
struct Token {
  std::string text;  // "\n" before a clause
};

void tokenise(std::string_view text, std::vector<Token>& tokens) {
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    auto length = std::max<std::size_t>(token_length(text), 1);
    const auto number = number_length(text);
    if (sign_length(text) == 0 && number > 0 && number < length) {
      tokens.push_back({std::string(text.substr(0, number))});
      tokens.push_back({std::string(text.substr(number, length - number))});
    } else {
      tokens.push_back({std::string(text.substr(0, length))});
    }
    text.remove_prefix(length);
  }
}

std::vector<Token> tokens_of(const RawStatement& raw, std::string_view masked) {
  const auto slice = [masked](Span span) { return masked.substr(span.begin, span.end - span.begin); };
  std::vector<Token> tokens;
  tokenise(slice(raw.header), tokens);
  const bool declaration = raw.header.end != raw.header.begin && !raw.clauses.empty() && [&] {
    const auto first = tokens.front().text;
    const bool arrow = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.text == "→" || token.text == "->"; });
    if (first == "score") return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.text == "="; });
    const auto words = {"class", "population", "qualifier", "effect", "exception", "attribute"};
    return !arrow && std::any_of(words.begin(), words.end(), [&](const char* word) { return first == word; });
  }();
  for (const auto clause : raw.clauses) {
    if (!declaration) tokens.push_back({"\n"});
    tokenise(slice(clause), tokens);
  }
  return tokens;
}

// --- the recogniser ---
class Recogniser {
 public:
  Recogniser(const Grammar& grammar, const std::vector<Token>& tokens) : grammar_(grammar), tokens_(tokens) {}

  bool derives(const std::string& name) { return named(name, 0).count(tokens_.size()) > 0; }

 private:
  using Ends = std::set<std::size_t>;

  const Ends& named(const std::string& name, std::size_t at) {
    const auto key = std::pair(name, at);
    if (const auto known = memo_.find(key); known != memo_.end()) return known->second;
    const auto rule = grammar_.find(name);
    REQUIRE_MESSAGE(rule != grammar_.end(), name, " is not defined");
    auto ends = match(rule->second, at);
    return memo_.emplace(key, std::move(ends)).first->second;
  }

  Ends match(const Expression& expression, std::size_t at) {
    switch (expression.kind) {
      case Expression::Kind::literal:
        return at < tokens_.size() && is_keyword(tokens_[at].text, expression.text) ? Ends{at + 1} : Ends{};
      case Expression::Kind::special:
        return at < tokens_.size() && is_special(expression.text, at) ? Ends{at + 1} : Ends{};
      case Expression::Kind::name:
        return named(expression.text, at);
      case Expression::Kind::sequence:
        return sequence(expression, {at});
      case Expression::Kind::choice:
        return choice(expression, at);
      case Expression::Kind::optional:
        return with(choice(expression, at), at);
      case Expression::Kind::repeat:
        return repeat(expression, at);
    }
    return {};
  }

  static Ends with(Ends ends, std::size_t at) {
    ends.insert(at);
    return ends;
  }
  Ends choice(const Expression& expression, std::size_t at) {
    Ends ends;
    for (const auto& part : expression.parts) ends.merge(Ends(match(part, at)));
    return ends;
  }
  Ends sequence(const Expression& expression, Ends starts) {
    for (const auto& part : expression.parts) {
      Ends ends;
      for (const auto start : starts) ends.merge(Ends(match(part, start)));
      starts = std::move(ends);
    }
    return starts;
  }
  Ends repeat(const Expression& expression, std::size_t at) {
    Ends ends{at};
    for (std::vector<std::size_t> open{at}; !open.empty();) {
      const auto start = open.back();
      open.pop_back();
      for (const auto end : match(expression.parts.front(), start)) {
        if (ends.insert(end).second) open.push_back(end);
      }
    }
    return ends;
  }

  bool is_one_of(std::size_t at, const std::set<std::string>& words) const {
    return at < tokens_.size() && words.count(lower_ascii(tokens_[at].text)) > 0;
  }

  bool stops(std::size_t at) const {
    if (is_one_of(at, {"stopped", "started", "changed"})) return is_one_of(at + 1, {"within", "after", "before"});
    if (is_one_of(at, {"longer", "shorter"})) return is_one_of(at + 1, {"than"});
    if (is_one_of(at, {"rising", "falling"})) return at + 1 < tokens_.size() && is_number(tokens_[at + 1].text);
    if (is_one_of(at, {"abrupt"})) return is_one_of(at + 1, {"stop"}) && is_one_of(at + 2, {"of"});
    return (is_one_of(at, {"at"}) && is_one_of(at + 1, {"least"})) || (is_one_of(at, {"after"}) && is_one_of(at + 1, {"longer"}));
  }

  static bool is_time_unit(const std::string& text) {
    const std::set<std::string> units = {"minute", "hour", "day", "week", "month", "year"};
    return units.count(text) > 0 || (text.ends_with('s') && units.count(text.substr(0, text.size() - 1)) > 0);
  }

  bool is_word(std::size_t at) const {
    const auto& text = tokens_[at].text;
    if (text.front() == '`') return text.size() > 2 && text.back() == '`' && !squeezed(text.substr(1, text.size() - 2)).empty();
    return is_plain(text) && !is_number(text) && !is_reserved(text) && !stops(at);
  }
  static bool is_plain(const std::string& text) { return text != "\n" && sign_length(text) == 0 && text.front() != '`' && text.front() != '"'; }

  bool is_special(const std::string& kind, std::size_t at) const {
    const auto& text = tokens_[at].text;
    if (kind == "indent") return text == "\n";
    if (kind == "any") return text != "\n";
    if (kind == "action word") return text != "\n" && text != ";";
    if (kind == "tag") return text != "\n" && text != "," && text != "[" && text != "]";
    if (kind == "any word") return is_plain(text);
    if (kind == "word") return is_word(at);
    if (kind.starts_with("word but ")) return is_word(at) && !is_keyword(text, kind.substr(9));
    if (kind == "number") return is_number(text);
    if (kind == "number in a name") return is_number(text) && !is_one_of(at + 1, {"to"});
    if (kind == "whole number") return std::all_of(text.begin(), text.end(), is_digit) && text.find_first_not_of('0') != std::string::npos;
    if (kind == "unit") return is_plain(text) && !is_number(text) && !is_reserved(text) && !stops(at);
    if (kind == "string") return text.size() > 1 && text.front() == '"';
    if (kind == "date") return text.size() == 10 && std::count(text.begin(), text.end(), '-') == 2;
    if (kind == "version") return std::count(text.begin(), text.end(), '.') == 2;
    REQUIRE_MESSAGE(kind == "time unit", "? ", kind, " ? is not known here");
    return is_time_unit(text);
  }

  const Grammar& grammar_;
  const std::vector<Token>& tokens_;
  std::map<std::pair<std::string, std::size_t>, Ends> memo_;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the EBNF says beyond its rules, or leaves to the checks after parsing.
bool beyond_grammar(const Diagnostic& diagnostic) {
  if (diagnostic.code == Code::TH1005 || diagnostic.code == Code::TH1007 || diagnostic.code == Code::TH1002 || diagnostic.code == Code::TH1003)
    return true;
  if (diagnostic.message.find("` has no clause `") != std::string::npos) return true;
  if (diagnostic.message.starts_with("an invisible") || diagnostic.message.starts_with("blanks and tabs") ||
      diagnostic.message.starts_with("an indented line"))
    return true;
  return diagnostic.message == "`abrupt stop of` reaches one name";
}

void hold_against(const Grammar& grammar, const std::filesystem::path& path) {
  const auto text = read_file(path);
  const auto parsed = parse(Source::make(path.filename().string(), text));
  const auto masked = mask(text);
  Splitter splitter(text);
  while (const auto raw = splitter.next()) {
    const bool taken =
        std::any_of(parsed.statements.begin(), parsed.statements.end(), [&](const Statement& statement) { return statement.span == raw->span; });
    bool judged = taken;
    for (const auto& diagnostic : parsed.diagnostics) {
      const auto at = diagnostic.primary.place.span.begin;
      const bool here = diagnostic.level == Level::error && at >= raw->span.begin && at <= raw->span.end;
      judged = judged || (here && !beyond_grammar(diagnostic));
    }
    if (!judged) continue;
    const auto tokens = tokens_of(*raw, masked);
    CHECK_MESSAGE(Recogniser(grammar, tokens).derives("statement") == taken, path.filename().string(), ": ", parsed.source->slice(raw->span));
  }
}

}  // namespace

TEST_CASE("the reference grammar derives what the parser takes and nothing that it refuses") {
  const auto grammar = EbnfReader(read_file(THERIAC_TEST_DATA "/../grammar/theriac.ebnf")).read();
  REQUIRE(grammar.size() > 30);
  for (const std::string root : {THERIAC_TEST_DATA "/golden", THERIAC_RULES}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".rx") hold_against(grammar, entry.path());
    }
  }
}

TEST_CASE("the recogniser itself can fail") {
  const auto grammar = EbnfReader("a = \"x\" { b } [ \"z\" ] ; (* comment *) b = \"y\" ( ? number ? | \"+\" ) ;").read();
  const auto derives = [&](std::string_view text) {
    std::vector<Token> tokens;
    tokenise(text, tokens);
    return Recogniser(grammar, tokens).derives("a");
  };
  CHECK(derives("x"));
  CHECK(derives("x y 1 y + z"));
  CHECK_FALSE(derives("x y"));
  CHECK_FALSE(derives("x z y 1"));
  CHECK_FALSE(derives(""));
}

}  // namespace theriac::grammar
