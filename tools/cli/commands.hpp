// The commands, one file each. `add_…` declares a command's options; the function that it returns runs it after the whole command line was read.
#pragma once

#include "exit_code.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace theriac::cli {

using Run = std::function<int()>;

Run add_screen(CLI::App& command);
Run add_explain(CLI::App& command);
Run add_why_not(CLI::App& command);
Run add_what_if(CLI::App& command);
Run add_fix(CLI::App& command);
Run add_attribute(CLI::App& command);
Run add_diff(CLI::App& command);
Run add_graph(CLI::App& command);
Run add_doc(CLI::App& command);
Run add_check(CLI::App& command);
Run add_test(CLI::App& command);
Run add_read(CLI::App& command);
Run add_fmt(CLI::App& command);
Run add_batch(CLI::App& command);
Run add_build(CLI::App& command);

}  // namespace theriac::cli
