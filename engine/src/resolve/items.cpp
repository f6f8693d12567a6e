// The drug part of a rule: what stands between `when` and the first guard, joined by `+`.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

// `oxycodone as needed` has the form of a role and means how it is taken.
bool is_as_needed(const grammar::Phrase& role) { return role.words.size() == 1 && !role.words.front().quoted && role.words.front().text == "needed"; }

// Alternatives of one item are all drugs, all effects or all facts of the patient.
struct Gathered {
  std::vector<DrugAlternative> drugs;
  std::vector<EffectId> effects;
  std::vector<SummedDrugs> sums;
  std::vector<ResolvedGuard> guards;
};

class ItemReader {
 public:
  ItemReader(Run& run, const Scope& scope) : run_(run), scope_(scope) {}

  std::optional<ResolvedItem> read(const grammar::Item& item) {
    ResolvedItem result;
    result.text = text_of(item);
    result.at = scope_.place(item.span);
    auto what = item.any_of.size() == 1 ? alone(item.any_of.front()) : several(item);
    if (!what) return std::nullopt;
    result.what = std::move(*what);
    if (!item.role) return result;
    if (!is_as_needed(*item.role)) {
      result.role = item.role->text();
    } else if (auto* drugs = std::get_if<DrugItem>(&result.what)) {
      for (auto& drug : drugs->any_of) drug.as_needed = true;
      result.text = scope_.words(item.span);
    }
    return result;
  }

 private:
  using What = decltype(ResolvedItem::what);

  // The author's words without `as role`.
  std::string text_of(const grammar::Item& item) const {
    if (item.any_of.empty()) return scope_.words(item.span);
    return scope_.words({item.any_of.front().span.begin, item.any_of.back().span.end});
  }

  std::optional<What> alone(const grammar::UnitItem& unit) {
    if (const auto* count = std::get_if<grammar::Count>(&unit.what)) return counted(*count);
    if (const auto* stop = std::get_if<grammar::AbruptStop>(&unit.what)) return stopped(*stop);
    Gathered gathered;
    if (!gather(unit, gathered)) return std::nullopt;
    return joined(std::move(gathered), unit.span);
  }

