#include "checker/claims.hpp"

namespace theriac::checker {

using namespace detail;
using reference::Answer;
using reference::Binding;
using reference::World;

namespace {

class Working {
 public:
  Working(const World& world, const ResolvedRule& rule, const Binding& binding) : world_(world), rule_(rule), binding_(binding) {}

  Worked run() {
    for (std::size_t i = 0; i < rule_.items.size(); ++i) {
      if (!std::holds_alternative<GuardItem>(rule_.items[i].what)) item(i);
    }
    claim("time", exposures_.size() > 1 ? "taken at the same time" : "taken now", rule_.at, met());
    claim("time", "one of them is still taken", rule_.at, somebody());
    for (std::size_t i = 0; i < rule_.items.size(); ++i) relations(i);
    for (const auto& each : rule_.items) {
      if (const auto* what = std::get_if<GuardItem>(&each.what)) guard(what->guard);
    }
    guard(rule_.guard);
    result_.body = reference::all(parts_);
    against();
    return std::move(result_);
  }

 private:
  reference::Context context(bool any_route = false) const { return {&rule_, &binding_, any_route}; }

  Claim& claim(std::string kind, std::string literal, const grammar::Place& at, Answer answer) {
    parts_.push_back(answer);
    result_.claims.push_back({std::move(kind), std::move(literal), at.to_string(), std::move(answer), false, {}, {}, {}, {}});
    return result_.claims.back();
  }

  void item(std::size_t i) {
    constexpr const char* kinds[] = {"drug", "effect", "count", "count", "sum", "stop"};
    const auto& what = rule_.items[i];
    const auto& choice = binding_[i];
    auto bare = choice.answer;
    if (choice.alternative != nullptr) bare = without_the_others(choice);
    auto& told = claim(kinds[what.what.index()], choice.alternative == nullptr ? what.text : choice.alternative->text,
                       choice.alternative == nullptr ? what.at : choice.alternative->at, bare);
    for (const auto id : choice.drugs) told.drugs.insert(world_.terms.at(id).name);
    for (const auto id : choice.brought) told.drugs.insert(world_.terms.at(id).name);
    std::set<std::string> shown;
    for (const auto* list : {&choice.exposures, &choice.brought_exposures}) {
      for (const auto e : *list) {
        const auto& exposure = world_.facts.exposures[e];
        exposures_.insert(e);
        if (exposure.entry >= 0) told.entries.insert(exposure.entry);
        if (list == &choice.exposures) told.places.insert(exposure.at.to_string());
      }
    }
    if (choice.alternative != nullptr && bare.truth == Truth::yes) told.value = world_.facts.exposures[*choice.exposures.begin()].shown;
  }

  // What a drug is but for its comparisons with other items' drugs: with nothing to compare it with they hold.
  Answer without_the_others(const reference::Choice& choice) const {
    const Binding alone(binding_.size());
    reference::Window window;
    auto phrase = *choice.alternative;
    std::erase_if(phrase.tests, [](const DrugTest& test) { return std::holds_alternative<IsDerived>(test); });
    auto parts = choice.states;
    parts.push_back(world_.matches(phrase, *choice.exposures.begin(), {&rule_, &alone, false}, window));
    return reference::all(parts);
  }

  Answer met() const {
    std::vector<reference::Window> windows;
    for (const auto& choice : binding_) {
      if (choice.window) windows.push_back(*choice.window);
    }
    return world_.meet(windows);
  }

  Answer somebody() const {
    std::size_t items = 0;
    for (const auto& each : rule_.items) items += std::holds_alternative<GuardItem>(each.what) ? 0U : 1U;
    std::vector<Answer> each;
    for (const auto e : exposures_) {
      if (world_.facts.exposures[e].presence != Presence::past) each.push_back(world_.presence(e));
    }
    return items < 2 || exposures_.size() < 2 ? reference::known(true) : reference::any(each);
  }

  // What compares a drug with another one is part of what it is; a proof tells it apart.
  void relations(std::size_t i) {
    const auto* alternative = binding_[i].alternative;
    if (alternative == nullptr) return;
    auto alone = *alternative;
    std::erase_if(alone.tests, [](const DrugTest& test) { return !std::holds_alternative<EventRelative>(test); });
    if (alone.tests.empty()) return;
    DrugAlternative of_any;
    of_any.tests = alone.tests;
    claim("time", alternative->text, alternative->at, world_.is_what(of_any, *binding_[i].exposures.begin(), context(true)));
  }

  void guard(const ResolvedGuard& asked) {
    if (asked.kind == ResolvedGuard::Kind::all_of) {
      for (const auto& child : asked.children) guard(child);
    } else {
      claim("guard", asked.text, asked.at, world_.guard(asked, context()));
    }
  }

  Answer holds(std::size_t i) const {
    std::vector<Answer> inner;
    for (const auto each : rule_.exceptions[i].exceptions) inner.push_back(holds(each));
    return reference::all({world_.guard(rule_.exceptions[i].when, context(true)), reference::negate(reference::any(inner))});
  }

  void against() {
    const auto add = [&](const char* kind, std::string literal, const grammar::Place& at, const Answer& answer) {
      result_.claims.push_back({kind, std::move(literal), at.to_string(), reference::negate(answer), true, {}, {}, {}, {}});
    };
    for (const auto& each : rule_.unless) {
      result_.unless.push_back(world_.guard(each, context(true)));
      add("unless", "unless " + each.text, each.at, result_.unless.back());
    }
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      const auto& each = rule_.exceptions[i];
      result_.exceptions.push_back(holds(i));
      if (each.top && each.kind != ResolvedException::Kind::lower)
        add("exception", "not " + each.label + " (" + each.when.text + ")", each.when.at, result_.exceptions.back());
    }
  }

  const World& world_;
  const ResolvedRule& rule_;
  const Binding& binding_;
  std::set<std::size_t> exposures_;
  std::vector<Answer> parts_;
  Worked result_;
};

}  // namespace

Worked work_out(const World& world, const ResolvedRule& rule, const Binding& binding) { return Working(world, rule, binding).run(); }

}  // namespace theriac::checker
