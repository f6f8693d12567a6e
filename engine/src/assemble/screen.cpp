#include "theriac/screen.hpp"

#include "assemble/assembled.hpp"
#include "assemble/coverage.hpp"
#include "assemble/elements.hpp"
#include "assemble/finding.hpp"
#include "assemble/values.hpp"

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

std::string weight_of(const AssembleContext& context) {
  for (const auto& fact : context.facts.observations) {
    const auto& name = context.terms().at(fact.what).name;
    if (name == "weight" || name == "body weight") return fact.shown;
  }
  return {};
}

void tell_origin(const AssembleContext& context, const Patient& patient, Screening& screening) {
  const auto& data = context.terms().data();
  screening.engine_version = THERIAC_VERSION;
  screening.rule_base = context.base.info;
  screening.rule_base.overdue = context.base.overdue(context.facts.as_of);
  screening.terminology_version = data.version;
  screening.terminology_sha256 = data.sha256;
  screening.ingredients = context.base.ingredients();
  screening.source = patient.source;
  screening.source_sha256 = patient.sha256;
  screening.as_of_from = patient.as_of_from;
  screening.assumed = patient.assumed;
  screening.assumed.insert(screening.assumed.end(), context.facts.assumed.begin(), context.facts.assumed.end());
  screening.as_of = patient.as_of;
  screening.patient_id = patient.id;
  screening.patient_reference = patient.reference;
  screening.age = context.facts.age ? context.facts.age->text : "";
  screening.sex = context.facts.sex;
  if (patient.deceased) {
    screening.deceased = patient.deceased->text;
    screening.deceased_at = patient.deceased->at.to_string();
  }
  screening.weight = weight_of(context);
}

void sort_into(Screening& screening, const AssembleContext& context, const std::vector<Draft>& drafts) {
  std::vector<Finding> all;
  all.reserve(drafts.size());
  const World world{context.terms(), context.facts, context.evaluation.facts};
  for (const auto& draft : drafts) all.push_back(finding_of(context, world, draft));
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].folded_into >= 0) all[i].within = all[static_cast<std::size_t>(drafts[i].folded_into)].id;
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    auto& list = drafts[i].folded_into >= 0               ? screening.folded
                 : drafts[i].verdict >= Verdict::unless   ? screening.findings
                 : drafts[i].verdict == Verdict::possible ? screening.undecided
                                                          : screening.open;
    list.push_back(std::move(all[i]));
  }
}

std::vector<Silenced> silenced_of(const AssembleContext& context) {
  std::vector<Silenced> result;
  for (const auto& each : context.evaluation.silenced) {
    result.push_back({context.rules[each.rule].label, each.by, context.names(each.ingredients)});
  }
  std::sort(result.begin(), result.end(),
            [](const Silenced& a, const Silenced& b) { return std::tie(a.rule, a.by, a.drugs) < std::tie(b.rule, b.by, b.drugs); });
  return result;
}

}  // namespace

std::size_t Screening::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.severity == severity; }));
}

Screening detail::screening_of(const AssembleContext& context, const Patient& patient) {
  const auto drafts = draft(context.terms(), context.rules, context.evaluation);

  Screening screening;
  tell_origin(context, patient, screening);
  sort_into(screening, context, drafts);
  tell_folded(screening.findings, screening.folded);
  screening.groups = group_by_problem(screening.findings, screening.undecided);
  screening.values = derived_values(context, screening.findings);
  screening.coverage = coverage_of(context, patient, drafts);
  screening.ask_for = ask_for(screening.findings, screening.undecided);
  screening.quiet = quiet_rules(context, drafts);
  screening.silenced = silenced_of(context);
  screening.complete = screening.coverage.not_screened.empty() && screening.coverage.not_understood.empty() && context.base.info.not_loaded == 0;
  name_elements(screening, patient);
  return screening;
}

Screening screen(const RuleBase& rules, const Patient& patient, const ScreenOptions& options) {
  return screening_of(Judgement(rules, patient, options, true).context(), patient);
}

}  // namespace theriac
