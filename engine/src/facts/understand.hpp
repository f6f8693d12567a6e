// The steps of `understand`, in order. Each reads the patient and adds to the facts.
#pragma once

#include "facts/facts.hpp"

namespace theriac::detail {

void understand_medications(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_conditions(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_allergies(const Patient& patient, const Terminology& terminology, Facts& facts);
void understand_observations(const Patient& patient, const Terminology& terminology, Facts& facts);
// Fields of the person, goals and habits: states and exposures.
void understand_person(const Patient& patient, const Terminology& terminology, Facts& facts);

// One measurement; false where it is no observation that is known (nothing is added then).
bool add_observation(const ObservationEntry& entry, const Terminology& terminology, Facts& facts);
void add_allergy(const AllergyEntry& entry, const Terminology& terminology, Facts& facts);

}  // namespace theriac::detail
