// What one patient's facts answer to the phrases, guards and items of rules: the middle of the reference evaluator.
#pragma once

#include "facts/facts.hpp"
#include "reference/logic.hpp"

namespace theriac::reference {

struct Window {
  When start{always_before, always_before}, end{always_after, always_after};
  Needs dates{};  // what would make its dates exact
};

// What one item is bound to; nothing at all for an item that binds no drug.
struct Choice {
  std::set<std::size_t> exposures{};
  std::set<ConceptId> drugs{};
  Answer answer{Truth::yes, {}};
  std::optional<Window> window{};
  const detail::DrugAlternative* alternative = nullptr;  // of a drug item: judged when the binding is whole
  std::optional<ConceptId> level{};                      // of an item "of the same LEVEL": which member
  // of a drug item that asks for a derived state: the derivations taken, and what they bring
  std::vector<Answer> states{};
  std::set<std::size_t> brought_exposures{};
  std::set<ConceptId> brought{};
};
using Binding = std::vector<Choice>;

// What a rule derived of an effect, as other rules read it.
struct Derived {
  EffectId effect{};
  std::set<std::size_t> exposures{};
  std::set<ConceptId> drugs{};
  Answer answer{};
  std::string of_drug{};  // "" where of none
};

struct Context {
  const detail::ResolvedRule* rule = nullptr;
  const Binding* binding = nullptr;
  bool any_route = false;  // below a negation, in an exception
};

class World {
 public:
  World(const detail::Facts& patient, const Terminology& terminology) : facts(patient), terms(terminology) {}
  const detail::Facts& facts;
  const Terminology& terms;
  std::vector<Derived> derived{};

  Truth membership(ConceptId what, ConceptId where) const;
  Answer member(ConceptId what, ConceptId where) const;
  bool kind_of(EffectId what, EffectId of) const;
  bool kind_of(ConditionId what, ConditionId of) const;

  Answer guard(const detail::ResolvedGuard& guard, Context context) const;
  // Parts 1 to 6 of a drug alternative; parts 1 to 5; whether windows share an instant from as_of on.
  Answer matches(const detail::DrugAlternative& phrase, std::size_t exposure, const Context& context, Window& window) const;
  Answer is_what(const detail::DrugAlternative& phrase, std::size_t exposure, const Context& context) const;
  Answer meet(const std::vector<Window>& windows) const;
  Answer presence(std::size_t exposure) const;
  Answer derived_so(EffectId effect, const std::string& of_drug) const;  // "": of any or none
  std::set<std::int64_t> entries(const std::set<std::size_t>& exposures) const;  // a habit is an entry of its own

  struct Count {
    std::size_t at_least = 0;
    std::vector<detail::DrugAlternative> any_of{};
    bool unnamed = true, of_entries = false;
    std::set<ConceptId> without{};
    std::set<std::size_t> beside{};  // exposures of the items that do not count
    std::optional<ConceptId> only{};
  };
  Choice count(const Count& what, const Context& context) const;
  Choice added_up(const detail::SummedDrugs& what, bool item, const std::set<ConceptId>& without, const std::set<std::size_t>& beside, const Context& context) const;
  std::vector<Choice> abrupt_stops(const detail::AbruptStopItem& item, const Context& context) const;

 private:
  using Leaf = decltype(detail::ResolvedGuard::leaf);
  Answer leaf(const Leaf& leaf, const Context& context) const;
  Answer test(const detail::DrugTest& test, std::size_t exposure, const Context& context) const;
  Answer dose(const detail::DoseTest& test, std::size_t exposure) const;
  struct Amount {
    Range value{};  // in base units: grams, days
    Needs missing{}, unmentioned{};
  };
  Amount amount(const detail::DoseTest& test, std::size_t exposure) const;
  Amount cumulative(const detail::DoseTest& test, std::size_t exposure) const;
  Answer by_table(const detail::LimitTable& table, const std::function<Answer(const Rational&)>& compared) const;
  // The newest value; `without` what nobody mentioned. None where it is not usable.
  std::optional<Range> newest(ObservationId what, const std::optional<detail::Span_>& within, bool without = false) const;
  Answer relative(const detail::EventRelative& test, std::size_t exposure, const Context& context) const;
  Answer changed(std::size_t exposure) const;
  Needs change_date(std::size_t exposure) const;
  Answer condition(const detail::HasCondition& asked, const Context& context) const;
  Answer stated_condition(const detail::HasCondition& asked, const Context& context) const;
  Answer measured(const detail::Measures& asked) const;
  Answer trend(const detail::Trend& asked) const;
  Answer apart(const detail::HoursApart& asked, const Context& context) const;
  Answer takes(const detail::TakesDrug& asked, const Context& context) const;
  Answer allergic(const detail::HasAllergy& asked, const Context& context) const;
  std::vector<const detail::ObservationFact*> usable(ObservationId what, const std::optional<detail::Span_>& within, bool certainly) const;
  std::optional<Choice> abrupt_stop(const detail::AbruptStopItem& item, ConceptId drug, const Context& context) const;
  Answer unlisted() const;  // drugs that the list may lack
  std::string name(std::size_t exposure) const { return terms.at(facts.exposures[exposure].what).name; }
  Needs start_date(std::size_t exposure) const;
  Needs stop_date(std::size_t exposure) const;
};

}  // namespace theriac::reference
