// Laws of the regimen, of rules and of display: what must stay the same when something changes that does not matter, and what may only go one way.
#include "properties/laws/law.hpp"

using namespace theriac;
using namespace theriac::testing;

TEST_CASE("the same case gives the same") {
  changes_nothing([](const Case& what) { return what; });
}

TEST_CASE("the order of entries, conditions and measurements changes nothing") {
  changes_nothing([](const Case& what) {
    Case other = what;
    Random random(3);
    random.shuffle(other.facts.exposures);
    random.shuffle(other.facts.conditions);
    random.shuffle(other.facts.observations);
    for (auto& e : other.facts.exposures)
      if (e.entry >= 0) e.entry = 100 - e.entry;
    return other;
  });
}

TEST_CASE("the order of rules changes nothing") {
  changes_nothing([](const Case& what) {
    Case other = what;
    Random random(5);
    random.shuffle(other.rules);
    return other;
  });
}

TEST_CASE("a recognised drug that no rule reads changes nothing") {
  changes_nothing([](const Case& what) -> std::optional<Case> {
    for (const auto* phrase : phrases_of(what).drugs)
      if (!phrase->concept_id) return std::nullopt;  // "drug" reads them all
    Case other = what;
    TerminologyData data = what.terms->data();
    Concept inert;
    inert.name = "inertin";
    for (std::size_t f = 0; f < data.families.size(); ++f) inert.reviewed.emplace_back(make_id<FamilyId>(f), "label");
    data.concepts.push_back(inert);
    other.terms = Terminology::build(std::move(data)).terminology;
    detail::Exposure e;
    e.what = make_id<ConceptId>(what.terms->data().concepts.size());
    e.entry = next_entry(what);
    e.shown = "inertin";
    other.facts.exposures.push_back(e);
    return other;
  });
}

TEST_CASE("an exception that can never hold is a no-op") {
  changes_nothing([](const Case& what) {
    Case other = what;
    detail::ResolvedException never;
    never.label = "never";
    never.when.kind = detail::ResolvedGuard::Kind::any_of;  // of nothing
    for (auto& rule : other.rules) {
      rule.unless.push_back(never.when);
      rule.exceptions.push_back(never);
      rule.exceptions.push_back(never);
      rule.exceptions.back().kind = detail::ResolvedException::Kind::replace;
      rule.exceptions.back().heads = rule.heads;
    }
    return other;
  });
}

TEST_CASE("the unit of a dose changes nothing") {
  changes_nothing([](const Case& what) {
    Case other = what;
    const auto thousandfold = [](std::optional<Rational>& value) {
      if (value) value = *multiply(*value, Rational(1000));
    };
    for (auto& e : other.facts.exposures) {
      thousandfold(e.dose.per_day.low);
      thousandfold(e.dose.per_day.high);
      if (e.dose.single) thousandfold(e.dose.single->low), thousandfold(e.dose.single->high);
      e.dose.unit.factor = *divide(e.dose.unit.factor, Rational(1000));
      e.dose.unit.text = "mcg";
    }
    return other;
  });
}

TEST_CASE("all dates and as_of moved by the same weeks change nothing where no rule reckons in months or years") {
  const auto long_one = [](const std::optional<detail::Span_>& span) { return span && (span->unit == "month" || span->unit == "year"); };
  const auto in_calendar = [&](const Phrases& phrases) {
    for (const auto* phrase : phrases.drugs)
      for (const auto& test : phrase->tests) {
        if (const auto* t = std::get_if<detail::StoppedWithin>(&test); t != nullptr && long_one(t->within)) return true;
        if (const auto* t = std::get_if<detail::StartedWithin>(&test); t != nullptr && long_one(t->within)) return true;
        if (const auto* t = std::get_if<detail::TakenFor>(&test); t != nullptr && long_one(t->than)) return true;
        if (const auto* t = std::get_if<detail::ChangedWithin>(&test); t != nullptr && long_one(t->within)) return true;
        if (const auto* t = std::get_if<detail::EventRelative>(&test); t != nullptr && long_one(t->within)) return true;
      }
    for (const auto* leaf : phrases.leaves) {
      if (const auto* l = std::get_if<detail::HasCondition>(leaf);
          l != nullptr && (long_one(l->within) || (l->length && long_one(l->length->second))))
        return true;
      if (const auto* l = std::get_if<detail::Measures>(leaf); l != nullptr && long_one(l->within)) return true;
      if (const auto* l = std::get_if<detail::Trend>(leaf); l != nullptr && long_one(l->within)) return true;
      if (const auto* l = std::get_if<detail::NoRecent>(leaf); l != nullptr && long_one(l->within)) return true;
    }
    return false;
  };
  changes_nothing(
      [&](const Case& what) -> std::optional<Case> {
        if (in_calendar(phrases_of(what))) return std::nullopt;
        Case other = what;
        const auto move = [](Minutes& at) {
          if (at > always_before && at < always_after) at += Minutes{21} * minutes_per_day;
        };
        const auto move_both = [&](When& when) { move(when.earliest), move(when.latest); };
        move(other.facts.as_of);
        for (auto& e : other.facts.exposures) {
          move_both(e.start), move_both(e.end);
          if (e.change.when) move_both(*e.change.when);
        }
        for (auto& c : other.facts.conditions)
          if (c.onset) move_both(*c.onset);
        for (auto& o : other.facts.observations)
          if (o.when) move_both(*o.when);
        return other;
      },
      {.abrupt = false});
}

