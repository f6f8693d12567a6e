// The second pass: what is said of each name, and whom it refers to.
#include "calculate/formulas.hpp"
#include "load/codes.hpp"
#include "load/terminology_reader.hpp"
#include "terminology/observation_unit.hpp"

#include "theriac/grammar/nearest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;
using yaml::Node;

}  // namespace

TerminologyData TerminologyReader::finish() {
  const auto each = [&](std::string_view section, auto fill) {
    const auto found = items_.find(section);
    if (found == items_.end()) return;
    for (const auto& item : found->second) fill(item);
  };
  each("routes", [&](const Item& item) { fill_route(item); });
  each("forms", [&](const Item& item) { fill_form(item); });
  each("classes", [&](const Item& item) { fill_class(item); });
  each("drugs", [&](const Item& item) { fill_drug(item); });
  each("combinations", [&](const Item& item) { fill_combination(item); });
  each("conditions", [&](const Item& item) { fill_condition(item, false); });
  each("states", [&](const Item& item) { fill_condition(item, true); });
  each("genes", [&](const Item& item) { fill_gene(item); });
  each("observations", [&](const Item& item) { fill_observation(item); });
  each("equivalents", [&](const Item& item) { fill_equivalent(item); });
  each("scales", [&](const Item& item) { fill_scale(item); });
  each("alternatives", [&](const Item& item) { fill_alternatives(item); });
  each("effects", [&](const Item& item) { fill_effect(item); });
  return std::move(data_);
}

