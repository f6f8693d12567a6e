#include "patient_file.hpp"

#include "input.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::cli {
bool is_usable(const PatientFileOptions& options) {
  if (options.format != "text" && options.format != "json") return complain(fmt::format("unknown format `{}`: text or json", options.format)), false;
  if (!options.as_of.empty() && !parse_as_of(options.as_of))
    return complain(fmt::format("--as-of `{}` is not a date like 2025-03-10", options.as_of)), false;
  return true;
}

void add_patient_file_options(CLI::App& command, PatientFileOptions& options, const std::string& formats) {
  add_rules_option(command, options.knowledge);
  add_terminology_option(command, options.knowledge);
  command.add_option("--as-of", options.as_of, "The day to judge by, before the file's own")->type_name("DATE");
  command.add_option("--format", options.format, formats)->type_name("FORMAT");
  command.add_option("--jurisdiction", options.jurisdictions, "Only what these say: US,EU,UK")->delimiter(',')->type_name("LIST");
}

int each_patient(const PatientFileOptions& options, const Answer& answer) {
  if (!is_usable(options)) return impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions)) return impossible;
  const auto read = read_patients(options.file, rules->terminology(), options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of));
  int worst = read.failed ? impossible : done;
  for (const auto& patient : read.patients) {
    if (read.patients.size() > 1 && !options.json()) print(fmt::format("── {}\n", patient.id.empty() ? "a patient without id" : patient.id));
    worst = std::max(worst, answer(*rules, patient));
  }
  return worst;
}

std::vector<std::string> drugs_joined(std::string_view what) {
  std::vector<std::string> out;
  while (!what.empty()) {
    const auto end = what.find_first_of(",+");
    const auto part = what.substr(0, end);
    const auto first = part.find_first_not_of(' ');
    if (first != std::string_view::npos) out.emplace_back(part.substr(first, part.find_last_not_of(' ') + 1 - first));
    if (end == std::string_view::npos) break;
    what.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace theriac::cli
