// The bundled rules, and the lists of the examples and vignettes that they are tried on.
#pragma once

#include "support/screening.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

namespace theriac::test {

inline std::shared_ptr<const RuleBase> bundled_rules() {
  static const auto compiled = [] {
    const auto loaded = load_rules(THERIAC_RULES);
    CompileOptions options;
    options.vocabulary = vocabulary().vocabulary;
    options.references = loaded.references;
    auto result = compile(vocabulary().terminology, loaded.sources, options);
    REQUIRE(result.rules);
    return result.rules;
  }();
  return compiled;
}

inline const std::vector<std::filesystem::path>& folders_of_lists() {
  static const std::filesystem::path data(THERIAC_TEST_DATA);
  static const std::vector<std::filesystem::path> folders = {data / "golden/vignettes", data / "golden/lists", data / "../examples/01_quick_start",
                                                             data / "../examples/02_regimens"};
  return folders;
}

// The regimens (YAML) in these folders, by their paths.
inline std::vector<std::filesystem::path> lists_in(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : folders) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() == ".yaml") files.push_back(file.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

inline std::vector<Patient> patients_in(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return regimen::read(grammar::Source::make(file.filename().string(), text.str())).patients;
}

}  // namespace theriac::test
