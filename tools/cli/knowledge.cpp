#include "knowledge.hpp"

#include "input.hpp"
#include "memory.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view bundled_name = "core";

bool is_rules_folder(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "terminology", ignored);
}

fs::path program_folder() {
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed);
  return failed ? fs::path() : program.parent_path();
}

// "rules/opioid" → "opioid", "one.rx" → "one".
std::string name_of(const fs::path& path) {
  const auto whole = path.has_filename() ? path : path.parent_path();
  const auto name = whole.stem().string();
  return name.empty() || name == "." || name == ".." ? "rules" : name;
}

void append(grammar::Diagnostics& to, const grammar::Diagnostics& more) { to.insert(to.end(), more.begin(), more.end()); }

// Files beside one another share a list of sources; each entry counts once.
void append(SourceList& to, const SourceList& more) {
  for (const auto& reference : more) {
    const bool known = std::any_of(to.begin(), to.end(), [&](const SourceReference& each) {
      return each.key == reference.key && each.at.to_string() == reference.at.to_string();
    });
    if (!known) to.push_back(reference);
  }
}

// Made by the build beside the program; installed beside the rules. Empty: none.
fs::path packs() {
  const auto beside = program_folder();
  for (const auto& folder : {beside / "packs", beside / ".." / "share" / "theriac" / "packs"}) {
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return folder;
  }
  return {};
}

LoadedRules load_all(const std::vector<std::string>& paths) {
  LoadedRules out;
  for (const auto& path : paths) {
    if (!fs::exists(path)) throw CannotRead(fmt::format("cannot read {}: no such file or folder", path));
    auto loaded = load_rules(path, packs());
    out.sources.insert(out.sources.end(), loaded.sources.begin(), loaded.sources.end());
    append(out.references, loaded.references);
    append(out.diagnostics, loaded.diagnostics);
  }
  return out;
}

}  // namespace

fs::path bundled_rules() {
  const auto beside = program_folder();
  for (const auto& folder :
       {beside / ".." / "share" / "theriac" / "rules", beside / ".." / "rules", fs::path(THERIAC_RULES_SOURCE), fs::path(THERIAC_RULES_INSTALLED)}) {
    if (is_rules_folder(folder)) return folder.lexically_normal();
  }
  return {};
}

void add_rules_option(CLI::App& command, KnowledgeOptions& options) {
  command
      .add_option_function<std::string>(
          "--rules", [&options](const std::string& path) { options.rules = {path}; }, "Rules to screen with: a file or a folder (the bundled rules)")
      ->type_name("PATH");
}

void add_terminology_option(CLI::App& command, KnowledgeOptions& options) {
  command.add_option("--terminology", options.terminology, "Folder of drugs, classes and conditions (the bundled one)")->type_name("DIR");
}

Knowledge load_knowledge(const KnowledgeOptions& options) {
  const auto bundled = bundled_rules();
  if (bundled.empty() && (options.rules.empty() || options.terminology.empty()))
    throw CannotRead("the bundled rules are not where they were installed; name others with --rules and --terminology");
  const auto folder = options.terminology.empty() ? bundled / "terminology" : fs::path(options.terminology);
  if (!fs::is_directory(folder)) throw CannotRead(fmt::format("cannot read {}: no such folder", folder.string()));
  auto terms = load_terminology(folder, packs());
  auto loaded = load_all(options.rules.empty() ? std::vector<std::string>{bundled.string()} : options.rules);

  Knowledge out;
  out.terminology = terms.terminology;
  out.files = loaded.sources.size();
  out.diagnostics = std::move(terms.diagnostics);
  append(out.diagnostics, loaded.diagnostics);
  if (out.terminology) {
    CompileOptions compiling;
    compiling.name = options.rules.empty() ? std::string(bundled_name) : name_of(options.rules.front());
    compiling.version = options.rules.empty() ? THERIAC_VERSION : "";
    compiling.strict = options.strict;
    compiling.vocabulary = std::move(terms.vocabulary);
    compiling.references = std::move(loaded.references);
    auto compiled = compile(out.terminology, loaded.sources, compiling);
    out.rules = std::move(compiled.rules);
    append(out.diagnostics, compiled.diagnostics);
  }
  grammar::sort_by_place(out.diagnostics);
  return out;
}

BuiltImage build_knowledge(const KnowledgeOptions& options) {
  const auto bundled = bundled_rules();
  if (bundled.empty() && (options.rules.empty() || options.terminology.empty()))
    throw CannotRead("the bundled rules are not where they were installed; name others with --rules and --terminology");
  const auto rules = options.rules.empty() ? bundled : fs::path(options.rules.front());
  const auto terminology = options.terminology.empty() ? bundled / "terminology" : fs::path(options.terminology);
  for (const auto& path : {rules, terminology}) {
    if (!fs::exists(path)) throw CannotRead(fmt::format("cannot read {}: no such file or folder", path.string()));
  }
  CompileOptions compiling;
  compiling.name = options.rules.empty() ? std::string(bundled_name) : name_of(rules);
  compiling.version = options.rules.empty() ? THERIAC_VERSION : "";
  return build_image(rules, terminology, compiling);
}

namespace {

// The program ends when it is done with its rules: to take them apart would cost more than a screening.
std::shared_ptr<const RuleBase> kept_to_the_end(std::shared_ptr<const RuleBase> rules) {
  static auto* const kept = new std::vector<std::shared_ptr<const RuleBase>>;
  kept->push_back(rules);
  return rules;
}

}  // namespace

std::shared_ptr<const RuleBase> rules_or_complain(const KnowledgeOptions& options) {
  expect_rules();
  if (options.rules.empty() && options.terminology.empty()) {
    if (auto packed = load_packed(bundled_rules(), packs(), std::string(bundled_name), THERIAC_VERSION)) return kept_to_the_end(std::move(packed));
  }
  if (options.rules.size() == 1 && is_image(options.rules.front())) {
    auto rules = load_image(options.rules.front());
    if (!rules)
      complain(fmt::format("{} is damaged, or was built by another version of theriac: build it anew with `theriac build`", options.rules.front()));
    return rules;
  }
  const auto knowledge = load_knowledge(options);
  show_on_error(knowledge.diagnostics);
  if (!knowledge.terminology)
    complain("the terminology has errors: nothing was screened");
  else if (!knowledge.rules)
    complain(options.strict ? "with --strict a rule base with a mistake is not used: nothing was screened"
                            : "no rule is valid: nothing was screened");
  return knowledge.rules;
}

bool knows_rule(const RuleBase& rules, const std::string& label) {
  if (rules.has_rule(label)) return true;
  const auto labels = rules.labels();
  return complain(fmt::format("no rule `{}` among these {}.{}", label, labels.size(), did_you_mean(label, labels))), false;
}

bool knows_jurisdictions(const std::vector<std::string>& asked, const std::vector<std::string>& known) {
  for (const auto& each : asked) {
    if (std::find(known.begin(), known.end(), each) != known.end()) continue;
    complain(fmt::format("no rule speaks for jurisdiction `{}`; these rules know {}", each,
                         known.empty() ? "none" : fmt::format("{}", fmt::join(known, ", "))));
    return false;
  }
  return true;
}

}  // namespace theriac::cli
