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

constexpr std::size_t block_size = std::size_t{1} << 20U;

struct Block {
  std::string text;  // whole lines
  std::uint64_t first_line = 1, end_byte = 0;
  std::string answers;
  bool done = false;
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
    std::string text = std::move(rest_);
    rest_.clear();
    std::size_t cut = std::string::npos;
    while (cut == std::string::npos && !ended_) {
      const auto had = text.size();
      text.resize(had + block_size);
      std::size_t got = 0;
      while (got < block_size && !ended_) {
        const auto more = stream_.read(text.data() + had + got, block_size - got);
        ended_ = more == 0;
        got += more;
      }
      text.resize(had + got);
      read_ += got;
      const auto last = text.rfind('\n');
      if (last != std::string::npos) cut = last + 1;
    }
    if (!ended_) {
      rest_ = text.substr(cut);
      text.resize(cut);
    }
    if (text.empty()) return false;
    block.text = std::move(text);
    block.first_line = line_;
    block.end_byte = read_ - rest_.size();
    line_ += static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
    return true;
  }

  // False where all of the block is passed over.
  bool pass_over(Block& block) {
    std::size_t at = 0;
    while (skip_ > 0 && at < block.text.size()) {
      const auto end = std::min(block.text.find('\n', at), block.text.size());
      if (!is_blank(std::string_view(block.text).substr(at, end - at))) --skip_;
      ++block.first_line;
      at = std::min(end + 1, block.text.size());
    }
    block.text.erase(0, at);
    return !block.text.empty();
  }

  const BatchStream& stream_;
  std::uint64_t skip_;
  std::string rest_;
  std::uint64_t line_ = 1, read_ = 0;
  bool ended_ = false;
};

void run_alone(const BatchStream& stream, Blocks& blocks) {
  Block block;
  std::string answers;
  while (blocks.next(block)) {
    answers.clear();
    stream.answer(0, block.first_line, block.text, answers);
    stream.write(answers, block.end_byte);
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
      stream.answer(thread, block->first_line, block->text, block->answers);
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
  const auto write_oldest = [&] {
    const auto block = line.take_back();
    if (block->fault) std::rethrow_exception(block->fault);
    stream.write(block->answers, block->end_byte);
  };
  auto block = std::make_unique<Block>();
  while (blocks.next(*block)) {
    line.put(std::move(block));
    block = std::make_unique<Block>();
    if (line.size() > 2 * threads) write_oldest();
  }
  line.close();
  while (line.size() > 0) write_oldest();
}

}  // namespace

void run_batch(const BatchStream& stream, std::size_t threads, std::uint64_t skip) {
  Blocks blocks(stream, skip);
  if (threads < 2)
    run_alone(stream, blocks);
  else
    run_together(stream, blocks, threads);
}

}  // namespace theriac::cli
