#include "theriac/load.hpp"

#include "compile/image.hpp"
#include "load/files.hpp"
#include "load/source_list.hpp"
#include "load/terminology_reader.hpp"
#include "pack/checksum.hpp"
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

// What a pack is bound to: every byte of its files. Of each its sum, since a start must read them all.
std::string origin_of(const std::vector<grammar::SourcePtr>& sources) {
  std::string all;
  for (const auto& source : sources)
    all += source->name() + '\0' + std::to_string(source->text().size()) + ':' + std::to_string(detail::checksum(source->text())) + ';';
  return detail::sha256_hex(all);
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
constexpr std::string_view rules_pack = "rules.pack";

// A file's bytes, whole. Read, not mapped: a mapped file that somebody cuts short ends the program.
class FileBytes {
 public:
  explicit FileBytes(const std::filesystem::path& file) {
    std::ifstream in;
    in.rdbuf()->pubsetbuf(nullptr, 0);
    in.open(file, std::ios::binary | std::ios::ate);
    const auto size = in ? static_cast<std::streamoff>(in.tellg()) : 0;
    if (size <= 0) return;
    bytes_ = std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(size));
    in.seekg(0).read(bytes_.get(), size);
    size_ = static_cast<std::size_t>(in.gcount());
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

template <class T>
std::optional<T> from_pack(const std::filesystem::path& packs, std::string_view name, const std::string& origin,
                           const std::vector<grammar::SourcePtr>& sources) {
  if (packs.empty()) return std::nullopt;
  return detail::unpack<T>(FileBytes(packs / name).view(), origin, sources);
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

// Every file that the rule base of this folder is made from.
std::vector<grammar::SourcePtr> all_sources(const std::filesystem::path& rules, grammar::Diagnostics& unreadable) {
  auto sources = read_terminology(rules / "terminology", unreadable);
  detail::Files files(rules, unreadable);
  for (const auto& file : files.find(".rx", "terminology")) sources.push_back(files.read(file));
  if (const auto references = find_references(rules)) sources.push_back(files.read(*references));
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
    if (auto data = from_pack<TerminologyData>(packs, terminology_pack, origin_of(sources), sources))
      return built_from(std::move(*data), sources, {});
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
      auto packed = packs.empty() ? std::nullopt : from_pack<SourceList>(packs, references_pack, origin_of({source}), {source});
      loaded.references = packed ? std::move(*packed) : detail::read_source_list(source, loaded.diagnostics);
    }
  }
  grammar::sort_by_place(loaded.diagnostics);
  return loaded;
}

std::shared_ptr<const RuleBase> load_packed(const std::filesystem::path& rules, const std::filesystem::path& packs, const std::string& name,
                                            const std::string& version) {
  const FileBytes bytes(packs / rules_pack);
  if (bytes.view().empty()) return nullptr;
  grammar::Diagnostics unreadable;
  const auto sources = all_sources(rules, unreadable);
  if (!unreadable.empty()) return nullptr;
  return detail::unpack_rules(bytes.view(), origin_of(sources), sources, name, version);
}

BuiltImage build_image(const std::filesystem::path& rules, const std::filesystem::path& terminology, const CompileOptions& options) {
  BuiltImage built;
  auto vocabulary = load_terminology(terminology);
  auto loaded = load_rules(rules);
  built.diagnostics = std::move(vocabulary.diagnostics);
  built.diagnostics.insert(built.diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  if (!vocabulary.terminology || grammar::has_errors(built.diagnostics)) return built;
  auto sources = read_terminology(terminology, built.diagnostics);
  sources.insert(sources.end(), loaded.sources.begin(), loaded.sources.end());
  if (!loaded.references.empty()) sources.push_back(loaded.references.front().at.source);
  auto compiling = options;
  compiling.vocabulary = std::move(vocabulary.vocabulary);
  compiling.references = std::move(loaded.references);
  auto compiled = compile(vocabulary.terminology, loaded.sources, compiling);
  built.diagnostics.insert(built.diagnostics.end(), compiled.diagnostics.begin(), compiled.diagnostics.end());
  grammar::sort_by_place(built.diagnostics);
  if (!compiled.rules || grammar::has_errors(built.diagnostics)) return built;
  built.bytes = detail::make_image(*compiled.rules, sources);
  built.rules = std::move(compiled.rules);
  return built;
}

bool is_image(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string begin(detail::image_magic.size(), '\0');
  return in.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == detail::image_magic;
}

std::shared_ptr<const RuleBase> load_image(const std::filesystem::path& file) { return detail::open_image(FileBytes(file).view()); }

grammar::Diagnostics make_packs(const std::filesystem::path& rules, const std::filesystem::path& packs) {
  auto terminology = load_terminology(rules / "terminology");
  auto loaded = load_rules(rules);
  auto diagnostics = std::move(terminology.diagnostics);
  diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
  if (!terminology.terminology || grammar::has_errors(diagnostics)) return diagnostics;
  const auto write = [&](std::string_view name, const std::string& bytes) { std::ofstream(packs / name, std::ios::binary) << bytes; };
  const auto vocabulary = read_terminology(rules / "terminology", diagnostics);
  write(terminology_pack, detail::pack(terminology.terminology->data(), origin_of(vocabulary), vocabulary));
  if (!loaded.references.empty()) {
    const std::vector<grammar::SourcePtr> of = {loaded.references.front().at.source};
    write(references_pack, detail::pack(loaded.references, origin_of(of), of));
  }
  CompileOptions options;
  options.vocabulary = std::move(terminology.vocabulary);
  options.references = std::move(loaded.references);
  const auto compiled = compile(terminology.terminology, loaded.sources, options);
  const bool silent = diagnostics.empty() && compiled.diagnostics.empty() && compiled.rules;
  const auto sources = all_sources(rules, diagnostics);
  write(rules_pack, silent ? detail::pack(*compiled.rules, origin_of(sources), sources) : std::string());
  return diagnostics;
}

}  // namespace theriac
