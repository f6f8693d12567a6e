// The steps of `understand`, in order. Each reads the patient and adds to the facts.
#pragma once

#include "facts/facts.hpp"

namespace theriac::detail {

void understand_medications(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_conditions(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_allergies(const Patient& patient, const Terminology& terminology, Facts& facts);
// Diplotypes and phenotypes → the states that they tell.
void understand_genotypes(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_observations(const Patient& patient, const Terminology& terminology, Facts& facts);
// After the medications: the last change of each dose.
void understand_dose_changes(const Patient& patient, Facts& facts);
// Fields of the person, goals and habits: states and exposures.
void understand_person(const Patient& patient, const Terminology& terminology, Facts& facts);

// "CYP2D6 *4/*4": a gene and its result, where the text opens with a gene's name.
std::optional<GenotypeEntry> genotype_in(std::string_view text, const grammar::Place& at, const Terminology& terminology);

// Quantities that the vocabulary has formulas for, from the facts that are there; the last step.
void derive_quantities(const Patient& patient, const Terminology& terminology, Facts& facts);

// One measurement; false where it is no observation that is known (nothing is added then).
bool add_observation(const ObservationEntry& entry, const Terminology& terminology, Facts& facts);
void add_allergy(const AllergyEntry& entry, const Terminology& terminology, Facts& facts);

}  // namespace theriac::detail
