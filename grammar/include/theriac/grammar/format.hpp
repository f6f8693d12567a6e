// The one way to lay out a rule file: two blanks before a clause, four before what continues it, one blank between words, `→` for every arrow, `>=`
// for `≥`, line feeds at the ends, at most one empty line in a row. Lines are neither joined nor split, and comments stay where they are. What has a
// mistake is left as it was written. The result reads as the same tree, and formatting it again changes nothing. Pure; never throws for what a person
// wrote.
//
//     auto tidy = grammar::format(grammar::Source::make("one.rx", "A  +B->additive sedation"));
//     tidy.text;   // "A + B → additive sedation\n"
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/grammar/source.hpp"

#include <cstdint>
#include <string>

namespace theriac::grammar {

struct Formatted {
  std::string text;
  Diagnostics diagnostics;       // of parsing
  std::uint32_t left_alone = 0;  // statements with a mistake
};

Formatted format(const SourcePtr& source);

}  // namespace theriac::grammar
