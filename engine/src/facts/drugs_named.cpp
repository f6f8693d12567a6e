#include "theriac/drugs_named.hpp"

#include "facts/medication.hpp"

#include <algorithm>

namespace theriac {
namespace {

std::vector<ConceptId> sorted(std::vector<ConceptId> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

std::vector<ConceptId> drugs_named(std::string_view text, const Terminology& terminology) {
  return sorted(detail::named_drugs(text, grammar::read_medication_line(text), std::nullopt, terminology).ingredients);
}

std::vector<ConceptId> drugs_coded(std::string_view rxcui, const Terminology& terminology) {
  return sorted(detail::named_drugs({}, {}, Said{std::string(rxcui), {}}, terminology).ingredients);
}

}  // namespace theriac
