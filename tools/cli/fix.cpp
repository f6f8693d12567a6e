// theriac fix FILE: the smallest sets of changes that leave no finding at or above a goal.
#include "theriac/fix.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  std::string goal = "major";
};

std::optional<Severity> severity_of(const std::string& word) {
  for (const auto severity : {Severity::info, Severity::minor, Severity::moderate, Severity::major, Severity::contraindicated}) {
    if (to_string(severity) == word) return severity;
  }
  return {};
}

int tell(const Options& options, Severity goal, const RuleBase& rules, const Patient& patient) {
  FixOptions how;
  how.goal = goal;
  how.jurisdictions = options.jurisdictions;
  const auto answer = fix(rules, patient, how);
  print(options.json() ? fix_json(answer) : fix_text(answer, text_style()));
  return answer.too_many ? impossible : done;
}

}  // namespace

Run add_fix(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file or FHIR, - for standard input")->required();
  command
      .add_option("--goal", options->goal, "Nothing at this severity or above is to be left: info, minor, moderate, major or contraindicated (major)")
      ->type_name("SEVERITY");
  add_patient_file_options(command, *options, "text or json (schema theriac.fix/1)");
  command.footer("Nothing is written, and it decides nothing. Exit: 0 done · 2 the input could not be used, or it has too many drugs.");
  return [options]() -> int {
    const auto goal = severity_of(options->goal);
    if (!goal) return complain(fmt::format("--goal `{}`: info, minor, moderate, major or contraindicated", options->goal)), impossible;
    return each_patient(*options, [&](const RuleBase& rules, const Patient& patient) { return tell(*options, *goal, rules, patient); });
  };
}

}  // namespace theriac::cli
