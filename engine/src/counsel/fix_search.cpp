#include "counsel/fix_search.hpp"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace theriac::detail {
namespace {

struct Node {
  std::uint32_t bound = 0;  // no set that holds this one and meets the goal costs less
  std::uint32_t cost = 0;
  Chosen chosen;
  auto key() const { return std::tuple(bound, chosen.size(), std::cref(chosen).get()); }
};
struct Later {
  bool operator()(const Node& a, const Node& b) const { return a.key() > b.key(); }
};

class Search {
 public:
  Search(const std::vector<TriedEdit>& edits, const ScreenAgain& screen_again, const SearchLimits& limits)
      : edits_(edits), screen_again_(screen_again), limits_(limits) {}

  Searched run() {
    push({});
    while (!open_.empty()) {
      const auto node = open_.top();
      if (result_.screenings >= limits_.screenings || seen_.size() >= limits_.steps) {
        if (result_.solutions.empty()) take_some_way(node.chosen);
        return std::move(result_);
      }
      open_.pop();
      if (holds_a_solution(node.chosen)) continue;
      const auto* conflict = to_branch_on(node.chosen);
      if (conflict == nullptr) {
        if (!learn(node.chosen)) {
          if (!take(node.chosen)) return std::move(result_);
          continue;
        }
        conflict = to_branch_on(node.chosen);
      }
      if (conflict != nullptr) branch(node.chosen, *conflict);
    }
    result_.ended = true;
    return std::move(result_);
  }

 private:
  bool fits(const Chosen& chosen, std::uint32_t edit) const {
    return std::none_of(chosen.begin(), chosen.end(), [&](std::uint32_t made) {
      const auto& a = edits_[made].touches;
      const auto& b = edits_[edit].touches;
      return std::any_of(a.begin(), a.end(), [&](std::size_t each) { return std::find(b.begin(), b.end(), each) != b.end(); });
    });
  }

  static bool forbids(const Conflict& conflict, const Chosen& chosen) {
    return std::includes(chosen.begin(), chosen.end(), conflict.made.begin(), conflict.made.end()) &&
           std::none_of(chosen.begin(), chosen.end(), [&](std::uint32_t edit) { return conflict.wanting[edit] != 0; });
  }

  // The changes that could still be made against it.
  Chosen ways_out(const Conflict& conflict, const Chosen& chosen) const {
    Chosen result;
    for (std::uint32_t edit = 0; edit < edits_.size(); ++edit) {
      if (conflict.wanting[edit] != 0 && fits(chosen, edit)) result.push_back(edit);
    }
    return result;
  }

  // Of the conflicts that forbid it the one with the fewest ways out.
  const Conflict* to_branch_on(const Chosen& chosen) const {
    const Conflict* best = nullptr;
    std::size_t fewest = 0;
    for (const auto& conflict : conflicts_) {
      if (!forbids(conflict, chosen)) continue;
      const auto ways = ways_out(conflict, chosen).size();
      if (best == nullptr || ways < fewest) std::tie(best, fewest) = std::tuple(&conflict, ways);
    }
    return best;
  }

  // Conflicts of which no change serves two each ask for one of their own. Nothing: one of them has no way out.
  std::optional<std::uint32_t> still_to_pay(const Chosen& chosen) const {
    EditSet used(edits_.size(), 0);
    std::uint32_t result = 0;
    for (const auto& conflict : conflicts_) {
      if (!forbids(conflict, chosen)) continue;
      const auto ways = ways_out(conflict, chosen);
      if (ways.empty()) return {};
      if (std::any_of(ways.begin(), ways.end(), [&](std::uint32_t edit) { return used[edit] != 0; })) continue;
      auto cheapest = edits_[ways.front()].told.cost;
      for (const auto edit : ways) {
        cheapest = std::min(cheapest, edits_[edit].told.cost);
        used[edit] = 1;
      }
      result += cheapest;
    }
    return result;
  }

