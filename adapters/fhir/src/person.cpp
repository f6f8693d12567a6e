// Patient: id, age at as_of, sex, death.
#include "reader.hpp"

#include <algorithm>

namespace theriac::fhir {
namespace {

void read_age(Reader& reader, const Item& birth_date) {
  const auto as_of = reader.patient.as_of;
  const auto born = reader.date(birth_date);
  if (!born) return;
  if (born->earliest > as_of) return reader.misunderstood("patient", birth_date.text(), "born after the day of judging", birth_date);
  auto age = age_of(*born, as_of);
  if (!age) return reader.misunderstood("patient", birth_date.text(), "nobody is that old", birth_date);
  age->at = reader.place(birth_date);
  reader.patient.age = std::move(age);
}

// Told, and screened as if alive: the list is judged as it stands, by the day that was asked for.
void read_death(Reader& reader, const Item& patient) {
  const auto flag = patient["deceasedBoolean"], date = patient["deceasedDateTime"];
  if (flag.is_true()) reader.patient.deceased = reader.said("on a day that is not given", flag);
  const auto died = reader.date(date);
  const bool by_then = died && died->earliest <= reader.patient.as_of + minutes_per_day - 1;
  if (by_then) reader.patient.deceased = reader.said(format_date(*died), date);
}

void read_sex(Reader& reader, const Item& gender) {
  if (!gender) return;
  const auto word = gender.text();
  if (word == "male" || word == "female" || word == "other" || word == "unknown") {
    reader.patient.sex = word;
    reader.patient.sex_at = reader.place(gender);
  } else {
    reader.misunderstood("patient", word, "not a gender of FHIR: male, female, other, unknown", gender);
  }
}

}  // namespace

void read_person(Reader& reader, const Item& patient) {
  reader.patient.id = patient["id"].text();
  reader.is_modified(patient, "patient");
  read_sex(reader, patient["gender"]);
  read_age(reader, patient["birthDate"]);
  read_death(reader, patient);
}

}  // namespace theriac::fhir
