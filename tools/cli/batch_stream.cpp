#include "batch_stream.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace theriac::cli {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16U;  // with its answers no more than what one core's cache holds

struct Block {
  std::string room;        // used again for block after block, never made smaller: filling it with nothing costs as much as reading
  std::string_view lines;  // whole lines, in `room`
  std::uint64_t number = 0, first_line = 1, end_byte = 0;
  std::string answers;
  std::uint64_t answered = 0;
  std::exception_ptr fault;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

// Cuts the input into blocks of whole lines.
class Blocks {
 public:
  Blocks(const BatchStream& stream, std::uint64_t skip) : stream_(stream), skip_(skip) {}

  // False at the end.
  bool next(Block& block) {
    do {
      if (!fill(block)) return false;
    } while (skip_ > 0 && !pass_over(block));
    return true;
  }

 private:
  bool fill(Block& block) {
    auto& room = block.room;
    std::size_t size = rest_.size(), cut = std::string::npos;
    if (room.size() < size) room.resize(size);
    std::copy(rest_.begin(), rest_.end(), room.begin());
    while (cut == std::string::npos && !ended_) {
      const auto from = size;
      if (room.size() < size + block_size) room.resize(size + block_size);
      while (size < from + block_size && !ended_) {
        const auto more = stream_.read(room.data() + size, from + block_size - size);
        ended_ = more == 0;
        size += more;
      }
      read_ += size - from;
      const auto last = std::string_view(room.data() + from, size - from).rfind('\n');
      if (last != std::string_view::npos) cut = from + last + 1;
    }
    if (ended_) cut = size;
    rest_.assign(room, cut, size - cut);
    block.lines = std::string_view(room.data(), cut);
    block.first_line = line_;
    block.end_byte = read_ - rest_.size();
    line_ += count_lines(block.lines);
    return cut > 0;
  }

  // False where all of the block is passed over.
  bool pass_over(Block& block) {
    auto& lines = block.lines;
    while (skip_ > 0 && !lines.empty()) {
      const auto end = std::min(lines.find('\n'), lines.size());
      if (!is_blank(lines.substr(0, end))) --skip_;
      ++block.first_line;
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return !lines.empty();
  }

  const BatchStream& stream_;
  std::uint64_t skip_;
  std::string rest_;
  std::uint64_t line_ = 1, read_ = 0;
  bool ended_ = false;
};

// Threads that each read a block, answer it and write what stands next in order: none of them only waits for the others.
class Together {
 public:
  Together(const BatchStream& stream, Blocks& blocks, std::size_t threads) : stream_(stream), blocks_(blocks), most_(most_a_thread * threads) {}

  void work(std::size_t thread) {
    while (auto block = next()) {
      try {
        if (!block->fault) block->answered = stream_.answer(thread, block->first_line, block->lines, block->answers);
      } catch (...) {
        block->fault = std::current_exception();
      }
      finish(std::move(block));
    }
  }

  // Throws what was thrown in a thread.
  void end() const {
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  static constexpr std::size_t most_a_thread = 4;  // blocks on their way, so that memory is bounded where one takes long

  std::unique_ptr<Block> next() {
    const std::lock_guard one_reads(reading_);
    auto block = spare();
    if (!block) return nullptr;
    try {
      if (!blocks_.next(*block)) return nullptr;
    } catch (...) {
      block->fault = std::current_exception();
    }
    block->number = read_++;
    return block;
  }

  // None where a fault ended it.
  std::unique_ptr<Block> spare() {
    std::unique_lock lock(mutex_);
    written_one_.wait(lock, [&] { return read_ < written_ + most_ || fault_; });
    if (fault_) return nullptr;
    if (spare_.empty()) return std::make_unique<Block>();
    auto block = std::move(spare_.back());
    spare_.pop_back();
    return block;
  }

  // Whoever finishes the block that is next in order writes it and what waits behind it.
  void finish(std::unique_ptr<Block> block) {
    std::unique_lock lock(mutex_);
    finished_.emplace(block->number, std::move(block));
    if (writes_) return;
    writes_ = true;
    while (!fault_ && !finished_.empty() && finished_.begin()->first == written_) {
      auto first = std::move(finished_.extract(finished_.begin()).mapped());
      lock.unlock();
      write(*first);
      lock.lock();
      fault_ = first->fault;
      ++written_;
      spare_.push_back(std::move(first));
      written_one_.notify_one();
    }
    writes_ = false;
  }

  void write(Block& block) const {
    if (block.fault) return;
    try {
      stream_.write(block.answers, block.answered, block.end_byte);
    } catch (...) {
      block.fault = std::current_exception();
    }
    block.answers.clear();
  }

  const BatchStream& stream_;
  Blocks& blocks_;
  std::size_t most_;
  std::mutex reading_;  // held while a block is read
  std::uint64_t read_ = 0;
  std::mutex mutex_;  // for what stands below
  std::condition_variable written_one_;
  std::map<std::uint64_t, std::unique_ptr<Block>> finished_;
  std::vector<std::unique_ptr<Block>> spare_;
  std::uint64_t written_ = 0;
  bool writes_ = false;
  std::exception_ptr fault_;
};

}  // namespace

// In steps that a count of eight bits bears, so that many bytes are looked at in one instruction.
std::uint64_t count_lines(std::string_view text) {
  constexpr std::size_t step = 255;
  std::uint64_t lines = 0;
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    std::uint8_t in_step = 0;
    for (const char c : text.substr(0, step)) in_step = static_cast<std::uint8_t>(in_step + (c == '\n' ? 1 : 0));
    lines += in_step;
  }
  return lines;
}

void run_batch(const BatchStream& stream, std::size_t threads, std::uint64_t skip) {
  Blocks blocks(stream, skip);
  Together together(stream, blocks, threads);
  {
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back([&together, thread] { together.work(thread); });
    together.work(0);
  }
  together.end();
}

}  // namespace theriac::cli
