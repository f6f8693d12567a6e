// Scores: points for what holds of the patient, a comparison with which becomes a count with points; and sums over drugs that have a name.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

const Rational most_points{1000};

// Points of what holds reach the limit, or go beyond it.
ResolvedGuard reaches(const DeclaredScore& score, const Rational& limit, bool beyond, const std::string& text, const grammar::Place& at) {
  ResolvedGuard guard;
  guard.kind = ResolvedGuard::Kind::count;
  guard.children = score.guards;
  guard.points = score.points;
  guard.limit = limit;
  guard.beyond = beyond;
  guard.population = score.name;
  guard.text = text;
  guard.at = at;
  return guard;
}

ResolvedGuard denied(ResolvedGuard guard) {
  ResolvedGuard result;
  result.kind = ResolvedGuard::Kind::negation;
  result.text = guard.text;
  result.at = guard.at;
  result.children.push_back(std::move(guard));
  return result;
}

ResolvedGuard compared(const DeclaredScore& score, const Limit& limit, const std::string& text, const grammar::Place& at) {
  const auto reach = [&](bool beyond) { return reaches(score, limit.value, beyond, text, at); };
  switch (limit.order) {
    case Order::greater_equal:
      return reach(false);
    case Order::greater:
      return reach(true);
    case Order::less:
      return denied(reach(false));
    case Order::less_equal:
      return denied(reach(true));
    default:
      break;
  }
  auto exactly = all_of({reach(false), denied(reach(true))}, text, at);
  return limit.order == Order::equal ? std::move(exactly) : denied(std::move(exactly));
}

bool read_parts(Run& run, DeclaredScore& score) {
  const Scope scope{score.source, nullptr, {}};
  bool good = true;
  for (const auto& part : score.what->parts) {
    const auto points = number_of(run, scope, part.points);
    auto guard = guard_from(run, scope, part.guard);
    if (points && (*points > most_points || points->denominator() > 1000)) {
      run.report.add(grammar::diagnose(Code::TH3003, scope.place(part.points.span), "a score has at most 1000 points a line"));
      good = false;
    }
    good = good && points && guard;
    if (!points || !guard) continue;
    score.points.push_back(*points);
    score.guards.push_back(std::move(*guard));
  }
  return good;
}

bool read_score(Run& run, DeclaredScore& score) {
  if (!score.what->over_drugs) return read_parts(run, score);
  score.sum = summed_by(run, {score.source, nullptr, {}}, *score.what->over_drugs);
  return score.sum.has_value();
}

std::optional<ResolvedGuard> score_guard(Run& run, const Scope& scope, const DeclaredScore& score, const grammar::Term& term) {
  std::vector<ResolvedGuard> parts;
  for (const auto& test : term.tests) {
    const auto limits = is_compared({test}) ? plain_limits(run, scope, test, score.name) : std::nullopt;
    if (!limits && !is_compared({test}))
      run.report.add(grammar::diagnose(Code::TH2004, scope.place(test.span), fmt::format("`{}` does not go with a score", scope.words(test.span))));
    if (!limits) return std::nullopt;
    for (const auto& limit : *limits) parts.push_back(compared(score, limit, scope.words(term.span), scope.place(term.span)));
  }
  if (parts.empty()) return std::nullopt;
  if (parts.size() == 1) return std::move(parts.front());
  return all_of(std::move(parts), scope.words(term.span), scope.place(term.span));
}

}  // namespace

void declare_scores(Run& run, const std::vector<const grammar::Parsed*>& files) {
  for (const auto* file : files) {
    for (const auto& statement : file->statements) {
      const auto* what = std::get_if<grammar::ScoreDeclaration>(&statement.what);
      if (what == nullptr) continue;
      const auto name = what->name.text();
      if (!run.names.find(name).empty()) {
        run.report.add(grammar::diagnose(Code::TH2005, {file->source, what->name.span}, fmt::format("`{}` is declared already", name)));
        ++run.not_loaded;
        continue;
      }
      run.names.declare(name, {Kind::score, static_cast<std::uint32_t>(run.scores.size())});
      run.scores.push_back({name, what, file->source, {file->source, what->name.span}, Progress::untouched, {}, {}, {}});
    }
  }
}

void resolve_score(Run& run, std::uint32_t number, const grammar::Place& used_at) {
  if (run.scores[number].progress == Progress::under_way) {
    run.report.add(grammar::diagnose(Code::TH5005, used_at, fmt::format("the score `{}` is made of itself", run.scores[number].name)));
    return;
  }
  if (run.scores[number].progress != Progress::untouched) return;
  run.scores[number].progress = Progress::under_way;
  const bool good = read_score(run, run.scores[number]);
  run.scores[number].progress = good ? Progress::done : Progress::broken;
  if (!good) ++run.not_loaded;
}

std::optional<TermMeaning> score_term(Run& run, const Scope& scope, std::uint32_t number, const grammar::Term& term) {
  resolve_score(run, number, scope.place(term.phrase.span));
  const auto& score = run.scores[number];
  const auto size = score.sum ? score.sum->any_of.size() : score.guards.size();
  if (score.progress != Progress::done || !may_expand(run, size, scope.place(term.phrase.span))) return std::nullopt;
  if (score.sum) {
    auto sum = *score.sum;
    if (!limit_sum(run, scope, term.tests, sum)) return std::nullopt;
    return TermMeaning{std::move(sum)};
  }
  auto guard = score_guard(run, scope, score, term);
  if (!guard) return std::nullopt;
  return TermMeaning{std::move(*guard)};
}

}  // namespace theriac::detail
