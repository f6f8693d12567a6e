// Does a table say one thing for every value? Its limits cut each axis into points and stretches; within one of them every row answers alike, so one
// sample of each is enough.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::size_t most_pieces = 100000, most_told = 6;

struct Axis_ {
  std::string name, unit;
  std::vector<Rational> cuts;      // sorted, each once
  std::vector<Rational> samples;   // below the first cut, the cut, between … ; those that cannot be are left out
  std::vector<std::size_t> piece;  // which piece a sample stands for: 2i + 1 is the cut i, 2i the stretch before it
};

Rational between(const Rational& a, const Rational& b) {
  const auto sum = add(a, b);
  const auto half = sum ? divide(*sum, Rational{2}) : std::nullopt;
  return half.value_or(a);
}

bool same_axis(const Measures& a, const Measures& b) { return a.of == b.of && (a.of != Measures::Of::observation || a.observation == b.observation); }

Axis_ axis_of(const Run& run, const LimitTable& table, const Measures& column) {
  Axis_ axis;
  std::optional<std::pair<Rational, Rational>> can_be;
  if (column.of == Measures::Of::observation) {
    const auto& observation = run.terminology->at(column.observation);
    axis.name = observation.name;
    axis.unit = " " + observation.unit.text;
    can_be = observation.absolute;
  } else {
    axis.name = "age";
    axis.unit = " years";
    can_be = std::pair(Rational{0}, Rational{150});
  }
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) {
      if (same_axis(cell, column)) axis.cuts.push_back(cell.limit);
    }
  }
  std::sort(axis.cuts.begin(), axis.cuts.end());
  axis.cuts.erase(std::unique(axis.cuts.begin(), axis.cuts.end()), axis.cuts.end());
  const auto sample = [&](std::size_t piece, const Rational& value, bool possible) {
    if (!possible) return;
    axis.samples.push_back(value);
    axis.piece.push_back(piece);
  };
  if (axis.cuts.empty()) return sample(0, Rational{0}, true), axis;
  sample(0, subtract(axis.cuts.front(), Rational{1}).value_or(axis.cuts.front()), !can_be || can_be->first < axis.cuts.front());
  for (std::size_t i = 0; i < axis.cuts.size(); ++i) {
    sample(2 * i + 1, axis.cuts[i], !can_be || (can_be->first <= axis.cuts[i] && axis.cuts[i] <= can_be->second));
    const bool last = i + 1 == axis.cuts.size();
    sample(2 * i + 2, last ? add(axis.cuts[i], Rational{1}).value_or(axis.cuts[i]) : between(axis.cuts[i], axis.cuts[i + 1]),
           !can_be || axis.cuts[i] < can_be->second);
  }
  return axis;
}

// The pieces from one to another, in words.
std::string in_words(const Axis_& axis, std::size_t first, std::size_t last) {
  const auto value = [&](std::size_t cut) { return axis.cuts[cut].to_string() + axis.unit; };
  if (axis.cuts.empty()) return "any " + axis.name;
  const auto low = first % 2 == 1 ? "at least " + value(first / 2) : first == 0 ? std::string() : "above " + value(first / 2 - 1);
  const auto high = last % 2 == 1 ? "at most " + value(last / 2) : last == 2 * axis.cuts.size() ? std::string() : "below " + value(last / 2);
  if (first == last && first % 2 == 1) return axis.name + " of exactly " + value(first / 2);
  if (low.empty() && high.empty()) return "any " + axis.name;
  return axis.name + " " + low + (low.empty() || high.empty() ? "" : " and ") + high;
}

class Coverage {
 public:
  Coverage(Run& run, LimitTable& table, const std::vector<Measures>& columns, const grammar::Place& at)
      : run_(run), table_(table), columns_(columns), at_(at) {
    for (const auto& column : columns) axes_.push_back(axis_of(run, table, column));
  }

