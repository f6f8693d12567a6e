// Equivalents and scales: what adds up over drugs. A mistake in a row takes that row out and is reported; nothing is guessed.
#include "load/terminology_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;
using yaml::Node;

constexpr std::array<std::string_view, 6> row_keys = {"drug", "route", "per", "factor", "dose", "bands"};
constexpr std::array<std::string_view, 2> band_keys = {"up_to", "factor"};

// One number, or the lower and the upper end.
std::optional<std::pair<Rational, Rational>> ends(Schema& schema, const Node& node) {
  const bool range = node.is_sequence() && node.items.size() == 2;
  const auto low = schema.number(range ? node.items[0] : node);
  const auto high = range ? schema.number(node.items[1]) : low;
  if (!low || !high) return std::nullopt;
  if (*low <= *high && *low >= Rational{0}) return std::pair(*low, *high);
  schema.report(Code::TH3003, node, "not below 0, and the lower one first");
  return std::nullopt;
}

// "10 mg of it are worth 30 mg": 3. A range of doses turns round.
std::optional<Summed::Factor> from_dose(Schema& schema, const Node& node, const std::optional<Rational>& reference) {
  const auto dose = ends(schema, node);
  if (!dose) return std::nullopt;
  const auto low = reference ? divide(*reference, dose->second) : std::nullopt;
  const auto high = reference ? divide(*reference, dose->first) : std::nullopt;
  if (low && high) return Summed::Factor{std::nullopt, *low, *high};
  schema.report(Code::TH3003, node, reference ? "a dose is more than 0" : "`dose` needs the `reference` that it is worth");
  return std::nullopt;
}

std::vector<Summed::Factor> bands_of(Schema& schema, const Node& row) {
  std::vector<Summed::Factor> factors;
  for (const auto& node : schema.list(row, "bands")) {
    if (!schema.map(node, "a band", band_keys)) return {};
    schema.required_list(node, "factor", "a band");
    const auto* factor = node.find("factor");
    const auto* up_to = node.find("up_to");
    const auto value = factor ? ends(schema, *factor) : std::nullopt;
    const auto limit = up_to ? schema.number(*up_to) : std::nullopt;
    if (!value || (up_to && !limit)) return {};
    const bool rises = factors.empty() || (factors.back().up_to && (!limit || *limit > *factors.back().up_to) && value->first >= factors.back().high);
    if (!rises) {
      schema.report(Code::TH3003, node, "bands stand by rising dose, and their factors never fall");
      return {};
    }
    factors.push_back({limit, value->first, value->second});
  }
  if (!factors.empty() && factors.back().up_to) {
    schema.report(Code::TH3003, row, "the last band has no `up_to`");
    return {};
  }
  return factors;
}

}  // namespace

std::optional<Summed::Row> TerminologyReader::equivalent_row(const Item& item, const Node& node, const std::optional<Rational>& reference) {
  auto& schema = *item.schema;
  if (!schema.map(node, "a row", row_keys)) return std::nullopt;
  Summed::Row row;
  row.at = schema.place(node);
  const auto* drug = schema.text_node(node, "drug");
  if (!drug) schema.required(node, "drug", "a row");
  const auto id = drug ? refer_concept(schema, *drug, ConceptKind::ingredient) : std::nullopt;
  if (const auto by = route(item, node, "route")) row.routes = {*by};
  row.per = data_.sums[item.id].unit;
  if (const auto* per = schema.text_node(node, "per")) {
    auto unit = schema.unit(*per);
    if (!unit) return std::nullopt;
    row.per = std::move(*unit);
  }
  const auto *factor = node.find("factor"), *dose = node.find("dose");
  if ((factor != nullptr) + (dose != nullptr) + (node.find("bands") != nullptr) != 1) {
    schema.report(Code::TH6003, node, "a row has one of `factor`, `dose` and `bands`");
    return std::nullopt;
  }
  if (factor) {
    if (const auto value = ends(schema, *factor)) row.factors = {{std::nullopt, value->first, value->second}};
  } else if (dose) {
    if (const auto value = from_dose(schema, *dose, reference)) row.factors = {*value};
  } else {
    row.factors = bands_of(schema, node);
  }
  if (!id || row.factors.empty()) return std::nullopt;
  row.drug = *id;
  return row;
}

void TerminologyReader::fill_equivalent(const Item& item) {
  auto& schema = *item.schema;
  auto& sum = data_.sums[item.id];
  sum.source = schema.required(*item.node, "source", "an equivalent");
  schema.required(*item.node, "unit", "an equivalent");
  if (const auto* node = schema.text_node(*item.node, "unit")) {
    if (auto unit = schema.unit(*node)) sum.unit = std::move(*unit);
  }
  const auto* reference = item.node->find("reference");
  const auto worth = reference ? schema.number(*reference) : std::nullopt;
  for (const auto& node : schema.list(*item.node, "drugs")) {
    if (auto row = equivalent_row(item, node, worth)) sum.rows.push_back(std::move(*row));
  }
  for (const auto* node : schema.text_nodes(*item.node, "none")) {
    if (const auto id = refer_concept(schema, *node, ConceptKind::ingredient))
      sum.rows.push_back({*id, {}, sum.unit, {{std::nullopt, Rational{0}, Rational{0}}}, schema.place(*node)});
  }
}

void TerminologyReader::fill_scale(const Item& item) {
  auto& schema = *item.schema;
  auto& sum = data_.sums[item.id];
  sum.kind = Summed::Kind::points;
  sum.source = schema.required(*item.node, "source", "a scale");
  if (const auto* unlisted = schema.text_node(*item.node, "unlisted")) {
    sum.unlisted_is_nothing = unlisted->text == "0";
    if (unlisted->text != "0" && unlisted->text != "unknown")
      schema.report(Code::TH6003, *unlisted, fmt::format("`unlisted` is 0 or unknown, not `{}`", unlisted->text));
  }
  const auto* points = item.node->find("points");
  if (!points || !points->is_map()) {
    schema.report(Code::TH6003, points ? *points : *item.node, "a scale needs `points`: a map of drugs to points");
    return;
  }
  for (const auto& entry : points->entries) {
    Node key;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto id = refer_concept(schema, key, ConceptKind::ingredient);
    const auto value = ends(schema, entry.value);
    if (id && value) sum.rows.push_back({*id, {}, sum.unit, {{std::nullopt, value->first, value->second}}, schema.place(key)});
  }
}

}  // namespace theriac::detail
