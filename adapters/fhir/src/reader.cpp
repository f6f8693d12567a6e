#include "reader.hpp"

namespace theriac::fhir {

grammar::Place Reader::place(const Item& item) {
  if (!item) return {};
  patient.elements.push_back({item.node()->span.begin, item.name(), item.path(), item.resource().name});
  return {source_, item.node()->span};
}

void Reader::misunderstood(std::string kind, std::string text, std::string reason, const Item& at) {
  patient.not_understood.push_back({std::move(kind), std::move(text), std::move(reason), place(at).to_string()});
}

std::optional<When> Reader::date(const Item& item) {
  if (!item) return std::nullopt;
  const auto when = date_of(item);
  if (!when) misunderstood("date", item.text(), "no such date", item);
  return when;
}

bool Reader::is_modified(const Item& item, std::string_view kind) {
  bool modified = false;
  for (const auto& extension : item.each("modifierExtension")) {
    misunderstood(std::string(kind), extension["url"].text(), "a modifierExtension that is not known here may change what " + item.name() + " means",
                  extension);
    modified = true;
  }
  if (const auto rules = item["implicitRules"]) {
    misunderstood(std::string(kind), rules.text(), "implicitRules that are not known here may change what " + item.name() + " means", rules);
    modified = true;
  }
  return modified;
}

}  // namespace theriac::fhir
