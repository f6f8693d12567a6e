// The parts of the page, each a string of HTML whose names and words are escaped.
#pragma once

#include "draw/markup.hpp"
#include "explain/tree.hpp"
#include "theriac/screening.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

extern const std::string_view page_style;

// <ul> of texts, each escaped; "" where there are none.
std::string html_list(const std::vector<std::string>& texts, std::string_view of_class = {});
// "▲ MAJOR": told by shape, word and colour, in this order.
std::string html_badge(Severity severity);
// A tree as nested lists; what is an address is a link.
std::string html_tree(const std::vector<Branch>& branches);
// <section> with a heading of the second rank; "" where the body is empty.
std::string html_section(std::string_view id, std::string_view heading, const std::string& body);
// <table> with a caption. `rows` hold HTML; the first cell of each is its heading.
std::string html_table(std::string_view caption, const std::vector<std::string>& heads, const std::vector<std::vector<std::string>>& rows);

std::string html_not_covered(const Screening& screening);
std::string html_findings(const Screening& screening);
std::string html_picture(const Screening& screening);
std::string html_missing(const Screening& screening);
std::string html_quiet(const Screening& screening);
std::string html_medications(const Screening& screening);
std::string html_patient(const Screening& screening);
std::string html_about(const Screening& screening);

}  // namespace theriac::detail
