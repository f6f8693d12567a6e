// theriac read [RULE]: what a rule says, as one English sentence.
#include "commands.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::string rule;
};

int run(const Options& options) {
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules) return impossible;
  if (!options.rule.empty() && !knows_rule(*rules, options.rule)) return impossible;
  for (const auto& label : rules->labels()) {
    if (options.rule.empty() || options.rule == label) print(fmt::format("{}\n  {}\n", label, rules->reading(label)));
  }
  return done;
}

}  // namespace

Run add_read(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("RULE", options->rule, "A rule's label (all rules)");
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
