#include "rules/free_text.hpp"

#include <algorithm>

namespace theriac::grammar::detail {
namespace {

class Collector {
 public:
  std::vector<Span> spans;

  void take(const Rule& rule) {
    for (const auto& outcome : rule.outcomes) take(outcome.tags);
    for (const auto& action : rule.actions) {
      if (const auto* advice = std::get_if<Advice>(&action)) spans.push_back(advice->text.span);
    }
    for (const auto* text : {&rule.because, &rule.tell_patient, &rule.known_noise}) {
      if (*text) spans.push_back((*text)->span);
    }
    if (rule.evidence) spans.push_back(rule.evidence->span);
    for (const auto& example : rule.examples) {
      take(example.tags);
      spans.push_back(example.patient.span);
    }
  }
  void take(const ClassDeclaration&) {}
  void take(const PopulationDeclaration&) {}
  void take(const QualifierDeclaration&) {}
  void take(const ScoreDeclaration&) {}
  void take(const TableDeclaration&) {}
  void take(const EffectDeclaration& effect) { take(effect.tags); }
  void take(const ExceptionStatement& exception) {
    if (exception.outcome) take(exception.outcome->tags);
  }
  void take(const Attribution& attribution) { take(attribution.tags); }

 private:
  void take(const std::vector<Tag>& tags) {
    for (const auto& tag : tags) spans.push_back(tag.span);
  }
};

}  // namespace

std::vector<Span> free_text(const Statement& statement) {
  Collector collector;
  std::visit([&](const auto& what) { collector.take(what); }, statement.what);
  std::sort(collector.spans.begin(), collector.spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
  return std::move(collector.spans);
}

}  // namespace theriac::grammar::detail
