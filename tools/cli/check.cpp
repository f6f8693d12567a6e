// theriac check [PATH…]: all mistakes of all rule files in one run.
#include "commands.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::string format = "text";
};

std::string counted(std::size_t count, std::string_view one) { return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s"); }

std::size_t count_level(const grammar::Diagnostics& diagnostics, grammar::Level level) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(), [&](const grammar::Diagnostic& each) { return each.level == level; }));
}

void print_json(const Knowledge& knowledge, std::size_t rules, std::size_t errors, std::size_t warnings) {
  print(fmt::format("{{\"schema\": \"theriac.check/1\", \"files\": {}, \"rules\": {}, \"errors\": {}, \"warnings\": {}, \"diagnostics\": [",
                    knowledge.files, rules, errors, warnings));
  for (std::size_t i = 0; i < knowledge.diagnostics.size(); ++i) print((i > 0 ? ",\n" : "\n") + grammar::render_json(knowledge.diagnostics[i]));
  print(knowledge.diagnostics.empty() ? "]}\n" : "\n]}\n");
}

void print_text(const Knowledge& knowledge, std::size_t rules, std::size_t errors, std::size_t warnings) {
  for (const auto& diagnostic : knowledge.diagnostics) print(grammar::render(diagnostic, {colour_on_output()}) + "\n");
  const auto not_loaded = knowledge.rules ? knowledge.rules->info().not_loaded : 0;
  const auto lost = not_loaded > 0 ? fmt::format(", {} not loaded", not_loaded) : std::string();
  print(fmt::format("{} in {}{}: {}, {}\n", counted(rules, "rule"), counted(knowledge.files, "file"), lost, counted(errors, "error"),
                    counted(warnings, "warning")));
}

int run(const Options& options) {
  if (options.format == "sarif") return complain("--format sarif is not supported yet; text and json are"), impossible;
  if (options.format != "text" && options.format != "json")
    return complain(fmt::format("unknown format `{}`: text or json", options.format)), impossible;
  const auto knowledge = load_knowledge(options.knowledge);
  const auto errors = count_level(knowledge.diagnostics, grammar::Level::error);
  const auto warnings = count_level(knowledge.diagnostics, grammar::Level::warning);
  const auto rules = knowledge.rules ? knowledge.rules->info().rules : 0;
  (options.format == "json" ? print_json : print_text)(knowledge, rules, errors, warnings);
  return errors > 0 ? found : done;
}

}  // namespace

Run add_check(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("PATH", options->knowledge.rules, "Rule files or folders (the bundled rules)");
  add_terminology_option(command, options->knowledge);
  command.add_option("--format", options->format, "text or json")->type_name("FORMAT");
  command.add_flag("--strict", options->knowledge.strict, "Warnings are errors");
  command.footer("Exit: 0 no error · 1 errors · 2 a path could not be read.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
