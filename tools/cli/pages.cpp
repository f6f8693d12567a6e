#include "pages.hpp"

#include "diagnostics_page.hpp"

#include <algorithm>
#include <cctype>

namespace theriac::cli {
namespace {

std::string upper(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

}  // namespace

bool looks_like_code(std::string_view word) {
  return word.size() == 6 && upper(word.substr(0, 2)) == "TH" &&
         std::all_of(word.begin() + 2, word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string diagnostic_page(std::string_view code) {
  const std::string_view all = diagnostics_page;
  const std::string mark = "\n## " + upper(code) + " ";
  const auto at = all.find(mark);
  if (at == std::string_view::npos) return {};
  const auto begin = at + 4;
  const auto end = std::min(all.find("\n## ", begin), all.size());
  std::string out(all.substr(begin, end - begin));
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out + "\n";
}

}  // namespace theriac::cli
