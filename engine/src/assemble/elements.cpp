#include "assemble/elements.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace theriac::detail {
namespace {

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "bundle.json:120:15" → 120:15, where it is a place of this source.
std::optional<grammar::Position> position_in(const grammar::Source& source, std::string_view at) {
  if (at.substr(0, source.name().size()) != source.name()) return std::nullopt;
  at.remove_prefix(source.name().size());
  const auto colon = at.find(':', 1);
  if (at.empty() || at.front() != ':' || colon == std::string_view::npos) return std::nullopt;
  const auto line = number(at.substr(1, colon - 1)), column = number(at.substr(colon + 1));
  if (!line || !column) return std::nullopt;
  return grammar::Position{*line, *column};
}

class Names {
 public:
  explicit Names(const Patient& patient) : source_(patient.elements_of), elements_(patient.elements) {
    std::sort(elements_.begin(), elements_.end(), [](const Element& a, const Element& b) { return a.begin < b.begin; });
  }

  const Element* at(std::string_view place) const {
    const auto position = position_in(*source_, place);
    if (!position) return nullptr;
    const auto offset = source_->offset(*position);
    const auto found =
        std::lower_bound(elements_.begin(), elements_.end(), offset, [](const Element& each, std::uint32_t begin) { return each.begin < begin; });
    return found == elements_.end() || found->begin != offset ? nullptr : &*found;
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
  grammar::SourcePtr source_;
  std::vector<Element> elements_;
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