  bool check() {
    std::size_t pieces = 1;
    for (const auto& axis : axes_) pieces *= std::max<std::size_t>(axis.samples.size(), 1);
    if (pieces > most_pieces) {
      run_.report.add(grammar::diagnose(Code::TH1005, at_, "the table is too large to be checked"));
      return false;
    }
    std::vector<std::size_t> where(axes_.size(), 0);
    while (sound_) {
      look(where);
      std::size_t next = axes_.size();
      while (next > 0 && ++where[next - 1] == axes_[next - 1].samples.size()) where[--next] = 0;
      if (next == 0) break;
    }
    close_gap();
    if (!gaps_.empty()) warn();
    table_.complete = gaps_.empty();
    return sound_;
  }

 private:
  bool holds(const LimitTable::Row& row, const std::vector<std::size_t>& where) const {
    return std::all_of(row.cells.begin(), row.cells.end(), [&](const Measures& cell) {
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (same_axis(cell, columns_[i])) return compare(Interval::exactly(axes_[i].samples[where[i]]), cell.order, cell.limit) == Decided::yes;
      }
      return false;
    });
  }

  void look(const std::vector<std::size_t>& where) {
    const LimitTable::Row* first = nullptr;
    bool otherwise = false;
    for (const auto& row : table_.rows) {
      if (!holds(row, where)) continue;
      if (row.otherwise) {
        otherwise = true;
      } else if (first != nullptr) {
        return refuse(*first, row, where);
      } else {
        first = &row;
      }
    }
    if (first == nullptr && !otherwise) return note_gap(where);
    close_gap();
  }

  // Neighbours on the last axis are told as one.
  void note_gap(const std::vector<std::size_t>& where) {
    const bool goes_on = !gap_.empty() && std::equal(gap_.begin(), gap_.end() - 1, where.begin()) && where.back() == until_ + 1;
    if (!goes_on) {
      close_gap();
      gap_ = where;
    }
    until_ = where.back();
  }

  void close_gap() {
    if (gap_.empty()) return;
    std::string words;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const auto last = i + 1 == axes_.size() ? until_ : gap_[i];
      words += (words.empty() ? "" : " with ") + in_words(axes_[i], axes_[i].piece[gap_[i]], axes_[i].piece[last]);
    }
    gaps_.push_back(std::move(words));
    gap_.clear();
  }

  void warn() {
    auto diagnostic = grammar::diagnose(Code::TH5006, at_, fmt::format("the table `{}` says nothing for some values", table_.name));
    for (std::size_t i = 0; i < gaps_.size() && i < most_told; ++i) diagnostic.notes.push_back("no row for " + gaps_[i]);
    if (gaps_.size() > most_told) diagnostic.notes.push_back(fmt::format("and {} more", gaps_.size() - most_told));
    diagnostic.help.push_back("add the row, or one of `otherwise`; there the limit is unknown");
    run_.report.add(std::move(diagnostic));
  }

  void refuse(const LimitTable::Row& one, const LimitTable::Row& other, const std::vector<std::size_t>& where) {
    auto diagnostic = grammar::diagnose(Code::TH5007, other.at, fmt::format("two rows of `{}` hold at once", table_.name));
    diagnostic.secondary.push_back({one.at, "the other"});
    std::string words;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const auto piece = axes_[i].piece[where[i]];
      words += (words.empty() ? "" : " with ") + in_words(axes_[i], piece, piece);
    }
    diagnostic.notes.push_back("both for " + words);
    run_.report.add(std::move(diagnostic));
    sound_ = false;
  }

  Run& run_;
  LimitTable& table_;
  const std::vector<Measures>& columns_;
  grammar::Place at_;
  std::vector<Axis_> axes_;
  std::vector<std::size_t> gap_;
  std::size_t until_ = 0;
  std::vector<std::string> gaps_;
  bool sound_ = true;
};

}  // namespace

bool check_coverage(Run& run, LimitTable& table, const std::vector<Measures>& columns, const grammar::Place& at) {
  return Coverage(run, table, columns, at).check();
}

}  // namespace theriac::detail
