// theriac what-if FILE: the difference that a drug more, a drug less or a value would make; without a wish, what each missing value would settle.
#include "theriac/what_if.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  Edits edits;
  std::string file, as_of, format = "text";
  std::vector<std::string> jurisdictions;
};

int tell(const Options& options, const RuleBase& rules, const Patient& patient) {
  const bool json = options.format == "json";
  const ScreenOptions how{options.jurisdictions};
  if (options.edits.with.empty() && options.edits.without.empty() && options.edits.assume.empty()) {
    const auto answer = what_if(rules, patient, how);
    return print(json ? what_if_json(answer) : what_if_text(answer, text_style())), done;
  }
  const auto edited = edit(rules, patient, options.edits);
  for (const auto& problem : edited.problems) complain(problem);
  if (!edited.problems.empty()) return impossible;
  const auto compared = compare(rules, patient, edited.patient, how);
  return print(json ? what_if_json(compared, options.edits) : what_if_text(compared, text_style())), done;
}

bool is_usable(const Options& options) {
  if (options.format != "text" && options.format != "json") return complain(fmt::format("unknown format `{}`: text or json", options.format)), false;
  if (!options.as_of.empty() && !parse_as_of(options.as_of))
    return complain(fmt::format("--as-of `{}` is not a date like 2025-03-10", options.as_of)), false;
  return true;
}

int run(const Options& options) {
  if (!is_usable(options)) return impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions)) return impossible;
  const auto read = read_patients(options.file, rules->terminology(), options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of));
  int worst = read.failed ? impossible : done;
  for (const auto& patient : read.patients) {
    if (read.patients.size() > 1 && options.format == "text") print(fmt::format("── {}\n", patient.id.empty() ? "a patient without id" : patient.id));
    worst = std::max(worst, tell(options, *rules, patient));
  }
  return worst;
}

}  // namespace

Run add_what_if(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file or FHIR, - for standard input")->required();
  command.add_option("--without", options->edits.without, "A drug or class that is stopped today; again for more")->type_name("DRUG")->expected(1);
  command.add_option("--with", options->edits.with, "A line of medication that begins today: \"ibuprofen 400 mg tid\"")
      ->type_name("LINE")
      ->expected(1);
  command.add_option("--assume", options->edits.assume, "A value in place of what the file says: eGFR=45, age=70, falls=no")
      ->type_name("NAME=VALUE")
      ->expected(1);
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.add_option("--as-of", options->as_of, "The day to judge by, before the file's own")->type_name("DATE");
  command.add_option("--format", options->format, "text or json (schema theriac.what-if/1)")->type_name("FORMAT");
  command.add_option("--jurisdiction", options->jurisdictions, "Only what these say: US,EU,UK")->delimiter(',')->type_name("LIST");
  command.footer("Nothing is written. Exit: 0 done · 2 the input could not be used, or a drug or value is not known.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
