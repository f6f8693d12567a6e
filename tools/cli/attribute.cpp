// theriac attribute FILE COMPLAINT: which of this regimen's drugs and findings can cause it.
#include "theriac/attribute.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  std::string complaint;
};

int tell(const Options& options, const RuleBase& rules, const Patient& patient) {
  const auto answer = attribute(rules, patient, options.complaint, {options.jurisdictions});
  if (!answer) {
    const auto near = rules.terminology().suggest(options.complaint, {NameKind::effect});
    return complain(fmt::format("`{}` is no effect that is known here.{}", options.complaint,
                                near.empty() ? "" : fmt::format(" Did you mean `{}`?", near.front().name))),
           impossible;
  }
  return print(options.json() ? attribute_json(*answer) : attribute_text(*answer, text_style())), done;
}

}  // namespace

Run add_attribute(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file or FHIR, - for standard input")->required();
  command.add_option("COMPLAINT", options->complaint, "What the patient has: \"back pain\", drowsy")->required();
  add_patient_file_options(command, *options, "text or json (schema theriac.attribution/1)");
  command.footer("Exit: 0 done · 2 the input could not be used, or no effect is named so.");
  return [options] { return each_patient(*options, [&](const RuleBase& rules, const Patient& patient) { return tell(*options, rules, patient); }); };
}

}  // namespace theriac::cli
