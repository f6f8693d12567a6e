#include "document/markdown.hpp"

#include "report/utf8.hpp"

#include <algorithm>

namespace theriac::detail {

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_[]<>|#&~").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string code(std::string_view text) {
  std::string out = "`";
  for (const char c : printable(text)) out += c == '`' ? '\'' : c == '|' ? '/' : c == '\n' ? ' ' : c;
  return out + "`";
}

std::string address(std::string_view url) {
  const bool safe =
      url.starts_with("http") && std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7F && c != '<' && c != '>'; });
  return safe ? "<" + std::string(url) + ">" : code(url);
}

std::string link(std::string_view text, std::string_view target) {
  std::string out = "[";
  out += plain(text);
  out += "](";
  out += target;
  return out + ")";
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const auto& cell : cells) out += " " + cell + " |";
  return out + "\n";
}

std::string header(const std::vector<std::string>& names) { return row(names) + row(std::vector<std::string>(names.size(), "---")); }

std::string section(std::string_view title) { return "\n## " + plain(title) + "\n\n"; }

}  // namespace theriac::detail
