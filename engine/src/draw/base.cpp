// The rule base as a picture: the drugs, classes and states that the drug part of each rule names, the rule, its effects. An effect that another rule
// reads stands on the left as well, as a state, so that every edge leads from left to right.
#include "compile/compiled.hpp"
#include "draw/collect.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace detail {
namespace {

using Kind = Picture::Kind;
enum Column : std::size_t { named = 0, rules = 1, effects = 2 };

Severity worst_of(const ResolvedRule& rule) {
  auto worst = Severity::unrated;
  for (const auto& head : rule.heads) worst = std::max(worst, head.severity);
  return worst;
}

class Base {
 public:
  explicit Base(const Terminology& terminology) : terminology_(terminology) {}

  void add(const ResolvedRule& rule) {
    severity_ = worst_of(rule);
    rule_ = out_.node(Kind::rule, rules, rule.label, rule.label + ": " + (rule.title.empty() ? rule.reading : rule.title));
    out_.rate(rule_, severity_);
    out_.picture.nodes[rule_].note = signed_word(severity_);
    for (const auto& item : rule.items) std::visit([&](const auto& what) { name(what); }, item.what);
    for (const auto& head : rule.heads) {
      const auto effect = out_.node(Kind::effect, effects, terminology_.at(head.effect).name);
      out_.rate(effect, head.severity);
      out_.edge(rule_, effect, head.severity);
    }
  }

  Picture finish() { return out_.finish(); }

 private:
  void name(const std::vector<DrugAlternative>& any_of) {
    for (const auto& each : any_of) {
      const auto words = each.concept_id ? terminology_.at(*each.concept_id).name : std::string("any drug");
      const bool drug = each.concept_id && terminology_.at(*each.concept_id).kind == ConceptKind::ingredient;
      out_.edge(out_.node(drug ? Kind::drug : Kind::concept_, named, words), rule_, severity_);
      for (const auto& test : each.tests) {
        if (const auto* state = std::get_if<IsDerived>(&test)) name_state(state->state);
      }
    }
  }
  void name_state(EffectId effect) { out_.edge(out_.node(Kind::state, named, terminology_.at(effect).name), rule_, severity_); }

  void name(const DrugItem& item) { name(item.any_of); }
  void name(const CountItem& item) { name(item.any_of); }
  void name(const SumItem& item) { name(item.sum.any_of); }
  void name(const AbruptStopItem& item) { name(item.any_of); }
  void name(const EffectItem& item) {
    for (const auto effect : item.any_of) name_state(effect);
  }
  void name(const SameItem& item) {
    for (const auto member : item.members) out_.edge(out_.node(Kind::concept_, named, terminology_.at(member).name), rule_, severity_);
    if (item.members.empty()) out_.edge(out_.node(Kind::concept_, named, "any drug"), rule_, severity_);
  }
  void name(const GuardItem& item) {
    out_.edge(out_.node(Kind::fact, named, item.guard.text.empty() ? "a fact" : item.guard.text), rule_, severity_);
  }

  const Terminology& terminology_;
  Collector out_;
  std::size_t rule_ = 0;
  Severity severity_{};
};

}  // namespace
}  // namespace detail

Picture picture_of(const RuleBase& rules, const std::vector<std::string>& labels) {
  detail::Base base(rules.terminology());
  std::size_t drawn = 0;
  for (const auto& rule : rules.compiled().rules) {
    if (!labels.empty() && std::find(labels.begin(), labels.end(), rule.label) == labels.end()) continue;
    base.add(rule);
    ++drawn;
  }
  auto out = base.finish();
  out.title = fmt::format("The rules of {}", rules.info().name);
  out.description = fmt::format("From left to right: what the drug part of each rule names, {}, and their effects.", detail::plural(drawn, "rule"));
  return out;
}

}  // namespace theriac
