// Sums over drugs: which table, over which drugs, against what limits.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

bool refuse(Run& run, grammar::Place place, std::string message, std::string help) {
  auto diagnostic = grammar::diagnose(Code::TH2004, std::move(place), std::move(message));
  diagnostic.help.push_back(std::move(help));
  run.report.add(std::move(diagnostic));
  return false;
}

// The drugs that are added up: the words before the sum's name, or any drug.
std::optional<std::vector<DrugAlternative>> drugs_added(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term,
                                                        const Summed& sum) {
  const auto has = [&](Kind kind) { return std::any_of(cover.begin(), cover.end(), [&](const Segment& s) { return s.meaning.kind == kind; }); };
  if (has(Kind::role) || has(Kind::determiner)) {
    refuse(run, scope.place(term.span), fmt::format("{} is added up over all that a phrase names", sum.name),
           "name the drugs themselves: `opioid morphine equivalent`");
    return std::nullopt;
  }
  if (cover.size() == 1 && sum.kind == Summed::Kind::equivalent) {
    refuse(run, scope.place(term.span), fmt::format("of which drugs is the {} added up?", sum.name), "as in `opioid morphine equivalent`");
    return std::nullopt;
  }
  if (cover.size() == 1) {
    DrugAlternative any;
    any.text = term.phrase.text();
    any.at = scope.place(term.phrase.span);
    return std::vector{std::move(any)};
  }
  auto drug = drug_of(run, scope, cover, {term.phrase, term.except, {}, term.span});
  if (!drug) return std::nullopt;
  return std::move(drug->any_of);
}

}  // namespace

bool limit_sum(Run& run, const Scope& scope, const std::vector<grammar::Test>& tests, SummedDrugs& summed) {
  const auto& sum = run.terminology->at(summed.sum);
  bool good = true;
  for (const auto& test : tests) {
    if (!is_compared({test}) || std::holds_alternative<grammar::Trend>(test.what)) {
      good = refuse(run, scope.place(test.span), fmt::format("`{}` does not go with a sum over drugs", scope.words(test.span)),
                    "compare it with a number");
      continue;
    }
    const auto limits = sum_limits(run, scope, test, sum, summed.by);
    good = good && limits.has_value();
    if (limits) summed.limits.insert(summed.limits.end(), limits->begin(), limits->end());
  }
  return good;
}

std::optional<SummedDrugs> summed_of(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term) {
  SummedDrugs summed;
  summed.sum = static_cast<SumId>(cover.back().meaning.id);
  auto drugs = drugs_added(run, scope, cover, term, run.terminology->at(summed.sum));
  if (!limit_sum(run, scope, term.tests, summed) || !drugs) return std::nullopt;
  summed.any_of = std::move(*drugs);
  return summed;
}

std::optional<SummedDrugs> summed_by(Run& run, const Scope& scope, const grammar::ScoreDeclaration::OverDrugs& what) {
  SummedDrugs summed;
  using By = grammar::ScoreDeclaration::OverDrugs::By;
  summed.by = what.by == By::sum ? SummedDrugs::By::sum : what.by == By::most ? SummedDrugs::By::most : SummedDrugs::By::count;
  const auto cover = cover_of(run, scope, what.of, {Shape::Of::guard, true});
  bool good = cover.has_value();
  if (good && (cover->size() != 1 || cover->back().meaning.kind != Kind::summed))
    good = refuse(run, scope.place(what.of.span), fmt::format("`{}` is nothing that drugs add to", what.of.text()),
                  "name a scale of points or an equivalent of the vocabulary, as in `morphine equivalent`");
  const auto drugs = term_of(run, scope, what.over, Shape::Of::drug);
  if (!good || !drugs) return std::nullopt;
  summed.sum = static_cast<SumId>(cover->back().meaning.id);
  summed.any_of = std::get<DrugMeaning>(drugs->what).any_of;
  return summed;
}

}  // namespace theriac::detail
