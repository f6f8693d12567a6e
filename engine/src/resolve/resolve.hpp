// Syntax trees and a terminology → rules with their meaning. Declarations (classes, populations, effects) are read first, of all files, so their
// order does not matter. Then each phrase is covered by declared names in the shapes of its position; fewest names win; a tie of different meanings
// is an error.
//
// A statement with an error in any part is left out with every exception to it and counted in `not_loaded`; the rest loads. Everything that is wrong
// is reported in one call; one unknown name is one report however many rules use it. Effects and flags that nobody declared are inferred, with a
// warning. Never throws for what a person wrote. Pure and thread-safe.
//
//     auto resolved = resolve(terminology, {grammar::parse(vocabulary)}, {grammar::parse(source)}, references, false);
#pragma once

#include "resolve/resolved.hpp"
#include "theriac/grammar/parse.hpp"

#include <memory>
#include <vector>

namespace theriac::detail {

// `strict`: warnings are errors. With an empty `references` source keys cannot be checked, which is one warning.
Resolved resolve(std::shared_ptr<const Terminology> terminology, const std::vector<grammar::Parsed>& vocabulary,
                 const std::vector<grammar::Parsed>& rules, const SourceList& references, bool strict);

}  // namespace theriac::detail
