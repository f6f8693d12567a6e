// Our own regimen as a line of JSON, read straight into a plan. Equal words mean equal things: what an element of a record sets is read once, by the
// general reader, and kept. A line that is anything but plain (an escape, a key that is not among the usual, a mistake, a drug stopped) is refused,
// and goes the whole way: `read` and `screen`. One instance a thread.
//
//     QuickLines lines(plan, {.as_of = day});
//     if (lines.judge(line)) for (const auto& hit : lines.run().hits()) …
#pragma once

#include "theriac/plan.hpp"
#include "theriac/regimen/read.hpp"

#include <memory>
#include <span>
#include <string_view>

namespace theriac::regimen {

// What the lines of several threads have understood, so that none finds out again what another knows. For one plan; thread-safe. What is answered
// never hangs on it.
class QuickWords {
 public:
  QuickWords();
  ~QuickWords();
  QuickWords(const QuickWords&) = delete;
  QuickWords& operator=(const QuickWords&) = delete;

 private:
  friend class QuickLines;
  class Store;
  std::unique_ptr<Store> store_;
};

class QuickLines {
 public:
  // `undecided`: whether what is not decided is to be told, or only counted.
  QuickLines(std::shared_ptr<const Plan> plan, const ReadOptions& options, bool undecided = true, std::shared_ptr<QuickWords> words = nullptr);
  ~QuickLines();
  QuickLines(QuickLines&&) noexcept;
  QuickLines& operator=(QuickLines&&) noexcept;

  // Reads the first of these lines, so that they can be judged one by one until the next are read: how many, at least one and `at_once` at most. Many
  // together are read sooner than one by one. They must stand until they are judged.
  std::size_t read(std::span<const std::string_view> lines);
  static constexpr std::size_t at_once = 8;
  // One of those. False: the whole way.
  bool judge(std::size_t line);
  // A line by itself.
  bool judge(std::string_view line);
  // Of the line that was judged last: printable ASCII without quotes and backslashes, "" where there is none.
  std::string_view id() const;
  const PlanRun& run() const;

 private:
  class Reader;
  std::unique_ptr<Reader> reader_;
};

}  // namespace theriac::regimen
