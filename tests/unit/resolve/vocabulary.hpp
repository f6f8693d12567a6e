// A small vocabulary for the tests of resolving, and a way to resolve one text against it.
#pragma once

#include "resolve/resolve.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail::testing {

std::shared_ptr<const Terminology> vocabulary();

struct Options {
  bool strict = false;
  bool with_references = true;
  std::string vocabulary =  // the .rx file that comes with the terminology
      "population elderly: age >= 65 years\n"
      "population older adult: elderly\n"
      "population young woman: female and age < 50\n";
};
Resolved resolve_text(std::string_view text, const Options& options = {});

// Diagnostics as "TH2001 one.rx:1:5 message", one a line; those of the parser are not among them.
std::string said(const Resolved& resolved);
// The help and notes of all diagnostics.
std::string advised(const Resolved& resolved);
// The reading of the only rule; else what was said.
std::string only_reading(std::string_view text, const Options& options = {});
const ResolvedRule& only_rule(const Resolved& resolved);
ConceptId drug(const Resolved& resolved, std::string_view name);

}  // namespace theriac::detail::testing
