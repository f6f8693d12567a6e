// theriac test [PATH…]: runs the examples inside the rules.
#include "commands.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

int run(const KnowledgeOptions& options) {
  const auto knowledge = load_knowledge(options);
  show_on_error(knowledge.diagnostics);
  if (!knowledge.rules) return complain("no rule is valid: no example was run"), impossible;
  const auto result = run_examples(*knowledge.rules);
  for (const auto& failure : result.diagnostics) print(grammar::render(failure, {colour_on_output()}) + "\n");
  const auto& info = knowledge.rules->info();
  print(fmt::format("{} rule{}: {} example{} passed, {} failed\n", info.rules, info.rules == 1 ? "" : "s", result.passed,
                    result.passed == 1 ? "" : "s", result.failed));
  if (result.rules_without_examples > 0) print(fmt::format("{} without a `fires` or without a `silent` example\n", result.rules_without_examples));
  if (info.not_loaded > 0) print(fmt::format("{} with a mistake: not loaded, not tested\n", info.not_loaded));
  return result.failed > 0 || grammar::has_errors(result.diagnostics) || grammar::has_errors(knowledge.diagnostics) ? found : done;
}

}  // namespace

Run add_test(CLI::App& command) {
  auto options = std::make_shared<KnowledgeOptions>();
  command.add_option("PATH", options->rules, "Rule files or folders (the bundled rules)");
  add_terminology_option(command, *options);
  command.footer("Exit: 0 all passed · 1 an example failed or a rule has a mistake · 2 no rule is valid.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
