// Standard output and error: colour only on a terminal and never where NO_COLOR is set; the page is as wide as the terminal, 98 columns at most.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::cli {

bool colour_on_output();
bool colour_on_error();
TextStyle text_style();

void print(std::string_view text);
// "theriac: …" on standard error.
void complain(std::string_view sentence);
void show_on_error(const grammar::Diagnostics& diagnostics);
// False where standard output could not be written to the end.
bool flush_output();

// " Did you mean `x`?", or "".
std::string did_you_mean(std::string_view word, const std::vector<std::string>& among);

}  // namespace theriac::cli
