#include "theriac/regimen/read.hpp"

#include "reader.hpp"
#include "theriac/fingerprint.hpp"

#include <algorithm>

namespace theriac::regimen {
namespace {

using grammar::Code;

constexpr std::string_view schema_name = "theriac.regimen/1";

void read_schema(Reader& reader, const yaml::Node& node) {
  if (reader.text(node, "schema") && node.text != schema_name) {
    reader.error(Code::TH8005, node.span, "unknown schema `" + node.text + "`", "only `" + std::string(schema_name) + "` is read here");
  }
}

// The day that everything is judged on: the option's, the file's, or today's.
void read_as_of(Reader& reader, const yaml::Node* node, const yaml::Node& root, const ReadOptions& options) {
  auto& patient = reader.patient;
  std::optional<When> stated;
  if (node != nullptr && !node->is_null() && reader.text(*node, "as_of")) {
    stated = parse_date(node->text);
    if (!stated || stated->earliest != stated->latest) {
      reader.error(Code::TH8006, node->span, stated ? "`as_of` must be one day" : "there is no such date", "write it like 2025-03-10");
      return;
    }
  }
  if (options.as_of) {
    patient.as_of = *options.as_of;
    patient.as_of_from = "command line";
  } else if (stated) {
    patient.as_of = stated->earliest;
    patient.as_of_from = "file";
  } else if (options.today) {
    patient.as_of = *options.today;
    patient.as_of_from = "today";
  } else {
    reader.error(Code::TH8005, {root.span.begin, root.span.begin}, "no `as_of`: the day to judge on is not known");
  }
}

std::vector<std::string_view> top_keys() {
  std::vector<std::string_view> keys = {"schema", "as_of", "patient", "medications"};
  keys.insert(keys.end(), fact_list_keys().begin(), fact_list_keys().end());
  return keys;
}

void read_entry(Reader& reader, const yaml::Entry& entry) {
  if (entry.key == "schema") return read_schema(reader, entry.value);
  if (entry.key == "as_of") return;
  if (entry.key == "patient") {
    if (!entry.value.is_null()) read_person(reader, entry.value);
    return;
  }
  if (entry.key == "medications") {
    if (!entry.value.is_null()) read_medications(reader, entry.value);
    return;
  }
  if (!read_fact_list(reader, entry)) unknown_key(reader, entry, "a regimen", top_keys());
}

void read_document(Reader& reader, const yaml::Node& root, const ReadOptions& options) {
  if (!root.is_map()) return reader.error(Code::TH8005, root.span, "a regimen must be a map, here is " + std::string(yaml::describe(root)));
  read_as_of(reader, root.find("as_of"), root, options);
  for (const auto& entry : root.entries) read_entry(reader, entry);
  const auto* medications = root.find("medications");
  if (medications == nullptr || medications->is_null()) {
    reader.error(Code::TH8005, {root.span.begin, root.span.begin}, "no medications", "", "a regimen needs a list `medications:`");
  }
  settle_age(reader);
  settle_medications(reader);
}

std::string_view bytes_of(const grammar::Source& source, const yaml::Read& read, const yaml::Node& root) {
  return read.roots.size() == 1 ? std::string_view(source.text()) : source.slice(root.span);
}

}  // namespace

ReadResult read(const grammar::SourcePtr& source, const ReadOptions& options) {
  ReadResult result;
  auto tree = yaml::read(source, yaml::regimen_codes);
  result.diagnostics = std::move(tree.diagnostics);
  if (tree.roots.empty() && result.diagnostics.empty()) {
    result.diagnostics.push_back(grammar::diagnose(Code::TH8005, {source, {0, 0}}, "the file is empty"));
  }
  for (const auto& root : tree.roots) {
    grammar::Diagnostics of_this;
    Reader reader(source, of_this);
    reader.patient.source = source->name();
    if (options.fingerprint) reader.patient.sha256 = fingerprint(bytes_of(*source, tree, root));
    read_document(reader, root, options);
    const bool whole = !grammar::has_errors(of_this);
    result.diagnostics.insert(result.diagnostics.end(), of_this.begin(), of_this.end());
    if (whole) result.patients.push_back(std::move(reader.patient));
  }
  if (grammar::has_errors(result.diagnostics) && tree.roots.size() <= 1) result.patients.clear();
  grammar::sort_by_place(result.diagnostics);
  return result;
}

}  // namespace theriac::regimen
