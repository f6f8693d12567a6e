// Text → records (a Bundle, a resource, lines of either) → patients.
#include "theriac/fhir/fhir.hpp"

#include "reader.hpp"
#include "theriac/fingerprint.hpp"

#include <algorithm>

namespace theriac::fhir {
namespace {

using grammar::Code;

constexpr std::size_t deepest = 128;
constexpr yaml::Codes codes{Code::TH8001, Code::TH8003, Code::TH8004};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Lines that hold something; one part where the text is one value on several lines.
std::vector<grammar::Span> parts_of(const std::string& text) {
  std::vector<grammar::Span> lines;
  std::size_t opening = 0;
  std::size_t begin = text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
  const auto first = static_cast<std::uint32_t>(begin);
  while (begin < text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    auto stop = end;
    while (stop > begin && is_blank(text[stop - 1])) --stop;
    if (stop > begin) {
      lines.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(stop)});
      opening += text[begin] == '{' ? 1 : 0;
    }
    begin = end + 1;
  }
  if (opening >= 2) return lines;
  return {{first, static_cast<std::uint32_t>(text.size())}};
}

std::string path_to(const yaml::Node& node, std::uint32_t offset) {
  for (const auto& entry : node.entries) {
    if (offset < entry.key_span.begin || offset >= std::max(entry.key_span.end, entry.value.span.end)) continue;
    return "." + entry.key + path_to(entry.value, offset);
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (offset < node.items[i].span.begin || offset >= node.items[i].span.end) continue;
    return "[" + std::to_string(i) + "]" + path_to(node.items[i], offset);
  }
  return {};
}

// "Bundle.entry[3].resource.status".
std::string path_from(const yaml::Node& root, std::uint32_t offset) {
  const auto* type = root.find("resourceType");
  return (type == nullptr ? "" : type->text) + path_to(root, offset);
}

// Of a key that stands twice: the second is not in the tree, the first is.
std::string path_of_key(const yaml::Node& root, const grammar::Diagnostic& duplicate) {
  const auto& label = duplicate.secondary.empty() ? duplicate.primary : duplicate.secondary.front();
  return path_from(root, label.place.span.begin);
}

class Run {
 public:
  Run(const grammar::SourcePtr& source, const Terminology& terminology, const ReadOptions& options, ReadResult& result)
      : source_(source), terminology_(terminology), options_(options), result_(result) {}

  void read() {
    if (!options_.as_of && !options_.today) return fail({0, 0}, "no day to judge on is given, and FHIR has none", "");
    const auto parts = parts_of(source_->text());
    std::vector<yaml::Node> lines;  // resources that stand alone
    for (const auto part : parts) {
      auto root = read_part(part, parts.size() > 1);
      if (!root) continue;
      const bool bundle = root->find("resourceType")->text == "Bundle";
      if (!bundle) {
        lines.push_back(std::move(*root));
        continue;
      }
      Store store;
      store.add(*root);
      people_of(store, *root, source_->slice(part));
    }
    if (!lines.empty()) read_lines(lines, parts.size() > 1);
  }

 private:
  void fail(grammar::Span at, std::string message, std::string label) {
    result_.diagnostics.push_back(grammar::diagnose(Code::TH8005, {source_, at}, std::move(message), std::move(label)));
  }

  // One value; nothing where it is no resource, after saying so.
  std::optional<yaml::Node> read_part(grammar::Span part, bool one_of_many) {
    auto read = yaml::read_json(source_, part, codes, deepest);
    duplicates_.clear();
    bool lost = read.roots.empty();
    for (auto& diagnostic : read.diagnostics) {
      if (diagnostic.code == Code::TH8003 && !options_.strict)
        duplicates_.push_back(std::move(diagnostic));
      else
        lost = true, result_.diagnostics.push_back(std::move(diagnostic));
    }
    for (auto& diagnostic : result_.diagnostics) {
      const bool here = diagnostic.code == Code::TH8003 && diagnostic.notes.empty() && !read.roots.empty();
      if (here) diagnostic.notes.push_back(path_of_key(read.roots.front(), diagnostic));
    }
    if (lost) return std::nullopt;
    auto& root = read.roots.front();
    const auto* type = root.find("resourceType");
    if (type == nullptr || !type->is_scalar()) {
      fail({root.span.begin, root.span.begin}, "this is no FHIR resource", "no `resourceType` here");
      return std::nullopt;
    }
    const bool readable = one_of_many || type->text == "Bundle" || type->text == "OperationOutcome" || is_read(type->text);
    if (readable) return std::move(root);
    fail(type->span, "a resource of type `" + type->text + "` holds nothing to screen",
         "read are Bundle, Patient, Medication…, Condition, AllergyIntolerance, Observation");
    return std::nullopt;
  }

