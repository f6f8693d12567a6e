#include "theriac/terminology.hpp"

#include "terminology/index.hpp"

#include <algorithm>

namespace theriac {

std::string_view to_string(Exposes exposure) {
  switch (exposure) {
    case Exposes::systemic:
      return "systemic";
    case Exposes::gut:
      return "gut";
    case Exposes::local:
      return "local";
  }
  return "";
}

Terminology::Built Terminology::Index::make(TerminologyData data, std::optional<detail::NameTable> names) {
  Built built;
  auto terminology = std::shared_ptr<Terminology>(new Terminology);
  terminology->data_ = std::move(data);
  auto index = std::make_shared<Index>(Index{detail::TerminologyIndex::build(terminology->data_, built.diagnostics, std::move(names))});
  if (grammar::has_errors(built.diagnostics)) return built;
  terminology->longest_name_words_ = index->names.longest_words;
  terminology->index_ = std::move(index);
  built.terminology = std::move(terminology);
  return built;
}

Terminology::Built Terminology::build(TerminologyData data) { return Index::make(std::move(data), std::nullopt); }

Truth Terminology::membership(ConceptId what, ConceptId where) const {
  if (index_->concepts.reaches(index(what), index(where))) return Truth::yes;
  const auto& entity = at(what);
  if (entity.kind == ConceptKind::drug_class) {
    const auto& members = index_->ingredients[index(what)];
    const bool shared =
        std::any_of(members.begin(), members.end(), [&](ConceptId member) { return index_->concepts.reaches(index(member), index(where)); });
    return shared ? Truth::possible : Truth::no;
  }
  if (at(where).kind == ConceptKind::ingredient) return Truth::no;
  const auto family = at(where).family;
  const bool reviewed = std::any_of(entity.reviewed.begin(), entity.reviewed.end(), [&](const auto& review) { return review.first == family; });
  return reviewed ? Truth::no : Truth::open;
}

std::vector<ConceptId> Terminology::path(ConceptId from, ConceptId to) const {
  if (!index_->concepts.reaches(index(from), index(to))) return {};
  std::vector<ConceptId> path;
  for (const auto node : detail::shortest_path(index_->concept_graph, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to))) {
    path.push_back(make_id<ConceptId>(node));
  }
  return path;
}

bool Terminology::is_kind_of(ConditionId what, ConditionId of) const { return index_->conditions.reaches(index(what), index(of)); }
bool Terminology::is_kind_of(EffectId what, EffectId of) const { return index_->effects.reaches(index(what), index(of)); }

std::vector<ConceptId> Terminology::ingredients_in(ConceptId drug_class) const { return index_->ingredients[index(drug_class)]; }
const std::vector<ConceptId>& Terminology::habits() const { return index_->habits; }

std::vector<Name> Terminology::find(std::string_view name) const {
  const auto& table = index_->names;
  std::vector<Name> meanings;
  for (auto at = table.find(normalise(name)); at != detail::NameTable::none; at = table.names[at].next) {
    meanings.push_back(detail::NameTable::name(table.names[at]));
  }
  return meanings;
}

}  // namespace theriac
