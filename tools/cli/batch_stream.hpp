// Lines in, answers out in the same order, by as many threads as are asked for, in memory that does not grow with the file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace theriac::cli {

struct BatchStream {
  // Bytes of the input: as many as fit into the room given, 0 at the end. In any of the threads, one after the other.
  std::function<std::size_t(char*, std::size_t)> read;
  // All lines of one block to their answers, in a thread of this number: each line with its number, from 1. How many were answered.
  std::function<std::uint64_t(std::size_t thread, std::uint64_t first_line, std::string_view lines, std::string& out)> answer;
  // Answers, in order, and how many. `read_bytes`: of the input, up to their end. In any of the threads, one after the other.
  std::function<void(std::string_view answers, std::uint64_t count, std::uint64_t read_bytes)> write;
};

std::uint64_t count_lines(std::string_view text);

// `skip`: lines at the beginning that are passed over, as if they were not there but for their numbers. Blank lines do not count.
void run_batch(const BatchStream& stream, std::size_t threads, std::uint64_t skip);

}  // namespace theriac::cli