  void read_lines(const std::vector<yaml::Node>& lines, bool several) {
    Store store;
    for (const auto& line : lines) store.add(line);
    people_of(store, lines.front(), several ? std::string_view(source_->text()) : source_->slice(lines.front().span));
  }

  void people_of(const Store& store, const yaml::Node& root, std::string_view bytes) {
    const auto people = store.people();
    if (people.empty()) {
      const auto& remarks = store.remarks();
      return fail({root.span.begin, root.span.begin},
                  remarks.empty() ? "nobody to screen is in it" : "nobody to screen is in it: " + remarks.front().text,
                  "no Patient, medication, condition, allergy or observation");
    }
    const auto sha256 = fingerprint(bytes);
    for (const auto& person : people) result_.patients.push_back(patient_of(store, person, root, sha256));
  }

  Patient patient_of(const Store& store, const Person& person, const yaml::Node& root, const std::string& sha256) {
    Reader reader(source_, terminology_, store);
    auto& patient = reader.patient;
    patient.source = source_->name();
    patient.sha256 = sha256;
    patient.as_of = options_.as_of ? *options_.as_of : *options_.today;
    patient.as_of_from = options_.as_of ? "command line" : "today";
    patient.id = person.reference.substr(person.reference.find('/') == std::string::npos ? 0 : person.reference.find('/') + 1);
    patient.reference = person.patient == nullptr ? person.reference : person.patient->id.empty() ? "" : person.patient->name;
    if (person.patient != nullptr) read_person(reader, Item(*person.patient));
    tell_remarks(reader, store, root);
    read_facts(reader, person);
    const bool any = !patient.medications.empty();
    patient.complete.medications = any && !store.is_part();
    if (any && !store.is_part()) reader.assume("the medications sent are taken for the whole list");
    return std::move(reader.patient);
  }

  void read_facts(Reader& reader, const Person& person) {
    std::vector<const Resource*> medications, observations;
    for (const auto* resource : person.resources) {
      if (is_medication_use(resource->type))
        medications.push_back(resource);
      else if (resource->type == "Observation")
        observations.push_back(resource);
      else if (resource->type == "Condition")
        read_condition(reader, Item(*resource));
      else if (resource->type == "AllergyIntolerance")
        read_allergy(reader, Item(*resource));
    }
    settle_allergies(reader.patient);
    read_medications(reader, medications);
    read_observations(reader, observations);
  }

  // "No known allergy" beside an allergy: the allergy stands, and the list is not declared to be whole.
  static void settle_allergies(Patient& patient) {
    if (!patient.no_known_allergies || patient.allergies.empty()) return;
    patient.no_known_allergies = false;
    patient.not_understood.push_back(
        {"allergy", "no known allergy", "another record tells of an allergy: " + patient.allergies.front().substance.text, ""});
  }

  void tell_remarks(Reader& reader, const Store& store, const yaml::Node& root) {
    for (const auto& remark : store.remarks()) {
      if (remark.kind.empty())
        reader.assume(remark.text + ": " + remark.reason);
      else
        reader.misunderstood(remark.kind, remark.text, remark.reason, remark.at);
    }
    for (const auto& duplicate : duplicates_) {
      const auto offset = duplicate.primary.place.span.begin;
      const auto path = path_of_key(root, duplicate);
      reader.patient.elements.push_back({offset, path, path, {}});
      reader.patient.not_understood.push_back({"input", path, "the key stands twice; the first counts", duplicate.primary.place.to_string()});
    }
    std::string unread;
    for (const auto& [type, count] : store.unread()) unread += (unread.empty() ? "" : ", ") + std::to_string(count) + " " + type;
    if (!unread.empty()) reader.assume("resources that are not read: " + unread);
  }

  const grammar::SourcePtr& source_;
  const Terminology& terminology_;
  const ReadOptions& options_;
  ReadResult& result_;
  grammar::Diagnostics duplicates_;
};

}  // namespace

bool looks_like_fhir(std::string_view text) {
  constexpr std::string_view key = "\"resourceType\"";
  const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return false;
  for (auto at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    if (text[at - 1] == '\\') continue;
    auto next = at + key.size();
    while (next < text.size() && is_blank(text[next])) ++next;
    if (next < text.size() && text[next] == ':') return true;
  }
  return false;
}

ReadResult read(const grammar::SourcePtr& source, const Terminology& terminology, const ReadOptions& options) {
  ReadResult result;
  Run(source, terminology, options, result).read();
  grammar::sort_by_place(result.diagnostics);
  return result;
}

}  // namespace theriac::fhir
