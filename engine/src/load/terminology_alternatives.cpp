// Drugs of which one may stand in the place of another, each with the daily dose at which it may.
#include "load/terminology_reader.hpp"

namespace theriac::detail {

using grammar::Code;
using yaml::Node;

void TerminologyReader::declare_alternatives(Item item) {
  item.id = static_cast<std::uint32_t>(data_.alternatives.size());
  data_.alternatives.push_back({item.schema->required(*item.node, "name", "alternatives"),
                                item.schema->required(*item.node, "source", "alternatives"),
                                {},
                                item.schema->place(*item.node)});
  items_["alternatives"].push_back(item);
}

void TerminologyReader::fill_alternatives(const Item& item) {
  auto& schema = *item.schema;
  const auto* drugs = item.node->find("drugs");
  if (!drugs || !drugs->is_map() || drugs->entries.size() < 2) {
    schema.report(Code::TH6003, drugs ? *drugs : *item.node, "alternatives need `drugs`: a map of at least two drugs to daily doses");
    return;
  }
  for (const auto& entry : drugs->entries) {
    Node key;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto id = refer_concept(schema, key, ConceptKind::ingredient);
    auto dose = schema.quantity(entry.value);
    if (!id || !dose) continue;
    if (dose->value <= Rational{0} || !dose->unit.text.ends_with("/day")) {
      schema.report(Code::TH3003, entry.value, "a daily dose, as `20 mg/day`");
      continue;
    }
    data_.alternatives[item.id].drugs.push_back({*id, std::move(*dose)});
  }
}

}  // namespace theriac::detail
