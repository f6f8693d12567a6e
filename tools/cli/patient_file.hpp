// What commands have in common that answer a question about each patient of one file, as text or JSON: explain, why-not, what-if.
#pragma once

#include "commands.hpp"
#include "knowledge.hpp"
#include "theriac/patient.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::cli {

struct PatientFileOptions {
  KnowledgeOptions knowledge;
  std::string file, as_of, format = "text";
  std::vector<std::string> jurisdictions;
  bool json() const { return format == "json"; }
};

// --rules, --terminology, --as-of, --format, --jurisdiction; `formats` is the help of --format.
void add_patient_file_options(CLI::App& command, PatientFileOptions& options, const std::string& formats);

// Are format and day ones that can be? What is wrong is said.
bool is_usable(const PatientFileOptions& options);

// Loads rules and file and answers each patient in turn; the worst exit code. What keeps it from that is said.
using Answer = std::function<int(const RuleBase&, const Patient&)>;
int each_patient(const PatientFileOptions& options, const Answer& answer);

// "diazepam + oxycodone", "diazepam, oxycodone": the drugs that a person joined.
std::vector<std::string> drugs_joined(std::string_view what);

}  // namespace theriac::cli
