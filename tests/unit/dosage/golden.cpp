// tests/golden/dosage.txt: a medication line, then its reading below. THERIAC_UPDATE=1 in the environment rewrites the readings; read the difference.
#include "notation.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

bool is_text(const std::string& line) { return !line.empty() && line[0] != '#' && line[0] != ' '; }

}  // namespace

TEST_CASE("every line of tests/golden/dosage.txt reads as it says") {
  const std::string path = THERIAC_TEST_DATA "/golden/dosage.txt";
  const auto lines = lines_of(path);
  const bool update = std::getenv("THERIAC_UPDATE") != nullptr;
  std::vector<std::string> written;
  std::size_t cases = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_text(lines[i])) {
      if (lines[i].empty() || lines[i][0] == '#') written.push_back(lines[i]);
      continue;
    }
    ++cases;
    const auto read = "    " + theriac::test::notation(lines[i], theriac::grammar::read_medication_line(lines[i]));
    written.push_back(lines[i]);
    written.push_back(read);
    const std::string expected = i + 1 < lines.size() && !is_text(lines[i + 1]) ? lines[i + 1] : "";
    INFO("line ", i + 1, ": ", lines[i]);
    if (!update) CHECK(read == expected);
  }
  CHECK(cases >= 120);
  if (!update) return;
  std::ofstream file(path);
  for (const auto& line : written) file << line << '\n';
}