  std::optional<What> several(const grammar::Item& item) {
    const grammar::Span whole{item.any_of.front().span.begin, item.any_of.back().span.end};
    if (split_name(item, whole)) return std::nullopt;
    Gathered gathered;
    bool good = true;
    for (const auto& unit : item.any_of) {
      if (std::holds_alternative<grammar::Count>(unit.what) || std::holds_alternative<grammar::AbruptStop>(unit.what)) {
        run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(unit.span), "a count or an abrupt stop cannot stand in a list",
                                          "make it a rule of its own"));
        good = false;
        continue;
      }
      good = gather(unit, gathered) && good;
    }
    if (!good) return std::nullopt;
    return joined(std::move(gathered), whole);
  }

  bool split_name(const grammar::Item& item, grammar::Span whole) {
    std::vector<grammar::Phrase> parts;
    for (const auto& unit : item.any_of) {
      const auto* term = std::get_if<grammar::Term>(&unit.what);
      if (term == nullptr || !term->tests.empty() || !term->except.empty()) return false;
      parts.push_back(term->phrase);
    }
    return is_split_name(run_, scope_, parts, whole, {Shape::Of::item, false});
  }

  bool gather(const grammar::UnitItem& unit, Gathered& into) {
    if (const auto* group = std::get_if<grammar::Group>(&unit.what)) return gather_group(*group, into);
    const auto* term = std::get_if<grammar::Term>(&unit.what);
    if (term == nullptr) {
      run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(unit.span), "a count or an abrupt stop cannot stand in a list"));
      return false;
    }
    auto meaning = term_of(run_, scope_, *term, Shape::Of::item);
    if (!meaning) return false;
    if (auto* drug = std::get_if<DrugMeaning>(&meaning->what)) {
      into.drugs.insert(into.drugs.end(), drug->any_of.begin(), drug->any_of.end());
    } else if (const auto* effect = std::get_if<EffectId>(&meaning->what)) {
      into.effects.push_back(*effect);
    } else if (auto* sum = std::get_if<SummedDrugs>(&meaning->what)) {
      into.sums.push_back(std::move(*sum));
    } else {
      into.guards.push_back(std::get<ResolvedGuard>(std::move(meaning->what)));
    }
    return true;
  }

  // `(venlafaxine or desvenlafaxine) stopped within 7 days`: the test belongs to each.
  bool gather_group(const grammar::Group& group, Gathered& into) {
    Gathered inner;
    bool good = true;
    for (const auto& unit : group.any_of) good = gather(unit, inner) && good;
    const auto tests = drug_tests(run_, scope_, group.tests, std::nullopt);
    if (!good || !tests) return false;
    if (!tests->empty() && (!inner.effects.empty() || !inner.guards.empty() || !inner.sums.empty())) {
      run_.report.add(
          grammar::diagnose(Code::TH2004, scope_.place(group.span), "only drugs can be tested as a group", "write the test after each name"));
      return false;
    }
    add_tests(inner.drugs, *tests);
    into.drugs.insert(into.drugs.end(), inner.drugs.begin(), inner.drugs.end());
    into.effects.insert(into.effects.end(), inner.effects.begin(), inner.effects.end());
    std::move(inner.sums.begin(), inner.sums.end(), std::back_inserter(into.sums));
    std::move(inner.guards.begin(), inner.guards.end(), std::back_inserter(into.guards));
    return true;
  }

  std::optional<What> joined(Gathered gathered, grammar::Span span) {
    if (!gathered.sums.empty()) return summed(gathered, span);
    const int kinds = (gathered.drugs.empty() ? 0 : 1) + (gathered.effects.empty() ? 0 : 1) + (gathered.guards.empty() ? 0 : 1);
    if (kinds != 1) {
      run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(span), "drugs, effects and facts of the patient cannot stand in one list",
                                        "write a rule for each kind"));
      return std::nullopt;
    }
    if (!gathered.drugs.empty()) return What{DrugItem{std::move(gathered.drugs)}};
    if (!gathered.effects.empty()) return What{EffectItem{std::move(gathered.effects)}};
    if (gathered.guards.size() == 1) return What{GuardItem{std::move(gathered.guards.front())}};
    ResolvedGuard any;
    any.kind = ResolvedGuard::Kind::any_of;
    any.children = std::move(gathered.guards);
    any.text = scope_.words(span);
    any.at = scope_.place(span);
    return What{GuardItem{std::move(any)}};
  }

  std::optional<What> summed(Gathered& gathered, grammar::Span span) {
    if (gathered.sums.size() == 1 && gathered.drugs.empty() && gathered.effects.empty() && gathered.guards.empty()) {
      return What{SumItem{std::move(gathered.sums.front())}};
    }
    run_.report.add(grammar::diagnose(Code::TH2004, scope_.place(span), "a sum over drugs cannot stand in a list", "make it a rule of its own"));
    return std::nullopt;
  }

  std::optional<What> counted(const grammar::Count& count) {
    if (count.same) return same(count);
    if (!counts_drugs(run_, scope_, count)) {
      auto guard = count_guard(run_, scope_, count);
      if (!guard) return std::nullopt;
      return What{GuardItem{std::move(*guard)}};
    }
    auto drugs = counted_drugs(run_, scope_, count);
    if (!drugs) return std::nullopt;
    if (count.at_least > 0) return What{CountItem{count.at_least, std::move(*drugs)}};
    run_.report.add(grammar::diagnose(Code::TH3003, scope_.place(count.span), "a count of at least 0 is always true"));
    return std::nullopt;
  }

  std::optional<What> same(const grammar::Count& count) {
    if (count.at_least < 2) {
      run_.report.add(grammar::diagnose(Code::TH3003, scope_.place(count.span), "the same twice needs at least 2"));
      return std::nullopt;
    }
    const auto level = normalise(count.of->text());
    if (level == "ingredient") return What{SameItem{count.at_least, {}}};
    const auto classes = plain_drug(run_, scope_, *count.of);
    if (!classes) return std::nullopt;
    auto members = members_of_level(*classes);
    if (!members.empty()) return What{SameItem{count.at_least, std::move(members)}};
    auto diagnostic = grammar::diagnose(Code::TH2004, scope_.place(count.of->span), fmt::format("`{}` is not a class of classes", count.of->text()));
    diagnostic.help.push_back(fmt::format("for different drugs of one class write `at least {} of {}`", count.at_least, count.of->text()));
    run_.report.add(std::move(diagnostic));
    return std::nullopt;
  }

  // A list of several classes is the level itself; of one class, the classes right below it.
  std::vector<ConceptId> members_of_level(const std::vector<DrugAlternative>& level) const {
    std::vector<ConceptId> members;
    const auto& concepts = run_.terminology->data().concepts;
    for (const auto& one : level) {
      if (!one.concept_id || !one.tests.empty() || !one.except.empty() || !one.routes.empty() || !one.forms.empty()) return {};
      if (level.size() > 1) {
        members.push_back(*one.concept_id);
        continue;
      }
      for (std::size_t i = 0; i < concepts.size(); ++i) {
        const auto& is = concepts[i].is;
        const bool below = std::any_of(is.begin(), is.end(), [&](const IsA& edge) { return edge.parent == *one.concept_id; });
        if (below && concepts[i].kind == ConceptKind::drug_class) members.push_back(make_id<ConceptId>(i));
      }
    }
    return members;
  }

  std::optional<What> stopped(const grammar::AbruptStop& stop) {
    auto drugs = plain_drug(run_, scope_, stop.of);
    std::optional<Span_> longer;
    if (stop.after_longer_than) {
      longer = span_of(run_, scope_, *stop.after_longer_than);
      if (!longer) return std::nullopt;
    }
    if (!drugs) return std::nullopt;
    return What{AbruptStopItem{std::move(*drugs), std::move(longer)}};
  }

  Run& run_;
  const Scope& scope_;
};

