// FHIR R4 JSON → Patient, and Screening → FHIR R4 JSON.
//
// In: a Bundle of any type, one resource, or NDJSON (a Bundle or a resource a line; resources are put together by their patient). Of structure only
// what is no JSON, no resource, or holds nothing to screen is an error; a bad line loses itself alone. Everything else stands in the patient: what
// cannot be read or may mean something else goes to `not_understood` with its place and element, what was taken for granted to `assumed`, resources
// of types that are not read are counted there. Every medication resource ends in one MedicationEntry (`resources` says which), also those that are
// no exposure. Requests, statements, dispenses and administrations of one course are merged: by their links, then by ingredient, route and
// overlapping periods. FHIR knows no as_of: the option's counts, else today. Any bytes and any size are safe. No files, no clock.
//
// Out: a Bundle (collection) of DetectedIssue (what was found), GuidanceResponse (what is undecided, status data-required) and OperationOutcome (what
// was not screened or not understood). Ids follow from the content; no time or host stands in it.
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/patient.hpp"
#include "theriac/screening.hpp"
#include "theriac/terminology.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::fhir {

struct ReadOptions {
  std::optional<Minutes> as_of;
  std::optional<Minutes> today;  // used without as_of, and said in Patient::as_of_from; without both that is an error
  bool strict = false;           // duplicate keys are errors; else the first counts and the patient says so
};

struct ReadResult {
  std::vector<Patient> patients;
  grammar::Diagnostics diagnostics;
};

// Is this FHIR, rather than a regimen file? True of JSON that has a key `resourceType`.
bool looks_like_fhir(std::string_view text);

ReadResult read(const grammar::SourcePtr& source, const Terminology& terminology, const ReadOptions& options = {});

// The Bundle, pretty, ending in a new line; on one line for NDJSON.
std::string write(const Screening& screening);
std::string write_line(const Screening& screening);
// What could not be read, as one OperationOutcome on one line.
std::string write_outcome(const grammar::Diagnostics& diagnostics);

}  // namespace theriac::fhir
