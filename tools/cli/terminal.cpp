#include "terminal.hpp"

#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace theriac::cli {
namespace {

constexpr int widest = 98;
constexpr int narrowest = 60;

bool colour_on(int stream) {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return isatty(stream) == 1;
}

}  // namespace

bool colour_on_output() { return colour_on(STDOUT_FILENO); }

bool colour_on_error() { return colour_on(STDERR_FILENO); }

TextStyle text_style() {
  TextStyle style;
  style.colour = colour_on_output();
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = std::clamp(static_cast<int>(size.ws_col), narrowest, widest);
  }
  return style;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void complain(std::string_view sentence) { fmt::print(stderr, "theriac: {}\n", sentence); }

void show_on_error(const grammar::Diagnostics& diagnostics) {
  for (const auto& diagnostic : diagnostics) fmt::print(stderr, "{}\n", grammar::render(diagnostic, {colour_on_error()}));
}

bool flush_output() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

std::string did_you_mean(std::string_view word, const std::vector<std::string>& among) {
  const std::vector<std::string_view> names(among.begin(), among.end());
  const auto near = grammar::nearest(word, names);
  return near ? fmt::format(" Did you mean `{}`?", *near) : std::string();
}

}  // namespace theriac::cli
