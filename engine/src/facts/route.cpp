// Route × form × drug → does it count everywhere, in the gut, or only where a rule names the route.
#include "facts/medication.hpp"
#include "facts/medication_lines.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

std::optional<RouteId> route_named(std::string_view text, const Terminology& terminology) {
  const auto words = words_of(text);
  const auto found = name_inside(text, words, {NameKind::route}, terminology);
  if (!found) return std::nullopt;
  return make_id<RouteId>(found->name.id);
}

std::optional<RouteId> route_of_form(std::string_view text, const Terminology& terminology) {
  const auto words = words_of(text);
  const auto found = name_inside(text, words, {NameKind::form}, terminology);
  return found ? terminology.data().forms[found->name.id].route : std::nullopt;
}

// Does the text hold these words, as whole words?
bool holds(const std::string& text, std::string_view words) {
  const auto key = normalise(words);
  if (key.empty()) return false;
  for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    const auto end = at + key.size();
    const auto edge = [&](std::size_t i) { return std::string_view(" ,;()[]/").find(text[i]) != std::string_view::npos; };
    const bool plural = end < text.size() && text[end] == 's' && (end + 1 == text.size() || edge(end + 1));
    if ((at == 0 || edge(at - 1)) && (end == text.size() || edge(end) || plural)) return true;
  }
  return false;
}

const Formulation* formulation_in(const Concept& drug, std::string_view text) {
  if (drug.formulations.empty() || text.size() > 2000) return nullptr;
  const auto key = normalise(text);
  const Formulation* best = nullptr;
  std::size_t longest = 0;
  for (const auto& formulation : drug.formulations) {
    for (const auto& name : formulation.names) {
      if (name.size() > longest && holds(key, name)) {
        longest = name.size();
        best = &formulation;
      }
    }
  }
  return best;
}

}  // namespace

SaidRoute said_route(const MedicationEntry& entry, const grammar::MedicationLine& line, const Terminology& terminology) {
  SaidRoute said;
  if (entry.route) {
    said.route = route_named(entry.route->text, terminology);
    if (!said.route) {  // "to the knee"
      const auto read = medication_line("x " + entry.route->text);
      if (read.route) said.route = route_named(*read.route, terminology);
    }
    said.not_read = !said.route;
  } else if (line.route) {
    said.route = route_named(*line.route, terminology);
  }
  if (entry.form) said.by_form = route_of_form(entry.form->text, terminology);
  if (!said.by_form && line.form) said.by_form = route_of_form(*line.form, terminology);
  return said;
}

Way way_of(ConceptId drug, std::string_view text, const SaidRoute& said, const std::optional<CombinationId>& combination,
           const Terminology& terminology) {
  Way way;
  const auto& of = terminology.at(drug);
  if (const auto* formulation = formulation_in(of, text)) {
    way.route = formulation->route ? formulation->route : said.route ? said.route : said.by_form;
    way.by_formulation = formulation->exposure;
    return way;
  }
  way.route = said.route ? said.route : said.by_form;
  if (way.route || said.not_read) return way;
  way.route = combination ? terminology.at(*combination).usual_route : std::nullopt;
  if (!way.route) way.route = of.usual_route;
  way.assumed = way.route.has_value();
  return way;
}

Exposes exposes(ConceptId drug, const Way& way, const Terminology& terminology) {
  if (way.by_formulation) return *way.by_formulation;
  if (!way.route) return Exposes::systemic;
  for (const auto& [route, exposure] : terminology.at(drug).routes) {
    if (route == *way.route) return exposure;
  }
  return terminology.at(*way.route).exposure;
}

}  // namespace theriac::detail
