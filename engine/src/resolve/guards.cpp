// Guards: conditions, populations, measurements, drugs, joined by and, or, not and counts.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

class GuardReader {
 public:
  GuardReader(Run& run, const Scope& scope) : run_(run), scope_(scope) {}

  std::optional<ResolvedGuard> read(const grammar::Guard& guard) {
    switch (guard.kind) {
      case grammar::Guard::Kind::leaf:
        return std::visit([&](const auto& what) { return leaf(what, guard.span); }, guard.leaf);
      case grammar::Guard::Kind::negation:
        return negation(guard);
      case grammar::Guard::Kind::any_of:
        if (split_name(guard)) return std::nullopt;
        return joined(guard, ResolvedGuard::Kind::any_of);
      case grammar::Guard::Kind::all_of:
        break;
    }
    if (split_name(guard)) return std::nullopt;
    return joined(guard, ResolvedGuard::Kind::all_of);
  }

 private:
  bool split_name(const grammar::Guard& guard) {
    std::vector<grammar::Phrase> parts;
    for (const auto& child : guard.children) {
      const auto* term = child.kind == grammar::Guard::Kind::leaf ? std::get_if<grammar::Term>(&child.leaf) : nullptr;
      if (term == nullptr || !term->tests.empty() || !term->except.empty()) return false;
      parts.push_back(term->phrase);
    }
    return is_split_name(run_, scope_, parts, guard.span, {Shape::Of::guard, false});
  }

  std::optional<ResolvedGuard> joined(const grammar::Guard& guard, ResolvedGuard::Kind kind) {
    ResolvedGuard result;
    result.kind = kind;
    result.text = scope_.words(guard.span);
    result.at = scope_.place(guard.span);
    for (const auto& child : guard.children) {
      if (auto part = read(child)) result.children.push_back(std::move(*part));
    }
    if (result.children.size() != guard.children.size()) return std::nullopt;
    return result;
  }

  std::optional<ResolvedGuard> negation(const grammar::Guard& guard) {
    const auto& inner = guard.children.front();
    if (is_bare_measurement(inner)) {
      const auto name = scope_.words(inner.span);
      auto diagnostic = grammar::diagnose(Code::TH4003, scope_.place(guard.span), fmt::format("`{}` is never listed as absent", name),
                                          "a measurement that is not there is not known");
      diagnostic.help.push_back(fmt::format("write `unknown({})` for no recent value, or compare it: `{} < 30`", name, name));
      diagnostic.edits.push_back({scope_.place(guard.span), fmt::format("unknown({})", name)});
      run_.report.add(std::move(diagnostic));
      return std::nullopt;
    }
    auto part = read(inner);
    if (!part) return std::nullopt;
    ResolvedGuard result;
    result.kind = ResolvedGuard::Kind::negation;
    result.text = scope_.words(guard.span);
    result.at = scope_.place(guard.span);
    result.children.push_back(std::move(*part));
    return result;
  }

  bool is_bare_measurement(const grammar::Guard& guard) const {
    const auto* term = guard.kind == grammar::Guard::Kind::leaf ? std::get_if<grammar::Term>(&guard.leaf) : nullptr;
    if (term == nullptr || is_compared(term->tests)) return false;
    if (!cover(run_.names, term->phrase, {Shape::Of::guard, false}, scope_.roles).best.empty()) return false;
    const auto& whole = run_.names.at(term->phrase, 0, term->phrase.words.size());
    return std::any_of(whole.begin(), whole.end(), [](const Meaning& m) { return m.kind == Meaning::Kind::observation; });
  }

  std::optional<ResolvedGuard> leaf(const grammar::Term& term, grammar::Span span) {
    auto meaning = term_of(run_, scope_, term, Shape::Of::guard);
    if (!meaning) return std::nullopt;
    if (auto* guard = std::get_if<ResolvedGuard>(&meaning->what)) return std::move(*guard);
    if (auto* sum = std::get_if<SummedDrugs>(&meaning->what)) return leaf_guard(std::move(*sum), scope_.words(span), scope_.place(span));
    if (const auto* effect = std::get_if<EffectId>(&meaning->what)) return leaf_guard(HasEffect{*effect}, scope_.words(span), scope_.place(span));
    return drug_leaf(std::get<DrugMeaning>(std::move(meaning->what)), span);
  }

  // The very words of an item mean the drug that is matched there.
  std::optional<ResolvedGuard> drug_leaf(DrugMeaning drug, grammar::Span span) {
    if (drug.which == TakesDrug::Which::patient && scope_.items != nullptr) {
      std::vector<std::uint32_t> same;
      for (std::uint32_t i = 0; i < scope_.items->size(); ++i) {
        const auto* own = drugs_of_item((*scope_.items)[i]);
        if (own != nullptr && same_drugs(*own, drug.any_of)) same.push_back(i);
      }
      if (same.size() > 1) return refuse_twofold(span);
      if (same.size() == 1) drug = of_item(same.front(), std::move(drug));
    }
    return leaf_guard(TakesDrug{drug.which, drug.item, std::move(drug.any_of)}, scope_.words(span), scope_.place(span));
  }

  static DrugMeaning of_item(std::uint32_t item, DrugMeaning drug) {
    std::vector<DrugAlternative> tested;
    for (auto& alternative : drug.any_of) {
      if (alternative.tests.empty()) return {TakesDrug::Which::item, item, {}};
      tested.push_back(std::move(alternative));
    }
    return {TakesDrug::Which::item, item, std::move(tested)};
  }

