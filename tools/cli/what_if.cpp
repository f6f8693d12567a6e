// theriac what-if FILE: the difference that a drug more, a drug less or a value would make; without a wish, what each missing value would settle.
#include "theriac/what_if.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  Edits edits;
};

int tell(const Options& options, const RuleBase& rules, const Patient& patient) {
  const bool json = options.json();
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
  add_patient_file_options(command, *options, "text or json (schema theriac.what-if/1)");
  command.footer("Nothing is written. Exit: 0 done · 2 the input could not be used, or a drug or value is not known.");
  return [options] { return each_patient(*options, [&](const RuleBase& rules, const Patient& patient) { return tell(*options, rules, patient); }); };
}

}  // namespace theriac::cli
