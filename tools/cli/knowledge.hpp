// Terminology and rules, found and loaded once for every command. The bundled ones stand beside the program: share/theriac/rules of an installation,
// rules/ of a source tree; `--rules` and `--terminology` take others.
#pragma once

#include "theriac/load.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace theriac::cli {

struct KnowledgeOptions {
  std::vector<std::string> rules;  // none: the bundled ones
  std::string terminology;         // "": the bundled one
  bool strict = false;
};

struct Knowledge {
  std::shared_ptr<const Terminology> terminology;  // none where it has errors
  std::shared_ptr<const RuleBase> rules;           // none where no rule is valid
  grammar::Diagnostics diagnostics;                // of all files, in the order of their places
  std::size_t files = 0;
};

// The bundled folder; empty where there is none.
std::filesystem::path bundled_rules();

void add_rules_option(CLI::App& command, KnowledgeOptions& options);
void add_terminology_option(CLI::App& command, KnowledgeOptions& options);

// Throws CannotRead where a path does not exist.
Knowledge load_knowledge(const KnowledgeOptions& options);
// The same as one file.
BuiltImage build_knowledge(const KnowledgeOptions& options);
// The rules, or none with the reason said on standard error. Diagnostics go there too.
std::shared_ptr<const RuleBase> rules_or_complain(const KnowledgeOptions& options);
// False, and said, where no rule has this label.
bool knows_rule(const RuleBase& rules, const std::string& label);
// False, and said, where no rule speaks for one that is asked for.
bool knows_jurisdictions(const std::vector<std::string>& asked, const std::vector<std::string>& known);

}  // namespace theriac::cli
