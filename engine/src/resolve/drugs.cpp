// Drug phrases → flat lists of alternatives: what a name, its routes and forms, `except` and tests leave over.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

// The qualifiers of a phrase, put on each alternative of what it names.
struct Qualifiers {
  std::vector<RouteId> routes;
  std::vector<FormId> forms;
  std::optional<bool> as_needed;
  std::vector<DrugTest> tests;
  bool empty() const { return routes.empty() && forms.empty() && !as_needed && tests.empty(); }
};

Qualifiers qualifiers_of(const Run& run, const Cover& cover) {
  Qualifiers qualifiers;
  for (const auto& segment : cover) {
    if (segment.meaning.kind == Kind::route) qualifiers.routes.push_back(static_cast<RouteId>(segment.meaning.id));
    if (segment.meaning.kind == Kind::form) qualifiers.forms.push_back(static_cast<FormId>(segment.meaning.id));
    if (segment.meaning.kind == Kind::state) qualifiers.tests.emplace_back(IsDerived{run.states[segment.meaning.id].effect});
    if (segment.meaning.kind == Kind::schedule) qualifiers.as_needed = segment.meaning.id == 1;
  }
  return qualifiers;
}

// Of a list of which one must hold, an empty one holding always, what is left beside `by`. False where nothing is.
template <class Id>
bool narrow(std::vector<Id>& list, const std::vector<Id>& by) {
  for (const auto id : by) {
    if (list.empty()) list.push_back(id);
    std::erase_if(list, [&](Id other) { return other != id; });
    if (list.empty()) return false;
  }
  return true;
}

bool apply(const Qualifiers& qualifiers, DrugAlternative& to) {
  to.tests.insert(to.tests.end(), qualifiers.tests.begin(), qualifiers.tests.end());
  if (qualifiers.as_needed) {
    if (to.as_needed && *to.as_needed != *qualifiers.as_needed) return false;
    to.as_needed = qualifiers.as_needed;
  }
  return narrow(to.routes, qualifiers.routes) && narrow(to.forms, qualifiers.forms);
}

// What the naming words stand for, before qualifiers. A class that a declaration adds to is itself and what is added.
std::optional<std::vector<DrugAlternative>> named_drugs(Run& run, const Scope& scope, const Cover& cover, const grammar::Phrase& phrase) {
  for (const auto& segment : cover) {
    DrugAlternative plain;
    plain.text = phrase.text();
    plain.at = scope.place(phrase.span);
    switch (segment.meaning.kind) {
      case Kind::any_drug:
        return std::vector{std::move(plain)};
      case Kind::drug: {
        plain.concept_id = static_cast<ConceptId>(segment.meaning.id);
        std::vector<DrugAlternative> all{std::move(plain)};
        const auto added = run.additions.find(static_cast<ConceptId>(segment.meaning.id));
        if (added == run.additions.end()) return all;
        const auto* members = members_of(run, static_cast<std::uint32_t>(added->second), scope.place(phrase.span));
        if (members == nullptr) return std::nullopt;
        all.insert(all.end(), members->begin(), members->end());
        return all;
      }
      case Kind::declared_class: {
        const auto* members = members_of(run, segment.meaning.id, scope.place(phrase.span));
        if (members == nullptr) return std::nullopt;
        return *members;
      }
      case Kind::combination: {
        const auto& product = run.terminology->data().combinations[segment.meaning.id];
        auto diagnostic =
            grammar::diagnose(Code::TH2004, scope.place(phrase.span), fmt::format("`{}` is a product of several ingredients", phrase.text()));
        std::string list;
        for (const auto ingredient : product.ingredients) list += (list.empty() ? "`" : " + `") + run.terminology->at(ingredient).name + "`";
        diagnostic.help.push_back(fmt::format("name what is in it: {}", list));
        run.report.add(std::move(diagnostic));
        return std::nullopt;
      }
      default:
        break;
    }
  }
  return std::vector<DrugAlternative>{};
}

