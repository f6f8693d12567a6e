#include "html/parts.hpp"

#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

// The columns of a terminal are nothing here: "oxycodone    opioid" → "oxycodone · opioid".
std::string without_columns(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto end = text.find_first_not_of(' ', i);
    if (end == std::string_view::npos) break;
    if (end > i) out += end - i > 1 && !out.empty() ? " · " : " ";
    const auto next = std::min(text.find(' ', end), text.size());
    out += text.substr(end, next - end);
    i = next;
  }
  return out;
}

std::string branch_text(const std::string& text) {
  const auto words = escape_markup(without_columns(text));
  const bool address = text.starts_with("https://") || text.starts_with("http://");
  return address ? fmt::format("<a rel=\"noreferrer\" href=\"{}\">{}</a>", words, words) : words;
}

std::string_view level_class(Severity severity) {
  if (severity >= Severity::major) return "worst";
  return severity == Severity::moderate || severity == Severity::unrated ? "middle" : "least";
}

}  // namespace

std::string html_list(const std::vector<std::string>& texts, std::string_view of_class) {
  if (texts.empty()) return {};
  auto out = of_class.empty() ? std::string("<ul>\n") : fmt::format("<ul class=\"{}\">\n", of_class);
  for (const auto& text : texts) out += fmt::format("<li>{}</li>\n", escape_markup(text));
  return out + "</ul>\n";
}

std::string html_badge(Severity severity) {
  return fmt::format("<span class=\"badge {}\">{} {}</span>", level_class(severity), sign(severity), upper_word(severity));
}

std::string html_tree(const std::vector<Branch>& branches) {
  if (branches.empty()) return {};
  std::string out = "<ul class=\"tree\">\n";
  for (const auto& branch : branches) {
    out += "<li>" + branch_text(branch.text);
    if (!branch.place.empty()) out += fmt::format(" <span class=\"place\">{}</span>", escape_markup(branch.place));
    out += html_tree(branch.below) + "</li>\n";
  }
  return out + "</ul>\n";
}

std::string html_section(std::string_view id, std::string_view heading, const std::string& body) {
  if (body.empty()) return {};
  return fmt::format("<section id=\"{}\" aria-labelledby=\"{}-heading\">\n<h2 id=\"{}-heading\">{}</h2>\n{}</section>\n", id, id, id,
                     escape_markup(heading), body);
}

std::string html_table(std::string_view caption, const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return {};
  auto out = fmt::format("<div class=\"wide\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">\n<table>\n<caption>{}</caption>\n<thead><tr>",
                         escape_markup(caption), escape_markup(caption));
  for (const auto& head : heads) out += fmt::format("<th scope=\"col\">{}</th>", escape_markup(head));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "<th scope=\"row\">" : "<td>") + row[i] + (i == 0 ? "</th>" : "</td>");
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n";
}

}  // namespace theriac::detail
