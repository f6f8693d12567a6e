#include "evaluate/changes.hpp"

#include "pack/same.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// How many are alike at the beginning, and how many at the end of what is left.
struct Alike {
  std::size_t first = 0, last = 0;
};

template <class T, class IsAlike>
Alike alike(const std::vector<T>& a, const std::vector<T>& b, const IsAlike& is_alike) {
  const auto most = std::min(a.size(), b.size());
  Alike result;
  while (result.first < most && is_alike(a[result.first], b[result.first])) ++result.first;
  while (result.last < most - result.first && is_alike(a[a.size() - 1 - result.last], b[b.size() - 1 - result.last])) ++result.last;
  return result;
}

template <class T, class Use>
void each_between(const std::vector<T>& all, const Alike& alike, const Use& use) {
  for (auto i = alike.first; i < all.size() - alike.last; ++i) use(all[i]);
}

template <class T, class Use>
void each_changed(const std::vector<T>& a, const std::vector<T>& b, const Use& use) {
  const auto kept = alike(a, b, [](const T& x, const T& y) { return same(x, y); });
  each_between(a, kept, use);
  each_between(b, kept, use);
}

// But for the number of the entry.
bool same_exposure(const Exposure& a, const Exposure& b) {
  if (a.what != b.what || a.shown != b.shown) return false;
  auto renumbered = b;
  renumbered.entry = a.entry;
  return same(a, renumbered);
}

bool is_of_one_entry(const Exposure& a, const Exposure& b) { return a.entry >= 0 && a.entry == b.entry; }

// Exposures that stand as they stood. Those before the change have their entries' numbers, those behind it may all have moved by the same; which of
// them are of one entry must be as it was.
Alike alike_exposures(const std::vector<Exposure>& a, const std::vector<Exposure>& b) {
  auto kept = alike(a, b, same_exposure);
  for (std::size_t i = 0; i < kept.first; ++i) {
    if (a[i].entry != b[i].entry) kept.first = i;
  }
  std::optional<std::int32_t> by;
  for (std::size_t i = 1; i <= kept.last; ++i) {
    const auto& x = a[a.size() - i];
    const auto& y = b[b.size() - i];
    const bool habit = x.entry < 0 || y.entry < 0;
    if (!habit && !by) by = y.entry - x.entry;
    if (habit ? x.entry != y.entry : y.entry - x.entry != *by) kept.last = i - 1;
  }
  const auto torn = [&](const std::vector<Exposure>& all) {
    const auto behind = all.size() - kept.last;
    return kept.last > 0 && behind > 0 && is_of_one_entry(all[behind - 1], all[behind]);
  };
  while (torn(a) || torn(b)) --kept.last;
  const auto torn_before = [&](const std::vector<Exposure>& all) {
    return kept.first > 0 && kept.first < all.size() && is_of_one_entry(all[kept.first - 1], all[kept.first]);
  };
  while (torn_before(a) || torn_before(b)) --kept.first;
  return kept;
}

void keep_entry(std::int32_t then, std::int32_t now, std::vector<std::int32_t>& new_entries) {
  if (then < 0) return;  // a habit
  const auto at = static_cast<std::size_t>(then);
  if (new_entries.size() <= at) new_entries.resize(at + 1, -1);
  new_entries[at] = now;
}

}  // namespace

Changes changes(const Facts& before, const Facts& after, const ReadIndex& index, std::size_t rules) {
  Changes result;
  auto& marks = result.marks;
  const bool everything =
      before.as_of != after.as_of || before.unrecognised != after.unrecognised || before.medications_complete != after.medications_complete;
  marks.assign(rules, everything ? 1 : 0);

  const auto kept = alike_exposures(before.exposures, after.exposures);
  each_between(before.exposures, kept, [&](const Exposure& each) { index.mark_drug(each.what, marks); });
  each_between(after.exposures, kept, [&](const Exposure& each) { index.mark_drug(each.what, marks); });
  result.exposures_moved = kept.last > 0 && before.exposures.size() != after.exposures.size();
  for (std::size_t i = 0; i < before.exposures.size(); ++i) {
    const bool behind = i >= before.exposures.size() - kept.last;
    result.new_exposures.push_back(static_cast<std::uint32_t>(behind ? after.exposures.size() + i - before.exposures.size() : i));
    if (behind || i < kept.first) keep_entry(before.exposures[i].entry, after.exposures[result.new_exposures.back()].entry, result.new_entries);
  }

  each_changed(before.conditions, after.conditions, [&](const ConditionFact& each) { index.mark_condition(each.what, marks); });
  each_changed(before.observations, after.observations, [&](const ObservationFact& each) { index.mark_observation(each.what, marks); });
  if (before.conditions_complete != after.conditions_complete) index.mark_conditions(marks);
  if (!same(before.age, after.age)) index.mark_age(marks);
  if (before.sex != after.sex) index.mark_sex(marks);
  if (before.allergies_known != after.allergies_known || !same(before.allergies, after.allergies)) index.mark_allergies(marks);
  return result;
}

}  // namespace theriac::detail
