// How the program asks the system for memory. Nothing here changes an answer.
#pragma once

namespace theriac::cli {

// Before rules are loaded: some megabytes are about to be asked for in small pieces and kept to the end. The system hands a page of 4 KB at a time,
// each at the price of an interruption, which together cost a fifth of a start; so the heap grows in one step, of large pages where the system has
// them. Where it has not, or the C library is another, nothing happens.
void expect_rules();

}  // namespace theriac::cli
