// Text of a rule file → syntax tree and diagnostics. The file is split by layout (a line that starts in column 0 opens a statement, indented lines belong
// to it), then each statement and each clause is parsed by itself, so that a mistake loses its own statement and no other, and all mistakes are reported
// in one run. Knows no medicine. Never throws for what a person wrote; input of any bytes and any size is safe. Thread-safe.
//
//     auto parsed = grammar::parse(grammar::Source::make("one.rx", "A + B → additive sedation\n"));
#pragma once

#include "theriac/grammar/ast.hpp"

namespace theriac::grammar {

struct Parsed {
  SourcePtr source;
  std::vector<Statement> statements;
  Diagnostics diagnostics;
  std::uint32_t dropped = 0;                // statements that had an error
  std::vector<std::string> dropped_labels;  // labels of those among them that could be read, so that exceptions to them are dropped too
};

Parsed parse(SourcePtr source);

struct ParsedGuard {
  std::optional<Guard> guard;
  Diagnostics diagnostics;
};
// A guard alone (`age >= 65 years`), for tools.
ParsedGuard parse_guard(SourcePtr source, Span span);

}  // namespace theriac::grammar
