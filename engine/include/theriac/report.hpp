// Renders a screening: for people (text) and for programs (JSON, schema theriac.screening/1). Both read the Screening only. Deterministic to the byte.
#pragma once

#include "theriac/screening.hpp"

#include <string>
#include <string_view>

namespace theriac {

struct TextStyle {
  bool colour = false;
  bool all = false;       // list what is open, folded and silenced too
  int width = 98;         // columns
  std::string file;       // how the person named the file, for the hints
};

// The text between the quotation marks of a JSON string; what is not UTF-8 becomes U+FFFD.
std::string escape_json(std::string_view text);

std::string report_text(const Screening& screening, const TextStyle& style = {});
std::string report_json(const Screening& screening);       // pretty, ends in a new line
std::string report_json_line(const Screening& screening);  // one line, for NDJSON

// The proof of the findings that `what` names: a ref ("1a"), an id, a rule, or drugs joined by commas or +. Empty where nothing fits.
std::vector<const Finding*> find_findings(const Screening& screening, std::string_view what);
std::string explain_text(const Screening& screening, const Finding& finding, const TextStyle& style = {});
std::string explain_json(const Screening& screening, const Finding& finding);
// Schema theriac.explanation/1: one object, whatever the number of findings.
std::string explain_json(const Screening& screening, const std::vector<const Finding*>& findings);

}  // namespace theriac
