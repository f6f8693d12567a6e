// One medication resource on its way to an entry, and the merging of those that speak of one course.
#pragma once

#include "reader.hpp"

namespace theriac::fhir {

struct Use {
  MedicationEntry entry;
  const Resource* resource = nullptr;
  std::vector<const Resource*> links;  // derivedFrom, authorizingPrescription, request, basedOn, priorPrescription
  std::vector<ConceptId> drugs;        // empty where nothing is known
  std::string code;                    // a code or, without one, the words: what must be equal where nothing is known
  bool of_code_and_text = false;       // one of two entries of a resource whose code and words differ
  bool cancelled = false;              // no exposure, unless it was dispensed
};

// Status × intent → is it taken. `remark`, start and stop are filled too.
void read_request(Reader& reader, const Item& request, Use& use);
void read_statement(Reader& reader, const Item& statement, Use& use);
void read_administration(Reader& reader, const Item& administration, Use& use);
void read_dispense(Reader& reader, const Item& dispense, Use& use);

std::vector<Use> merged(Reader& reader, std::vector<Use> uses);

}  // namespace theriac::fhir
