// theriac test [PATH…]: runs the examples inside the rules.
#include "commands.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  bool coverage = false;
};

std::string never(const ClauseSeen& clause) {
  if (!clause.held && !clause.failed) return clause.unknown ? "is never known" : "is never asked";
  return clause.held ? "always holds" : "never holds";
}

// Which clauses the examples saw hold and not hold; each that they did not where asked for.
void tell_clauses(const std::vector<ClauseSeen>& clauses, bool each) {
  std::size_t both = 0, unknown = 0;
  for (const auto& clause : clauses) {
    both += clause.decided_both_ways() ? 1 : 0;
    unknown += clause.unknown ? 1 : 0;
    if (each && !clause.decided_both_ways())
      print(fmt::format("{}: {}: `{}` {} in its examples\n", clause.at.to_string(), clause.rule, clause.text, never(clause)));
  }
  const auto left = clauses.size() - both;
  print(fmt::format("{} of {} clauses hold in one example and do not in another; {} not known in one{}\n", both, clauses.size(), unknown,
                    left > 0 && !each ? fmt::format("; {} to see: --coverage", left) : ""));
}

int run(const Options& options) {
  const auto knowledge = load_knowledge(options.knowledge);
  show_on_error(knowledge.diagnostics);
  if (!knowledge.rules) return complain("no rule is valid: no example was run"), impossible;
  const auto result = run_examples(*knowledge.rules);
  for (const auto& failure : result.diagnostics) print(grammar::render(failure, {colour_on_output()}) + "\n");
  const auto& info = knowledge.rules->info();
  print(fmt::format("{} rule{}: {} example{} passed, {} failed\n", info.rules, info.rules == 1 ? "" : "s", result.passed,
                    result.passed == 1 ? "" : "s", result.failed));
  print(result.rules_without_examples == 0 ? "every rule fires in one example and is silent in another\n"
                                           : fmt::format("{} without a `fires` or without a `silent` example\n", result.rules_without_examples));
  tell_clauses(result.clauses, options.coverage);
  if (info.not_loaded > 0) print(fmt::format("{} with a mistake: not loaded, not tested\n", info.not_loaded));
  return result.failed > 0 || grammar::has_errors(result.diagnostics) || grammar::has_errors(knowledge.diagnostics) ? found : done;
}

}  // namespace

Run add_test(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("PATH", options->knowledge.rules, "Rule files or folders (the bundled rules)");
  command.add_flag("--coverage", options->coverage, "List each clause that no example sees hold, or none sees not hold");
  add_terminology_option(command, options->knowledge);
  command.footer("Exit: 0 all passed · 1 an example failed or a rule has a mistake · 2 no rule is valid.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
