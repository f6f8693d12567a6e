#include "store.hpp"

#include <algorithm>
#include <array>

namespace theriac::fhir {
namespace {

constexpr std::array<std::string_view, 4> medication_uses = {"MedicationRequest", "MedicationStatement", "MedicationAdministration",
                                                             "MedicationDispense"};
constexpr std::array<std::string_view, 4> facts = {"Patient", "Condition", "AllergyIntolerance", "Observation"};
constexpr int deepest_bundle = 4;  // Bundles within Bundles

// "http://server/Patient/123/_history/2" → "Patient/123"; "urn:uuid:…" stays.
std::string plain_reference(std::string text) {
  if (const auto version = text.find("/_history/"); version != std::string::npos) text.resize(version);
  const auto last = text.rfind('/');
  if (last == std::string::npos || last == 0) return text;
  const auto before = text.rfind('/', last - 1);
  return before == std::string::npos ? text : text.substr(before + 1);
}

std::string contained_key(const Resource& container, const std::string& reference) { return std::to_string(container.number) + reference; }

std::string person_number(const Resource& patient) { return "#" + std::to_string(patient.number); }

std::string identifier_key(const Item& identifier) { return identifier["system"].text() + "|" + identifier["value"].text(); }

}  // namespace

bool is_medication_use(std::string_view type) { return std::find(medication_uses.begin(), medication_uses.end(), type) != medication_uses.end(); }
bool is_read(std::string_view type) {
  return is_medication_use(type) || type == "Medication" || std::find(facts.begin(), facts.end(), type) != facts.end();
}

void Store::add(const yaml::Node& root) {
  const auto* type = root.find("resourceType");
  if (type != nullptr && type->text == "Bundle") return add_bundle(root, "Bundle", 0);
  add_resource(root, type == nullptr ? "" : type->text, {}, 0);
}

void Store::add_bundle(const yaml::Node& root, const std::string& path, int depth) {
  Resource& bundle = bundles_.emplace_back();
  bundle.type = bundle.name = "Bundle";
  bundle.path = path;
  bundle.node = &root;
  const Item item(bundle);
  if (item["id"]) bundle.id = item["id"].text(), bundle.name += "/" + bundle.id;
  look_at_bundle(item);
  std::size_t index = 0;
  for (const auto& entry : item.each("entry")) {
    const auto at = path + ".entry[" + std::to_string(index++) + "]";
    if (const auto outcome = entry["response"]["outcome"]) read_outcome(outcome);
    const auto resource = entry["resource"];
    if (resource) add_resource(*resource.node(), at + ".resource", entry["fullUrl"].text(), depth);
  }
}

void Store::look_at_bundle(const Item& bundle) {
  for (const auto& link : bundle.each("link")) {
    if (!link["relation"].is("next")) continue;
    part_ = true;
    remarks_.push_back({"input", "Bundle", "a page of a larger answer: what stands on the next pages is not here", link["url"]});
  }
  const auto total = bundle["total"].text();
  std::size_t matches = 0;
  for (const auto& entry : bundle.each("entry")) {
    const auto mode = entry["search"]["mode"];
    matches += !mode || mode.is("match") ? 1 : 0;
  }
  const bool searched = bundle["type"].is("searchset");
  if (searched && !part_ && !total.empty() && total.size() < 10 && total.find_first_not_of("0123456789") == std::string::npos &&
      std::stoul(total) > matches) {
    part_ = true;
    remarks_.push_back({"input", "Bundle", "the answer tells of " + total + " resources, here are " + std::to_string(matches), bundle["total"]});
  }
  if (bundle["implicitRules"]) {
    remarks_.push_back(
        {"input", bundle["implicitRules"].text(), "implicitRules: rules that are not known here may change the meaning", bundle["implicitRules"]});
  }
}

void Store::read_outcome(const Item& outcome) {
  for (const auto& issue : outcome.each("issue")) {
    const auto severity = issue["severity"].text();
    auto words = issue["diagnostics"].text();
    if (words.empty()) words = words_of(issue["details"]).text();
    if (words.empty()) words = issue["code"].text();
    const bool lost = severity == "error" || severity == "fatal";
    part_ = part_ || lost;
    remarks_.push_back({lost ? "input" : "", words, (lost ? "the sender reports an " : "the sender remarks: ") + severity, issue});
  }
}

void Store::add_resource(const yaml::Node& node, std::string path, std::string full_url, int depth) {
  const auto* type = node.find("resourceType");
  if (type == nullptr || !type->is_scalar()) {
    Resource& nothing = bundles_.emplace_back();
    nothing.name = nothing.path = path;
    nothing.node = &node;
    remarks_.push_back({"input", "resource", "it does not say its resourceType, and was not read", Item(nothing)});
    part_ = true;
    return;
  }
  if (type->text == "Bundle" && depth < deepest_bundle) return add_bundle(node, path, depth + 1);
  Resource& resource = resources_.emplace_back();
  resource.type = type->text;
  resource.node = &node;
  resource.number = resources_.size();
  resource.path = std::move(path);
  resource.full_url = std::move(full_url);
  const Item item(resource);
  resource.id = item["id"].text();
  resource.name = resource.id.empty() ? resource.path : resource.type + "/" + resource.id;
  if (resource.type == "OperationOutcome") return read_outcome(item);
  if (!is_read(resource.type)) ++unread_[resource.type];
  if (is_older(resource)) return;
  add_contained(resource);
  index(resource);
  for (const auto& tag : item["meta"].each("tag")) {
    if (!tag["code"].is("SUBSETTED")) continue;
    remarks_.push_back({"input", resource.name, "SUBSETTED: a part of the resource only, the rest was not sent", tag});
    part_ = true;
  }
}

// The same resource twice, as in a history: the newer counts.
bool Store::is_older(Resource& resource) {
  if (resource.id.empty()) return false;
  const auto found = by_reference_.find(resource.type + "/" + resource.id);
  if (found == by_reference_.end()) return false;
  const auto* other = found->second;
  const auto updated = [](const Resource& each) { return Item(each)["meta"]["lastUpdated"].text(); };
  const bool older = updated(resource) <= updated(*other);
  dropped_.push_back(older ? &resource : other);
  remarks_.push_back({"", resource.name, "stands twice; the one updated last counts, of equals the first", Item(resource)});
  return older;
}

void Store::add_contained(Resource& container) {
  std::size_t index = 0;
  for (const auto& item : Item(container).each("contained")) {
    Resource& inner = contained_.emplace_back();
    inner.node = item.node();
    inner.type = item["resourceType"].text();
    inner.id = item["id"].text();
    inner.path = container.path + ".contained[" + std::to_string(index++) + "]";
    inner.name = container.name + "#" + inner.id;
    inner.container = &container;
    by_reference_[contained_key(container, "#" + inner.id)] = &inner;
    if (is_medication_use(inner.type)) {
      remarks_.push_back(
          {"input", inner.name, "a medication resource contained in another is not read as an entry of its own", item["resourceType"]});
    }
  }
}

void Store::index(const Resource& resource) {
  if (!resource.id.empty()) {
    by_reference_[resource.type + "/" + resource.id] = &resource;
    by_reference_.try_emplace("urn:uuid:" + resource.id, &resource);
  }
  if (!resource.full_url.empty()) by_reference_[resource.full_url] = &resource;
  for (const auto& identifier : Item(resource).each("identifier")) by_identifier_.try_emplace(identifier_key(identifier), &resource);
}

const Resource* Store::resolve(const Item& reference) const {
  const auto text = reference["reference"].text();
  const auto find = [&](const std::string& key) -> const Resource* {
    const auto found = by_reference_.find(key);
    return found == by_reference_.end() ? nullptr : found->second;
  };
  if (text.empty()) {
    if (!reference["identifier"]) return nullptr;
    const auto found = by_identifier_.find(identifier_key(reference["identifier"]));
    return found == by_identifier_.end() ? nullptr : found->second;
  }
  if (text.front() == '#') return find(contained_key(reference.resource(), text));
  if (const auto* exact = find(text)) return exact;
  return find(plain_reference(text));
}

std::string Store::person_key(const Resource& resource, const Resource*& patient) const {
  patient = nullptr;
  if (resource.type == "Patient") {
    patient = &resource;
    return person_number(resource);
  }
  const Item item(resource);
  const auto subject = item["subject"] ? item["subject"] : item["patient"];
  if (!subject) return {};
  if (const auto* found = resolve(subject); found != nullptr && found->type == "Patient") {
    patient = found;
    return person_number(*found);
  }
  const auto reference = plain_reference(subject["reference"].text());
  return reference.empty() ? identifier_key(subject["identifier"]) : reference;
}

std::vector<Person> Store::people() const {
  std::vector<Person> people;
  std::map<std::string, std::size_t> by_key;
  std::vector<const Resource*> of_nobody;
  const auto person = [&](const std::string& key) -> Person& {
    const auto [at, fresh] = by_key.try_emplace(key, people.size());
    if (fresh) people.emplace_back();
    return people[at->second];
  };
  for (const auto& resource : resources_) {
    const bool dropped = std::find(dropped_.begin(), dropped_.end(), &resource) != dropped_.end();
    if (dropped || !is_read(resource.type) || resource.type == "Medication") continue;
    const Resource* patient = nullptr;
    const auto key = person_key(resource, patient);
    if (key.empty() && resource.type != "Patient") {
      of_nobody.push_back(&resource);
      continue;
    }
    auto& each = person(key);
    if (patient != nullptr) each.patient = patient;
    if (patient == nullptr) each.reference = key;
    if (&resource != patient) each.resources.push_back(&resource);
  }
  if (of_nobody.empty()) return people;
  auto& whose = people.size() == 1 ? people.front() : person("");
  whose.resources.insert(whose.resources.end(), of_nobody.begin(), of_nobody.end());
  return people;
}

}  // namespace theriac::fhir
