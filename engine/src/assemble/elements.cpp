#include "assemble/elements.hpp"

#include <string>
#include <unordered_map>

namespace theriac::detail {
namespace {

// Elements by the place they are told at, as every stage writes it.
class Names {
 public:
  explicit Names(const Patient& patient) {
    by_place_.reserve(patient.elements.size());
    for (const auto& element : patient.elements)
      by_place_.emplace(grammar::Place{patient.elements_of, {element.begin, element.begin}}.to_string(), &element);
  }

  const Element* at(const std::string& place) const {
    const auto found = by_place_.find(place);
    return found == by_place_.end() ? nullptr : found->second;
  }

  void name(Proof& proof) const {
    if (const auto* element = at(proof.at)) {
      proof.element = element->name;
      proof.resource = element->resource;
    }
    for (auto& child : proof.because) name(child);
  }

  void name(std::vector<Finding>& findings) const {
    for (auto& finding : findings) {
      for (auto& premise : finding.premises) name(premise);
      name(finding.derivation);
    }
  }

 private:
  std::unordered_map<std::string, const Element*> by_place_;
};

}  // namespace

void name_elements(Screening& screening, const Patient& patient) {
  if (!patient.elements_of || patient.elements.empty()) return;
  const Names names(patient);
  for (auto* list : {&screening.findings, &screening.folded, &screening.undecided, &screening.open}) names.name(*list);
  for (auto& entry : screening.coverage.not_screened) {
    if (const auto* element = names.at(entry.at)) {
      entry.element = element->name;
      entry.path = element->path;
    }
  }
  for (auto& value : screening.coverage.not_understood) {
    const auto* element = names.at(value.at);
    if (element == nullptr) continue;
    value.element = element->name;
    value.path = element->path;
  }
}

}  // namespace theriac::detail
