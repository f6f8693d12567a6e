// What a rule says as a whole: guards that ask for a drug of the rule in a way with two meanings, guards that assert a drug nobody matched, and rules
// that can never fire. Conservative: only what is plain is an error.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

// How a guard's drug stands to the drugs that the rule matches.
enum class Relation : std::uint8_t { apart, kind_of_item, always_true };

bool is_whole_class(const DrugAlternative& drug) {
  return drug.except.empty() && drug.routes.empty() && drug.forms.empty() && !drug.as_needed && drug.tests.empty();
}

class GuardCheck {
 public:
  GuardCheck(Run& run, const Scope& scope, Standing standing) : run_(run), scope_(scope), standing_(standing) {}

  bool check(const ResolvedGuard& guard, bool positive) {
    bool good = true;
    if (guard.kind == ResolvedGuard::Kind::leaf) {
      if (const auto* takes = std::get_if<TakesDrug>(&guard.leaf)) return check_drug(guard, *takes, positive);
      if (std::holds_alternative<HoursApart>(guard.leaf)) return check_apart(guard);
      if (const auto* count = std::get_if<CountDrugs>(&guard.leaf)) return !asserts(positive) || refuse_assertion(guard, count->any_of);
      if (const auto* sum = std::get_if<SummedDrugs>(&guard.leaf)) return !asserts(positive) || refuse_assertion(guard, sum->any_of);
      return true;
    }
    if (guard.kind == ResolvedGuard::Kind::count && !check_count(guard)) return false;
    const bool below = guard.kind == ResolvedGuard::Kind::negation ? !positive : positive;
    for (const auto& child : guard.children) good = check(child, below) && good;
    return good;
  }

 private:
  bool asserts(bool positive) const { return positive && standing_ == Standing::premise; }

  // Doses are kept apart from those of another drug.
  bool check_apart(const ResolvedGuard& guard) {
    if (scope_.items == nullptr) return true;
    std::size_t drugs = 0;
    for (const auto& item : *scope_.items) {
      if (!std::holds_alternative<GuardItem>(item.what)) drugs += drugs_of_item(item) != nullptr ? 1 : 2;
    }
    if (drugs > 1) return true;
    run_.report.add(
        grammar::diagnose(Code::TH2004, guard.at, "only one drug is matched, so there is none to be apart from", "join the other by `+` before it"));
    return false;
  }

  bool check_count(const ResolvedGuard& guard) {
    if (!guard.points.empty() || (guard.at_least > 0 && guard.at_least <= guard.children.size())) return true;
    run_.report.add(grammar::diagnose(
        guard.at_least == 0 ? Code::TH3003 : Code::TH4005, guard.at,
        fmt::format("at least {} of {} can {} hold", guard.at_least, guard.children.size(), guard.at_least == 0 ? "always" : "never")));
    return false;
  }

  bool check_drug(const ResolvedGuard& guard, const TakesDrug& takes, bool positive) {
    if (takes.which == TakesDrug::Which::item) return true;
    if (takes.which == TakesDrug::Which::patient) {
      switch (relation(takes.any_of)) {
        case Relation::kind_of_item:
          return refuse_kind(guard, takes.any_of);
        case Relation::always_true:
          return refuse_always(guard, takes.any_of);
        case Relation::apart:
          break;
      }
    }
    return !asserts(positive) || refuse_assertion(guard, takes.any_of);
  }

  Relation relation(const std::vector<DrugAlternative>& drugs) {
    if (scope_.items == nullptr) return Relation::apart;
    for (const auto& drug : drugs) {
      for (const auto& item : *scope_.items) {
        const auto* own = drugs_of_item(item);
        if (own == nullptr || !drug.concept_id) continue;
        const bool all_within = is_whole_class(drug) && std::all_of(own->begin(), own->end(), [&](const DrugAlternative& one) {
                                  return one.tests.empty() && one.concept_id && run_.is_kind_of(*one.concept_id, *drug.concept_id);
                                });
        for (const auto& one : *own) {
          if (!one.concept_id) continue;
          if (!all_within && run_.is_kind_of(*drug.concept_id, *one.concept_id)) return met(Relation::kind_of_item, drug, item);
        }
        if (all_within) return met(Relation::always_true, drug, item);
      }
    }
    return Relation::apart;
  }

  Relation met(Relation relation, const DrugAlternative& drug, const ResolvedItem& item) {
    drug_ = &drug;
    item_ = &item;
    return relation;
  }

  bool refuse_kind(const ResolvedGuard& guard, const std::vector<DrugAlternative>&) {
    const auto words = drug_->text;
    auto diagnostic = grammar::diagnose(Code::TH4001, guard.at, fmt::format("`{}` is a kind of `{}`, which this rule matches", words, item_->text),
                                        "the drug matched there, or any that the patient takes?");
    diagnostic.secondary.push_back({item_->at, "matched here"});
    diagnostic.help.push_back(fmt::format("for `{}` without it write `{} except {}` in the drug part", item_->text, item_->text, words));
    diagnostic.help.push_back(fmt::format("for whatever the patient takes write `any {0}`; for one that is not matched, `other {0}`", words));
    run_.report.add(std::move(diagnostic));
    return false;
  }

  bool refuse_always(const ResolvedGuard& guard, const std::vector<DrugAlternative>&) {
    const auto words = drug_->text;
    auto diagnostic =
        grammar::diagnose(Code::TH4005, guard.at, fmt::format("the patient always takes `{}` here: the rule matches `{}`", words, item_->text));
    diagnostic.secondary.push_back({item_->at, "matched here"});
    diagnostic.help.push_back(fmt::format("for one besides it write `other {}`", words));
    run_.report.add(std::move(diagnostic));
    return false;
  }

