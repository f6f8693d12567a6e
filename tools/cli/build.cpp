// theriac build -o FILE: compiles rules and vocabulary into one file that --rules takes.
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::string out;
};

int run(const Options& options) {
  const auto built = build_knowledge(options.knowledge);
  show_on_error(built.diagnostics);
  if (grammar::has_errors(built.diagnostics) || built.bytes.empty())
    return complain("the rules or their vocabulary have errors: nothing was built"), found;
  write_result(options.out, built.bytes, options.knowledge.rules);
  if (options.out == "-") return done;
  print(fmt::format("{}: {} rules, sha256 {}, {} KB\n", options.out, built.rules->info().rules, built.rules->info().sha256.substr(0, 12),
                    built.bytes.size() / 1024));
  return done;
}

}  // namespace

Run add_build(CLI::App& command) {
  auto options = std::make_shared<Options>();
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.add_option("-o,--out", options->out, "The file to write")->required()->type_name("FILE");
  command.footer(
      "The file holds the rules, the vocabulary and their texts; it is for this version of theriac on this kind of machine.\n"
      "Exit: 0 done · 1 the rules or the vocabulary have errors · 2 it could not be done.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli
