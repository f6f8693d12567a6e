// Screens text with text, against the bundled vocabulary: what most tests of the whole way need.
#pragma once

#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"
#include "theriac/screen.hpp"

#include <doctest/doctest.h>

#include <string>

namespace theriac::test {

inline const LoadedTerminology& vocabulary() {
  static const auto loaded = load_terminology(std::filesystem::path(THERIAC_RULES) / "terminology");
  REQUIRE(loaded.terminology);
  return loaded;
}

inline CompileResult compile_text(std::string rules, bool strict = false) {
  CompileOptions options;
  options.vocabulary = vocabulary().vocabulary;
  options.strict = strict;
  return compile(vocabulary().terminology, {grammar::Source::make("one.rx", std::move(rules))}, options);
}

inline Patient read_patient(std::string regimen) {
  auto read = regimen::read(grammar::Source::make("patient.yaml", std::move(regimen)));
  for (const auto& diagnostic : read.diagnostics) FAIL_CHECK(grammar::render(diagnostic));
  REQUIRE(read.patients.size() == 1);
  return std::move(read.patients.front());
}

// `regimen` without its `as_of`, which is 2025-03-10.
inline Screening screen_text(const std::string& rules, const std::string& regimen) {
  const auto compiled = compile_text(rules);
  for (const auto& diagnostic : compiled.diagnostics) {
    if (diagnostic.level == grammar::Level::error) FAIL_CHECK(grammar::render(diagnostic));
  }
  REQUIRE(compiled.rules);
  return screen(*compiled.rules, read_patient("as_of: 2025-03-10\n" + regimen));
}

using Names = std::vector<std::string>;

}  // namespace theriac::test
