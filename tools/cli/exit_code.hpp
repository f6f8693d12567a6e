// What the program answers to the shell, whatever the output format.
#pragma once

namespace theriac::cli {

enum Exit : int {
  done = 0,
  found = 1,       // findings at or above --fail-on, failed tests, errors found by check
  impossible = 2,  // usage, unreadable input, no valid rules, an unknown name
  incomplete = 3,  // with --strict: done, but the outcome is incomplete
  bug = 70,
};

}  // namespace theriac::cli
