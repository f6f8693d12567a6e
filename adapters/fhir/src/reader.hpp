// What all parts of the FHIR reader share: the patient in the making, and where mistakes go.
#pragma once

#include "store.hpp"
#include "theriac/fhir/fhir.hpp"
#include "theriac/terminology.hpp"

namespace theriac::fhir {

class Reader {
 public:
  Reader(grammar::SourcePtr source, const Terminology& vocabulary, const Store& bundle)
      : terminology(vocabulary), store(bundle), source_(std::move(source)) {
    patient.elements_of = source_;
  }

  Patient patient;
  const Terminology& terminology;
  const Store& store;

  // Text with its place; the place remembers the element.
  Said said(const Item& item) { return {item.text(), place(item)}; }
  Said said(std::string text, const Item& item) { return {std::move(text), place(item)}; }
  grammar::Place place(const Item& item);
  void misunderstood(std::string kind, std::string text, std::string reason, const Item& at);
  void assume(std::string what) { patient.assumed.push_back(std::move(what)); }

  // A date; said where it is none.
  std::optional<When> date(const Item& item);
  // May the resource mean something else than its words? implicitRules and modifierExtension that nothing here knows: said, and true.
  bool is_modified(const Item& item, std::string_view kind);

 private:
  grammar::SourcePtr source_;
};

// Steps of a patient, each in its own file.
void read_person(Reader& reader, const Item& patient);
void read_medications(Reader& reader, const std::vector<const Resource*>& resources);
void read_condition(Reader& reader, const Item& condition);
void read_allergy(Reader& reader, const Item& allergy);
void read_observations(Reader& reader, const std::vector<const Resource*>& resources);

}  // namespace theriac::fhir