std::optional<std::uint32_t> TerminologyReader::refer(Schema& schema, const Node& node, const FileNames& names, std::string_view what) {
  if (const auto id = names.find(node.text)) return id;
  if (!complete_) return std::nullopt;
  auto& diagnostic = schema.report(Code::TH2001, node, fmt::format("unknown {} `{}`", what, node.text));
  if (const auto near = names.nearest(node.text)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
  return std::nullopt;
}

std::optional<ConceptId> TerminologyReader::refer_concept(Schema& schema, const Node& node, ConceptKind kind) {
  const bool is_class = kind == ConceptKind::drug_class;
  const auto id = refer(schema, node, concepts_, is_class ? "class" : "drug");
  if (!id) return std::nullopt;
  if (data_.concepts[*id].kind == kind) return make_id<ConceptId>(*id);
  schema.report(Code::TH2004, node, fmt::format("`{}` is a {}, not a {}", node.text, is_class ? "drug" : "class", is_class ? "class" : "drug"));
  return std::nullopt;
}

template <class Id>
std::vector<Id> TerminologyReader::refer_all(const Item& item, std::string_view key, const FileNames& names, std::string_view what) {
  std::vector<Id> ids;
  for (const auto* node : item.schema->text_nodes(*item.node, key)) {
    if (const auto id = refer(*item.schema, *node, names, what)) ids.push_back(make_id<Id>(*id));
  }
  return ids;
}

void TerminologyReader::fill_is(const Item& item, Concept& entity) {
  for (const auto* node : item.schema->text_nodes(*item.node, "is")) {
    if (const auto id = refer_concept(*item.schema, *node, ConceptKind::drug_class)) entity.is.push_back({*id, item.schema->place(*node)});
  }
}

void TerminologyReader::fill_class(const Item& item) { fill_is(item, data_.concepts[item.id]); }

void TerminologyReader::fill_drug(const Item& item) {
  auto& drug = data_.concepts[item.id];
  drug.brands = item.schema->texts(*item.node, "brands");
  drug.rxcui = rxcui(item);
  fill_is(item, drug);
  drug.usual_route = route(item, *item.node, "usual_route");
  fill_routes(item, drug);
  fill_formulations(item, drug);
  fill_reviewed(item, drug);
  drug.habit = item.schema->flag(*item.node, "habit");
  if (const auto* stop = item.schema->text_node(*item.node, "stop")) {
    drug.taper = stop->text == "taper";
    if (!drug.taper) item.schema->report(Code::TH6003, *stop, fmt::format("`stop` is `taper` or not said, not `{}`", stop->text));
  }
}

void TerminologyReader::fill_reviewed(const Item& item, Concept& entity) {
  const auto* reviewed = item.node->find("reviewed");
  if (!reviewed) return;
  if (!reviewed->is_map()) {
    item.schema->report(Code::TH6003, *reviewed, fmt::format("`reviewed` is a map of families to sources, not {}", yaml::describe(*reviewed)));
    return;
  }
  for (const auto& entry : reviewed->entries) {
    Node key;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto id = refer(*item.schema, key, families_, "family");
    const auto source = item.schema->text(*reviewed, entry.key);
    if (id && !source.empty()) entity.reviewed.emplace_back(make_id<FamilyId>(*id), source);
  }
}

void TerminologyReader::fill_routes(const Item& item, Concept& entity) {
  const auto* routes = item.node->find("routes");
  if (!routes) return;
  if (!routes->is_map()) {
    item.schema->report(Code::TH6003, *routes, fmt::format("`routes` is a map of routes to exposures, not {}", yaml::describe(*routes)));
    return;
  }
  for (const auto& entry : routes->entries) {
    Node key;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto id = refer(*item.schema, key, routes_, "route");
    const auto exposes = exposure(*item.schema, &entry.value);
    if (id) entity.routes.emplace_back(make_id<RouteId>(*id), exposes);
  }
}

void TerminologyReader::fill_formulations(const Item& item, Concept& entity) {
  static constexpr std::array<std::string_view, 3> keys = {"name", "route", "exposure"};
  for (const auto& node : item.schema->list(*item.node, "formulations")) {
    if (!item.schema->map(node, "a formulation", keys)) continue;
    Formulation formulation;
    const auto* name = node.find("name");
    if (name && name->is_scalar())
      formulation.names = {item.schema->text(node, "name")};
    else if (name)
      formulation.names = item.schema->texts(node, "name");
    else
      item.schema->required(node, "name", "a formulation");
    formulation.route = route(item, node, "route");
    const auto* exposes = node.find("exposure");
    if (exposes)
      formulation.exposure = exposure(*item.schema, exposes);
    else if (formulation.route)
      formulation.exposure = data_.routes[index(*formulation.route)].exposure;
    if (!formulation.names.empty()) entity.formulations.push_back(std::move(formulation));
  }
}

void TerminologyReader::fill_combination(const Item& item) {
  auto& combination = data_.combinations[item.id];
  combination.brands = item.schema->texts(*item.node, "brands");
  combination.rxcui = rxcui(item);
  combination.usual_route = route(item, *item.node, "usual_route");
  item.schema->required_list(*item.node, "ingredients", "a combination");
  const auto nodes = item.schema->text_nodes(*item.node, "ingredients");
  for (const auto* node : nodes) {
    const auto id = refer_concept(*item.schema, *node, ConceptKind::ingredient);
    if (!id) continue;
    const auto& known = combination.ingredients;
    if (std::find(known.begin(), known.end(), *id) != known.end())
      item.schema->report(Code::TH6003, *node, fmt::format("`{}` stands twice", node->text));
    else
      combination.ingredients.push_back(*id);
  }
  if (nodes.size() == 1) item.schema->report(Code::TH6003, *nodes.front(), "a combination has at least two ingredients");
}

void TerminologyReader::fill_condition(const Item& item, bool state) {
  auto& condition = data_.conditions[item.id];
  condition.state = state;
  if (state) condition.read = item.schema->texts(*item.node, "read");
  condition.icd10cm = codes(item, "icd10cm", is_icd10cm, "ICD-10-CM");
  condition.is = refer_all<ConditionId>(item, "is", conditions_, "condition");
}

void TerminologyReader::fill_observation(const Item& item) {
  auto& observation = data_.observations[item.id];
  observation.loinc = codes(item, "loinc", is_loinc, "LOINC");
  item.schema->required(*item.node, "unit", "an observation");
  if (const auto* node = item.node->find("unit"); node && node->is_scalar() && !node->text.empty()) {
    if (auto unit = item.schema->unit(*node)) observation.unit = std::move(*unit);
  }
  fill_units(item, observation);
  fill_formula(item, observation);
  observation.plausible = item.schema->range(*item.node, "plausible");
  observation.absolute = item.schema->range(*item.node, "absolute");
  observation.validity_days = item.schema->days(*item.node, "validity");
  if (const auto* node = item.schema->text_node(*item.node, "during")) {
    if (const auto id = refer(*item.schema, *node, conditions_, "condition")) observation.during = make_id<ConditionId>(*id);
  }
}

void TerminologyReader::fill_units(const Item& item, Observation& observation) {
  for (const auto* node : item.schema->text_nodes(*item.node, "units")) {
    if (auto unit = item.schema->unit(*node)) observation.other_units.push_back(std::move(*unit));
  }
  if (const auto* node = item.schema->text_node(*item.node, "molar_mass")) {
    static const auto molar = parse_unit("g/mol").value().dimension;
    observation.molar_mass = item.schema->quantity(*node);
    if (observation.molar_mass && observation.molar_mass->unit.dimension != molar) {
      item.schema->report(Code::TH3002, *node,
                          fmt::format("`molar_mass` is a mass per amount such as `113.12 g/mol`, not {}", observation.molar_mass->unit.text));
      observation.molar_mass.reset();
    }
  }
  if (const auto* node = item.node->find("charge")) {
    const auto charge = item.schema->number(*node);
    const bool good = charge && charge->denominator() == 1 && *charge >= Rational{1} && *charge <= Rational{4};
    if (good) observation.charge = static_cast<std::uint32_t>(charge->numerator());
    if (charge && !good) item.schema->report(Code::TH3003, *node, fmt::format("a charge is 1 to 4, not `{}`", node->text));
  }
  fill_conversions(item, observation);
}

void TerminologyReader::fill_formula(const Item& item, Observation& observation) {
  const auto* node = item.schema->text_node(*item.node, "formula");
  if (!node) return;
  const auto* formula = find_formula(node->text);
  if (!formula) {
    std::vector<std::string_view> names;
    for (const auto& each : formulas()) names.push_back(each.name);
    auto& diagnostic = item.schema->report(Code::TH2001, *node, fmt::format("unknown formula `{}`", node->text));
    if (const auto near = grammar::nearest(node->text, names)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    return;
  }
  if (!observation.unit.text.empty() && !conversion_to(observation, parse_unit(formula->unit).value())) {
    item.schema->report(Code::TH3002, *node, fmt::format("`{}` gives {}, not {}", formula->name, formula->unit, observation.unit.text));
    return;
  }
  observation.formula = node->text;
}

void TerminologyReader::fill_conversions(const Item& item, Observation& observation) {
  static constexpr std::array<std::string_view, 3> keys = {"unit", "times", "plus"};
  for (const auto& node : item.schema->list(*item.node, "converts")) {
    if (!item.schema->map(node, "a conversion", keys)) continue;
    const auto* from = item.schema->text_node(node, "unit");
    const auto* times = node.find("times");
    const auto* plus = node.find("plus");
    if (!from) item.schema->required(node, "unit", "a conversion");
    if (!times) item.schema->required(node, "times", "a conversion");
    if (!from || !times) continue;
    auto unit = item.schema->unit(*from);
    const auto factor = item.schema->number(*times);
    const auto offset = plus ? item.schema->number(*plus) : Rational{0};
    if (factor && *factor <= Rational{0}) item.schema->report(Code::TH3003, *times, "`times` is more than nothing");
    if (unit && factor && *factor > Rational{0} && offset) observation.conversions.push_back({std::move(*unit), *factor, *offset});
  }
}

void TerminologyReader::fill_effect(const Item& item) {
  auto& effect = data_.effects[item.id];
  effect.is = refer_all<EffectId>(item, "is", effects_, "effect");
  if (const auto* node = item.schema->text_node(*item.node, "problem")) {
    if (const auto id = refer(*item.schema, *node, problems_, "problem")) effect.problem = make_id<ProblemId>(*id);
  }
}

void TerminologyReader::fill_route(const Item& item) {
  item.schema->required(*item.node, "exposure", "a route");
  if (const auto* node = item.node->find("exposure")) data_.routes[item.id].exposure = exposure(*item.schema, node);
}

void TerminologyReader::fill_form(const Item& item) { data_.forms[item.id].route = route(item, *item.node, "route"); }

std::string TerminologyReader::rxcui(const Item& item) {
  const auto* node = item.schema->text_node(*item.node, "rxcui");
  if (!node) return {};
  if (!is_rxcui(node->text)) item.schema->report(Code::TH6003, *node, fmt::format("`{}` is no RxCUI: those are digits", node->text));
  return node->text;
}

std::vector<std::string> TerminologyReader::codes(const Item& item, std::string_view key, bool (*fits)(std::string_view), std::string_view what) {
  std::vector<std::string> codes;
  for (const auto* node : item.schema->text_nodes(*item.node, key)) {
    if (fits(node->text))
      codes.push_back(node->text);
    else
      item.schema->report(Code::TH6003, *node, fmt::format("`{}` is no {} code", node->text, what));
  }
  return codes;
}

std::optional<RouteId> TerminologyReader::route(const Item& item, const Node& map, std::string_view key) {
  const auto* node = item.schema->text_node(map, key);
  const auto id = node ? refer(*item.schema, *node, routes_, "route") : std::nullopt;
  return id ? std::optional(make_id<RouteId>(*id)) : std::nullopt;
}

Exposes TerminologyReader::exposure(Schema& schema, const Node* node) {
  for (const auto exposes : {Exposes::systemic, Exposes::gut, Exposes::local}) {
    if (node->text == to_string(exposes)) return exposes;
  }
  schema.report(Code::TH6003, *node, fmt::format("an exposure is `systemic`, `gut` or `local`, not `{}`", node->text));
  return Exposes::systemic;
}

}  // namespace theriac::detail
