#include "html/parts.hpp"
#include "report/counts.hpp"
#include "report/phrases.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/html.hpp"
#include "theriac/picture.hpp"

#include <fmt/format.h>

#include <array>

namespace theriac {
namespace detail {
namespace {

std::string title_of(const Screening& screening) {
  return "Medication screening: " + (screening.patient_id.empty() ? std::string("a patient without id") : shortened(screening.patient_id, 80));
}

std::string head(const Screening& screening) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}, {}</title>\n<style>{}</style>\n</head>\n",
      escape_markup(title_of(screening)), format_date(screening.as_of), page_style);
}

struct Part {
  std::string id, heading, html;
};

// The links to the parts that there are.
std::string contents(const std::vector<Part>& parts) {
  std::string out = "<nav aria-label=\"Parts of this page\">\n<ul>\n";
  for (const auto& part : parts) {
    if (!part.html.empty()) out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", part.id, escape_markup(part.heading));
  }
  return out + "</ul>\n</nav>\n";
}

std::string header(const Screening& screening, const std::vector<Part>& parts) {
  const auto entries = count_entries(screening);
  auto out = fmt::format("<header>\n<h1>{}</h1>\n<p class=\"who\">{} · {} · {} of {} {} screened{}</p>\n", escape_markup(title_of(screening)),
                         escape_markup(person(screening)), escape_markup(as_of_words(screening)), entries.screened, entries.all,
                         entries.all == 1 ? "entry" : "entries", screening.complete ? "" : " · <strong>INCOMPLETE</strong>");
  out += fmt::format("<p class=\"counts\">{}</p>\n<p class=\"small\">{}</p>\n", escape_markup(count_words(screening)),
                     escape_markup(review_words(screening)));
  return out + contents(parts) + "</header>\n";
}

}  // namespace

std::string html_picture(const Screening& screening) {
  const auto picture = picture_of(screening);
  if (picture.nodes.empty()) return {};
  auto out = fmt::format("<p>{}</p>\n", escape_markup(picture.description));
  out += "<div class=\"wide\" role=\"region\" aria-label=\"The picture; wider than a small screen\" tabindex=\"0\">\n";
  out += write_svg(picture, {"lit", false}) + "</div>\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& edge : picture.edges) {
    const auto& from = picture.nodes[edge.from];
    const auto& to = picture.nodes[edge.to];
    rows.push_back({escape_markup(from.whole), escape_markup(to.whole)});
  }
  out += "<details class=\"section aside\"><summary>The picture as a table</summary>\n";
  return out + html_table("The picture, line by line", {"From", "To"}, rows) + "</details>\n";
}

}  // namespace detail

std::string report_html(const Screening& screening) {
  using namespace detail;
  std::vector<Part> parts = {{"findings", "Findings", html_findings(screening)},
                             {"picture", "What leads to what", html_picture(screening)},
                             {"missing", "What is missing", html_missing(screening)},
                             {"quiet", "Left quiet, because", html_quiet(screening)},
                             {"list", "The list as it was read", html_medications(screening)},
                             {"about", "About this screening", html_about(screening)}};
  const auto patient = html_patient(screening);
  auto linked = parts;
  linked.push_back({"patient", "For the patient", patient});
  auto out = head(screening) + "<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n" + header(screening, linked) + "<main>\n";
  out += html_not_covered(screening);
  for (const auto& part : parts) out += html_section(part.id, part.heading, part.html);
  return out + patient + "</main>\n</body>\n</html>\n";
}

}  // namespace theriac
