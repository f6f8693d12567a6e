#include "theriac/load.hpp"

#include "load/files.hpp"
#include "load/source_list.hpp"
#include "load/terminology_reader.hpp"
#include "terminology/sha256.hpp"

#include <algorithm>

namespace theriac {
namespace {

bool is_rules(const grammar::Source& source) { return source.name().ends_with(".rx"); }

std::string hash_of(const std::vector<grammar::SourcePtr>& sources) {
  detail::Sha256 hash;
  for (const auto& source : sources) hash.add(source->name()).add(std::string_view("\0", 1)).add(std::to_string(source->text().size())).add(":").add(source->text());
  return hash.hex();
}

// sources.yaml in a folder or up to three above it.
std::optional<std::filesystem::path> find_references(std::filesystem::path folder) {
  for (int level = 0; level <= 3; ++level) {
    std::error_code ignored;
    if (auto file = folder / "sources.yaml"; std::filesystem::is_regular_file(file, ignored)) return file;
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return std::nullopt;
}

}  // namespace

LoadedTerminology parse_terminology(const std::vector<grammar::SourcePtr>& sources) {
  LoadedTerminology loaded;
  detail::TerminologyReader reader;
  for (const auto& source : sources) {
    if (is_rules(*source)) loaded.vocabulary.push_back(source);
    else reader.add(source);
  }
  auto data = reader.finish();
  data.sha256 = hash_of(sources);
  loaded.diagnostics = std::move(reader.diagnostics);
  auto built = Terminology::build(std::move(data));
  loaded.diagnostics.insert(loaded.diagnostics.end(), built.diagnostics.begin(), built.diagnostics.end());
  grammar::sort_by_place(loaded.diagnostics);
  if (!grammar::has_errors(loaded.diagnostics)) loaded.terminology = std::move(built.terminology);
  return loaded;
}

LoadedTerminology load_terminology(const std::filesystem::path& folder) {
  grammar::Diagnostics unreadable;
  detail::Files files(folder, unreadable);
  std::vector<grammar::SourcePtr> sources;
  for (const std::string_view extension : {".yaml", ".rx"}) {
    for (const auto& file : files.find(extension)) {
      if (auto source = files.read(file)) sources.push_back(std::move(source));
    }
    if (!files.root_is_folder()) break;
  }
  const bool any = std::any_of(sources.begin(), sources.end(), [](const auto& source) { return !is_rules(*source); });
  if (!any && unreadable.empty()) files.complain(files.root(), "no .yaml file stands below this folder");
  auto loaded = parse_terminology(sources);
  if (unreadable.empty()) return loaded;
  loaded.terminology = nullptr;
  loaded.diagnostics.insert(loaded.diagnostics.end(), unreadable.begin(), unreadable.end());
  grammar::sort_by_place(loaded.diagnostics);
  return loaded;
}

LoadedRules load_rules(const std::filesystem::path& file_or_folder) {
  LoadedRules loaded;
  detail::Files files(file_or_folder, loaded.diagnostics);
  const auto found = files.find(".rx", "terminology");
  if (found.empty()) files.complain(files.root(), "no .rx file stands below this folder");
  for (const auto& file : found) {
    if (auto source = files.read(file)) loaded.sources.push_back(std::move(source));
  }
  if (const auto references = find_references(files.root_is_folder() ? files.root() : files.root().parent_path())) {
    if (const auto source = files.read(*references)) loaded.references = detail::read_source_list(source, loaded.diagnostics);
  }
  grammar::sort_by_place(loaded.diagnostics);
  return loaded;
}

}  // namespace theriac
