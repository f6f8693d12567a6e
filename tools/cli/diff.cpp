// theriac diff OLD NEW: what a change of the patient, or of the rules, does to a screening.
#include "theriac/diff.hpp"
#include "input.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  std::string before, after, cohort, new_terminology;
};

bool is_rules(const std::string& path) {
  return std::filesystem::is_directory(path) || std::filesystem::path(path).extension() == ".rx" || is_image(path);
}

void tell(const Options& options, const std::vector<RuleChange>* rules, const std::vector<Difference>& patients) {
  if (options.json()) return print(diff_json(rules != nullptr ? *rules : std::vector<RuleChange>{}, patients));
  const auto style = text_style();
  if (rules != nullptr) print(diff_text(*rules, style));
  std::size_t same = 0;
  for (const auto& patient : patients) {
    if (rules != nullptr && patient.compared.changes.empty())
      ++same;
    else
      print(diff_text(patient, style));
  }
  if (same > 0) print(fmt::format("{} of {} patients: no finding changes.\n", same, patients.size()));
}

std::optional<Minutes> day_of(const Options& options) { return options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of); }

// Patients of one id are compared; of two files with one patient each, these.
int compare_patients(const Options& options) {
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions)) return impossible;
  const auto before = read_patients(options.before, rules->terminology(), day_of(options));
  const auto after = read_patients(options.after, rules->terminology(), day_of(options));
  if (before.failed || after.failed) return impossible;
  if (before.patients.size() != 1 || after.patients.size() != 1)
    return complain("two states of one patient are compared: one patient in each file"), impossible;
  tell(options, nullptr, {diff(*rules, before.patients.front(), after.patients.front(), {options.jurisdictions})});
  return done;
}

int compare_rules(const Options& options) {
  auto old_knowledge = options.knowledge, new_knowledge = options.knowledge;
  old_knowledge.rules = {options.before};
  new_knowledge.rules = {options.after};
  if (!options.new_terminology.empty()) new_knowledge.terminology = options.new_terminology;
  const auto before = rules_or_complain(old_knowledge), after = rules_or_complain(new_knowledge);
  if (!before || !after) return impossible;
  const auto rules = diff_rules(*before, *after);
  std::vector<Difference> patients;
  if (!options.cohort.empty()) {
    const auto read = read_patients(options.cohort, after->terminology(), day_of(options));
    if (read.failed) return impossible;
    for (const auto& patient : read.patients) patients.push_back(diff(*before, *after, patient, {options.jurisdictions}));
  }
  tell(options, &rules, patients);
  return done;
}

int run(const Options& options) {
  if (!is_usable(options)) return impossible;
  const bool old_rules = is_rules(options.before), new_rules = is_rules(options.after);
  if (old_rules != new_rules) return complain("OLD and NEW are both regimens or both rules"), impossible;
  if (old_rules) return compare_rules(options);
  if (!options.cohort.empty() || !options.new_terminology.empty())
    return complain("--cohort and --new-terminology go with rules as OLD and NEW"), impossible;
  return compare_patients(options);
}

}  // namespace

Run add_diff(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("OLD", options->before, "A regimen, or rules: a file or a folder")->required();
  command.add_option("NEW", options->after, "Another of the same kind")->required();
  command.add_option("--cohort", options->cohort, "Patients, to tell whom a change of rules concerns: a regimen, FHIR or NDJSON")->type_name("FILE");
  command.add_option("--new-terminology", options->new_terminology, "The vocabulary of NEW, where it is another")->type_name("DIR");
  add_patient_file_options(command, *options, "text or json (schema theriac.diff/1)");
  command.footer("Exit: 0 done · 2 the input could not be used.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
