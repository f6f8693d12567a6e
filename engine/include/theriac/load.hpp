// The one place of the library that reads files: the terminology folder and rule files. Everything else works on values.
// Every mistake of every file is reported in one run with file, line and column. Names of sources are relative to the given path's parent.
#pragma once

#include "theriac/rule_base.hpp"
#include "theriac/terminology.hpp"

#include <filesystem>
#include <memory>

namespace theriac {

struct LoadedTerminology {
  std::shared_ptr<const Terminology> terminology;  // none where there are errors
  std::vector<grammar::SourcePtr> vocabulary;      // the folder's .rx files: populations and classes for every rule base
  grammar::Diagnostics diagnostics;
};
// All *.yaml below the folder in the order of their paths. `packs`: a folder of packs (see make_packs), used where they were made from exactly these files.
LoadedTerminology load_terminology(const std::filesystem::path& folder, const std::filesystem::path& packs = {});
// One text of the terminology format, for tests and programs.
LoadedTerminology parse_terminology(const std::vector<grammar::SourcePtr>& sources);

struct LoadedRules {
  std::vector<grammar::SourcePtr> sources;  // .rx files in the order of their paths; a file is a folder of one
  SourceList references;                    // sources.yaml beside or above them
  grammar::Diagnostics diagnostics;         // unreadable files
};
LoadedRules load_rules(const std::filesystem::path& file_or_folder, const std::filesystem::path& packs = {});

// The rule base of a folder of rules with `terminology` in it, under this name and version, as make_packs left it: without parsing or resolving. None where
// a file of it changed since, or where it had a mistake or a warning to tell.
std::shared_ptr<const RuleBase> load_packed(const std::filesystem::path& rules, const std::filesystem::path& packs, const std::string& name,
                                            const std::string& version);

// One file that holds a compiled rule base and the texts that it was made from.
struct BuiltImage {
  std::string bytes;                       // none where there are errors
  std::shared_ptr<const RuleBase> rules;
  grammar::Diagnostics diagnostics;
};
BuiltImage build_image(const std::filesystem::path& rules, const std::filesystem::path& terminology, const CompileOptions& options);
bool is_image(const std::filesystem::path& file);
// None where it is damaged, of another version, or no image.
std::shared_ptr<const RuleBase> load_image(const std::filesystem::path& file);

// Writes what the functions above can start from quickly. `rules`: a folder with `terminology` in it.
grammar::Diagnostics make_packs(const std::filesystem::path& rules, const std::filesystem::path& packs);

}  // namespace theriac
