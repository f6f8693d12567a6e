// Genes: what an allele does, and what two of them make. Every phenotype becomes a state that rules can name, with both spellings of "metaboliser".
#include "load/terminology_reader.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

using grammar::Code;
using yaml::Node;

constexpr std::array<std::string_view, 6> phenotype_keys = {"name", "synonyms", "is", "score", "pairs", "carries"};

// "CYP2D6 poor metaboliser", "HLA-B*57:01"
std::string of_gene(const std::string& gene, const std::string& phenotype) { return gene + (phenotype.substr(0, 1) == "*" ? "" : " ") + phenotype; }

std::optional<std::string> american(const std::string& name) {
  const auto at = name.find("metaboliser");
  if (at == std::string::npos) return std::nullopt;
  auto other = name;
  return other.replace(at, 11, "metabolizer");
}

// One activity score, or two between which it lies.
std::optional<std::pair<Rational, Rational>> score_of(Schema& schema, const Node& phenotype) {
  const auto ends = schema.list(phenotype, "score");
  if (ends.empty()) return std::nullopt;
  const auto low = schema.number(ends.front()), high = schema.number(ends.back());
  if (!low || !high) return std::nullopt;
  if (ends.size() <= 2 && *low <= *high) return std::pair(*low, *high);
  schema.report(Code::TH3003, ends.front(), "`score` is one number, or the lowest and the highest");
  return std::nullopt;
}

}  // namespace

void TerminologyReader::declare_gene(Item item) {
  Gene gene;
  gene.name = item.schema->required(*item.node, "name", "a gene");
  if (gene.name.empty()) return;
  gene.synonyms = item.schema->texts(*item.node, "synonyms");
  gene.at = item.schema->place(*item.node->find("name"));
  item.id = static_cast<std::uint32_t>(data_.genes.size());
  for (const auto& node : item.schema->list(*item.node, "phenotypes")) {
    if (!item.schema->map(node, "a phenotype", phenotype_keys)) continue;
    const auto name = item.schema->required(node, "name", "a phenotype");
    if (name.empty()) continue;
    Condition state;
    state.name = of_gene(gene.name, name);
    state.state = state.genetic = true;
    state.at = item.schema->place(*node.find("name"));
    if (const auto other = american(state.name)) state.synonyms.push_back(*other);
    for (const auto& spelling : item.schema->texts(node, "synonyms")) {
      state.synonyms.push_back(of_gene(gene.name, spelling));
      if (const auto other = american(state.synonyms.back())) state.synonyms.push_back(*other);
    }
    const auto id = static_cast<std::uint32_t>(data_.conditions.size());
    conditions_.add(state.name, id);
    for (const auto& spelling : state.synonyms) conditions_.add(spelling, id);
    gene.phenotypes.push_back({make_id<ConditionId>(id), std::nullopt, {}, {}});
    data_.conditions.push_back(std::move(state));
  }
  data_.genes.push_back(std::move(gene));
  items_["genes"].push_back(item);
}

void TerminologyReader::fill_gene(const Item& item) {
  auto& gene = data_.genes[item.id];
  gene.source = item.schema->text(*item.node, "source");
  fill_alleles(item, gene);
  std::size_t next = 0;
  for (const auto& node : item.schema->list(*item.node, "phenotypes")) {
    const auto* name = node.is_map() ? node.find("name") : nullptr;
    if (!name || !name->is_scalar() || name->text.empty()) continue;
    fill_phenotype(item, node, gene);
    if (++next == gene.phenotypes.size()) break;
  }
}

// A map of a function ("no", "decreased") or an activity ("0.5") to the alleles that have it.
void TerminologyReader::fill_alleles(const Item& item, Gene& gene) {
  const auto* alleles = item.node->find("alleles");
  if (!alleles) return;
  if (!alleles->is_map()) {
    item.schema->report(Code::TH6003, *alleles,
                        fmt::format("`alleles` is a map of functions or activities to alleles, not {}", yaml::describe(*alleles)));
    return;
  }
  for (const auto& entry : alleles->entries) {
    for (const auto* node : item.schema->text_nodes(*alleles, entry.key)) {
      const bool known = std::any_of(gene.alleles.begin(), gene.alleles.end(), [&](const Gene::Allele& other) { return other.name == node->text; });
      if (known) item.schema->report(Code::TH6003, *node, fmt::format("`{}` stands twice", node->text));
      gene.alleles.push_back({node->text, entry.key, Rational::parse(entry.key)});
    }
  }
}

void TerminologyReader::fill_phenotype(const Item& item, const Node& node, Gene& gene) {
  const auto state = conditions_.find(of_gene(gene.name, node.find("name")->text));
  const auto phenotype =
      std::find_if(gene.phenotypes.begin(), gene.phenotypes.end(), [&](const Gene::Phenotype& each) { return state && index(each.state) == *state; });
  if (phenotype == gene.phenotypes.end()) return;
  phenotype->score = score_of(*item.schema, node);
  phenotype->carries = item.schema->texts(node, "carries");
  for (const auto* pair : item.schema->text_nodes(node, "pairs")) {
    const auto stroke = pair->text.find('/');
    const auto has = [&](const std::string& function) {
      return std::any_of(gene.alleles.begin(), gene.alleles.end(), [&](const Gene::Allele& allele) { return allele.function == function; });
    };
    std::pair<std::string, std::string> functions{pair->text.substr(0, stroke), stroke == std::string::npos ? "" : pair->text.substr(stroke + 1)};
    if (has(functions.first) && has(functions.second))
      phenotype->pairs.push_back(std::move(functions));
    else
      item.schema->report(Code::TH6003, *pair, fmt::format("`{}` is no pair of functions of {}'s alleles, such as `no/no`", pair->text, gene.name));
  }
  if (const auto* is = item.schema->text_node(node, "is")) {
    auto whole = *is;
    whole.text = of_gene(gene.name, is->text);
    if (const auto id = refer(*item.schema, whole, conditions_, "phenotype")) data_.conditions[*state].is.push_back(make_id<ConditionId>(*id));
  }
}

}  // namespace theriac::detail
