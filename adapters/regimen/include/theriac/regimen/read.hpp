// Our own regimen file, YAML or JSON → Patient. Structure and content are two things: text that is not YAML or JSON, a key that is not in the schema,
// duplicate keys, anchors, no medications, an impossible as_of are errors, all of them in one run with line and column, and there is no patient. A value that
// cannot be right or read never stops it: it goes to Patient::not_understood with its place. Any bytes and any size are safe. No files, no clock.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/patient.hpp"

#include <optional>
#include <vector>

namespace theriac::regimen {

struct ReadOptions {
  std::optional<Minutes> as_of;   // beats the file's
  std::optional<Minutes> today;   // used where neither gives one, and said in Patient::as_of_from; without it that is an error
  bool fingerprint = true;        // Patient::sha256; for few bytes it costs more than reading them
};

struct ReadResult {
  std::vector<Patient> patients;  // several for NDJSON or a YAML stream of documents
  grammar::Diagnostics diagnostics;
};

ReadResult read(const grammar::SourcePtr& source, const ReadOptions& options = {});

}  // namespace theriac::regimen
