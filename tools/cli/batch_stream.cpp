#include "batch_stream.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace theriac::cli {
namespace {

// With its answers no more than what one core's cache holds; of threads that must wait for one another twice as much.
constexpr std::size_t block_alone = std::size_t{1} << 16U, block_together = 2 * block_alone;

struct Block {
  std::string room;        // used again for block after block, never made smaller: filling it with nothing costs as much as reading
  std::string_view lines;  // whole lines, in `room`
  std::uint64_t first_line = 1, end_byte = 0;
  std::string answers;
  std::uint64_t answered = 0;
  bool done = false;
  std::exception_ptr fault;
};

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

// Cuts the input into blocks of whole lines.
class Blocks {
 public:
  Blocks(const BatchStream& stream, std::uint64_t skip, std::size_t size) : stream_(stream), skip_(skip), size_(size) {}

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
      if (room.size() < size + size_) room.resize(size + size_);
      while (size < from + size_ && !ended_) {
        const auto more = stream_.read(room.data() + size, from + size_ - size);
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
  std::size_t size_;
  std::string rest_;
  std::uint64_t line_ = 1, read_ = 0;
  bool ended_ = false;
};

void run_alone(const BatchStream& stream, Blocks& blocks) {
  Block block;
  while (blocks.next(block)) {
    block.answers.clear();
    block.answered = stream.answer(0, block.first_line, block.lines, block.answers);
    stream.write(block.answers, block.answered, block.end_byte);
  }
}

// Blocks on their way, oldest first: given out to threads in order, taken back in order.
class Line {
 public:
  void put(std::unique_ptr<Block> block) {
    const std::lock_guard lock(mutex_);
    blocks_.push_back(std::move(block));
    ready_.notify_one();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    ready_.notify_all();
  }
  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return blocks_.size();
  }
  // None: closed, and none is left.
  Block* take() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return given_ < blocks_.size() || closed_; });
    return given_ < blocks_.size() ? blocks_[given_++].get() : nullptr;
  }
  void finish(Block& block) {
    const std::lock_guard lock(mutex_);
    block.done = true;
    done_.notify_one();
  }
  std::unique_ptr<Block> take_back() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return blocks_.front()->done; });
    auto block = std::move(blocks_.front());
    blocks_.pop_front();
    --given_;
    return block;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_, done_;
  std::deque<std::unique_ptr<Block>> blocks_;
  std::size_t given_ = 0;
  bool closed_ = false;
};

void work(const BatchStream& stream, Line& line, std::size_t thread) {
  while (auto* block = line.take()) {
    try {
      block->answered = stream.answer(thread, block->first_line, block->lines, block->answers);
    } catch (...) {
      block->fault = std::current_exception();
    }
    line.finish(*block);
  }
}

void run_together(const BatchStream& stream, Blocks& blocks, std::size_t threads) {
  Line line;
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < threads; ++i) workers.emplace_back([&stream, &line, i] { work(stream, line, i); });
  // Whatever is thrown here, the threads must be let go before they are waited for.
  const struct LetGo {
    Line& line;
    ~LetGo() { line.close(); }
  } let_go{line};
  std::vector<std::unique_ptr<Block>> spare;
  const auto write_oldest = [&] {
    auto block = line.take_back();
    if (block->fault) std::rethrow_exception(block->fault);
    stream.write(block->answers, block->answered, block->end_byte);
    block->answers.clear();
    block->done = false;
    spare.push_back(std::move(block));
  };
  for (;;) {
    if (spare.empty()) spare.push_back(std::make_unique<Block>());
    if (!blocks.next(*spare.back())) break;
    line.put(std::move(spare.back()));
    spare.pop_back();
    if (line.size() > 2 * threads) write_oldest();
  }
  line.close();
  while (line.size() > 0) write_oldest();
}

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
  Blocks blocks(stream, skip, threads < 2 ? block_alone : block_together);
  if (threads < 2)
    run_alone(stream, blocks);
  else
    run_together(stream, blocks, threads);
}

}  // namespace theriac::cli