std::optional<Meaning> meaning_in(const Cover& cover, Kind kind) {
  for (const auto& segment : cover) {
    if (segment.meaning.kind == kind) return segment.meaning;
  }
  return std::nullopt;
}

void report_impossible(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  run.report.add(
      grammar::diagnose(Code::TH4005, scope.place(phrase.span), fmt::format("nothing can be `{}`", phrase.text()), "its parts exclude each other"));
}

// What the qualifiers that rules declare leave of the alternatives: each in each of their ways.
std::optional<std::vector<DrugAlternative>> in_declared_ways(Run& run, const Scope& scope, const Cover& cover, const grammar::Phrase& phrase,
                                                             std::vector<DrugAlternative> drugs) {
  for (const auto& segment : cover) {
    if (segment.meaning.kind != Kind::qualifier) continue;
    const auto* ways = ways_of(run, segment.meaning.id, scope.place(phrase.span));
    if (ways == nullptr || !may_expand(run, ways->size() * drugs.size(), scope.place(phrase.span))) return std::nullopt;
    std::vector<DrugAlternative> both;
    for (const auto& way : *ways) {
      for (auto drug : drugs) {
        if (!apply({way.routes, way.forms, way.as_needed, way.tests}, drug)) continue;
        drug.except.insert(drug.except.end(), way.except.begin(), way.except.end());
        both.push_back(std::move(drug));
      }
    }
    drugs = std::move(both);
  }
  return drugs;
}

std::optional<std::vector<DrugAlternative>> qualified_drugs(Run& run, const Scope& scope, const Cover& cover, const grammar::Phrase& phrase) {
  auto named = named_drugs(run, scope, cover, phrase);
  if (!named) return std::nullopt;
  const auto qualifiers = qualifiers_of(run, cover);
  std::erase_if(*named, [&](DrugAlternative& one) { return !apply(qualifiers, one); });
  named = in_declared_ways(run, scope, cover, phrase, std::move(*named));
  if (!named || !named->empty()) return named;
  report_impossible(run, scope, phrase);
  return std::nullopt;
}

// A role, with qualifiers and tests as alternatives without a concept; plain `true` where there are none.
std::optional<DrugMeaning> role_meaning(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term,
                                        const std::vector<DrugTest>& tests) {
  DrugMeaning meaning{TakesDrug::Which::item, meaning_in(cover, Kind::role)->id, {}};
  const auto qualifiers = qualifiers_of(run, cover);
  if (qualifiers.empty() && tests.empty() && !meaning_in(cover, Kind::qualifier)) return meaning;
  DrugAlternative own;
  const bool possible = apply(qualifiers, own);
  own.text = scope.words(term.span);
  own.at = scope.place(term.span);
  auto ways = in_declared_ways(run, scope, cover, term.phrase, {std::move(own)});
  if (!ways) return std::nullopt;
  if (!possible || ways->empty()) {
    report_impossible(run, scope, term.phrase);
    return std::nullopt;
  }
  meaning.any_of = std::move(*ways);
  add_tests(meaning.any_of, tests);
  return meaning;
}

bool excludes_all(const Run& run, const DrugAlternative& drug, const DrugAlternative& except) {
  if (!except.tests.empty() || !except.routes.empty() || !except.forms.empty() || except.as_needed || !except.except.empty()) return false;
  if (!except.concept_id) return true;
  return drug.concept_id && run.is_kind_of(*drug.concept_id, *except.concept_id);
}

bool apply_except(Run& run, const Scope& scope, const grammar::Term& term, std::vector<DrugAlternative>& drugs) {
  if (term.except.empty()) return true;
  const auto except = drug_list(run, scope, term.except);
  if (!except) return false;
  std::erase_if(drugs, [&](const DrugAlternative& drug) {
    return std::any_of(except->begin(), except->end(), [&](const DrugAlternative& out) { return excludes_all(run, drug, out); });
  });
  if (drugs.empty()) {
    run.report.add(grammar::diagnose(Code::TH4005, scope.place(term.span), "`except` leaves nothing over"));
    return false;
  }
  for (auto& drug : drugs) drug.except.insert(drug.except.end(), except->begin(), except->end());
  return true;
}

}  // namespace

