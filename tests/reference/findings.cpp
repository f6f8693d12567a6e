// Supports to findings: grouping, merging, folding. Nothing here feeds back.
#include "reference/reference.hpp"

#include <tuple>

namespace theriac::reference {

using namespace detail;

namespace {

struct Group {
  Finding shown;
  std::size_t rule = 0, head = 0;
  EffectId effect{};
  std::set<ConceptId> ids;
  std::set<std::set<ConceptId>> minimal;
};

bool holds_all(const std::set<ConceptId>& big, const std::set<ConceptId>& small) { return std::includes(big.begin(), big.end(), small.begin(), small.end()); }

void take(Group& group, const std::set<ConceptId>& drugs, const Support& support) {
  Finding& shown = group.shown;
  group.ids.insert(drugs.begin(), drugs.end());
  group.minimal.insert(drugs);
  shown.severity = std::max(shown.severity, support.severity);
  shown.could_raise.insert(support.could_raise.begin(), support.could_raise.end());
  unite(shown.needs, support.needs);
  unite(shown.against, support.against);
}

void take_flags(Finding& shown, const Support& support, const Terminology& terms) {
  for (const FlagId flag : support.flags) shown.flags.insert(terms.at(flag));
  for (const FlagId flag : support.flags_possible) shown.flags_possible.insert(terms.at(flag));
}

std::vector<std::string> names(const std::set<ConceptId>& ids, const Terminology& terms) {
  std::vector<std::string> result;
  for (const ConceptId id : ids) result.push_back(terms.at(id).name);
  std::sort(result.begin(), result.end());
  return result;
}

using Of = std::map<std::set<ConceptId>, const Support*>;

// Supports of one head and verdict that share a drug stand together; shown are those of them that hold no other.
std::vector<Group> gather(const Of& supports, const Terminology& terms) {
  std::vector<Group> groups;
  for (const auto& [drugs, support] : supports) {
    Group group;
    take(group, drugs, *support);
    take_flags(group.shown, *support, terms);
    const auto apart = std::stable_partition(groups.begin(), groups.end(), [&](const Group& other) {
      return std::none_of(drugs.begin(), drugs.end(), [&](ConceptId id) { return other.ids.contains(id); });
    });
    for (auto other = apart; other != groups.end(); ++other)
      for (const auto& each : other->minimal) take(group, each, *supports.at(each)), take_flags(group.shown, *supports.at(each), terms);
    groups.erase(apart, groups.end());
    groups.push_back(group);
  }
  for (Group& group : groups) {
    const auto all = group.minimal;
    std::erase_if(group.minimal, [&](const auto& drugs) {
      return std::any_of(all.begin(), all.end(), [&](const auto& other) { return other != drugs && holds_all(drugs, other); });
    });
  }
  return groups;
}

bool earlier(const Group& a, const Group& b, const std::vector<ResolvedRule>& rules) {
  const auto plan = [&](const Group& g) {
    return std::none_of(rules[g.rule].actions.begin(), rules[g.rule].actions.end(), [](const ResolvedAction& action) { return action.now; });
  };
  const auto key = [&](const Group& g) {
    return std::tuple(g.shown.verdict == Verdict::open, -static_cast<int>(g.shown.severity), -static_cast<int>(g.shown.verdict), plan(g), -static_cast<int>(g.shown.drugs.size()),
                      g.shown.rule, g.shown.drugs, g.head, g.shown.of_drug);
  };
  return key(a) < key(b);
}

std::vector<Group> merged(const std::vector<Group>& sorted) {
  std::vector<Group> result;
  for (const Group& each : sorted) {
    const auto same = std::find_if(result.begin(), result.end(), [&](const Group& g) {
      return g.effect == each.effect && g.shown.of_drug == each.shown.of_drug && g.ids == each.ids && g.shown.verdict == each.shown.verdict;
    });
    if (same == result.end()) {
      result.push_back(each);
      continue;
    }
    Finding& into = same->shown;
    if (each.shown.rule != into.rule) into.also.insert(each.shown.rule);
    unite(into.needs, each.shown.needs);
    unite(into.against, each.shown.against);
    into.flags.insert(each.shown.flags.begin(), each.shown.flags.end());
    into.flags_possible.insert(each.shown.flags_possible.begin(), each.shown.flags_possible.end());
    into.could_raise.insert(each.shown.could_raise.begin(), each.shown.could_raise.end());
  }
  return result;
}

bool stands_in(const Group& in, const Group& each, const World& world) {
  if (in.shown.verdict == Verdict::open || each.shown.verdict == Verdict::open || in.shown.within) return false;
  if (!world.kind_of(in.effect, each.effect) || in.shown.of_drug != each.shown.of_drug || !holds_all(in.ids, each.ids)) return false;
  const Severity worst = each.shown.could_raise.empty() ? each.shown.severity : std::max(each.shown.severity, *each.shown.could_raise.rbegin());
  return in.shown.severity >= worst && in.shown.verdict >= each.shown.verdict;
}

}  // namespace

std::vector<Finding> findings(const std::vector<ResolvedRule>& rules, const Supports& supports, const Terminology& terms) {
  std::map<std::tuple<std::size_t, std::size_t, std::string, Verdict>, Of> heads;
  for (const auto& [key, support] : supports)
    if (!terms.at(support.effect).state) heads[{key.rule, key.head, key.of_drug, support.verdict}][key.drugs] = &support;
  std::vector<Group> groups;
  for (const auto& [head, of] : heads)
    for (Group& group : gather(of, terms)) {
      group.rule = std::get<0>(head);
      group.head = std::get<1>(head);
      group.effect = of.begin()->second->effect;
      Finding& shown = group.shown;
      shown.rule = rules[group.rule].label;
      shown.effect = terms.at(group.effect).name;
      shown.of_drug = std::get<2>(head);
      shown.verdict = std::get<3>(head);
      shown.drugs = names(group.ids, terms);
      for (const auto& each : group.minimal) shown.supports.push_back(names(each, terms));
      std::sort(shown.supports.begin(), shown.supports.end());
      groups.push_back(group);
    }
  const auto order = [&](const Group& a, const Group& b) { return earlier(a, b, rules); };
  std::sort(groups.begin(), groups.end(), order);
  groups = merged(groups);
  for (Group& group : groups) {
    std::erase_if(group.shown.could_raise, [&](Severity s) { return s <= group.shown.severity; });
    std::erase_if(group.shown.flags_possible, [&](const std::string& flag) { return group.shown.flags.contains(flag); });
  }
  const Facts nobody;
  const World world(nobody, terms);
  const std::vector<Group> unfolded = groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    // Into the first that is not folded itself: what it could be folded into is looked at, as folding is transitive, among those that nothing holds.
    for (std::size_t j = 0; j < groups.size() && !groups[i].shown.within; ++j) {
      const auto folded = [&](std::size_t k) {
        for (std::size_t l = 0; l < unfolded.size(); ++l)
          if (l != k && stands_in(unfolded[l], unfolded[k], world)) return true;
        return false;
      };
      if (i != j && stands_in(unfolded[j], unfolded[i], world) && !folded(j)) groups[i].shown.within = j;
    }
  }
  std::vector<Finding> result;
  for (const Group& group : groups) result.push_back(group.shown);
  return result;
}

}  // namespace theriac::reference