TEST_CASE("a plain class is the same as all of its members") {
  changes_nothing([](const Case& what) -> std::optional<Case> {
    Case other = what;
    bool changed = false;
    for (auto& rule : other.rules)
      for (auto& item : rule.items) {
        auto* drug = std::get_if<detail::DrugItem>(&item.what);
        if (drug == nullptr || drug->any_of.size() != 1 || !drug->any_of[0].concept_id ||
            what.terms->at(*drug->any_of[0].concept_id).kind != ConceptKind::drug_class)
          continue;
        const auto plain = drug->any_of[0];
        bool clear = true;  // of every drug here somebody knows whether it is in the class
        for (const auto& e : what.facts.exposures) {
          const Truth t = what.terms->membership(e.what, *plain.concept_id);
          clear = clear && (t == Truth::yes || t == Truth::no) && what.terms->at(e.what).kind == ConceptKind::ingredient;
        }
        const auto members = what.terms->ingredients_in(*plain.concept_id);
        if (!clear || members.empty()) continue;  // a phrase of nothing reads nothing, so its rule may lie in another stratum
        drug->any_of.clear();
        for (const ConceptId member : members) {
          drug->any_of.push_back(plain);
          drug->any_of.back().concept_id = member;
        }
        changed = true;
      }
    if (!changed) return std::nullopt;
    return other;
  });
}

TEST_CASE("folding never hides what is more severe, more certain, or of other drugs") {
  holds([](const Case& what) -> std::string {
    const Ran ran = run(what);
    for (const auto& d : ran.drafts) {
      if (d.folded_into < 0) continue;
      const auto& in = ran.drafts[static_cast<std::size_t>(d.folded_into)];
      Severity worst = d.severity;
      for (const auto& raise : d.could_raise) worst = std::max(worst, raise.to);
      if (in.folded_into >= 0 || in.severity < worst || in.verdict < d.verdict || in.of != d.of || !holds_all(in.ingredients, d.ingredients) ||
          !what.terms->is_kind_of(in.effect, d.effect))
        return "hidden: " + what.rules[d.rule].label + "\n";
    }
    return "";
  });
}

TEST_CASE("every support stands in a finding of its certainty, no milder than it is") {
  holds([](const Case& what) -> std::string {
    const Ran ran = run(what);
    for (const auto& derivation : ran.evaluation.derivations)
      for (const auto& support : derivation.supports) {
        const auto effect = detail::head_of(what.rules[derivation.rule], derivation).effect;
        if (what.terms->at(effect).state) continue;  // told to nobody
        const bool shown = std::any_of(ran.drafts.begin(), ran.drafts.end(), [&](const detail::Draft& d) {
          const auto also = d.also();
          const bool says = d.rule == derivation.rule || std::count(also.begin(), also.end(), derivation.rule) > 0;
          return says && d.effect == effect && d.of == derivation.of && d.verdict == support.verdict && d.severity >= support.severity &&
                 holds_all(d.ingredients, support.ingredients);
        });
        if (!shown) return "lost: " + what.rules[derivation.rule].label + "\n";
      }
    return "";
  });
}

TEST_CASE("without negation, one more drug takes nothing away") {
  const Knobs knobs{.negation = false, .effects = false, .abrupt = false, .relative = false};
  holds(
      [](const Case& what) -> std::string {
        Case more = what;
        for (std::size_t i = 0; i < what.terms->data().concepts.size(); ++i) {
          const auto drug = make_id<ConceptId>(i);
          const bool taken = std::any_of(what.facts.exposures.begin(), what.facts.exposures.end(), [&](const auto& e) { return e.what == drug; });
          if (taken || what.terms->at(drug).kind != ConceptKind::ingredient) continue;
          detail::Exposure e;
          e.what = drug;
          e.entry = next_entry(more);
          more.facts.exposures.push_back(e);
        }
        const Ran before = run(what), after = run(more);
        for (const auto& d : before.evaluation.derivations)
          for (const auto& s : d.supports)
            if (s.verdict == Verdict::certain && verdict_in(after, head_of(d), s.ingredients, true) != Verdict::certain)
              return "taken away: " + what.rules[d.rule].label + "\n";
        return "";
      },
      knobs);
}

TEST_CASE("declaring lists partial only moves verdicts towards unknown") {
  holds(
      [](const Case& what) -> std::string {
        Case partial = what;
        partial.facts.medications_complete = partial.facts.conditions_complete = partial.facts.allergies_known = false;
        const Ran before = run(what), after = run(partial);
        for (const auto& d : after.evaluation.derivations)
          for (const auto& s : d.supports)
            if (s.verdict == Verdict::certain && verdict_in(before, head_of(d), s.ingredients, false) != Verdict::certain)
              return "surer: " + what.rules[d.rule].label + "\n";
        for (const auto& d : before.evaluation.derivations)
          for (const auto& s : d.supports)
            if (verdict_in(after, head_of(d), s.ingredients, false) == Verdict::silent) return "silenced: " + what.rules[d.rule].label + "\n";
        return "";
      },
      {.counts = false});
}

TEST_CASE("a graver base severity makes no finding milder") {
  holds([](const Case& what) -> std::string {
    Case graver = what;
    auto& severity = graver.rules.front().heads.front().severity;
    severity = std::max(severity, Severity::major);
    const Ran before = run(what), after = run(graver);
    for (const auto& d : before.drafts) {
      const bool shown = std::any_of(after.drafts.begin(), after.drafts.end(), [&](const detail::Draft& e) {
        return what.terms->is_kind_of(e.effect, d.effect) && e.of == d.of && e.verdict >= d.verdict && e.severity >= d.severity &&
               holds_all(e.ingredients, d.ingredients);
      });
      if (!shown) return "milder: " + what.rules[d.rule].label + "\n";
    }
    return "";
  });
}
