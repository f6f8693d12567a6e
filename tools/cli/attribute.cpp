// theriac attribute FILE COMPLAINT: which of this regimen's drugs and findings can cause it.
#include "theriac/attribute.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  std::string complaint, since;
};

// None: the day is not usable, as was said.
std::optional<std::optional<When>> day_it_began(const Options& options, const Patient& patient) {
  if (options.since.empty()) return std::optional<When>();
  const auto began = parse_date(options.since);
  if (began && began->earliest <= patient.as_of) return began;
  complain(fmt::format("--since `{}`: {}", options.since, began ? "after the day of the list" : "no date such as 2025-03-10 or 2025-03"));
  return std::nullopt;
}

int tell(const Options& options, const RuleBase& rules, const Patient& patient) {
  const auto began = day_it_began(options, patient);
  if (!began) return impossible;
  const auto answer = attribute(rules, patient, options.complaint, {options.jurisdictions}, *began);
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
  command.add_option("--since", options->since, "When the complaint began: 2025-03-10, or 2025-03")->type_name("DATE");
  add_patient_file_options(command, *options, "text or json (schema theriac.attribution/1)");
  command.footer("Exit: 0 done · 2 the input could not be used, or no effect is named so.");
  return [options] { return each_patient(*options, [&](const RuleBase& rules, const Patient& patient) { return tell(*options, rules, patient); }); };
}

}  // namespace theriac::cli
