// A resource, and a part of one that knows the way to itself: "MedicationRequest/123.dosageInstruction[0].text".
#pragma once

#include "theriac/patient.hpp"
#include "theriac/yaml/tree.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::fhir {

struct Resource {
  std::string type, id;
  std::string name;  // "MedicationRequest/123"; the place in the Bundle where it has no id
  std::string path;  // "Bundle.entry[3].resource"
  std::string full_url;
  std::size_t number = 0;  // among those of its store: lines of NDJSON may have one path
  const yaml::Node* node = nullptr;
  const Resource* container = nullptr;  // of a contained one
};

// Missing parts are items too, so that a way can be followed without asking at each step.
class Item {
 public:
  Item() = default;
  explicit Item(const Resource& resource) : resource_(&resource), node_(resource.node) {}

  explicit operator bool() const { return node_ != nullptr; }
  Item operator[](std::string_view key) const;
  // The elements of a list; of one value that stands where a list belongs, that value.
  std::vector<Item> each(std::string_view key) const;
  std::vector<Item> elements() const;

  std::string text() const { return is_text() ? node_->text : std::string(); }
  bool is_text() const { return node_ != nullptr && node_->is_scalar(); }
  bool is(std::string_view value) const { return is_text() && node_->text == value; }
  bool is_true() const { return is("true"); }
  bool has(std::string_view key) const { return static_cast<bool>((*this)[key]); }

  const yaml::Node* node() const { return node_; }
  const Resource& resource() const { return *resource_; }
  // "MedicationRequest/123.status" and "Bundle.entry[3].resource.status".
  std::string name() const { return resource_->name + way_; }
  std::string path() const { return resource_->path + way_; }

 private:
  Item(const Resource* resource, const yaml::Node* node, std::string way) : resource_(resource), node_(node), way_(std::move(way)) {}

  const Resource* resource_ = nullptr;
  const yaml::Node* node_ = nullptr;
  std::string way_;
};

// ---- data types
// A date or time as FHIR writes it; the offset and fractions of a second are left out: dates are the patient's own calendar.
std::optional<When> date_of(const Item& item);
// A decimal that our numbers hold: exponents written out, at most twelve significant digits. "" where it is no number.
std::string decimal_of(const Item& item);
// All codings, then the text alone, of a CodeableConcept.
std::vector<Coding> codings_of(const Item& concept_item);
bool has_code(const Item& concept_item, std::string_view system_ends, std::initializer_list<std::string_view> codes);
// What a CodeableConcept says in words: its text, else a display, else a code.
Item words_of(const Item& concept_item);
std::string lower(std::string text);
// "RxNorm 310965", "LOINC 2160-0", the system's address where it has no common name.
std::string shown_code(const Coding& coding);
inline constexpr std::string_view rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
inline constexpr std::string_view loinc = "http://loinc.org";
inline constexpr std::string_view snomed = "http://snomed.info/sct";

}  // namespace theriac::fhir