bool same_drug(const DrugAlternative& a, const DrugAlternative& b) {
  return a.concept_id == b.concept_id && a.routes == b.routes && a.forms == b.forms && a.as_needed == b.as_needed && same_drugs(a.except, b.except);
}

bool same_drugs(const std::vector<DrugAlternative>& a, const std::vector<DrugAlternative>& b) {
  const auto within = [](const auto& list, const auto& other) {
    return std::all_of(list.begin(), list.end(), [&](const DrugAlternative& one) {
      return std::any_of(other.begin(), other.end(), [&](const DrugAlternative& two) { return same_drug(one, two); });
    });
  };
  return within(a, b) && within(b, a);
}

const std::vector<DrugAlternative>* drugs_of_item(const ResolvedItem& item) {
  if (const auto* drug = std::get_if<DrugItem>(&item.what)) return &drug->any_of;
  if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) return &stop->any_of;
  return nullptr;
}

void add_tests(std::vector<DrugAlternative>& alternatives, const std::vector<DrugTest>& tests) {
  for (auto& alternative : alternatives) alternative.tests.insert(alternative.tests.end(), tests.begin(), tests.end());
}

std::optional<std::vector<DrugAlternative>> plain_drug(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  const auto covered = cover_of(run, scope, phrase, {Shape::Of::drug, false});
  if (!covered) return std::nullopt;
  return qualified_drugs(run, scope, *covered, phrase);
}

std::optional<std::vector<DrugAlternative>> drug_list(Run& run, const Scope& scope, const std::vector<grammar::UnitItem>& list) {
  std::vector<DrugAlternative> all;
  bool good = true;
  for (const auto& unit : list) {
    std::optional<std::vector<DrugAlternative>> part;
    if (const auto* term = std::get_if<grammar::Term>(&unit.what)) {
      const auto covered = cover_of(run, scope, term->phrase, {Shape::Of::drug, is_compared(term->tests)});
      if (covered) {
        if (auto drug = drug_of(run, scope, *covered, *term)) part = std::move(drug->any_of);
      }
    } else if (const auto* group = std::get_if<grammar::Group>(&unit.what)) {
      part = drug_list(run, scope, group->any_of);
      const auto tests = drug_tests(run, scope, group->tests, std::nullopt);
      if (part && tests) add_tests(*part, *tests);
      if (!tests) part.reset();
    } else {
      run.report.add(grammar::diagnose(Code::TH2004, scope.place(unit.span), "only names of drugs and classes can stand in this list"));
    }
    good = good && part.has_value();
    if (part) all.insert(all.end(), part->begin(), part->end());
  }
  if (!good) return std::nullopt;
  return all;
}

std::optional<DrugMeaning> drug_of(Run& run, const Scope& scope, const Cover& cover, const grammar::Term& term) {
  std::optional<DoseTest::Of> quantity;
  if (const auto named = meaning_in(cover, Kind::quantity)) quantity = static_cast<DoseTest::Of>(named->id);
  auto tests = drug_tests(run, scope, term.tests, quantity);
  if (meaning_in(cover, Kind::role)) return tests ? role_meaning(run, scope, cover, term, *tests) : std::nullopt;
  auto drugs = qualified_drugs(run, scope, cover, term.phrase);
  if (!drugs || !apply_except(run, scope, term, *drugs) || !tests) return std::nullopt;
  DrugMeaning meaning;
  if (const auto determiner = meaning_in(cover, Kind::determiner)) {
    meaning.which = determiner->id == 0 ? TakesDrug::Which::any : TakesDrug::Which::other;
  }
  add_tests(*drugs, *tests);
  meaning.any_of = std::move(*drugs);
  return meaning;
}

}  // namespace theriac::detail
