// What a batch reads and writes: its input files as one stream, its output, the sidecar with the rules' texts and counts, progress for people.
#pragma once

#include "batch_line.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace theriac::cli {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin && file != stdout) std::fclose(file);
  }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

// Files one after the other; a file that does not end its last line is ended. Throws CannotRead.
class BatchInput {
 public:
  explicit BatchInput(std::vector<std::string> files);
  std::size_t read(char* to, std::size_t size);
  std::uint64_t size() const { return size_; }  // of all; 0 where that is not known

 private:
  std::vector<std::string> files_;
  std::size_t next_ = 0;
  FileHandle file_;
  bool at_line_start_ = true;
  std::uint64_t size_ = 0;
};

class BatchOutput {
 public:
  // "": standard output.
  explicit BatchOutput(std::string file) : name_(std::move(file)) {}
  // Keeps the whole lines of a run that was broken off, says how many they are and what they tell. Throws CannotRead where they were made otherwise.
  std::uint64_t go_on(const std::string& sidecar, const std::string& settings, const RuleBase& rules, BatchTally& told);
  void open();
  void write(std::string_view answers);
  void close();

 private:
  std::string name_;
  bool append_ = false;
  FileHandle file_;
};

// "": none. Without a tally the run is not at its end.
void write_sidecar(const std::string& file, const RuleBase& rules, const std::string& settings, const BatchTally* tally);

class BatchProgress {
 public:
  BatchProgress(std::uint64_t size, bool always);
  void tell(std::uint64_t bytes, std::uint64_t lines);
  ~BatchProgress();
  BatchProgress(const BatchProgress&) = delete;
  BatchProgress& operator=(const BatchProgress&) = delete;

 private:
  std::uint64_t size_ = 0, lines_ = 0;
  bool on_ = false, told_ = false;
  std::chrono::steady_clock::time_point begun_, last_;
};

std::vector<std::pair<std::string, std::uint64_t>> most_frequent(const RuleBase& rules, const BatchTally& tally, std::size_t most);
std::string per_thousand(std::uint64_t of, std::uint64_t all);  // "12.3"
std::string count_table(const RuleBase& rules, const BatchTally& tally);

}  // namespace theriac::cli
