// Every diagnostic has its entry in docs/author/diagnostics.md, under its own name.
#include "theriac/grammar/diagnostic.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

TEST_CASE("every diagnostic has a page, and every page a diagnostic") {
  std::ifstream file(std::string(THERIAC_TEST_DATA) + "/../docs/author/diagnostics.md");
  std::ostringstream all;
  all << file.rdbuf();
  const auto pages = all.str();
  std::size_t codes = 0;
#define THERIAC_DIAGNOSTIC(code, level, name)                                                    \
  CHECK_MESSAGE(pages.find("\n## " #code " " name "\n") != std::string::npos, #code, " ", name); \
  ++codes;
#include "theriac/grammar/diagnostics.def"
#undef THERIAC_DIAGNOSTIC
  std::size_t headings = 0;
  for (std::size_t at = 0; (at = pages.find("\n## TH", at)) != std::string::npos; ++at) ++headings;
  CHECK(headings == codes);
}