  std::optional<ResolvedGuard> refuse_twofold(grammar::Span span) {
    auto diagnostic =
        grammar::diagnose(Code::TH2002, scope_.place(span), fmt::format("`{}` can mean either of two drugs of this rule", scope_.words(span)));
    diagnostic.help.push_back("give one of them a role (`… as first`) and write the role here, or write `any …` or `other …`");
    run_.report.add(std::move(diagnostic));
    return std::nullopt;
  }

  std::optional<ResolvedGuard> leaf(const grammar::Count& count, grammar::Span) { return count_guard(run_, scope_, count); }

  std::optional<ResolvedGuard> leaf(const grammar::Apart& apart, grammar::Span span) {
    const auto by = span_of(run_, scope_, apart.by);
    if (!by) return std::nullopt;
    if (2 * (shift(0, by->count, by->unit)) > minutes_per_day) {
      run_.report.add(grammar::diagnose(Code::TH3003, scope_.place(apart.by.span), "no two times of a day are more than 12 hours apart"));
      return std::nullopt;
    }
    auto guard = leaf_guard(HoursApart{*by}, scope_.words(span), scope_.place(span));
    if (apart.at_least) return guard;
    ResolvedGuard closer;
    closer.kind = ResolvedGuard::Kind::negation;
    closer.text = guard.text;
    closer.at = guard.at;
    closer.children.push_back(std::move(guard));
    return closer;
  }

  std::optional<ResolvedGuard> leaf(const grammar::Unknown& unknown, grammar::Span span) {
    const auto meanings = run_.names.at(unknown.of, 0, unknown.of.words.size());
    const auto found = std::find_if(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.kind == Meaning::Kind::observation; });
    if (found == meanings.end()) return refuse_unknown(unknown);
    NoRecent leaf{static_cast<ObservationId>(found->id), std::nullopt};
    if (unknown.within) {
      leaf.within = span_of(run_, scope_, *unknown.within);
      if (!leaf.within) return std::nullopt;
    }
    return leaf_guard(std::move(leaf), scope_.words(span), scope_.place(span));
  }

  std::optional<ResolvedGuard> refuse_unknown(const grammar::Unknown& unknown) {
    if (run_.names.at(unknown.of, 0, unknown.of.words.size()).empty()) {
      report_no_cover(run_, scope_, unknown.of, {Shape::Of::measurement, true});
    } else {
      run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(unknown.of.span), fmt::format("`{}` is not a measurement", unknown.of.text()),
                                        "`unknown(…)` asks whether a value is there"));
    }
    return std::nullopt;
  }

  Run& run_;
  const Scope& scope_;
};

// `at least 2 of (SSRI, NSAID)`: the members are guards by form, drugs by meaning.
const grammar::Term* plain_term(const grammar::Guard& guard) {
  return guard.kind == grammar::Guard::Kind::leaf ? std::get_if<grammar::Term>(&guard.leaf) : nullptr;
}

}  // namespace

ResolvedGuard all_of(std::vector<ResolvedGuard> parts, std::string text, grammar::Place at) {
  ResolvedGuard guard;
  guard.children = std::move(parts);
  guard.text = std::move(text);
  guard.at = std::move(at);
  return guard;
}

bool counts_drugs(Run& run, const Scope& scope, const grammar::Count& count) {
  if (count.of) return true;
  return std::all_of(count.of_guards.begin(), count.of_guards.end(), [&](const grammar::Guard& guard) {
    const auto* term = plain_term(guard);
    return term != nullptr && !cover(run.names, term->phrase, {Shape::Of::drug, is_compared(term->tests)}, scope.roles).best.empty();
  });
}

std::optional<std::vector<DrugAlternative>> counted_drugs(Run& run, const Scope& scope, const grammar::Count& count) {
  if (count.of) return plain_drug(run, scope, *count.of);
  std::vector<grammar::UnitItem> list;
  for (const auto& guard : count.of_guards) {
    if (const auto* term = plain_term(guard)) list.push_back({*term, term->span});
  }
  return drug_list(run, scope, list);
}

std::optional<ResolvedGuard> count_guard(Run& run, const Scope& scope, const grammar::Count& count) {
  if (count.same) {
    run.report.add(grammar::diagnose(Code::TH2004, scope.place(count.span), "a count of the same kind belongs to the drugs of a rule",
                                     "it must stand before `in`, `with` and `if`"));
    return std::nullopt;
  }
  if (counts_drugs(run, scope, count)) {
    auto drugs = counted_drugs(run, scope, count);
    if (!drugs) return std::nullopt;
    return leaf_guard(CountDrugs{count.at_least, std::move(*drugs)}, scope.words(count.span), scope.place(count.span));
  }
  ResolvedGuard result;
  result.kind = ResolvedGuard::Kind::count;
  result.at_least = count.at_least;
  result.text = scope.words(count.span);
  result.at = scope.place(count.span);
  for (const auto& member : count.of_guards) {
    if (auto part = guard_from(run, scope, member)) result.children.push_back(std::move(*part));
  }
  if (result.children.size() != count.of_guards.size()) return std::nullopt;
  return result;
}

std::optional<ResolvedGuard> guard_from(Run& run, const Scope& scope, const grammar::Guard& guard) { return GuardReader(run, scope).read(guard); }

}  // namespace theriac::detail
