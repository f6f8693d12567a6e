// Dosage of FHIR → the fields of a MedicationEntry, in the words that the reader of medication lines reads: one way to a dose for all formats.
#pragma once

#include "reader.hpp"

namespace theriac::fhir {

// "3 times daily", "every 6 hours", "in the morning and at night"; "" where it does not say, "?" where it says what we cannot put in words.
std::string timing_words(const Item& timing);

// Fills dose, frequency, route, as_needed, phases, start and stop. Instructions of one sequence hold at once; rising ones follow each other.
void read_dosages(Reader& reader, const std::vector<Item>& dosages, MedicationEntry& entry);
// MedicationAdministration.dosage: one dose.
void read_given_dose(Reader& reader, const Item& dosage, MedicationEntry& entry);

// "5 mg", "1 dose" where no unit is written; "" where there is no number.
std::string quantity_words(const Item& quantity);

}  // namespace theriac::fhir
