// What elements of records set, by their bytes. Kept small, since what is looked up for every patient should lie near the processor: a place in the
// table is four bytes, and an entry with the bytes of a medication mostly one line of the cache.
#pragma once

#include "scan.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <vector>

namespace theriac::regimen {

class Memo {
 public:
  explicit Memo(const Scan& scan) : scan_(scan) { clear(); }

  // To look many words up, `start` all, then `approach` all, then `find` each: memory is slow to answer, and so it answers all at once.
  void start(const Word& word) const { __builtin_prefetch(&table_[word.hash & mask_]); }
  void approach(const Word& word) const {
    if (const auto slot = table_[word.hash & mask_]; slot != 0) __builtin_prefetch(entry(slot));
  }
  // The number of the view of these bytes; where they are new `make` is asked for the view: one that stands until `clear`.
  template <class Make>
  std::uint32_t find(const Word& word, const Make& make) {
    for (auto at = word.hash & mask_;; at = (at + 1) & mask_) {
      const auto slot = table_[at];
      if (slot == 0) return add(at, word, make());
      if ((slot ^ word.hash) >> entry_bits != 0) continue;
      const auto* found = entry(slot);
      if (found->size == word.size && found->part == word.part && scan_.same(found->bytes(), word.at, word.size)) return found->view;
    }
  }
  const PlanElementView& view(std::uint32_t number) const { return views_[number]; }

  bool is_full() const { return count_ >= most || blocks_.size() >= most_blocks; }
  void clear() {
    count_ = 0;
    table_.assign(first_size, 0);
    mask_ = first_size - 1;
    blocks_.clear();
    used_ = lines_each;
    views_.clear();
    numbers_.clear();
  }

 private:
  static constexpr std::size_t first_size = 4096, most = 200'000, line = 64, longest = 4096;
  // A slot: above, that many bits of the hash; below, the line where the entry begins. 0 is none.
  static constexpr unsigned entry_bits = 20, line_bits = 12;
  static constexpr std::size_t lines_each = std::size_t{1} << line_bits, most_blocks = (std::size_t{1} << (entry_bits - line_bits)) - 2;

  // Behind it its bytes.
  struct Entry {
    std::uint32_t view = 0;
    std::uint16_t size = 0;
    std::uint8_t part = 0;
    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
  };
  struct Line {
    alignas(line) std::byte bytes[line];
  };

  // Blocks count from 1, so that no entry has the number 0.
  Line* line_of(std::uint32_t slot) const {
    const auto number = slot & ((1U << entry_bits) - 1);
    return blocks_[(number >> line_bits) - 1].get() + (number & (lines_each - 1));
  }
  const Entry* entry(std::uint32_t slot) const { return reinterpret_cast<const Entry*>(line_of(slot)); }

  std::uint32_t number_of(const PlanElementView& view) {
    const auto [at, fresh] = numbers_.emplace(&view, static_cast<std::uint32_t>(views_.size()));
    if (fresh) views_.push_back(view);
    return at->second;
  }

  std::uint32_t add(std::size_t at, const Word& word, const PlanElementView& view) {
    ++count_;
    const auto number = number_of(view);
    if (word.size > longest) return number;  // not kept by its bytes, but its view is: until the next `clear`
    const auto lines = (sizeof(Entry) + word.size + line - 1) / line;
    if (used_ + lines > lines_each) {
      blocks_.push_back(std::make_unique<Line[]>(lines_each));
      used_ = 0;
    }
    const auto place = static_cast<std::uint32_t>(blocks_.size() << line_bits | used_);
    used_ += lines;
    auto* entry = new (line_of(place)) Entry{number, static_cast<std::uint16_t>(word.size), word.part};
    std::copy(word.at, word.at + word.size, reinterpret_cast<char*>(entry + 1));
    table_[at] = slot_of(word.hash, place);
    if (count_ * 2 > table_.size()) grow();
    return number;
  }

  static std::uint32_t slot_of(std::uint32_t hash, std::uint32_t place) { return hash >> entry_bits << entry_bits | place; }

  void grow() {
    std::vector<std::uint32_t> larger(table_.size() * 2);
    const auto mask = larger.size() - 1;
    for (const auto slot : table_) {
      if (slot == 0) continue;
      const auto* kept = entry(slot);
      auto at = word_of(kept->part, {kept->bytes(), kept->size}).hash & mask;
      while (larger[at] != 0) at = (at + 1) & mask;
      larger[at] = slot;
    }
    table_ = std::move(larger);
    mask_ = mask;
  }

  const Scan& scan_;
  std::vector<std::uint32_t> table_;
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
  std::vector<std::unique_ptr<Line[]>> blocks_;
  std::size_t used_ = 0;  // lines of the last block
  std::vector<PlanElementView> views_;
  std::unordered_map<const PlanElementView*, std::uint32_t> numbers_;
};

}  // namespace theriac::regimen
