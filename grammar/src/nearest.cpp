#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace theriac::grammar {
namespace {

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (auto& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

// Which characters there are, by their last six bits.
std::uint64_t characters(std::string_view text) {
  std::uint64_t set = 0;
  for (const char c : text) set |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return set;
}

// A slip takes one character away and brings one at most.
bool is_far(std::string_view a, std::string_view b, std::size_t limit) {
  return (static_cast<std::size_t>(std::popcount(characters(a) ^ characters(b))) + 1) / 2 > limit;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit || is_far(a, b, limit)) return limit + 1;
  std::vector<std::size_t> before(a.size() + 1), last(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) last[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    auto least = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      row[i] = std::min({row[i - 1] + 1, last[i] + 1, last[i - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[i] = std::min(row[i], before[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit + 1) return limit + 1;  // a swap may still win one back
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[a.size()], limit + 1);
}

std::size_t allowed_slips(std::size_t length) {
  if (length <= 4) return 1;
  return length <= 8 ? 2 : 3;
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> among) {
  const auto wanted = lower(word);
  std::optional<std::string> best;
  auto limit = allowed_slips(word.size());
  for (const auto candidate : among) {
    const auto distance = edit_distance(wanted, lower(candidate), limit);
    if (distance > limit || distance >= std::max(word.size(), candidate.size())) continue;
    best = std::string(candidate);
    if (distance == 0) return best;
    limit = distance - 1;
  }
  return best;
}

}  // namespace theriac::grammar
