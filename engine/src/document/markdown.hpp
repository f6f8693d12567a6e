// Markdown as it is put together here: text from rules is never taken for markup.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

// Printable, in one line, without meaning as markup; in a table too.
std::string plain(std::string_view text);
std::string code(std::string_view text);
std::string address(std::string_view url);  // of the net; what could not be one is shown as it stands
std::string link(std::string_view text, std::string_view target);
std::string row(const std::vector<std::string>& cells);  // of a table; the cells are markup
std::string header(const std::vector<std::string>& names);
std::string section(std::string_view title);

}  // namespace theriac::detail