  bool refuse_assertion(const ResolvedGuard& guard, const std::vector<DrugAlternative>&) {
    auto diagnostic = grammar::diagnose(Code::TH4002, guard.at, fmt::format("`{}` must be in the finding, so it belongs to the drugs", guard.text));
    diagnostic.help.push_back(fmt::format("join it by `+`: `… + {}`", guard.text));
    if (const auto connective = connective_before(guard.at)) diagnostic.edits.push_back({*connective, "+"});
    run_.report.add(std::move(diagnostic));
    return false;
  }

  // The word `with`, `in`, `if` or `and` right before the guard.
  static std::optional<grammar::Place> connective_before(const grammar::Place& at) {
    if (!at.source) return std::nullopt;
    const auto& text = at.source->text();
    auto end = at.span.begin;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
    auto begin = end;
    while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\n') --begin;
    const auto word = std::string_view(text).substr(begin, end - begin);
    if (word != "with" && word != "in" && word != "if") return std::nullopt;
    return grammar::Place{at.source, {begin, end}};
  }

  Run& run_;
  const Scope& scope_;
  Standing standing_;
  const DrugAlternative* drug_ = nullptr;
  const ResolvedItem* item_ = nullptr;
};

}  // namespace

void add_conjuncts(const ResolvedGuard& guard, std::vector<const ResolvedGuard*>& into) {
  if (guard.kind != ResolvedGuard::Kind::all_of) {
    into.push_back(&guard);
    return;
  }
  for (const auto& child : guard.children) add_conjuncts(child, into);
}

bool same_guard(const Run& run, const ResolvedGuard& a, const ResolvedGuard& b) { return reading_of(run, a) == reading_of(run, b); }

namespace {

bool same_measure(const Measures& a, const Measures& b) {
  if (a.of == b.of) return a.of != Measures::Of::observation || (a.observation == b.observation && !a.within && !b.within);
  return a.of != Measures::Of::observation && b.of != Measures::Of::observation;
}

// The numbers a measure allows, as months where one is in months.
struct Ends {
  std::optional<Rational> low, high;
  bool low_open = false, high_open = false;
};

std::optional<Ends> ends_of(const Measures& measure, bool months) {
  auto limit = measure.limit;
  if (months && measure.of == Measures::Of::age_years) {
    const auto product = multiply(limit, Rational(12));
    if (!product) return std::nullopt;
    limit = *product;
  }
  switch (measure.order) {
    case Order::less:
      return Ends{std::nullopt, limit, false, true};
    case Order::less_equal:
      return Ends{std::nullopt, limit, false, false};
    case Order::greater:
      return Ends{limit, std::nullopt, true, false};
    case Order::greater_equal:
      return Ends{limit, std::nullopt, false, false};
    case Order::equal:
      return Ends{limit, limit, false, false};
    case Order::not_equal:
      break;
  }
  return std::nullopt;
}

bool ranges_exclude(const Measures& a, const Measures& b) {
  if (!same_measure(a, b)) return false;
  const auto fine = [](const Measures& one) { return one.of == Measures::Of::age_weeks || one.of == Measures::Of::age_days; };
  if (a.of != b.of && (fine(a) || fine(b))) return false;  // no number of days is a month
  if (a.of != b.of && (a.order == Order::less_equal || b.order == Order::less_equal || a.order == Order::equal || b.order == Order::equal))
    return false;
  const bool months = a.of != b.of;
  const auto x = ends_of(a, months);
  const auto y = ends_of(b, months);
  if (!x || !y) return false;
  const auto below = [](const Ends& lower, const Ends& upper) {
    if (!lower.high || !upper.low) return false;
    return *lower.high < *upper.low || (*lower.high == *upper.low && (lower.high_open || upper.low_open));
  };
  return below(*x, *y) || below(*y, *x);
}

bool leaves_exclude(const ResolvedGuard& a, const ResolvedGuard& b) {
  const auto* measure = std::get_if<Measures>(&a.leaf);
  const auto* other_measure = std::get_if<Measures>(&b.leaf);
  if (measure != nullptr && other_measure != nullptr) return ranges_exclude(*measure, *other_measure);
  const auto* sex = std::get_if<IsSex>(&a.leaf);
  const auto* other_sex = std::get_if<IsSex>(&b.leaf);
  return sex != nullptr && other_sex != nullptr && sex->female != other_sex->female;
}

}  // namespace

bool check_guard(Run& run, const Scope& scope, const ResolvedGuard& guard, Standing standing) {
  return GuardCheck(run, scope, standing).check(guard, true);
}

bool can_hold_together(const Run& run, const ResolvedGuard& a, const ResolvedGuard& b) {
  using Kind = ResolvedGuard::Kind;
  std::vector<const ResolvedGuard*> left;
  std::vector<const ResolvedGuard*> right;
  add_conjuncts(a, left);
  add_conjuncts(b, right);
  for (const auto* x : left) {
    for (const auto* y : right) {
      if (x->kind == Kind::leaf && y->kind == Kind::leaf && leaves_exclude(*x, *y)) return false;
      if (x->kind == Kind::negation && same_guard(run, x->children.front(), *y)) return false;
      if (y->kind == Kind::negation && same_guard(run, y->children.front(), *x)) return false;
    }
  }
  return true;
}

}  // namespace theriac::detail
