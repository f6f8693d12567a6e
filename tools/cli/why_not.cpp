// theriac why-not FILE WHAT: what kept a rule silent, or the rules that speak of two drugs.
#include "theriac/why_not.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace theriac::cli {
namespace {

constexpr std::size_t rules_told = 5;

struct Options : PatientFileOptions {
  std::string what;
};

// Does the statement around this byte open with the rule's label?
bool stands_in_rule(const grammar::Place& place, const std::string& label) {
  for (auto line = place.source->position(place.span.begin).line; line > 0; --line) {
    const auto text = place.source->line(line);
    if (text.empty() || text.front() == ' ' || text.front() == '#') continue;
    return text.starts_with("rule " + label + " ") || text.starts_with("rule " + label + ":") || text.starts_with(label + ":");
  }
  return false;
}

// A rule whose text has a mistake is not there; the first mistake of its statement says why.
std::optional<WhyNot> not_loaded(const KnowledgeOptions& options, const std::string& what) {
  if (options.rules.size() == 1 && is_image(options.rules.front())) return {};
  for (const auto& diagnostic : load_knowledge(options).diagnostics) {
    const auto& place = diagnostic.primary.place;
    if (diagnostic.level != grammar::Level::error || !place.source || !stands_in_rule(place, what)) continue;
    WhyNot answer;
    answer.is = WhyNot::Is::not_loaded;
    answer.rule = what;
    answer.at = place.to_string();
    answer.because = fmt::format("{} ({}, {})", diagnostic.message, grammar::info(diagnostic.code).id, answer.at);
    return answer;
  }
  return {};
}

// Ingredients by their names; none where one of them is no drug.
std::vector<std::string> ingredients(const Terminology& terms, const std::string& what) {
  std::vector<std::string> out;
  for (const auto& part : drugs_joined(what)) {
    const auto found = terms.find(part);
    const auto at =
        std::find_if(found.begin(), found.end(), [](const Name& name) { return name.kind == NameKind::ingredient || name.kind == NameKind::brand; });
    if (at == found.end()) return {};
    out.push_back(terms.at(make_id<ConceptId>(at->id)).name);
  }
  return out;
}

std::vector<WhyNot> answers_of(const Options& options, const RuleBase& rules, const Patient& patient) {
  if (auto answer = why_not(rules, patient, options.what, {options.jurisdictions})) return {std::move(*answer)};
  if (auto answer = not_loaded(options.knowledge, options.what)) return {std::move(*answer)};
  const auto screening = screen(rules, patient, {options.jurisdictions});
  if (const auto found = find_findings(screening, options.what); !found.empty() && found.front()->ref == options.what) {
    if (auto answer = why_not(rules, patient, found.front()->rule, {options.jurisdictions})) return {std::move(*answer)};
  }
  if (const auto drugs = ingredients(rules.terminology(), options.what); !drugs.empty())
    return why_not_together(rules, patient, drugs, {options.jurisdictions});
  return {};
}

int tell(const Options& options, const RuleBase& rules, const Patient& patient) {
  const auto answers = answers_of(options, rules, patient);
  if (answers.empty()) {
    if (ingredients(rules.terminology(), options.what).empty()) {
      const auto near = did_you_mean(options.what, rules.labels());
      return complain(fmt::format("`{}` is no rule, finding or drug here.{} All rules: theriac read", options.what, near)), impossible;
    }
    if (options.json()) return print(why_not_json(answers)), done;
    return print(fmt::format("No rule here speaks of {} with nothing else that this list lacks.\n", options.what)), done;
  }
  if (options.json()) return print(why_not_json(answers)), done;
  const auto style = text_style();
  for (std::size_t i = 0; i < answers.size() && i < rules_told; ++i) print((i > 0 ? "\n" : "") + why_not_text(answers[i], style));
  if (answers.size() > rules_told) {
    std::vector<std::string> more;
    for (std::size_t i = rules_told; i < answers.size(); ++i) more.push_back(answers[i].rule);
    print(fmt::format("\n{} more rules could mean them: {}\n", more.size(), fmt::join(more, ", ")));
  }
  return done;
}

}  // namespace

Run add_why_not(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file or FHIR, - for standard input")->required();
  command.add_option("WHAT", options->what, "A rule, a letter of the report (1c), or drugs joined by +")->required();
  add_patient_file_options(command, *options, "text or json (schema theriac.why-not/1)");
  command.footer("Exit: 0 done · 2 the input could not be used, or WHAT is not known.");
  return [options] { return each_patient(*options, [&](const RuleBase& rules, const Patient& patient) { return tell(*options, rules, patient); }); };
}

}  // namespace theriac::cli
