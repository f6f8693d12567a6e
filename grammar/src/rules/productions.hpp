// The productions of the rule language, one function each: a range of masked text → a piece of the tree. Each consumes its whole range or records
// what was expected and returns nothing; a production can also record a mistake and still return its piece, so callers count errors in
// `Context::sink`, never results. Spirit lives behind this header (productions.cpp).
#pragma once

#include "theriac/grammar/ast.hpp"

#include <optional>
#include <string_view>

namespace theriac::grammar::detail {

// What every stage of the parser shares while it reads one statement.
struct Context {
  SourcePtr source;
  std::string_view masked;
  Span statement;
  Diagnostics* sink = nullptr;

  std::string_view slice(Span span) const { return masked.substr(span.begin, span.end - span.begin); }
  Place place(Span span) const { return {source, span}; }
  Diagnostic& report(Code code, Span span, std::string message, std::string label = {}) const;
};

struct RuleHeader {
  std::optional<Text> label;
  std::optional<Text> title;
};

std::optional<Premise> read_premise(const Context& context, Span range);
std::optional<Guard> read_guard(const Context& context, Span range);
std::optional<Outcome> read_outcome(const Context& context, Span range);
std::optional<Flag> read_flag(const Context& context, Span range);
std::optional<Prefer> read_prefer(const Context& context, Span range);
std::optional<Shift> read_shift(const Context& context, Span range);
std::optional<std::vector<Phrase>> read_phrases(const Context& context, Span range);
std::optional<std::vector<Reference>> read_references(const Context& context, Span range);
std::optional<Example> read_example(const Context& context, Span range);
std::optional<RuleHeader> read_rule_header(const Context& context, Span range);
std::optional<ClassDeclaration> read_class(const Context& context, Span range);
std::optional<PopulationDeclaration> read_population(const Context& context, Span range);
std::optional<EffectDeclaration> read_effect(const Context& context, Span range);
std::optional<TableDeclaration::Cell> read_cell(const Context& context, Span range);
std::optional<ExceptionStatement> read_exception(const Context& context, Span range);
std::optional<Attribution> read_attribution(const Context& context, Span range);

// The production stopped at `offset`, where it wanted `expected` (expected.cpp).
void report_expected(const Context& context, Span range, std::uint32_t offset, std::string_view expected);

// The connectives of one guard list: `and` mixed with `or`, or a bare negation before `or`, is refused with the rewrites (connectives.cpp).
struct Joint {
  bool is_and = false;
  Span span;
};
Guard join_atoms(const Context& context, std::vector<Guard> atoms, const std::vector<Joint>& joints, Span span);
void check_item(const Context& context, const Item& item);
void check_premise(const Context& context, const Premise& premise);

}  // namespace theriac::grammar::detail
