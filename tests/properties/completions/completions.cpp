// What is certain of a partial patient is so in every completion, what is silent is certain in none, and nothing gets worse than what was said that it could
// get: the promise of three truth values. Of each patient a sample of completions, whole and partial.
//
// Left out: `unknown(observation)`, which is meant to change its mind; a count beside an effect, or a guard that speaks of what it matched (docs/design/semantics.md, decision 9);
// entries that name a class alone (decision 8); entries that nobody knew, which need not be one of the patient's other drugs; several entries of one ingredient where a rule
// looks for an abrupt stop (decision 10).
#include "support/complete.hpp"
#include "support/describe.hpp"
#include "support/run.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t completions_of_each = 48;

using Head = std::tuple<std::uint32_t, std::int32_t, std::uint32_t, std::optional<ConceptId>>;
Head head_of(const detail::Derivation& d) { return {d.rule, d.exception, d.head, d.of}; }

bool holds_all(const std::vector<ConceptId>& big, const std::vector<ConceptId>& small) { return std::includes(big.begin(), big.end(), small.begin(), small.end()); }

std::string show(const Case& what, const detail::Derivation& d, const detail::Support& s) {
  std::vector<std::string> drugs;
  for (const ConceptId id : s.ingredients) drugs.push_back(what.terms->at(id).name);
  return fmt::format("{} head {} exception {} {}: {} {}", what.rules[d.rule].label, d.head, d.exception, drugs, to_string(s.verdict), to_string(s.severity));
}

bool counts(const detail::ResolvedRule& rule) {
  return std::any_of(rule.items.begin(), rule.items.end(), [](const detail::ResolvedItem& item) {
    return std::holds_alternative<detail::CountItem>(item.what) || std::holds_alternative<detail::SumItem>(item.what) || std::holds_alternative<detail::SameItem>(item.what);
  });
}

// A lower that was not certain, and so did not count, may come to count.
bool lowers(const detail::ResolvedRule& rule) {
  return std::any_of(rule.shifts.begin(), rule.shifts.end(), [](const detail::ResolvedShift& shift) { return !shift.raise; }) ||
         std::any_of(rule.exceptions.begin(), rule.exceptions.end(),
                     [](const detail::ResolvedException& exception) { return exception.kind == detail::ResolvedException::Kind::lower; });
}

// A certain support stands inside a certain one, no worse than it was said it could be, and no milder.
std::string lost(const Case& what, const Ran& partial, const Ran& whole) {
  for (const auto& d : partial.evaluation.derivations)
    for (const auto& s : d.supports) {
      if (s.verdict != Verdict::certain) continue;
      const detail::Support* kept = nullptr;
      for (const auto& e : whole.evaluation.derivations)
        if (head_of(e) == head_of(d))
          for (const auto& t : e.supports)
            if (t.verdict == Verdict::certain && holds_all(t.ingredients, s.ingredients)) kept = &t;
      if (kept == nullptr) return "no longer certain: " + show(what, d, s);
      Severity worst = s.severity;
      for (const auto& raise : s.could_raise) worst = std::max(worst, raise.to);
      if (kept->ingredients == s.ingredients && kept->severity > worst) return "worse than it could be raised to: " + show(what, d, s) + fmt::format(", then {}", to_string(kept->severity));
      if (kept->ingredients == s.ingredients && kept->severity < s.severity && !lowers(what.rules[d.rule]))
        return "milder than it was: " + show(what, d, s) + fmt::format(", then {}", to_string(kept->severity));
    }
  return "";
}

// What is certain now was at least open before.
std::string out_of_nothing(const Case& what, const Ran& partial, const Ran& whole) {
  for (const auto& e : whole.evaluation.derivations)
    for (const auto& t : e.supports) {
      if (t.verdict != Verdict::certain) continue;
      bool found = false;
      for (const auto& d : partial.evaluation.derivations)
        for (const auto& s : d.supports) {
          const bool same = head_of(d) == head_of(e) && s.ingredients == t.ingredients;
          const bool grown = counts(what.rules[d.rule]) && d.rule == e.rule && d.exception == e.exception && d.head == e.head;  // its drugs were fewer or more
          found = found || same || grown;
        }
      if (!found) return "certain out of nothing: " + show(what, e, t);
    }
  return "";
}

// Every certain finding's supports lie inside a certain finding of its rule.
std::string not_shown(const Case& what, const Ran& partial, const Ran& whole) {
  for (const auto& d : partial.drafts) {
    if (d.verdict != Verdict::certain) continue;
    for (const auto* s : d.supports) {
      const bool shown = std::any_of(whole.drafts.begin(), whole.drafts.end(), [&](const detail::Draft& e) {
        const auto also = e.also();
        const bool says = e.rule == d.rule || std::count(also.begin(), also.end(), d.rule) > 0;
        return says && e.effect == d.effect && e.of == d.of && e.verdict == Verdict::certain && holds_all(e.ingredients, s->ingredients);
      });
      if (!shown) return fmt::format("in no certain finding of {}: {}", what.rules[d.rule].label, s->ingredients.size());
    }
  }
  return "";
}

Knobs knobs_of(std::uint64_t seed) {
  const bool counting = seed % 2 == 0;
  return {.rules = 3, .entries = 5, .effects = !counting, .counts = counting, .relative = !counting, .class_entries = false, .not_recent = false};
}

Case partial_case(std::uint64_t seed) {
  Case result = generate(seed, knobs_of(seed));
  result.facts.unrecognised.clear();
  const bool abrupt = std::any_of(result.rules.begin(), result.rules.end(), [](const detail::ResolvedRule& rule) {
    return std::any_of(rule.items.begin(), rule.items.end(), [](const detail::ResolvedItem& item) { return std::holds_alternative<detail::AbruptStopItem>(item.what); });
  });
  std::set<ConceptId> seen;
  if (abrupt) std::erase_if(result.facts.exposures, [&](const detail::Exposure& e) { return !seen.insert(e.what).second; });
  return result;
}

std::string unsound(const Case& partial) {
  const Ran before = run(partial);
  if (!before.refused.empty()) return "";
  Random random(7);
  for (std::size_t i = 0; i < completions_of_each; ++i) {
    const Case whole = complete(partial, random, i % 2 == 0 ? 100 : 40);
    const Ran after = run(whole);
    for (const auto& check : {lost, out_of_nothing, not_shown})
      if (const std::string found = check(partial, before, after); !found.empty()) return found + "\ncompleted by\n" + describe(whole) + "\n";
  }
  return "";
}

}  // namespace

TEST_CASE("partial patients have certain findings to lose, and undecided ones to settle") {
  std::size_t certain = 0, unsettled = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed)
    for (const auto& draft : run(partial_case(seed)).drafts) ++(draft.verdict == Verdict::certain ? certain : unsettled);
  CHECK(certain >= 200);
  CHECK(unsettled >= 300);
}

TEST_CASE("no completion of a partial patient takes back what was certain, or makes certain what was silent") {
  const std::string found = search(cases_wanted(10000), partial_case, unsound);
  INFO(found);
  CHECK(found.empty());
}
