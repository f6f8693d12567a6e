// Files and standard input as bytes, and the patients in them.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/patient.hpp"
#include "theriac/terminology.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::cli {

// What the person who typed the command can put right: said in one sentence, exit code 2.
struct CannotRead : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// All bytes of a file, or of standard input for "-".
std::string read_bytes(const std::string& file);

// To the file, or to standard output where it has no name or is -. Throws CannotRead where it cannot be written, or is one of the inputs.
void write_result(const std::string& file, std::string_view text, const std::vector<std::string>& inputs);

// The day given by --as-of, a whole date.
std::optional<Minutes> parse_as_of(const std::string& text);

// The day that the clock says.
Minutes today();

struct PatientsRead {
  std::vector<Patient> patients;
  grammar::Diagnostics diagnostics;
  bool failed = false;  // said on standard error
};
// A regimen file or FHIR, told by its content. `strict`: FHIR with duplicate keys is refused.
PatientsRead read_patients(const std::string& file, const Terminology& terminology, const std::optional<Minutes>& as_of, bool strict = false);

}  // namespace theriac::cli