bool read_roles(Run& run, Scope& scope, const grammar::Premise& premise) {
  bool good = true;
  for (std::uint32_t i = 0; i < premise.items.size(); ++i) {
    const auto& role = premise.items[i].role;
    if (!role || is_as_needed(*role)) continue;
    const auto name = normalise(role->text());
    const bool twice = std::any_of(scope.roles.begin(), scope.roles.end(), [&](const Role& other) { return other.name == name; });
    if (twice) {
      run.report.add(grammar::diagnose(Code::TH2005, scope.place(role->span), fmt::format("the role `{}` is given twice", role->text())));
      good = false;
    } else {
      scope.roles.push_back({name, i});
    }
  }
  return good;
}

bool speaks_of_another_item(const std::vector<grammar::Test>& tests) {
  return std::any_of(tests.begin(), tests.end(), [](const grammar::Test& test) {
    const auto* change = std::get_if<grammar::Change>(&test.what);
    return change != nullptr && change->other.has_value();
  });
}

bool speaks_of_another_item(const grammar::UnitItem& unit) {
  if (const auto* term = std::get_if<grammar::Term>(&unit.what)) return speaks_of_another_item(term->tests);
  const auto* group = std::get_if<grammar::Group>(&unit.what);
  if (group == nullptr) return false;
  return speaks_of_another_item(group->tests) ||
         std::any_of(group->any_of.begin(), group->any_of.end(), [](const grammar::UnitItem& inner) { return speaks_of_another_item(inner); });
}

bool speaks_of_another_item(const grammar::Premise& premise) {
  for (const auto& item : premise.items) {
    for (const auto& unit : item.any_of) {
      if (speaks_of_another_item(unit)) return true;
    }
  }
  return false;
}

std::optional<std::vector<ResolvedItem>> read_items(Run& run, const Scope& scope, const grammar::Premise& premise) {
  std::vector<ResolvedItem> items;
  ItemReader reader(run, scope);
  for (const auto& item : premise.items) {
    if (auto resolved = reader.read(item)) items.push_back(std::move(*resolved));
  }
  if (items.size() != premise.items.size()) return std::nullopt;
  return items;
}

}  // namespace

std::optional<std::vector<ResolvedItem>> items_of(Run& run, Scope& scope, const grammar::Premise& premise) {
  if (!read_roles(run, scope, premise)) return std::nullopt;
  if (!speaks_of_another_item(premise)) return read_items(run, scope, premise);
  // `started after amlodipine` names an item: a first look finds the drugs, the second what stands between them.
  std::optional<std::vector<ResolvedItem>> drugs;
  {
    const Reporter::Muted quiet(run.report);
    drugs = read_items(run, scope, premise);
  }
  if (!drugs) return read_items(run, scope, premise);
  scope.items = &*drugs;
  auto items = read_items(run, scope, premise);
  scope.items = nullptr;
  return items;
}

}  // namespace theriac::detail
