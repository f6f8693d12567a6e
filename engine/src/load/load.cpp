#include "theriac/load.hpp"

#include "load/files.hpp"
#include "load/source_list.hpp"
#include "load/terminology_reader.hpp"
#include "terminology/pack.hpp"
#include "terminology/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace theriac {
namespace {

bool is_rules(const grammar::Source& source) { return source.name().ends_with(".rx"); }

std::string hash_of(const std::vector<grammar::SourcePtr>& sources) {
  detail::Sha256 hash;
  for (const auto& source : sources)
    hash.add(source->name()).add(std::string_view("\0", 1)).add(std::to_string(source->text().size())).add(":").add(source->text());
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

constexpr std::string_view terminology_pack = "terminology.pack";
constexpr std::string_view references_pack = "references.pack";

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class T>
std::optional<T> from_pack(const std::filesystem::path& packs, std::string_view name, const std::string& origin,
                           const std::vector<grammar::SourcePtr>& sources) {
  if (packs.empty()) return std::nullopt;
  return detail::unpack<T>(bytes_of(packs / name), origin, sources);
}

std::vector<grammar::SourcePtr> vocabulary_of(const std::vector<grammar::SourcePtr>& sources) {
  std::vector<grammar::SourcePtr> rules;
  std::copy_if(sources.begin(), sources.end(), std::back_inserter(rules), [](const auto& source) { return is_rules(*source); });
  return rules;
}

LoadedTerminology built_from(TerminologyData data, const std::vector<grammar::SourcePtr>& sources, grammar::Diagnostics diagnostics) {
  LoadedTerminology loaded{nullptr, vocabulary_of(sources), std::move(diagnostics)};
  auto built = Terminology::build(std::move(data));
  loaded.diagnostics.insert(loaded.diagnostics.end(), built.diagnostics.begin(), built.diagnostics.end());
  grammar::sort_by_place(loaded.diagnostics);
  if (!grammar::has_errors(loaded.diagnostics)) loaded.terminology = std::move(built.terminology);
  return loaded;
}

std::vector<grammar::SourcePtr> read_terminology(const std::filesystem::path& folder, grammar::Diagnostics& unreadable) {
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
  return sources;
}

}  // namespace

LoadedTerminology parse_terminology(const std::vector<grammar::SourcePtr>& sources) {
  detail::TerminologyReader reader;
  for (const auto& source : sources) {
    if (!is_rules(*source)) reader.add(source);
  }
  auto data = reader.finish();
  data.sha256 = hash_of(sources);
  return built_from(std::move(data), sources, std::move(reader.diagnostics));
}

LoadedTerminology load_terminology(const std::filesystem::path& folder, const std::filesystem::path& packs) {
  grammar::Diagnostics unreadable;
  const auto sources = read_terminology(folder, unreadable);
  if (unreadable.empty() && !packs.empty()) {
    if (auto data = from_pack<TerminologyData>(packs, terminology_pack, hash_of(sources), sources)) return built_from(std::move(*data), sources, {});
  }
  auto loaded = parse_terminology(sources);
  if (unreadable.empty()) return loaded;
  loaded.terminology = nullptr;
  loaded.diagnostics.insert(loaded.diagnostics.end(), unreadable.begin(), unreadable.end());
  grammar::sort_by_place(loaded.diagnostics);
  return loaded;
}

LoadedRules load_rules(const std::filesystem::path& file_or_folder, const std::filesystem::path& packs) {
  LoadedRules loaded;
  detail::Files files(file_or_folder, loaded.diagnostics);
  const auto found = files.find(".rx", "terminology");
  if (found.empty()) files.complain(files.root(), "no .rx file stands below this folder");
  for (const auto& file : found) {
    if (auto source = files.read(file)) loaded.sources.push_back(std::move(source));
  }
  if (const auto references = find_references(files.root_is_folder() ? files.root() : files.root().parent_path())) {
    if (const auto source = files.read(*references)) {
      auto packed = packs.empty() ? std::nullopt : from_pack<SourceList>(packs, references_pack, hash_of({source}), {source});
      loaded.references = packed ? std::move(*packed) : detail::read_source_list(source, loaded.diagnostics);
    }
  }
  grammar::sort_by_place(loaded.diagnostics);
  return loaded;
}

grammar::Diagnostics make_packs(const std::filesystem::path& rules, const std::filesystem::path& packs) {
  grammar::Diagnostics diagnostics;
  const auto sources = read_terminology(rules / "terminology", diagnostics);
  const auto loaded = parse_terminology(sources);
  diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  const auto references = load_rules(rules);
  diagnostics.insert(diagnostics.end(), references.diagnostics.begin(), references.diagnostics.end());
  if (!loaded.terminology || grammar::has_errors(diagnostics)) return diagnostics;
  const auto write = [&](std::string_view name, const std::string& bytes) { std::ofstream(packs / name, std::ios::binary) << bytes; };
  write(terminology_pack, detail::pack(loaded.terminology->data(), hash_of(sources), sources));
  if (!references.references.empty()) {
    const std::vector<grammar::SourcePtr> of = {references.references.front().at.source};
    write(references_pack, detail::pack(references.references, hash_of(of), of));
  }
  return diagnostics;
}

}  // namespace theriac
