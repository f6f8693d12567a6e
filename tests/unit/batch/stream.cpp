// Lines through several threads: the same answers in the same order as through one, whatever takes long; a fault ends it after what stands before it.
#include "tools/cli/batch_stream.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

using namespace theriac;

namespace {

enum class Fault { none, read, answer, write };

// Lines of every length, some of them blank.
std::string some_lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "line " + std::to_string(i) + std::string(i % 97, 'x') + (i % 50 == 0 ? "\n\n" : "\n");
  return text;
}

struct Run {
  std::string answers, fault;
};

// Each line is answered by its number and itself; some blocks take longer than others.
std::uint64_t answer(std::uint64_t number, std::string_view lines, std::string& out) {
  if (number % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::uint64_t answered = 0;
  for (; !lines.empty(); ++number) {
    const auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    if (line.empty()) continue;
    out += std::to_string(number) + ": " + std::string(line) + "\n";
    ++answered;
  }
  return answered;
}

Run run(std::string_view text, std::size_t threads, std::uint64_t skip = 0, Fault fault = Fault::none) {
  Run result;
  std::size_t at = 0, written = 0;
  cli::BatchStream stream;
  stream.read = [&](char* to, std::size_t size) {
    if (fault == Fault::read && at > text.size() / 2) throw std::runtime_error("read");
    const auto part = text.substr(at, std::min<std::size_t>(size, 10'007));
    std::memcpy(to, part.data(), part.size());
    at += part.size();
    return part.size();
  };
  stream.answer = [&](std::size_t, std::uint64_t first, std::string_view lines, std::string& out) {
    if (fault == Fault::answer && first > 4'000) throw std::runtime_error("answer");
    return answer(first, lines, out);
  };
  stream.write = [&](std::string_view answers, std::uint64_t, std::uint64_t) {
    if (fault == Fault::write && ++written > 3) throw std::runtime_error("write");
    result.answers += answers;
  };
  try {
    cli::run_batch(stream, threads, skip);
  } catch (const std::runtime_error& thrown) {
    result.fault = thrown.what();
  }
  return result;
}

}  // namespace

TEST_CASE("threads answer what one answers, in the same order") {
  const auto text = some_lines(10'000);
  const auto alone = run(text, 1);
  CHECK(std::count(alone.answers.begin(), alone.answers.end(), '\n') == 10'000);
  for (const std::size_t threads : {2, 3, 8}) {
    CHECK(run(text, threads).answers == alone.answers);
    CHECK(run(text, threads, 777).answers == run(text, 1, 777).answers);
  }
}

TEST_CASE("a fault in a thread ends the run after what stands before it") {
  const auto text = some_lines(10'000);
  const auto whole = run(text, 1).answers;
  for (const std::size_t threads : {1, 2, 8}) {
    for (const auto& [fault, word] : {std::pair(Fault::read, "read"), {Fault::answer, "answer"}, {Fault::write, "write"}}) {
      const auto ended = run(text, threads, 0, fault);
      CHECK(ended.fault == word);
      CHECK(ended.answers.size() < whole.size());
      CHECK(whole.starts_with(ended.answers));
    }
  }
}
