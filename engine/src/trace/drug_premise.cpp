#include "trace/premises.hpp"

#include "evaluate/dose.hpp"
#include "evaluate/drug.hpp"

#include <fmt/format.h>

namespace theriac::detail {
namespace {

std::string_view sign_of(Order order) {
  constexpr std::string_view signs[] = {"<", "<=", "=", "!=", ">=", ">"};
  return signs[static_cast<std::size_t>(order)];
}

std::string amount_words(const std::optional<Interval>& amount, const std::string& unit) {
  if (!amount || (!amount->low && !amount->high)) return "dose not known";
  if (!amount->high) return amount->low == Rational{0} ? "dose not known" : fmt::format("{} {} or more", amount->low->to_string(), unit);
  if (!amount->low) return fmt::format("up to {} {}", amount->high->to_string(), unit);
  if (*amount->low == *amount->high) return fmt::format("{} {}", amount->low->to_string(), unit);
  return fmt::format("{} to {} {}", amount->low->to_string(), amount->high->to_string(), unit);
}

std::string limit_words(const DoseTest& test) {
  if (test.table) return fmt::format("{} the dose of {}", sign_of(test.order), test.table->name);
  return fmt::format("{} {} {}", sign_of(test.order), test.limit.to_string(), test.unit.text);
}

std::string is_or_not(Truth truth) { return truth == Truth::no ? "is not" : truth == Truth::yes ? "is" : "may or may not be"; }

std::string since(const Exposure& exposure) { return exposure.start_given ? "started " + format_date(exposure.start) : "no start date"; }

struct TestWords {
  const World& world;
  const Exposure& exposure;
  Truth truth;
  std::string unit_words(const DoseTest& test) const {
    return test.per ? fmt::format("{} for each {}", test.unit.text, world.terms.at(*test.per).unit.text) : test.unit.text;
  }
  std::string operator()(const DoseTest& test) const {
    return fmt::format("{}: {} {} {}", exposure.shown, amount_words(amount_of(world, test, exposure).value, unit_words(test)), is_or_not(truth),
                       limit_words(test));
  }
  std::string operator()(const StoppedWithin&) const { return exposure.shown; }
  std::string operator()(const StartedWithin&) const { return fmt::format("{}: {}", exposure.shown, since(exposure)); }
  std::string operator()(const TakenFor&) const { return fmt::format("{}: {}", exposure.shown, since(exposure)); }
  std::string operator()(const ChangedWithin&) const {
    if (exposure.change.when) return fmt::format("{}: dose changed {}", exposure.shown, format_date(*exposure.change.when));
    return fmt::format("{}: no change of dose {}", exposure.shown, exposure.change.truth == Truth::no ? "" : "mentioned");
  }
  std::string operator()(const EventRelative&) const { return exposure.shown; }
  std::string operator()(const IsDerived& test) const {
    return fmt::format("{} {} {}", exposure.shown, is_or_not(truth), world.terms.at(test.state).name);
  }
};

// The parts in which an exposure can fail a phrase, each alone.
class Parts {
 public:
  Parts(const World& world, const Exposure& exposure) : world_(world), exposure_(exposure) {}

  void all_of(const DrugAlternative& alternative) {
    if (alternative.concept_id) class_of(*alternative.concept_id);
    for (const auto& except : alternative.except)
      add(negation(is_kind(world_, except, exposure_, Routes::any)), fmt::format("{} is {}, which is excepted", exposure_.shown, except.text));
    route(alternative);
    if (alternative.as_needed)
      add(Judged::known(*alternative.as_needed == exposure_.as_needed),
          fmt::format("{} is taken {}", exposure_.shown, exposure_.as_needed ? "as needed" : "regularly"));
    for (const auto& test : alternative.tests) {
      DrugAlternative alone;
      alone.tests = {test};
      const auto judged = is_kind(world_, alone, exposure_, Routes::any);
      add(judged, std::visit(TestWords{world_, exposure_, judged.truth}, test));
    }
    status(alternative);
  }
  // The least true part speaks; of several the first.
  Premise take() {
    Premise result;
    result.kind = "drug";
    auto all = all_.take();
    result.holds = all.truth;
    result.needs = std::move(all.needs);
    result.value = worst_ == Truth::yes || words_.empty() ? exposure_.shown : words_;
    result.at = exposure_.at.to_string();
    return result;
  }

 private:
  void add(const Judged& part, std::string words) {
    all_.add(part);
    if (part.truth >= worst_) return;
    worst_ = part.truth;
    words_ = std::move(words);
  }
  void class_of(ConceptId where) {
    const auto judged = membership(world_, exposure_.what, where);
    const auto& name = world_.name(where);
    add(judged, judged.truth == Truth::open       ? fmt::format("nobody looked up whether {} is {}", exposure_.shown, name)
                : judged.truth == Truth::possible ? fmt::format("{} may be {} or not", exposure_.shown, name)
                                                  : fmt::format("{} is not {}", exposure_.shown, name));
  }
  void route(const DrugAlternative& alternative) {
    DrugAlternative alone;
    alone.routes = alternative.routes;
    const auto judged = is_kind(world_, alone, exposure_, Routes::systemic_or_gut);
    if (alternative.routes.empty()) return add(judged, exposure_.shown + " counts as local");
    add(judged, exposure_.route ? fmt::format("{} is {}", exposure_.shown, world_.terms.at(*exposure_.route).name)
                                : fmt::format("route of {} not given", exposure_.shown));
  }
  void status(const DrugAlternative& alternative) {
    DrugAlternative alone;
    for (const auto& test : alternative.tests) {
      if (std::holds_alternative<StoppedWithin>(test)) alone.tests.push_back(test);
    }
    const auto matched = match(world_, alone, exposure_, Routes::any);
    add(matched.judged, exposure_.presence == Presence::never           ? exposure_.shown + " is not taken"
                        : exposure_.presence == Presence::unknown       ? exposure_.shown + ": not known whether it is taken"
                        : exposure_.presence == Presence::not_mentioned ? exposure_.shown + ": nobody mentioned it"
                                                                        : exposure_.shown + " is still taken");
  }

  const World& world_;
  const Exposure& exposure_;
  AllOf all_;
  Truth worst_ = Truth::yes;
  std::string words_;
};

}  // namespace

Premise drug_premise(const World& world, const DrugAlternative& alternative, std::uint32_t exposure) {
  Parts parts(world, world.exposure(exposure));
  parts.all_of(alternative);
  auto result = parts.take();
  result.text = alternative.text;
  result.in_rule = alternative.at.to_string();
  return result;
}

}  // namespace theriac::detail