  void push(Chosen chosen) {
    if (!seen_.insert(chosen).second) return;
    const auto more = still_to_pay(chosen);
    if (!more) return;
    Node node;
    for (const auto edit : chosen) node.cost += edits_[edit].told.cost;
    node.bound = node.cost + *more;
    node.chosen = std::move(chosen);
    open_.push(std::move(node));
  }

  void branch(const Chosen& chosen, const Conflict& conflict) {
    for (const auto edit : ways_out(conflict, chosen)) {
      auto next = chosen;
      next.insert(std::upper_bound(next.begin(), next.end(), edit), edit);
      push(std::move(next));
    }
  }

  // False: nothing stands in the way.
  bool learn(const Chosen& chosen) {
    ++result_.screenings;
    auto found = screen_again_(chosen);
    if (found.empty()) return false;
    for (auto& conflict : found) conflicts_.push_back(std::move(conflict));
    return true;
  }

  // The search was ended: from the most promising set on, the cheapest change against what is hardest to clear, until nothing stands; then without
  // what it can do without. Not proven to be the cheapest. Each step makes one change more, so the end comes soon.
  void take_some_way(Chosen chosen) {
    for (;;) {
      const auto* conflict = to_branch_on(chosen);
      if (conflict == nullptr) {
        if (!learn(chosen)) break;
        conflict = to_branch_on(chosen);
        if (conflict == nullptr) return;
      }
      const auto ways = ways_out(*conflict, chosen);
      if (ways.empty()) return;  // there may be a way all the same; none is told
      const auto cheapest =
          *std::min_element(ways.begin(), ways.end(), [&](std::uint32_t a, std::uint32_t b) { return edits_[a].told.cost < edits_[b].told.cost; });
      chosen.insert(std::upper_bound(chosen.begin(), chosen.end(), cheapest), cheapest);
    }
    for (std::size_t i = 0; i < chosen.size();) {
      auto without = chosen;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      if (to_branch_on(without) != nullptr || learn(without)) {
        ++i;
        continue;
      }
      chosen = std::move(without);
      i = 0;
    }
    result_.solutions.push_back(chosen);
    result_.alike.push_back(0);
  }

  bool holds_a_solution(const Chosen& chosen) const {
    return std::any_of(all_.begin(), all_.end(),
                       [&](const Chosen& each) { return std::includes(chosen.begin(), chosen.end(), each.begin(), each.end()); });
  }

  // Which entries it changes and in what way, whatever the drug, dose or date.
  std::vector<std::pair<std::vector<std::size_t>, FixEdit::Kind>> shape(const Chosen& chosen) const {
    std::vector<std::pair<std::vector<std::size_t>, FixEdit::Kind>> result;
    for (const auto edit : chosen) result.emplace_back(edits_[edit].touches, edits_[edit].told.kind);
    return result;
  }

  // False: there are enough.
  bool take(const Chosen& chosen) {
    all_.push_back(chosen);
    for (std::size_t i = 0; i < result_.solutions.size(); ++i) {
      if (shape(result_.solutions[i]) == shape(chosen)) return ++result_.alike[i], true;
    }
    result_.ended = true;
    result_.solutions.push_back(chosen);
    result_.alike.push_back(0);
    return result_.solutions.size() < limits_.solutions;
  }

  const std::vector<TriedEdit>& edits_;
  const ScreenAgain& screen_again_;
  const SearchLimits& limits_;
  std::vector<Conflict> conflicts_;
  std::priority_queue<Node, std::vector<Node>, Later> open_;
  std::set<Chosen> seen_;
  std::vector<Chosen> all_;
  Searched result_;
};

}  // namespace

Searched search(const std::vector<TriedEdit>& edits, const ScreenAgain& screen_again, const SearchLimits& limits) {
  return Search(edits, screen_again, limits).run();
}

}  // namespace theriac::detail
