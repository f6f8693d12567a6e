// Declared classes and populations → what they stand for, worked out once, when first used. A cycle is an error that prints it.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::uint32_t deepest = 64;
constexpr std::size_t largest = 4096;           // alternatives of a class, guards of a population
constexpr std::size_t most_expanded = 1000000;  // over all uses

// Declarations inside declarations: each level costs stack.
class Level {
 public:
  explicit Level(Run& run) : run_(run) { ++run_.depth; }
  ~Level() { --run_.depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  bool too_deep(const grammar::Place& used_at) const {
    if (run_.depth <= deepest) return false;
    run_.report.add_once("depth", grammar::diagnose(Code::TH1005, used_at, fmt::format("declarations are nested more than {} deep", deepest)));
    return true;
  }

 private:
  Run& run_;
};

std::size_t parts_of(const ResolvedGuard& guard) {
  std::size_t parts = 1;
  for (const auto& child : guard.children) parts += parts_of(child);
  return parts;
}

template <class Declared>
void report_cycle(Run& run, const std::vector<Declared>& all, const Declared& closing, std::string_view noun, const grammar::Place& used_at) {
  std::string names;
  for (const auto& one : all) {
    if (one.progress == Progress::under_way && one.name != closing.name) names += fmt::format(", `{}`", one.name);
  }
  auto message = names.empty() ? fmt::format("the {} `{}` is made of itself", noun, closing.name)
                               : fmt::format("the {} `{}` is made of itself, by way of {}", noun, closing.name, names.substr(2));
  auto diagnostic = grammar::diagnose(Code::TH5005, used_at, std::move(message));
  if (closing.at.source) diagnostic.secondary.push_back({closing.at, "declared here"});
  run.report.add(std::move(diagnostic));
}

std::optional<std::vector<DrugAlternative>> part_of(Run& run, const DeclaredClass::Part& part) {
  const Scope scope{part.source, nullptr, {}};
  std::vector<grammar::UnitItem> list;
  for (const auto& term : part.what->members) list.push_back({term, term.span});
  auto members = drug_list(run, scope, list);
  bool good = members.has_value();
  std::vector<DrugAlternative> except;
  for (const auto& phrase : part.what->except) {
    const auto out = plain_drug(run, scope, phrase);
    good = good && out.has_value();
    if (out) except.insert(except.end(), out->begin(), out->end());
  }
  if (!good) return std::nullopt;
  for (auto& member : *members) member.except.insert(member.except.end(), except.begin(), except.end());
  return members;
}

// The guard of a qualifier: `drug …`, or several joined by `or`.
std::optional<std::vector<DrugAlternative>> ways_in(Run& run, const Scope& scope, const grammar::Guard& guard) {
  if (guard.kind == grammar::Guard::Kind::any_of) {
    std::vector<DrugAlternative> all;
    bool good = true;
    for (const auto& child : guard.children) {
      const auto ways = ways_in(run, scope, child);
      good = good && ways.has_value();
      if (ways) all.insert(all.end(), ways->begin(), ways->end());
    }
    if (!good) return std::nullopt;
    return all;
  }
  const auto* term = guard.kind == grammar::Guard::Kind::leaf ? std::get_if<grammar::Term>(&guard.leaf) : nullptr;
  if (term != nullptr) {
    auto ways = drug_list(run, scope, {{*term, term->span}});
    if (!ways) return std::nullopt;
    const bool of_any = std::none_of(ways->begin(), ways->end(), [](const DrugAlternative& way) { return way.concept_id.has_value(); });
    if (of_any) return ways;
  }
  auto diagnostic = grammar::diagnose(grammar::Code::TH2004, scope.place(guard.span), "a qualifier says what any drug must be");
  diagnostic.help.emplace_back("as in `qualifier new: drug started within 30 days`; drugs by name make a `class`");
  run.report.add(std::move(diagnostic));
  return std::nullopt;
}

bool expand(Run& run, std::size_t index) {
  // `run.classes` does not grow once rules are resolved, but members may be expanded below: copy the parts.
  const auto parts = run.classes[index].parts;
  std::vector<DrugAlternative> members;
  bool good = true;
  for (const auto& part : parts) {
    auto more = part_of(run, part);
    good = good && more.has_value();
    if (!more) {
      ++run.not_loaded;
      continue;
    }
    for (auto& member : *more) {
      const auto same = [&](const DrugAlternative& other) { return other.tests.empty() && same_drug(other, member); };
      if (!member.tests.empty() || std::none_of(members.begin(), members.end(), same)) members.push_back(std::move(member));
    }
  }
  run.classes[index].members = std::move(members);
  return good;
}

// Works a declaration out when it is first used: `work` says whether it is good. None where it is not, is made of itself, or lies too deep.
template <class Declared, class Work>
const Declared* worked_out(Run& run, std::vector<Declared> Run::*all, std::uint32_t number, std::string_view noun, const grammar::Place& used_at,
                           const Work& work) {
  auto& declared = (run.*all)[number];
  if (declared.progress == Progress::under_way) {
    report_cycle(run, run.*all, declared, noun, used_at);
    return nullptr;
  }
  if (declared.progress == Progress::untouched) {
    const Level level(run);
    if (level.too_deep(used_at)) return nullptr;
    declared.progress = Progress::under_way;
    const bool good = work();
    (run.*all)[number].progress = good ? Progress::done : Progress::broken;
  }
  const auto& after = (run.*all)[number];
  return after.progress == Progress::done ? &after : nullptr;
}

}  // namespace

bool may_expand(Run& run, std::size_t parts, const grammar::Place& used_at) {
  run.expanded += parts;
  if (parts <= largest && run.expanded <= most_expanded) return true;
  run.report.add_once("expansion", grammar::diagnose(Code::TH1005, used_at, "the declarations of these rules expand to too much"));
  return false;
}

// A class of the terminology that gets its own name added back is no cycle of drugs, but says nothing.
const std::vector<DrugAlternative>* members_of(Run& run, std::uint32_t declared_class, const grammar::Place& used_at) {
  const auto* declared = worked_out(run, &Run::classes, declared_class, "class", used_at, [&] { return expand(run, declared_class); });
  return declared != nullptr && may_expand(run, declared->members.size(), used_at) ? &declared->members : nullptr;
}

const std::vector<DrugAlternative>* ways_of(Run& run, std::uint32_t qualifier, const grammar::Place& used_at) {
  const auto* declared = worked_out(run, &Run::qualifiers, qualifier, "qualifier", used_at, [&] {
    const auto& written = run.qualifiers[qualifier];
    auto ways = ways_in(run, {written.source, nullptr, {}}, written.what->guard);
    if (ways)
      run.qualifiers[qualifier].ways = std::move(*ways);
    else
      ++run.not_loaded;
    return ways.has_value();
  });
  return declared != nullptr && may_expand(run, declared->ways.size(), used_at) ? &declared->ways : nullptr;
}

const ResolvedGuard* guard_of(Run& run, std::uint32_t population, const grammar::Place& used_at) {
  const auto* declared = worked_out(run, &Run::populations, population, "population", used_at, [&] {
    const auto& written = run.populations[population];
    auto guard = guard_from(run, {written.source, nullptr, {}}, written.what->guard);
    if (!guard) {
      ++run.not_loaded;
      return false;
    }
    auto& again = run.populations[population];
    // A population that only names another is that other.
    if (guard->population.empty()) guard->population = again.name;
    again.guard = std::move(*guard);
    again.parts = parts_of(again.guard);
    return true;
  });
  return declared != nullptr && may_expand(run, declared->parts, used_at) ? &declared->guard : nullptr;
}

}  // namespace theriac::detail
