// Text files that anyone can write: tests/golden/trees/*.rx beside the tree they give, tests/golden/diagnostics/*.rx beside what a person is told.
// THERIAC_UPDATE=1 rewrites the expectations; read the difference before committing it.
#include "unit/grammar/dump.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace theriac::grammar {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> rule_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".rx") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  return files;
}

void compare(const fs::path& expectation, const std::string& actual) {
  if (std::getenv("THERIAC_UPDATE") != nullptr) std::ofstream(expectation, std::ios::binary) << actual;
  CHECK_MESSAGE(read_file(expectation) == actual, expectation.filename().string(), ": run with THERIAC_UPDATE=1 and read the difference; got\n",
                actual);
}

const fs::path golden = fs::path(THERIAC_TEST_DATA) / "golden";

std::string told(const Parsed& parsed) {
  std::string out;
  for (const auto& diagnostic : parsed.diagnostics) out += render(diagnostic) + "\n";
  out += std::to_string(parsed.statements.size()) + " statements, " + std::to_string(parsed.dropped) + " dropped\n";
  for (const auto& label : parsed.dropped_labels) out += "dropped " + label + "\n";
  return out;
}

}  // namespace

TEST_CASE("every statement of the language gives the tree that was reviewed") {
  for (const auto& file : rule_files(golden / "trees")) {
    const auto parsed = parse(Source::make(file.filename().string(), read_file(file)));
    auto expectation = file;
    compare(expectation.replace_extension(".tree"), test::dump(parsed));
  }
}

TEST_CASE("every mistake is told as reviewed") {
  std::string all;
  for (const auto& file : rule_files(golden / "diagnostics")) {
    const auto text = told(parse(Source::make(file.filename().string(), read_file(file))));
    auto expectation = file;
    compare(expectation.replace_extension(".txt"), text);
    all += text;
  }
  // TH1010 is the loader's; TH1011 and TH1012 need a large text (hostile_test.cpp).
  for (const std::string code : {"TH1001", "TH1002", "TH1003", "TH1004", "TH1005", "TH1006", "TH1007", "TH1008", "TH1009"}) {
    CHECK_MESSAGE(all.find("[" + code + "]") != std::string::npos, "no golden file shows ", code);
  }
  CHECK_MESSAGE(all.find("boost") == std::string::npos, "a message shows a type of the parser");
}

TEST_CASE("the samples of the language parse but for what comes later") {
  const auto parsed = parse(Source::make("samples.rx", read_file(golden / "trees" / "samples.rx")));
  REQUIRE(parsed.diagnostics.size() == 1);
  CHECK(parsed.diagnostics[0].message == "`overlay` is not supported yet");
  CHECK(parsed.statements.size() == 29);
  const auto layers = parse(Source::make("layers.rx", read_file(golden / "trees" / "layers.rx")));
  for (const auto& diagnostic : layers.diagnostics) CHECK_MESSAGE(false, render(diagnostic));
}

}  // namespace theriac::grammar
