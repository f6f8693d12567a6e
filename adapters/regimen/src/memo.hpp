// What elements of records set, by their bytes. Kept small, since what is looked up for every patient should lie near the processor: a place in the
// table is four bytes, and an entry with the bytes of a medication mostly one line of the cache.
#pragma once

#include "scan.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace theriac::regimen {

class Memo {
 public:
  explicit Memo(const Scan& scan) : scan_(scan) { clear(); }

  // To look many words up, `start` all, then `approach` all, then `find` them: memory is slow to answer, and so it answers all at once.
  void start(const Word& word) const { __builtin_prefetch(&table_[word.hash & entries_.mask]); }
  void approach(const Word& word) const {
    if (const auto slot = table_[word.hash & entries_.mask]; slot != 0) __builtin_prefetch(entries_.entry(slot));
  }
  // What these words set; where one is new `make` is asked for it: a view that stands until `clear`.
  template <class Make>
  void find(const Word* words, std::size_t count, const PlanElementView** views, const Make& make) {
    for (std::size_t found = 0; found < count; ++found) {
      found += scan_.find(entries_, words + found, count - found, views + found);
      if (found < count) views[found] = add(words[found], make(words[found]));
    }
  }
  // What a word has been found to set; none where it is new.
  const PlanElementView* known(const Word& word) const {
    const PlanElementView* view = nullptr;
    return scan_.find(entries_, &word, 1, &view) == 1 ? view : nullptr;
  }
  // Of a word that is new. One that is longer than `longest` is not kept by its bytes.
  const PlanElementView* add(const Word& word, const PlanElementView& view) {
    ++count_;
    if (word.size > longest) return &view;
    const auto lines = CacheLine::to_hold(std::max(sizeof(Entry), Entry::head + word.size));
    if (used_ + lines > Entries::lines_each) {
      blocks_.push_back(std::make_unique<CacheLine[]>(Entries::lines_each));
      used_ = 0;
    }
    const auto place = static_cast<std::uint32_t>(blocks_.size() << Entries::line_bits | used_);
    used_ += lines;
    show();
    auto* entry = new (entries_.line(place)) Entry{&view, static_cast<std::uint16_t>(word.size), word.part};
    std::copy(word.at, word.at + word.size, entry->bytes());
    put(table_, word.hash, word.hash >> Entries::number_bits << Entries::number_bits | place);
    if (count_ * 2 > table_.size()) grow();
    return &view;
  }
  static constexpr std::size_t longest = 4096;
  bool is_full() const { return count_ >= most || blocks_.size() >= Entries::most_blocks; }
  void clear() {
    count_ = 0;
    table_.assign(first_size, 0);
    blocks_.clear();
    used_ = Entries::lines_each;
    show();
  }

 private:
  static constexpr std::size_t first_size = 4096, most = 200'000;
  void show() { entries_ = {table_.data(), table_.size() - 1, blocks_.data()}; }

  static void put(std::vector<std::uint32_t>& table, std::uint32_t hash, std::uint32_t slot) {
    auto at = hash & (table.size() - 1);
    while (table[at] != 0) at = (at + 1) & (table.size() - 1);
    table[at] = slot;
  }

  void grow() {
    std::vector<std::uint32_t> larger(table_.size() * 2);
    for (const auto slot : table_) {
      if (slot == 0) continue;
      const auto* kept = entries_.entry(slot);
      put(larger, word_of(kept->part, {kept->bytes(), kept->size}).hash, slot);
    }
    table_ = std::move(larger);
    show();
  }

  const Scan& scan_;
  Entries entries_;  // in `table_` and `blocks_`
  std::vector<std::uint32_t> table_;
  std::size_t count_ = 0;
  std::vector<std::unique_ptr<CacheLine[]>> blocks_;
  std::size_t used_ = 0;  // lines of the last block
};

}  // namespace theriac::regimen
